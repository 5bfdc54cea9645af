#include "app/cli/cases_query.hpp"

#include <CLI/CLI.hpp>

#include "crypto/try.hpp"

namespace app::cli {

using casebook::CaseOrder;
using casebook::CaseStatus;
using casebook::ReferralState;

namespace {

Outcome<CaseOrder> order_of(const Context& context, const std::string& word) {
    if (word.empty() || word == "urgency") return CaseOrder::Urgency;
    if (word == "newest") return CaseOrder::Newest;
    if (word == "code") return CaseOrder::Code;
    return stop(context, "cli.cases.list.sort_words", {}, Exit::Usage);
}

}  // namespace

void add_query_options(CLI::App& command, const Context& context, QueryOptions& options) {
    command.add_option("--status", options.status, context.text("cli.cases.status.status"));
    command.add_option("--assigned", options.assigned, context.text("cli.cases.list.assigned"));
    command.add_flag("--unassigned", options.unassigned, context.text("cli.cases.list.unassigned"));
    command.add_option("--referred", options.referred, context.text("cli.cases.list.referred"));
    command.add_option("--sort", options.sort, context.text("cli.cases.list.sort"));
    command.add_option("--most", options.most, context.text("cli.cases.list.most"))->check(CLI::Range(1, 1'000'000));
    command.add_option("--page", options.page, context.text("cli.cases.list.which_page"))
        ->check(CLI::Range(1, 1'000'000));
    command.add_flag("--training", options.training, context.text("cli.cases.list.training"));
}

Outcome<casebook::CaseQuery> query_of(const Context& context, const QueryOptions& options) {
    casebook::CaseQuery query;
    if (!options.status.empty()) {
        query.status = casebook::case_status_from_word(options.status);
        if (!query.status) return stop(context, "cli.cases.status.words", {}, Exit::Usage);
    }
    if (options.unassigned && !options.assigned.empty())
        return stop(context, "cli.cases.list.somebody_and_nobody", {}, Exit::Usage);
    if (options.unassigned || !options.assigned.empty()) query.assigned = options.assigned;
    if (!options.referred.empty()) {
        query.referred = casebook::referral_state_from_word(options.referred);
        if (!query.referred) return stop(context, "cli.cases.list.referred_words", {}, Exit::Usage);
    }
    AMPARO_TRY(const order, order_of(context, options.sort));
    if (options.page > 1 && options.most == 0) return stop(context, "cli.cases.list.needs_most", {}, Exit::Usage);
    query.practice = options.training ? casebook::Practice::Included : casebook::Practice::LeftOut;
    query.order = order;
    query.most = options.most;
    query.skip = options.most * (options.page - 1);
    query.counted = true;
    return query;
}

std::size_t pages_of(const QueryOptions& options, std::size_t total) {
    if (options.most == 0 || total == 0) return 1;
    return (total + options.most - 1) / options.most;
}

std::string status_text(const Context& context, CaseStatus status) {
    switch (status) {
        case CaseStatus::New:
            return context.text("cli.cases.work.new");
        case CaseStatus::Working:
            return context.text("cli.cases.work.working");
        case CaseStatus::Waiting:
            return context.text("cli.cases.work.waiting");
        case CaseStatus::Closed:
            return context.text("cli.cases.work.closed");
    }
    return {};
}

std::string referral_text(const Context& context, ReferralState state) {
    switch (state) {
        case ReferralState::None:
            return context.text("cli.cases.referral.none");
        case ReferralState::Referred:
            return context.text("cli.cases.referral.referred");
        case ReferralState::Received:
            return context.text("cli.cases.referral.received");
        case ReferralState::Accepted:
            return context.text("cli.cases.referral.accepted");
        case ReferralState::Declined:
            return context.text("cli.cases.referral.declined");
    }
    return {};
}

}  // namespace app::cli

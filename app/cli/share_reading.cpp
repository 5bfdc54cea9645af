#include "app/cli/share_reading.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/cli/deployment_failures.hpp"
#include "app/cli/failures.hpp"
#include "app/deployment/anchor.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

std::string_view unreadable_key(crypto::ShareError error) {
    using crypto::ShareError;
    switch (error) {
        case ShareError::Nothing:
            return "cli.shares.refused.nothing";
        case ShareError::TooLong:
            return "cli.shares.refused.too_long";
        case ShareError::TooShort:
            return "cli.shares.refused.too_short";
        case ShareError::UnknownWord:
            return "cli.shares.refused.unknown_word";
        case ShareError::RowNumber:
            return "cli.shares.refused.row_number";
        case ShareError::RowWords:
            return "cli.shares.refused.row_words";
        case ShareError::RowCheck:
            return "cli.shares.refused.row_check";
        case ShareError::Check:
        case ShareError::Range:
            return "cli.shares.refused.check";
        case ShareError::Code:
            return "cli.shares.refused.code";
        case ShareError::Version:
        case ShareError::Kind:
            return "cli.shares.refused.newer";
        case ShareError::LockedMemory:
            return "cli.failed";
    }
    return "cli.failed";
}

std::string_view refusal_key(const deployment::RefusedShare& refused) {
    using deployment::ShareRefusal;
    switch (refused.why) {
        case ShareRefusal::Unreadable:
            return unreadable_key(refused.typed.error);
        case ShareRefusal::OtherProgramme:
            return "cli.shares.refused.other_programme";
        case ShareRefusal::OtherKey:
            return "cli.shares.refused.other_key";
        case ShareRefusal::OtherSet:
            return "cli.shares.refused.other_set";
        case ShareRefusal::Twice:
            return "cli.shares.refused.twice";
        case ShareRefusal::SameNumber:
            return "cli.shares.refused.same_number";
    }
    return "cli.failed";
}

/// How much of a sheet stands in these bytes: the rows that are right, or why the last one is not.
tl::expected<std::size_t, crypto::ShareFailure> rows_in(const Context& context, crypto::ByteView typed) {
    const auto share = crypto::read_share(context.ready(), typed);
    if (share) return crypto::share_rows;
    const auto& why = share.error();
    if (why.error == crypto::ShareError::TooShort && why.word == 1) return why.row - std::size_t{1};
    return tl::unexpected(why);
}

}  // namespace

void add_shares_programme(CLI::App& command, const Context& context, SharesProgramme& options) {
    command.add_option("--bundle", options.bundle, context.text("cli.shares.bundle"));
    command.add_option("--deployment", options.deployment, context.text("cli.shares.deployment"));
}

Outcome<exchange::Bundle> bundle_of(const Context& context, const SharesProgramme& options) {
    const auto key = deployment::read_programme_key(options.deployment);
    if (!key) return stop_deployment(context, key.error());
    AMPARO_TRY(const bytes, read_plain_file(context, options.bundle, exchange::bundle_most_bytes));
    auto bundle = exchange::load_bundle(context.ready(), bytes, {*key});
    if (!bundle) return stop_exchange(context, bundle.error(), shown(options.bundle));
    return std::move(*bundle);
}

const crypto::Recipient& recovery_of(const exchange::Bundle& bundle) {
    return std::find_if(bundle.recipients.begin(), bundle.recipients.end(),
                        [](const auto& one) { return one.recovery; })
        ->recipient;
}

Exit say_refused(const Context& context, const deployment::RefusedShare& refused, const std::string& file) {
    return context.fail(refusal_key(refused), {{"file", file},
                                               {"row", std::to_string(refused.typed.row)},
                                               {"word", std::to_string(refused.typed.word)},
                                               {"words", crypto::programme_words(refused.head)},
                                               {"set", crypto::set_words(refused.head)},
                                               {"number", std::to_string(refused.head.number)}});
}

Outcome<crypto::SecretBytes> ask_sheet(const Context& context, std::size_t sheet) {
    context.note("cli.shares.ask_sheet", {{"sheet", std::to_string(sheet)}});
    auto typed = crypto::SecretBytes::make(context.ready(), crypto::most_typed_share);
    if (!typed) return stop_crypto(context, typed.error());
    std::size_t length = 0;
    for (std::size_t row = 1; row <= crypto::share_rows;) {
        AMPARO_TRY(const line, ask_line(context, "cli.shares.ask_row", {{"row", std::to_string(row)}}));
        if (line.empty() || length + line.size() + 1 > typed->size()) return stop(context, "cli.stopped");
        const auto room = typed->writable().subspan(length);
        std::copy(line.view().begin(), line.view().end(), room.begin());
        room[line.size()] = std::byte{'\n'};
        const auto rows = rows_in(context, typed->view().first(length + line.size() + 1));
        if (!rows) {
            say_refused(context, {deployment::ShareRefusal::Unreadable, rows.error(), {}},
                        context.text("cli.shares.typed"));
            continue;
        }
        length += line.size() + 1;
        row = *rows + 1;
    }
    typed->shorten(length);
    return std::move(*typed);
}

}  // namespace app::cli

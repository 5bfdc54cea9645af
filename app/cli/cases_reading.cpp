#include "app/cli/cases_reading.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>

#include "app/cli/clock.hpp"
#include "app/cli/stream.hpp"
#include "app/cli/table.hpp"
#include "app/deployment/forms_beside.hpp"
#include "app/exports/format.hpp"
#include "app/record/read.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using exports::LeftOut;
using exports::Tally;

constexpr std::size_t cases_at_once = 200;

/// What the list says of it without opening anything.
std::optional<LeftOut> kept_by_list(const casebook::Case& one, exports::Reader reader,
                                    const std::vector<std::string>& agreed) {
    const auto is_agreed = [&](const std::string& name) {
        return std::find(agreed.begin(), agreed.end(), name) != agreed.end();
    };
    if (one.training) return LeftOut::Training;
    if (one.withdrawn) return LeftOut::Withdrawn;
    if (one.withdrawal_held) return LeftOut::Withdrawal;
    if (!one.doubt.empty()) return LeftOut::Doubt;
    if (one.unreadable) return LeftOut::Unreadable;
    if (reader == exports::Reader::Others && !is_agreed(one.case_code) && !is_agreed(one.record))
        return LeftOut::NotAgreed;
    return std::nullopt;
}

/// One page of them, opened and used.
struct Page {
    const Context& context;
    OpenCasebook& open;
    const ReadingOptions& options;
    exports::Reader reader;
    const UseScreening& use;
    deployment::FormsBeside& forms;

    Outcome<void> read(const std::vector<casebook::Case>& cases, Tally& tally) const {
        if (cases.empty()) return {};
        const auto records = open.book.records_json(cases, utc_today(), options.exported);
        if (!records) {
            context.note("cli.cases.show.not_noted");
            return stop_casebook(context, records.error(), options.casebook.file);
        }
        for (const auto& one : *records) AMPARO_DO(read_one(one, tally));
        return {};
    }

  private:
    Outcome<void> read_one(const std::string& text, Tally& tally) const {
        if (stop_requested()) return stop(context, "cli.stopped");
        const auto said = record::read(text);
        auto kept = said ? exports::kept_here(*said, reader) : LeftOut::Unreadable;
        if (said && !kept) {
            const auto* const known = forms.find(said->form_sha256);
            if (known == nullptr) {
                kept = LeftOut::NoForm;
            } else {
                AMPARO_TRY(const used, use({*said, *known->form}, known->sheets));
                kept = used;
            }
        }
        if (kept)
            tally.leave(*kept);
        else
            ++tally.out;
        return {};
    }
};

}  // namespace

void add_reading_options(CLI::App& command, const Context& context, ReadingOptions& options) {
    add_casebook_options(command, context, options.casebook);
    command.add_option("--from", options.first_day, context.text("cli.cases.export.from"));
    command.add_option("--to", options.last_day, context.text("cli.cases.export.to"));
    command.add_option("--form", options.form, context.text("cli.cases.export.form"));
    command.add_option("--device", options.device, context.text("cli.cases.held.device"))->transform(lower_case);
}

Outcome<Tally> read_cases(const Context& context, OpenCasebook& open, const ReadingOptions& options,
                          exports::Reader reader, const std::vector<std::string>& agreed, const UseScreening& use) {
    for (const auto& day : {options.first_day, options.last_day})
        if (!day.empty() && !exchange::parse_day(day)) return stop(context, "cli.cases.export.no_day", {}, Exit::Usage);
    Progress bar(context);
    if (const auto opened = open.book.open_waiting(open.identities, [](auto, auto, auto) { return !stop_requested(); });
        !opened)
        return stop_casebook(context, opened.error(), options.casebook.file);
    deployment::FormsBeside forms(context.ready(), options.casebook.file, open.book.deployment());
    casebook::CaseQuery query;
    query.first_day = options.first_day;
    query.last_day = options.last_day;
    query.form = options.form;
    query.practice = casebook::Practice::Included;
    query.order = casebook::CaseOrder::Code;
    query.most = cases_at_once;
    const Page page{context, open, options, reader, use, forms};
    Tally tally;
    for (std::size_t done = 0;;) {
        const auto cases = open.book.cases(query);
        if (!cases) return stop_casebook(context, cases.error(), options.casebook.file);
        std::vector<casebook::Case> wanted;
        for (const auto& one : cases->cases) {
            if (!one.device.starts_with(options.device)) continue;
            if (const auto kept = kept_by_list(one, reader, agreed))
                tally.leave(*kept);
            else
                wanted.push_back(one);
        }
        AMPARO_DO(page.read(wanted, tally));
        done += cases->cases.size();
        bar.show(done, 0, std::to_string(done));
        if (!cases->more) return tally;
        query.after = cases->cases.back();
    }
}

Outcome<std::string> left_out_lines(const Context& context, OpenCasebook& open, const ReadingOptions& options,
                                    const Tally& tally, std::size_t least) {
    std::vector<Row> rows;
    const auto all = exports::left_out_rows(context.translator(), tally, least);
    for (std::size_t i = 2; i < all.size(); ++i)  // without the header and what went out
        if (all[i][1].text != "0")
            rows.push_back({all[i][1].text.empty() ? "<" + std::to_string(least) : all[i][1].text, all[i][2].text});
    std::string text;
    if (!rows.empty()) text = context.text("cli.cases.export.left") + "\n" + table(std::move(rows));
    const auto unseen = open.book.unseen();
    if (!unseen) return stop_casebook(context, unseen.error(), options.casebook.file);
    const auto add = [&](std::string_view key, std::size_t count) {
        if (count > 0) text += context.counted(key, count) + "\n";
    };
    add("cli.cases.list.waiting", unseen->waiting);
    add("cli.cases.list.unlisted", unseen->unlisted);
    add("cli.cases.list.revisions", unseen->revisions);
    return text;
}

}  // namespace app::cli

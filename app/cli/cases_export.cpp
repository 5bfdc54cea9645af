// amparo cases export: screenings leave the casebook in a form that others read, noted before anything is written.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/cases_reading.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/export_files.hpp"
#include "app/exports/suppression.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using exports::Format;
using exports::Reader;
using nlohmann::json;

struct CasesExport {
    ReadingOptions reading;
    std::string format;
    std::string output;
    std::vector<std::string> agreed;
    bool words = false;
    bool as_json = false;
};

struct FormatKind {
    std::string_view word;
    Reader reader;
    bool folder;
    std::unique_ptr<Format> (*make)(const locales::Translator& translator, const std::filesystem::path& scratch);
};

constexpr std::array format_kinds{
    FormatKind{"csv", Reader::Own, true, [](const auto& words, const auto&) { return exports::make_csv(words); }},
    FormatKind{"xlsx", Reader::Own, false,
               [](const auto& words, const auto& scratch) { return exports::make_xlsx(words, scratch); }},
    FormatKind{"statistics", Reader::Own, true,
               [](const auto& words, const auto&) { return exports::make_statistics(words); }},
    FormatKind{"fhir", Reader::Others, true, [](const auto& words, const auto&) { return exports::make_fhir(words); }},
    FormatKind{"htcds", Reader::Others, true,
               [](const auto& words, const auto&) { return exports::make_htcds(words); }},
    FormatKind{"odk", Reader::Others, true, [](const auto& words, const auto&) { return exports::make_odk(words); }},
};

const FormatKind* kind_of(std::string_view word) {
    const auto* const found =
        std::find_if(format_kinds.begin(), format_kinds.end(), [&](const FormatKind& one) { return one.word == word; });
    return found == format_kinds.end() ? nullptr : found;
}

/// Counts that a table of statistics would not say are not said beside it either.
std::size_t least_of(const FormatKind& kind) {
    return kind.word == "statistics" ? exports::least_said : 0;
}

json json_of(const exports::Tally& tally, std::size_t least) {
    const auto count = [&](std::size_t number) { return number > 0 && number < least ? json() : json(number); };
    json left;
    for (std::size_t i = 0; i < exports::left_out_reasons; ++i)
        left[std::string(exports::to_word(static_cast<exports::LeftOut>(i)))] = count(tally.left[i]);
    return {{"out", count(tally.out)},
            {"left_out", left},
            {"kept_back", count(tally.kept_back)},
            {"foreign", count(tally.foreign)}};
}

Outcome<void> say_exported(const Context& context, OpenCasebook& open, const CasesExport& options,
                           const FormatKind& kind, const exports::Tally& tally) {
    const auto least = least_of(kind);
    if (options.as_json) {
        auto all = json_of(tally, least);
        all["output"] = options.output;
        if (!print_json(all.dump(2, ' ', false, json::error_handler_t::replace)))
            return stop(context, "cli.file.output_closed");
        return {};
    }
    AMPARO_TRY(const left, left_out_lines(context, open, options.reading, tally, least));
    const auto file = shown(options.output);
    const auto done = tally.out < least ? context.text("cli.cases.export.counted", {{"file", file}})
                                        : context.counted("cli.cases.export.done", tally.out, {{"file", file}});
    if (!print(done + "\n" + left)) return stop(context, "cli.file.output_closed");
    return {};
}

Outcome<void> export_cases(const Context& context, const CasesExport& options) {
    const auto* const kind = kind_of(options.format);
    if (kind == nullptr || options.output.empty()) return stop(context, "cli.cases.export.usage", {}, Exit::Usage);
    if (kind->reader == Reader::Own && !options.agreed.empty())
        return stop(context, "cli.cases.export.not_for_others", {}, Exit::Usage);
    if (kind->reader == Reader::Others && options.agreed.empty())
        return stop(context, "cli.cases.export.nobody_agreed", {}, Exit::Usage);
    AMPARO_TRY(files, ExportFiles::make(context, options.output, kind->folder));
    AMPARO_TRY(open, open_casebook(context, options.reading.casebook));
    const auto format = kind->make(context.translator(), files.scratch());
    exports::Tally beside;
    const auto use = [&](const exports::Screening& screening,
                         const questionnaires::engine::Workbook& sheets) -> Outcome<std::optional<exports::LeftOut>> {
        const auto said = exports::said_in(screening, options.words);
        switch (format->add(screening, said, sheets, files)) {
            case exports::Taken::Failed:
                return files.failure();
            case exports::Taken::NotFit:
                return exports::LeftOut::NotFit;
            case exports::Taken::Yes:
                break;
        }
        beside.kept_back += said.kept_back;
        beside.foreign += said.foreign;
        return std::nullopt;
    };
    auto reading = options.reading;
    reading.exported = kind->word;
    AMPARO_TRY(tally, read_cases(context, open, reading, kind->reader, options.agreed, use));
    tally.kept_back = beside.kept_back;
    tally.foreign = beside.foreign;
    if (!format->end(tally, files)) return files.failure();
    AMPARO_DO(files.publish());
    return say_exported(context, open, options, *kind, tally);
}

}  // namespace

void add_cases_export(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<CasesExport>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("export", context.text("cli.cases.export.help"));
    command->add_option("--format", options->format, context.text("cli.cases.export.format"));
    command->add_option("-o,--output", options->output, context.text("cli.cases.export.output"));
    add_reading_options(*command, context, options->reading);
    command->add_option("--agreed", options->agreed, context.text("cli.cases.export.agreed"))
        ->allow_extra_args(false)
        ->transform(lower_case);
    command->add_flag("--words", options->words, context.text("cli.cases.export.words"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(export_cases(run.context, *options)); });
}

}  // namespace app::cli

// amparo form eval: the value of an expression over given answers.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/form_source.hpp"
#include "app/cli/form_values.hpp"
#include "app/cli/form_words.hpp"
#include "crypto/try.hpp"
#include "questionnaires/engine/expression/text.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
using nlohmann::ordered_json;

constexpr std::size_t answers_limit = 4U << 20U;

struct EvalOptions {
    std::string expression;
    std::string answers;
    std::string form;
    std::string self;
    InterviewOptions interview;
    bool as_json = false;
};

/// One member of the answers file.
struct Given {
    std::string name;
    std::string value;
    engine::AnswerState state = engine::AnswerState::Answered;
};

Outcome<std::vector<Given>> read_answers(const Context& context, const std::string& file) {
    std::vector<Given> all;
    if (file.empty()) return all;
    AMPARO_TRY(const bytes, read_plain_file(context, file, answers_limit));
    const auto text = crypto::as_text(bytes);
    const auto answers = is_shallow(text) ? ordered_json::parse(text, nullptr, false) : ordered_json();
    if (!answers.is_object()) return stop(context, "cli.form.eval.answers_malformed", {{"file", shown(file)}});
    for (const auto& [name, value] : answers.items()) {
        Given given{name, {}, engine::AnswerState::Answered};
        if (value.is_null()) {
            given.state = engine::AnswerState::NotAsked;
        } else if (value.is_object() && value.size() == 1 && value.contains("state")) {
            const auto state =
                value["state"].is_string() ? state_named(value["state"].get<std::string>()) : std::nullopt;
            if (!state) return stop(context, "cli.form.eval.answer_malformed", {{"name", shown(name)}});
            given.state = *state;
        } else {
            auto words = answer_text(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
            if (!words) return stop(context, "cli.form.eval.answer_malformed", {{"name", shown(name)}});
            given.value = std::move(*words);
        }
        all.push_back(std::move(given));
    }
    return all;
}

/// A form that has a text question for every answer, so that an expression can be tried without a form.
engine::Workbook sheets_of(const std::vector<Given>& answers) {
    engine::Workbook workbook;
    const auto row = [](engine::Sheet& sheet, std::initializer_list<std::string_view> cells) {
        for (const auto cell : cells) sheet.add_cell(cell);
        sheet.end_row();
    };
    auto& settings = workbook.sheets.emplace_back("settings");
    row(settings, {"form_id", "version"});
    row(settings, {"answers", "1"});
    auto& survey = workbook.sheets.emplace_back("survey");
    row(survey, {"type", "name", "label"});
    std::string own = "_";  // a form needs a row
    for (const auto& given : answers) {
        row(survey, {"text", given.name, given.name});
        if (given.name.size() >= own.size()) own = std::string(given.name.size() + 1, '_');
    }
    row(survey, {"note", own, own});
    return workbook;
}

Outcome<std::shared_ptr<const engine::Form>> form_for(const Context& context, const EvalOptions& options,
                                                      const std::vector<Given>& answers) {
    if (options.form.empty()) {
        auto form = engine::load(sheets_of(answers));
        if (!form) return stop(context, "cli.form.eval.names", {{"file", shown(options.answers)}});
        return std::move(*form);
    }
    AMPARO_TRY(const sheets, read_sheets(context, options.form));
    return load_form(context, sheets, options.form);
}

tl::expected<void, engine::Refusal> put(TrialInterview& trial, engine::NodeId node, const Given& given) {
    if (given.state == engine::AnswerState::NotAsked) return trial.interview().clear(node);
    if (given.state != engine::AnswerState::Answered)
        return trial.interview().set_state(node, given.state, trial.language());
    return trial.interview().answer(node, given.value, trial.language());
}

/// Gives the answers whatever their order: what is not relevant yet is tried again after the others.
Outcome<void> give(const Context& context, TrialInterview& trial, std::vector<Given> answers) {
    while (!answers.empty()) {
        std::vector<Given> later;
        for (auto& given : answers) {
            const auto node = trial.interview().at(given.name);
            if (!node) return stop(context, "cli.form.no_node", {{"name", shown(given.name)}});
            const auto taken = put(trial, *node, given);
            if (taken) continue;
            if (taken.error().kind != engine::RefusalKind::NotRelevant)
                return stop(context, "cli.form.eval.not_taken",
                            {{"name", shown(given.name)}, {"reason", refusal_words(context, taken.error().kind)}});
            later.push_back(std::move(given));
        }
        if (later.size() == answers.size())
            return stop(context, "cli.form.eval.not_taken",
                        {{"name", shown(later.front().name)},
                         {"reason", refusal_words(context, engine::RefusalKind::NotRelevant)}});
        answers = std::move(later);
    }
    return {};
}

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// The line of the expression with the fault, and a caret under it.
std::string pointed_at(std::string_view expression, std::size_t position) {
    const auto before = expression.substr(0, position);
    const auto begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
    std::string line(expression.substr(begin, expression.find('\n', position) - begin));
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 127; }, ' ');
    return line + "\n" + std::string(characters(before.substr(begin)), ' ') + "^";
}

tl::unexpected<Failure> stop_at(const Context& context, const EvalOptions& options,
                                const engine::ExpressionFailure& fault) {
    if (fault.message.empty()) return stop(context, "cli.form.eval.memory");
    const std::string_view expression = options.expression;
    const auto position = std::min(fault.position, expression.size());
    auto message = in_words(context, fault.message);
    if (!fault.suggestion.empty()) message += " (" + in_words(context, fault.suggestion) + ")";
    const auto said = stop(context, "cli.form.eval.fault",
                           {{"position", std::to_string(characters(expression.substr(0, position)) + 1)},
                            {"message", std::move(message)}});
    if (context.terminal() && engine::find_unsafe(expression) == std::string_view::npos)
        context.show(pointed_at(expression, position));
    return said;
}

std::string json_line(const engine::Evaluated& result) {
    const std::string text(result.text);
    ordered_json line{{"value", text}, {"type", "string"}};
    if (result.type == engine::Type::Date) line["type"] = "date";
    if (result.type == engine::Type::Boolean) {
        line["type"] = "boolean";
        line["value"] = text == "true";
    }
    if (result.type == engine::Type::Number) line["type"] = "number";
    if (result.type == engine::Type::Number && std::isfinite(engine::parse_number(text)))
        line["value"] = ordered_json::parse(text, nullptr, false);
    line["known"] = result.known;
    return line.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
}

Outcome<void> evaluate(const Context& context, const EvalOptions& options) {
    if (options.expression.empty()) return stop(context, "cli.form.eval.usage", {}, Exit::Usage);
    AMPARO_TRY(answers, read_answers(context, options.answers));
    AMPARO_TRY(form, form_for(context, options, answers));
    AMPARO_TRY(trial, TrialInterview::start(context, std::move(form), options.interview));
    AMPARO_DO(give(context, trial, std::move(answers)));
    std::optional<engine::NodeId> self;
    if (!options.self.empty()) {
        self = trial.interview().at(options.self);
        if (!self) return stop(context, "cli.form.no_node", {{"name", shown(options.self)}});
    }
    const auto result = trial.interview().evaluate(options.expression, self, trial.language());
    if (!result) return stop_at(context, options, result.error());
    if (!(options.as_json ? print_json(json_line(*result)) : print(std::string(result->text) + "\n")))
        return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_form_eval(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<EvalOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("eval", context.text("cli.form.eval.help"));
    command->add_option("EXPR", options->expression, context.text("cli.form.eval.expression"));
    command->add_option("--answers", options->answers, context.text("cli.form.eval.answers"));
    command->add_option("--form", options->form, context.text("cli.form.eval.form"));
    command->add_option("--self", options->self, context.text("cli.form.eval.self"));
    add_interview_options(*command, context, options->interview);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(evaluate(run.context, *options)); });
}

}  // namespace app::cli

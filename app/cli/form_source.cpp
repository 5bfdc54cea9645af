#include "app/cli/form_source.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <chrono>
#include <ctime>
#include <utility>

#include "app/cli/form_faults.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;

constexpr std::int32_t second = 1000;

constexpr std::array refusal_codes{
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::Constraint, "constraint"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::Required, "required"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::NotANumber, "not-a-number"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::NotADate, "not-a-date"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::NotAChoice, "not-a-choice"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::TooLong, "too-long"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::UnsafeText, "unsafe-text"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::ReadOnly, "read-only"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::NotRelevant, "not-relevant"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::NoValue, "no-value"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::Budget, "budget"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::TooMany, "too-many"},
    std::pair<engine::RefusalKind, std::string_view>{engine::RefusalKind::Memory, "memory"},
};

/// The clock of this computer, as its wall shows it.
engine::Environment clock_environment() {
    const auto now = std::chrono::system_clock::now();
    const std::time_t seconds = std::chrono::system_clock::to_time_t(now);
    std::tm local{};
    ::localtime_r(&seconds, &local);
    engine::Environment environment{};
    environment.today = {local.tm_year + 1900, static_cast<std::uint8_t>(local.tm_mon + 1),
                         static_cast<std::uint8_t>(local.tm_mday)};
    environment.milliseconds = ((local.tm_hour * 60 + local.tm_min) * 60 + local.tm_sec) * second;
    environment.zone = static_cast<std::int32_t>(local.tm_gmtoff / 60);
    return environment;
}

/// "09:30" or "09:30:15" in milliseconds.
std::optional<std::int32_t> parse_time(std::string_view text) {
    if (text.size() != 5 && text.size() != 8) return std::nullopt;
    std::int32_t parts[3] = {0, 0, 0};
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (i % 3 == 2) {
            if (text[i] != ':') return std::nullopt;
        } else {
            if (text[i] < '0' || text[i] > '9') return std::nullopt;
            parts[i / 3] = parts[i / 3] * 10 + (text[i] - '0');
        }
    }
    if (parts[0] > 23 || parts[1] > 59 || parts[2] > 59) return std::nullopt;
    return ((parts[0] * 60 + parts[1]) * 60 + parts[2]) * second;
}

Outcome<engine::Environment> environment_of(const Context& context, const InterviewOptions& options) {
    engine::Environment environment = clock_environment();
    if (!options.now.empty()) {
        const std::string_view text = options.now;
        const auto day = engine::parse_date(text.substr(0, 10));
        const auto time = text.size() > 10 && text[10] == 'T' ? parse_time(text.substr(11)) : std::nullopt;
        if (!day || (text.size() > 10 && !time))
            return stop(context, "cli.form.now", {{"text", shown(options.now)}}, Exit::Usage);
        environment = {*day, 0, time.value_or(0), 0};
    }
    environment.random_seed = options.seed;
    return environment;
}

Outcome<engine::LanguageId> language_of_form(const Context& context, const engine::Form& form,
                                             const std::string& code) {
    if (code.empty()) return form.default_language();
    if (const auto found = form.language(code)) return *found;
    return stop(context, "cli.form.language", {{"code", shown(code)}});
}

}  // namespace

void add_interview_options(CLI::App& command, const Context& context, InterviewOptions& options) {
    command.add_option("--today", options.now, context.text("cli.form.option.today"));
    command.add_option("--seed", options.seed, context.text("cli.form.option.seed"));
    command.add_option("--form-lang", options.language, context.text("cli.form.option.language"));
}

Outcome<engine::Workbook> read_sheets(const Context& context, const std::string& path) {
    std::error_code error;
    if (path.empty() || !std::filesystem::exists(path, error))
        return stop(context, "cli.form.check.not_there", {{"file", shown(path)}},
                    path.empty() ? Exit::Usage : Exit::Failed);
    auto source = read_form(path);
    if (source.workbook.sheets.empty() || engine::has_errors(source.faults))
        return stop(context, "cli.form.faults", {{"file", shown(path)}});
    return std::move(source.workbook);
}

Outcome<std::shared_ptr<const engine::Form>> load_form(const Context& context, const engine::Workbook& sheets,
                                                       const std::string& path) {
    auto form = engine::load(sheets, form_name(path));
    if (!form) return stop(context, "cli.form.faults", {{"file", shown(path)}});
    return std::move(*form);
}

Outcome<TrialInterview> TrialInterview::start(const Context& context, std::shared_ptr<const engine::Form> form,
                                              const InterviewOptions& options) {
    AMPARO_TRY(const environment, environment_of(context, options));
    AMPARO_TRY(const language, language_of_form(context, *form, options.language));
    auto memory = std::make_unique<std::pmr::unsynchronized_pool_resource>();
    auto interview = engine::Interview::start(std::move(form), memory.get(), environment);
    if (!interview)
        return stop(context, "cli.form.not_started", {{"reason", refusal_words(context, interview.error().kind)}});
    interview->speak(language);
    return TrialInterview(std::move(memory), std::move(*interview), language);
}

std::string_view code_of(engine::RefusalKind kind) noexcept {
    for (const auto& [known, code] : refusal_codes)
        if (known == kind) return code;
    return "refused";
}

std::string refusal_words(const Context& context, engine::RefusalKind kind) {
    std::string key(code_of(kind));
    std::replace(key.begin(), key.end(), '-', '.');
    return context.text("cli.form.refused." + key);
}

}  // namespace app::cli

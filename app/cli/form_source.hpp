// A questionnaire and an interview of it, for trying it out on the command line; never for what people really said.
#pragma once

#include <cstdint>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>

#include "app/cli/files.hpp"
#include "questionnaires/engine/interview/interview.hpp"

namespace CLI {
class App;
}

namespace app::cli {

/// What an interview takes from outside; the same options give the same interview.
struct InterviewOptions {
    std::string now;        ///< "2026-11-24" or "2026-11-24T09:30"; the clock when empty
    std::uint64_t seed{1};  ///< what random() draws from
    std::string language;   ///< code of a language of the form; its default language when empty
};
void add_interview_options(CLI::App& command, const Context& context, InterviewOptions& options);

/// The sheets of the questionnaire in that folder or .xlsx file. Says on standard error why it cannot be read.
[[nodiscard]] Outcome<questionnaires::engine::Workbook> read_sheets(const Context& context, const std::string& path);
/// Compiles them. A form with faults is refused with one sentence that names `amparo form check`.
[[nodiscard]] Outcome<std::shared_ptr<const questionnaires::engine::Form>> load_form(
    const Context& context, const questionnaires::engine::Workbook& sheets, const std::string& path);

/// An interview with the memory it lives in and the language spoken now.
class TrialInterview {
  public:
    [[nodiscard]] static Outcome<TrialInterview> start(const Context& context,
                                                       std::shared_ptr<const questionnaires::engine::Form> form,
                                                       const InterviewOptions& options);
    [[nodiscard]] questionnaires::engine::Interview& interview() { return interview_; }
    [[nodiscard]] const questionnaires::engine::Interview& interview() const { return interview_; }
    [[nodiscard]] questionnaires::engine::LanguageId language() const { return language_; }
    void speak(questionnaires::engine::LanguageId language) {
        language_ = language;
        interview_.speak(language);
    }

  private:
    TrialInterview(std::unique_ptr<std::pmr::memory_resource> memory, questionnaires::engine::Interview interview,
                   questionnaires::engine::LanguageId language)
        : memory_(std::move(memory)), interview_(std::move(interview)), language_(language) {}
    std::unique_ptr<std::pmr::memory_resource> memory_;
    questionnaires::engine::Interview interview_;
    questionnaires::engine::LanguageId language_;
};

/// Stable word for a refusal: "constraint", "not-a-number" …
[[nodiscard]] std::string_view code_of(questionnaires::engine::RefusalKind kind) noexcept;
/// The same in words, as part of a sentence.
[[nodiscard]] std::string refusal_words(const Context& context, questionnaires::engine::RefusalKind kind);

}  // namespace app::cli

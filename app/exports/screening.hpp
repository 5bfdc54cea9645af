// One screening as exports see it: what the record says, line by line, judged against its form, so that no format
// decides for itself what may leave. Knows no casebook, no file and no key.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "app/record/record.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace app::exports {

namespace engine = questionnaires::engine;

/// A record and the very form that it names; both outlive whoever looks at them here.
struct Screening {
    const record::Record& said;
    const engine::Form& form;
};

/// One question that was put, or could have been.
struct Line {
    engine::QuestionId question;
    std::string_view address;  ///< "age", in a repeat "kid[2]/age"
    engine::AnswerState state = engine::AnswerState::NotAsked;
    std::string_view value;  ///< empty unless answered, and when it was kept back
    bool kept_back =
        false;  ///< it was answered, in words of the person's own or in a value that the form does not have
};

/// What of a screening may leave.
struct Said {
    std::vector<Line> lines;
    std::size_t kept_back = 0;  ///< values
    std::size_t foreign = 0;    ///< lines of the record that its form does not have
};

/// Lines in the order of the record. What the form computes or hides, groups and notes are none. `words`: free text
/// goes out too; a value that the form does not have never does.
[[nodiscard]] Said said_in(const Screening& screening, bool words);

/// Whether the form can have this value for this question: a choice, a number, a day …. Free text never is.
[[nodiscard]] bool is_value_of(const engine::Form& form, engine::QuestionId question, std::string_view value);
/// The choices that a value names, in its order.
[[nodiscard]] std::vector<std::string_view> chosen(const engine::Form& form, engine::QuestionId question,
                                                   std::string_view value);

/// The language of that code, or the one that the form begins with.
[[nodiscard]] engine::LanguageId language_of(const engine::Form& form, std::string_view code);

}  // namespace app::exports

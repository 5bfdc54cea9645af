#include "questionnaires/engine/form/form.hpp"

#include <algorithm>
#include <cmath>

#include "questionnaires/engine/form/data.hpp"

namespace questionnaires::engine {

bool in_range(const std::optional<NumberRange>& range, double number) noexcept {
    if (!range) return true;
    const auto [low, high] = std::minmax(range->start, range->end);
    if (!(number >= low && number <= high)) return false;
    const double steps = (number - range->start) / range->step;
    return std::abs(steps - std::round(steps)) < 1e-6;
}

std::string_view LocalText::in(LanguageId language) const noexcept {
    return language.index < texts_.size() ? std::string_view(texts_[language.index]) : std::string_view();
}

std::string_view to_word(ReadingKind reading) noexcept {
    switch (reading) {
        case ReadingKind::Danger:
            return "danger";
        case ReadingKind::Harm:
            return "harm";
        case ReadingKind::Risk:
            return "risk";
    }
    return {};
}

std::string_view to_word(Level level) noexcept {
    switch (level) {
        case Level::NoneReported:
            return "none-reported";
        case Level::Some:
            return "some";
        case Level::Strong:
            return "strong";
    }
    return {};
}

std::string_view to_word(Strength strength) noexcept {
    switch (strength) {
        case Strength::Weak:
            return "weak";
        case Strength::Medium:
            return "medium";
        case Strength::Strong:
            return "strong";
    }
    return {};
}

std::string_view to_word(Basis basis) noexcept {
    switch (basis) {
        case Basis::Ilo:
            return "ilo";
        case Basis::Statute:
            return "statute";
        case Basis::Practice:
            return "practice";
        case Basis::Design:
            return "design";
    }
    return {};
}

std::string_view to_word(Role role) noexcept {
    switch (role) {
        case Role::Shelter:
            return "shelter";
        case Role::Border:
            return "border";
    }
    return {};
}

std::string_view to_word(Kind kind) noexcept {
    switch (kind) {
        case Kind::Group:
            return "begin group";
        case Kind::Repeat:
            return "begin repeat";
        case Kind::Text:
            return "text";
        case Kind::Integer:
            return "integer";
        case Kind::Decimal:
            return "decimal";
        case Kind::Date:
            return "date";
        case Kind::Time:
            return "time";
        case Kind::DateTime:
            return "dateTime";
        case Kind::SelectOne:
            return "select_one";
        case Kind::SelectMultiple:
            return "select_multiple";
        case Kind::Rank:
            return "rank";
        case Kind::Acknowledge:
            return "acknowledge";
        case Kind::Note:
            return "note";
        case Kind::Calculate:
            return "calculate";
        case Kind::Hidden:
            return "hidden";
    }
    return {};
}

Form::Form(std::unique_ptr<const FormData> data) : data_(std::move(data)) {}
Form::~Form() = default;

std::string_view Form::id() const noexcept {
    return data_->id;
}
std::string_view Form::version() const noexcept {
    return data_->version;
}
std::string_view Form::title() const noexcept {
    return data_->title;
}
std::span<const Language> Form::languages() const noexcept {
    return data_->languages;
}
LanguageId Form::default_language() const noexcept {
    return {data_->default_language};
}

std::optional<LanguageId> Form::language(std::string_view code) const noexcept {
    for (std::size_t i = 0; i < data_->languages.size(); ++i) {
        if (data_->languages[i].code == code) return LanguageId{static_cast<std::uint8_t>(i)};
    }
    return std::nullopt;
}

std::uint32_t Form::size() const noexcept {
    return static_cast<std::uint32_t>(data_->questions.size());
}

std::optional<QuestionId> Form::find(std::string_view name) const noexcept {
    const auto found = data_->by_name.find(name);
    if (found == data_->by_name.end()) return std::nullopt;
    return found->second;
}

std::string_view Form::name(QuestionId question) const noexcept {
    return data_->questions[question].name;
}
Kind Form::kind(QuestionId question) const noexcept {
    return data_->questions[question].kind;
}

std::string_view Form::label(QuestionId question, LanguageId language) const noexcept {
    return data_->questions[question].label.text.in(language);
}

std::string_view Form::choice_label(QuestionId question, ChoiceId choice, LanguageId language) const noexcept {
    const ListId list = data_->questions[question].list;
    if (list == no_index || choice.index >= data_->lists[list].choices.size()) return {};
    return data_->lists[list].choices[choice].label.text.in(language);
}

std::string_view Form::media(QuestionId question, Media media, LanguageId language) const noexcept {
    if (question.index >= data_->questions.size()) return {};
    return data_->questions[question].media[static_cast<std::size_t>(media)].in(language);
}

std::string_view Form::choice_media(QuestionId question, ChoiceId choice, Media media,
                                    LanguageId language) const noexcept {
    if (question.index >= data_->questions.size()) return {};
    const ListId list = data_->questions[question].list;
    if (list == no_index || choice.index >= data_->lists[list].choices.size()) return {};
    return data_->lists[list].choices[choice].media[static_cast<std::size_t>(media)].in(language);
}

std::span<const Indicator> Form::indicators() const noexcept {
    return data_->indicators;
}
std::span<const LevelRule> Form::levels() const noexcept {
    return data_->levels;
}
std::span<const Action> Form::actions() const noexcept {
    return data_->actions;
}
const Diagnostics& Form::warnings() const noexcept {
    return data_->warnings;
}

}  // namespace questionnaires::engine

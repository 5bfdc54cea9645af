#include "app/record/words.hpp"

#include <array>

#include "questionnaires/engine/interview/interview.hpp"

namespace app::record {
namespace {

namespace engine = questionnaires::engine;

template <class E>
constexpr int every = 0;
template <>
constexpr std::array every<Kind>{Kind::Partial, Kind::Final, Kind::Withdrawn};
template <>
constexpr std::array every<Mode>{Mode::Assisted, Mode::Private, Mode::Observation};
template <>
constexpr std::array every<Consent>{Consent::NotAsked, Consent::Given, Consent::Declined};
template <>
constexpr std::array every<RaiseReason>{RaiseReason::Observed, RaiseReason::Told, RaiseReason::OtherSource,
                                        RaiseReason::Fear};
template <>
constexpr std::array every<engine::Role>{engine::Role::Shelter, engine::Role::Border};
template <>
constexpr std::array every<engine::Level>{engine::Level::NoneReported, engine::Level::Some, engine::Level::Strong};
template <>
constexpr std::array every<engine::ReadingKind>{engine::ReadingKind::Danger, engine::ReadingKind::Harm,
                                                engine::ReadingKind::Risk};
template <>
constexpr std::array every<engine::Strength>{engine::Strength::Weak, engine::Strength::Medium,
                                             engine::Strength::Strong};
template <>
constexpr std::array every<engine::AnswerState>{engine::AnswerState::NotAsked, engine::AnswerState::Answered,
                                                engine::AnswerState::Skipped, engine::AnswerState::Refused,
                                                engine::AnswerState::Unknown};

}  // namespace

std::string_view to_word(Kind kind) noexcept {
    switch (kind) {
        case Kind::Partial:
            return "partial";
        case Kind::Final:
            return "final";
        case Kind::Withdrawn:
            return "withdrawn";
    }
    return {};
}

std::string_view to_word(Mode mode) noexcept {
    switch (mode) {
        case Mode::Assisted:
            return "assisted";
        case Mode::Private:
            return "private";
        case Mode::Observation:
            return "observation";
    }
    return {};
}

std::string_view to_word(Consent consent) noexcept {
    switch (consent) {
        case Consent::NotAsked:
            return "not_asked";
        case Consent::Given:
            return "given";
        case Consent::Declined:
            return "declined";
    }
    return {};
}

std::string_view to_word(RaiseReason reason) noexcept {
    switch (reason) {
        case RaiseReason::Observed:
            return "observed";
        case RaiseReason::Told:
            return "told";
        case RaiseReason::OtherSource:
            return "other_source";
        case RaiseReason::Fear:
            return "fear";
    }
    return {};
}

template <class E>
std::optional<E> from_word(std::string_view word) noexcept {
    for (const E one : every<E>)
        if (to_word(one) == word) return one;
    return std::nullopt;
}

template std::optional<Kind> from_word(std::string_view) noexcept;
template std::optional<Mode> from_word(std::string_view) noexcept;
template std::optional<Consent> from_word(std::string_view) noexcept;
template std::optional<RaiseReason> from_word(std::string_view) noexcept;
template std::optional<engine::Role> from_word(std::string_view) noexcept;
template std::optional<engine::Level> from_word(std::string_view) noexcept;
template std::optional<engine::ReadingKind> from_word(std::string_view) noexcept;
template std::optional<engine::Strength> from_word(std::string_view) noexcept;
template std::optional<engine::AnswerState> from_word(std::string_view) noexcept;

}  // namespace app::record

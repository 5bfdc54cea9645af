// What the engine says, as the kind of the sentence and what it is about, so that each program can say it in its own
// language. Knows no language but the English of its kinds.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace questionnaires::engine {

/// A sentence, or a part of one. Its kind is the English sentence with `{}` where a field stands; a field is text from
/// outside, a number, or a sentence again. No text can become a sentence: what is not written in the sources as a
/// literal is only ever a field, and tests/locales asks of every literal that the catalogues have it.
class Sentence {
  public:
    Sentence() = default;
    /// Without fields: the literal is the kind.
    template <std::size_t N>
    Sentence(const char (&kind)[N]) : kind_(kind, N - 1) {}  // NOLINT(google-explicit-constructor): as a text would be
    /// One that stands in a table, which has literals only.
    [[nodiscard]] static Sentence of(std::string_view kind) {
        Sentence sentence;
        sentence.kind_ = kind;
        return sentence;
    }
    /// Text from outside, as it is.
    [[nodiscard]] static Sentence verbatim(std::string text) {
        Sentence sentence;
        sentence.text_ = std::move(text);
        return sentence;
    }

    [[nodiscard]] bool empty() const noexcept { return kind_.empty() && text_.empty(); }
    /// Empty for text from outside.
    [[nodiscard]] std::string_view kind() const noexcept { return kind_; }
    [[nodiscard]] std::span<const Sentence> fields() const noexcept { return fields_; }
    /// In English.
    [[nodiscard]] std::string text() const;

    friend bool operator==(const Sentence& a, const Sentence& b) noexcept {
        return a.kind_ == b.kind_ && a.text_ == b.text_ && a.fields_ == b.fields_;
    }

    /// The same with fields, as many as it has `{}`.
    template <class... Fields>
    [[nodiscard]] static Sentence of(std::string_view kind, Fields&&... fields) {
        auto sentence = of(kind);
        (sentence.fields_.push_back(field(std::forward<Fields>(fields))), ...);
        return sentence;
    }

  private:
    [[nodiscard]] static Sentence field(Sentence sentence) { return sentence; }
    [[nodiscard]] static Sentence field(std::string_view text) { return verbatim(std::string(text)); }
    [[nodiscard]] static Sentence field(const std::string& text) { return verbatim(text); }
    [[nodiscard]] static Sentence field(const char* text) { return verbatim(text); }

    std::string_view kind_;  ///< a literal of the sources
    std::string text_;
    std::vector<Sentence> fields_;
};

/// said("the choice {} has no label", quote(name)): as many fields as the kind has `{}`.
template <std::size_t N, class... Fields>
[[nodiscard]] Sentence said(const char (&kind)[N], Fields&&... fields) {
    return Sentence::of(std::string_view(kind, N - 1), std::forward<Fields>(fields)...);
}

}  // namespace questionnaires::engine

// Text functions; positions and lengths count characters (Unicode code points), as XPath 1.0 section 4.2 says.
#include <re2/re2.h>

#include <algorithm>
#include <cmath>

#include "questionnaires/engine/expression/digest.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/workbook.hpp"
#include "questionnaires/engine/interview/evaluate.hpp"

namespace questionnaires::engine {
namespace {

bool continues(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

double length_of(std::string_view text) noexcept {
    return static_cast<double>(text.size()) -
           static_cast<double>(std::count_if(text.begin(), text.end(), [](char c) { return continues(c); }));
}

/// Bytes of the character at the front.
std::size_t character(std::string_view text) noexcept {
    std::size_t size = 1;
    while (size < text.size() && continues(text[size])) ++size;
    return size;
}

/// JavaRosa, toInt().intValue(): a position that is no number is 0.
double whole(double position) noexcept {
    return std::isnan(position) ? 0 : std::trunc(position);
}

/// Characters whose 0-based position p satisfies from <= p < to.
std::string_view slice(std::string_view text, double from, double to) noexcept {
    std::size_t begin = text.size();
    std::size_t end = text.size();
    double position = 0;
    for (std::size_t at = 0; at < text.size(); at += character(text.substr(at)), ++position) {
        if (position >= from && begin == text.size()) begin = at;
        if (!(position < to)) {
            end = at;
            break;
        }
    }
    return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

}  // namespace

Value Evaluator::call_text(const ExpressionNode& node, Arguments arguments) {
    using F = Function;
    if (node.function == F::Concat) return join({}, arguments);
    if (node.function == F::Digest) return digest_of(node, arguments);
    if (node.function == F::Substring) return substring(arguments, false);
    if (node.function == F::Substr) return substring(arguments, true);
    if (node.function == F::Translate) return translate(arguments);
    if (node.function == F::NormalizeSpace) return normalize(arguments);
    const Value first = evaluate(arguments[0].node);
    const std::string_view text = to_text(first);
    count(text.size() / 16);
    if (node.function == F::String) return Value::of(text, first.known);
    if (node.function == F::Base64Decode) return decoded(first);
    if (node.function == F::Join) {
        Value joined = join(text, arguments.subspan(1));
        joined.known = joined.known && first.known;
        return joined;
    }
    if (node.function == F::StringLength) return Value::of(length_of(text), first.known);
    if (node.function == F::Regex) {
        // ODK: "an exact and complete match" (docs.getodk.org, form operators and functions, regex).
        const bool match =
            re2::RE2::FullMatch(re2::StringPiece(text.data(), text.size()), *expressions_.patterns[node.index]);
        return Value::of(match, first.known);
    }
    const Value second = evaluate(arguments[1].node);
    const std::string_view part = to_text(second);
    const bool known = first.known && second.known;
    count(part.size() / 16);
    if (node.function == F::StartsWith) return Value::of(text.substr(0, part.size()) == part, known);
    if (node.function == F::EndsWith) {
        return Value::of(text.size() >= part.size() && text.substr(text.size() - part.size()) == part, known);
    }
    const std::size_t found = text.find(part);
    if (node.function == F::Contains) return Value::of(found != std::string_view::npos, known);
    if (found == std::string_view::npos) return Value::of(std::string_view(), known);
    if (node.function == F::SubstringBefore) return Value::of(text.substr(0, found), known);
    return Value::of(text.substr(found + part.size()), known);
}

Value Evaluator::join(std::string_view separator, Arguments arguments) {
    std::size_t size = 0;
    bool known = true;
    std::pmr::vector<std::string_view> parts(&scratch_);
    bool sure = true;
    const auto add_part = [&](const Value& value) {
        parts.push_back(to_text(value));
        size += parts.back().size() + (parts.size() > 1 ? separator.size() : 0);
        known = known && value.known;
    };
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::size_t before = parts.size();
        sure = for_each_value(arguments.subspan(i, 1), true, add_part) && sure;
        // Of several arguments, one that finds nothing is an empty text (JavaRosa, XPathFuncExpr.join).
        if (parts.size() == before && arguments.size() > 1) add_part(Value::of(std::string_view(), true));
    }
    if (over_budget() || size > Limits::evaluation_steps) {
        count(Limits::evaluation_steps);
        return Value::of(std::string_view(), false);
    }
    char* const joined = room(size);
    std::size_t at = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i != 0) at += separator.copy(joined + at, separator.size());
        parts[i].copy(joined + at, parts[i].size());
        at += parts[i].size();
    }
    return Value::of(std::string_view(joined, size), known && sure);
}

/// XForms 1.1 section 7.8.4: base64 unless the third argument is 'hex'.
Value Evaluator::digest_of(const ExpressionNode& node, Arguments arguments) {
    const Value source = evaluate(arguments[0].node);
    const std::string_view text = to_text(source);
    count(text.size() / 4);
    const Digest result = digest(static_cast<DigestKind>(node.index), text);
    const bool hex = arguments.size() > 2 && expressions_.text_of(expressions_.node(arguments[2].node)) == "hex";
    char* const written = room(2 * result.size);
    const std::size_t size = hex ? write_hex(result, written) : write_base64(result, written);
    return Value::of(std::string_view(written, size), source.known);
}

/// Empty when it is not base64, or when what comes out is not text that an answer may hold.
Value Evaluator::decoded(const Value& value) {
    const std::string_view text = to_text(value);
    char* const bytes = room(text.size());
    const std::optional<std::size_t> size = decode_base64(text, bytes);
    std::string_view result;
    if (size) result = std::string_view(bytes, *size);
    if (find_unsafe(result) != std::string_view::npos) result = {};
    return Value::of(result, value.known);
}

/// XPath 1.0 substring(): the first character is 1, bounds are rounded. ODK substr(): the first is 0, the end is left
/// out, negative positions count from the end.
Value Evaluator::substring(Arguments arguments, bool from_zero) {
    const Value value = evaluate(arguments[0].node);
    const std::string_view text = to_text(value);
    const Value begin = evaluate(arguments[1].node);
    bool known = value.known && begin.known;
    double from = number_of(begin);
    double to = HUGE_VAL;
    count(text.size() / 4);
    if (arguments.size() > 2) {
        const Value last = evaluate(arguments[2].node);
        known = known && last.known;
        to = number_of(last);
    }
    if (from_zero) {
        const double length = length_of(text);
        from = whole(from);
        to = whole(to);
        from = from < 0 ? std::max(0.0, length + from) : from;
        to = to < 0 ? length + to : to;
        return Value::of(slice(text, from, to), known);
    }
    from = std::floor(from + 0.5);
    const double end = arguments.size() > 2 ? from + std::floor(to + 0.5) : HUGE_VAL;
    return Value::of(slice(text, from - 1, end - 1), known);
}

/// XPath 1.0 translate(): characters of the second argument become those at the same place of the third, or go.
Value Evaluator::translate(Arguments arguments) {
    const Value value = evaluate(arguments[0].node);
    const Value from_value = evaluate(arguments[1].node);
    const Value to_value = evaluate(arguments[2].node);
    const bool known = value.known && from_value.known && to_value.known;
    const std::string_view text = to_text(value);
    const std::string_view from = to_text(from_value);
    const std::string_view to = to_text(to_value);
    count(text.size() * (from.size() + 1) / 8);
    if (over_budget()) return Value::of(std::string_view(), false);
    char* const result = room(text.size() * 4);
    std::size_t size = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::string_view wanted = text.substr(at, character(text.substr(at)));
        at += wanted.size();
        std::string_view replacement = wanted;
        std::string_view targets = to;
        for (std::string_view rest = from; !rest.empty();) {
            const std::string_view source = rest.substr(0, character(rest));
            const std::string_view target = targets.substr(0, targets.empty() ? 0 : character(targets));
            rest.remove_prefix(source.size());
            targets.remove_prefix(target.size());
            if (source == wanted) {
                replacement = target;
                break;
            }
        }
        replacement.copy(result + size, replacement.size());
        size += replacement.size();
    }
    return Value::of(std::string_view(result, size), known);
}

Value Evaluator::normalize(Arguments arguments) {
    const Value value = evaluate(arguments[0].node);
    std::string_view rest = to_text(value);
    char* const result = room(rest.size());
    std::size_t size = 0;
    for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
        if (size != 0) result[size++] = ' ';
        word.copy(result + size, word.size());
        size += word.size();
    }
    return Value::of(std::string_view(result, size), value.known);
}

}  // namespace questionnaires::engine

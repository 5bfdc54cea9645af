#include "questionnaires/engine/expression/call_check.hpp"

#include <re2/re2.h>

#include <algorithm>

#include "questionnaires/engine/expression/digest.hpp"
#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {
namespace {

std::optional<ExpressionFailure> fault(std::uint32_t position, Sentence message, Sentence suggestion = {},
                                       bool reference = false) {
    return ExpressionFailure{reference, position, std::move(message), std::move(suggestion)};
}

/// What the library says of a pattern, in our words: its own differ between versions.
struct PatternFault {
    re2::RE2::ErrorCode code;
    std::string_view words;
};
constexpr PatternFault pattern_faults[] = {
    PatternFault{re2::RE2::ErrorBadEscape, "an escape that does not exist: {}"},
    PatternFault{re2::RE2::ErrorBadCharClass, "a class of characters that does not exist: {}"},
    PatternFault{re2::RE2::ErrorBadCharRange, "a range of characters that cannot be: {}"},
    PatternFault{re2::RE2::ErrorMissingBracket, "']' is missing: {}"},
    PatternFault{re2::RE2::ErrorMissingParen, "')' is missing: {}"},
    PatternFault{re2::RE2::ErrorTrailingBackslash, "it ends in \\: {}"},
    PatternFault{re2::RE2::ErrorRepeatArgument, "there is nothing to repeat: {}"},
    PatternFault{re2::RE2::ErrorRepeatSize, "a repetition that is too large: {}"},
    PatternFault{re2::RE2::ErrorRepeatOp, "a repetition that cannot be: {}"},
    PatternFault{re2::RE2::ErrorBadPerlOp, "a construction that does not exist here: {}"},
    PatternFault{re2::RE2::ErrorBadNamedCapture, "a group whose name cannot be: {}"},
    PatternFault{re2::RE2::ErrorPatternTooLarge, "it is too large: {}"},
};

Sentence why_no_pattern(const re2::RE2& pattern) {
    std::string_view words = "it cannot be read: {}";
    for (const auto& one : pattern_faults)
        if (one.code == pattern.error_code()) words = one.words;
    return Sentence::of(words, quote(pattern.error_arg()));
}

std::optional<ExpressionFailure> compile_pattern(ExpressionNode& call, const ExpressionNode& pattern_node,
                                                 Expressions& into) {
    if (pattern_node.op != Op::Literal)
        return fault(pattern_node.position, "the pattern of regex() is written in quotes");
    re2::RE2::Options options(re2::RE2::Quiet);
    options.set_max_mem(1 << 20);
    options.set_dot_nl(true);
    const std::string_view text = into.text_of(pattern_node);
    auto pattern = std::make_shared<const re2::RE2>(re2::StringPiece(text.data(), text.size()), options);
    if (!pattern->ok()) {
        const bool look = text.find("(?=") != std::string_view::npos || text.find("(?!") != std::string_view::npos ||
                          text.find("(?<") != std::string_view::npos;
        return fault(pattern_node.position, said("the pattern cannot be used: {}", why_no_pattern(*pattern)),
                     look ? "look-around does not exist here; use two constraints joined by and" : Sentence());
    }
    call.index = static_cast<std::uint32_t>(into.patterns.size());
    into.patterns.push_back(std::move(pattern));
    return std::nullopt;
}

std::optional<ExpressionFailure> check_digest(ExpressionNode& call, std::span<const Operand> arguments,
                                              const Expressions& all) {
    const ExpressionNode& algorithm = all.node(arguments[1].node);
    const auto kind = algorithm.op == Op::Literal ? digest_kind(all.text_of(algorithm)) : std::nullopt;
    if (!kind) {
        return fault(algorithm.position, "the algorithm of digest() is one of these, in quotes",
                     said("'MD5', {} or {}", "'SHA-1', 'SHA-256', 'SHA-384'", "'SHA-512'"));
    }
    call.index = static_cast<std::uint32_t>(*kind);
    if (arguments.size() < 3) return std::nullopt;
    const ExpressionNode& encoding = all.node(arguments[2].node);
    const std::string_view text = encoding.op == Op::Literal ? all.text_of(encoding) : std::string_view();
    if (text == "hex" || text == "base64") return std::nullopt;
    return fault(encoding.position, "the encoding of digest() is one of these, in quotes",
                 said("'hex' or {}", "'base64'"));
}

/// A format that is computed is not looked at here: it then writes what it does not know as it stands.
std::optional<ExpressionFailure> check_format(const ExpressionNode& format, const Expressions& all) {
    if (format.op != Op::Literal) return std::nullopt;
    const std::string_view text = all.text_of(format);
    for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 2)) {
        if (at + 1 < text.size() && is_format_identifier(text[at + 1])) continue;
        std::size_t end = std::min(at + 2, text.size());  // the whole character after '%'
        while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) ++end;
        return fault(format.position, said("no part of a date is written {}", quote(text.substr(at, end - at))),
                     said("{}, with a time {}", "%Y %y %m %n %b %d %e %a", "%H %h %M %S %3"));
    }
    return std::nullopt;
}

std::optional<ExpressionFailure> find_dimension(ExpressionNode& call, const ExpressionNode& name_node,
                                                const Scope& scope, const Place& place, const Expressions& all) {
    if (!place.strengths) {
        return fault(call.position, "it counts indicators, so it is for the levels and actions sheets");
    }
    if (name_node.op != Op::Literal) return fault(name_node.position, "the dimension is written in quotes");
    const std::string_view name = all.text_of(name_node);
    const std::optional<DimensionId> dimension = scope.dimension(name);
    if (!dimension) return fault(name_node.position, said("no indicator has the dimension {}", quote(name)), {}, true);
    call.index = dimension->index;
    return std::nullopt;
}

}  // namespace

std::optional<ExpressionFailure> check_call(ExpressionNode& call, std::span<const Operand> arguments,
                                            const Scope& scope, const Place& place, Expressions& into) {
    const auto argument = [&](std::size_t i) -> const ExpressionNode& { return into.node(arguments[i].node); };
    using F = Function;
    if (call.function == F::Regex) return compile_pattern(call, argument(1), into);
    if (call.function == F::ChoiceName) {
        if (argument(1).op == Op::Question && scope.is_select(argument(1).question())) return std::nullopt;
        return fault(argument(1).position, "the second argument is a select question in quotes",
                     said("write {}", "'${name}'"));
    }
    if (call.function == F::Digest) return check_digest(call, arguments, into);
    if (call.function == F::FormatDate || call.function == F::FormatDateTime) return check_format(argument(1), into);
    if (call.function == F::Once && !place.once) {
        return fault(call.position, "once() keeps the value of a row, so it is for calculation and default");
    }
    if (call.function == F::State) {
        if (!place.states) return fault(call.position, "state() is for the indicators, levels and actions sheets");
        if (argument(0).op == Op::Question) return std::nullopt;
        return fault(argument(0).position, "state() takes a question", said("write {}", "state(${name})"));
    }
    if (call.function == F::Strong || call.function == F::Medium || call.function == F::Weak ||
        call.function == F::Positive) {
        return find_dimension(call, argument(0), scope, place, into);
    }
    if (call.function == F::WeightedChecklist && arguments.size() % 2 != 0) {
        return fault(call.position, "weighted-checklist() takes a minimum, a maximum, then pairs of value and weight");
    }
    return std::nullopt;
}

}  // namespace questionnaires::engine

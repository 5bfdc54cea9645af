#include "questionnaires/workbook/xform/references.hpp"

#include <algorithm>

#include "questionnaires/engine/expression/lexer.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"

namespace questionnaires::workbook::xform {
namespace {

using engine::no_index;

bool is_name_byte(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || c == ':' || static_cast<unsigned char>(c) >= 0x80;
}

/// Reads an expression from left to right, copying all but its references.
class Rewriter {
  public:
    Rewriter(const References& references, const Outline& outline, NodeId context, bool in_predicate)
        : references_(references), outline_(outline), context_(context), predicates_(in_predicate ? 1 : 0) {}

    std::string run(std::string_view source) {
        for (at_ = source; !at_.empty();) step();
        return std::string(engine::trim(result_));
    }

  private:
    struct Call {
        bool indexed_repeat = false;
        std::size_t argument = 0;
    };

    void step() {
        const char c = at_.front();
        if (c == '\'' || c == '"') return literal(c);
        if (c == '$' && at_.size() > 1 && at_[1] == '{') return reference(false);
        if (is_name_byte(c)) return name();
        if (c == '[') ++predicates_;
        if (c == ']' && predicates_ > 0) --predicates_;
        if (c == '(') calls_.push_back({std::exchange(name_, {}) == "indexed-repeat", 0});
        if (c == ')' && !calls_.empty()) calls_.pop_back();
        if (c == ',' && !calls_.empty()) ++calls_.back().argument;
        copy(1);
        if (!engine::is_space(c)) name_ = {};
    }

    void name() {
        std::size_t size = 1;
        while (size < at_.size() && is_name_byte(at_[size])) ++size;
        name_ = at_.substr(0, size);
        copy(size);
    }

    /// jr:choice-name() names its question in quotes.
    void literal(char quote) {
        const auto end = std::min(at_.find(quote, 1), at_.size() - 1);
        auto rest = at_.substr(0, end + 1);
        at_.remove_prefix(end + 1);
        name_ = {};
        while (!rest.empty()) {
            const auto dollar = std::min(rest.find("${"), rest.size());
            result_ += rest.substr(0, dollar);
            rest.remove_prefix(dollar);
            if (rest.empty()) return;
            const auto after = at_;
            at_ = rest;
            reference(true);
            rest = at_;
            at_ = after;
        }
    }

    void reference(bool quoted) {
        const auto close = at_.find('}');
        const auto name = close == std::string_view::npos ? at_ : engine::trim_spaces(at_.substr(2, close - 2));
        const auto found = outline_.by_name.find(name);
        if (close == std::string_view::npos || found == outline_.by_name.end()) return copy(2);
        at_.remove_prefix(close + 1);
        name_ = {};
        const bool whole = !quoted && !calls_.empty() && calls_.back().indexed_repeat &&
                           (calls_.back().argument == 0 || calls_.back().argument % 2 == 1);
        auto path = whole ? outline_.nodes[found->second].path : references_.path(context_, found->second);
        if (predicates_ > 0 && path.front() == '.') path = "current()/" + path;
        // Spaces, because a name may go on with '-' or a digit.
        result_ += quoted ? path : " " + path + " ";
    }

    void copy(std::size_t size) {
        result_ += at_.substr(0, size);
        at_.remove_prefix(size);
    }

    const References& references_;
    const Outline& outline_;
    NodeId context_;
    std::size_t predicates_;
    std::string_view at_;
    std::string_view name_;  ///< the name just read: of a function when '(' follows
    std::vector<Call> calls_;
    std::string result_;
};

}  // namespace

std::string References::path(NodeId context, NodeId target) const {
    const auto& nodes = outline_.nodes;
    if (context == no_index) return nodes[target].path;
    auto repeat = outline_.repeat_around(context);
    while (repeat != no_index && !outline_.is_inside(target, repeat)) repeat = outline_.repeat_around(repeat);
    if (repeat == no_index) return nodes[target].path;
    auto common = nodes[context].parent;
    while (!outline_.is_inside(target, common)) common = nodes[common].parent;
    std::string path;
    for (auto depth = nodes[context].depth; depth > nodes[common].depth; --depth) path += path.empty() ? ".." : "/..";
    return path + nodes[target].path.substr(nodes[common].path.size());
}

std::string References::expression(NodeId context, std::string_view cell, bool in_predicate) const {
    const std::string word = cell.size() <= 5 ? engine::lower(cell) : std::string();
    if (word == "yes" || word == "true") return "true()";
    if (word == "no" || word == "false") return "false()";
    return Rewriter(*this, outline_, context, in_predicate).run(engine::plain_expression(cell));
}

std::vector<Piece> References::pieces(NodeId context, std::string_view text) const {
    std::vector<Piece> pieces;
    std::string words;
    while (!text.empty()) {
        const auto dollar = std::min(text.find("${"), text.size());
        words += text.substr(0, dollar);
        text.remove_prefix(dollar);
        if (text.empty()) break;
        const auto close = text.find('}');
        const auto name = close == std::string_view::npos ? text : engine::trim_spaces(text.substr(2, close - 2));
        const auto found = outline_.by_name.find(name);
        if (close == std::string_view::npos || found == outline_.by_name.end()) {
            words += text.substr(0, 2);
            text.remove_prefix(2);
            continue;
        }
        if (!words.empty()) pieces.push_back({false, std::exchange(words, {})});
        pieces.push_back({true, path(context, found->second)});
        text.remove_prefix(close + 1);
    }
    if (!words.empty()) pieces.push_back({false, std::move(words)});
    return pieces;
}

}  // namespace questionnaires::workbook::xform

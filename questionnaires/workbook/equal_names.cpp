// One name in several groups. XForms tell such questions apart by their paths; here a name stands for one question of
// the whole form, so all but the first are called by their group as well.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "questionnaires/engine/expression/lexer.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/engine/form/survey_types.hpp"
#include "questionnaires/workbook/offer.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Fault;
using engine::Severity;
using engine::Sheet;
using engine::Token;
using engine::TokenKind;
using engine::TypeCell;

constexpr std::size_t at_top = static_cast<std::size_t>(-1);

/// A question or group; `parent` is at_top outside groups.
struct NamedRow {
    std::size_t row = 0;
    std::size_t parent = at_top;
    std::string name;
    std::string now;  ///< the name it gets
};

/// The columns of a sheet that the engine reads as expressions.
std::vector<std::size_t> expressions_of(const Sheet& sheet) {
    std::vector<std::size_t> columns;
    for (std::size_t column = 0; column < sheet.width(0); ++column) {
        const auto parts =
            engine::parts_of_header(engine::usual_columns(sheet.name()), engine::plain_header(sheet, column));
        if (!parts || parts->translated) continue;
        if (parts->canonical != "type" && parts->canonical != "name") columns.push_back(column);
    }
    return columns;
}

/// The rows of the survey as the tree that paths walk.
struct RowTree {
    std::vector<NamedRow> rows;
    std::map<std::pair<std::size_t, std::string_view>, std::size_t> children;  ///< by parent and name
    std::map<std::string_view, std::size_t> first;                             ///< of each name
};

/// Where a path has led: a row, at_top for the root element; nothing when it cannot be said.
using PathPlace = std::optional<std::size_t>;

/// The paths of one expression, followed by the old names and written with the new ones.
class PathWriter {
  public:
    /// `self` is the row in which it stands.
    PathWriter(const RowTree& tree, std::size_t self, std::string source)
        : tree_(tree), self_(self), source_(std::move(source)) {}

    /// Nothing when no step has another name now.
    std::optional<std::string> run() {
        const auto tokens = engine::tokenize(source_);
        if (!tokens) return std::nullopt;
        const auto& all = tokens->all;
        for (std::size_t i = 0; i < all.size(); ++i) {
            const TokenKind before = i == 0 ? TokenKind::End : all[i - 1].kind;
            const bool root = all[i].kind == TokenKind::Slash && !ends_path(before);
            if (root) {  // it may be called anything
                at_ = at_top;
                if (i + 1 < all.size() && all[i + 1].kind == TokenKind::Name) ++i;
            } else {
                follow(all[i], before, i + 1 < all.size() && all[i + 1].kind == TokenKind::Open);
            }
        }
        if (changed_.empty()) return std::nullopt;
        return written();
    }

  private:
    void follow(const Token& token, TokenKind before, bool calls) {
        const bool goes_on = before == TokenKind::Slash;
        const PathPlace here = around_.empty() ? PathPlace(self_) : around_.back();
        if (token.kind == TokenKind::Parent) {
            at_ = above(goes_on ? at_ : here);
        } else if (token.kind == TokenKind::Dot) {
            at_ = goes_on ? at_ : here;
        } else if (token.kind == TokenKind::Name) {
            current_ = calls && token.text == "current";
            at_ = calls ? std::nullopt : child(goes_on ? at_ : around_.empty() ? std::nullopt : around_.back(), token);
        } else if (token.kind == TokenKind::Close) {
            at_ = std::exchange(current_, false) ? PathPlace(self_) : std::nullopt;
        } else if (token.kind == TokenKind::Reference) {
            const auto found = tree_.first.find(token.text);
            at_ = found == tree_.first.end() ? std::nullopt : PathPlace(found->second);
        } else if (token.kind == TokenKind::OpenBracket) {
            around_.push_back(at_);
        } else if (token.kind == TokenKind::CloseBracket && !around_.empty()) {
            at_ = around_.back();
            around_.pop_back();
        } else if (token.kind != TokenKind::Slash && token.kind != TokenKind::Open) {
            at_ = std::nullopt;
        }
    }

    static bool ends_path(TokenKind kind) noexcept {
        return kind == TokenKind::Name || kind == TokenKind::Parent || kind == TokenKind::Dot ||
               kind == TokenKind::Reference || kind == TokenKind::Close || kind == TokenKind::CloseBracket ||
               kind == TokenKind::Star;
    }

    [[nodiscard]] PathPlace above(PathPlace at) const {
        if (!at) return std::nullopt;
        return *at == at_top ? at_top : tree_.rows[*at].parent;
    }

    PathPlace child(PathPlace at, const Token& name) {
        if (!at) return std::nullopt;
        const auto found = tree_.children.find({*at, name.text});
        if (found == tree_.children.end()) return std::nullopt;
        const NamedRow& row = tree_.rows[found->second];
        if (row.now != row.name) changed_.emplace_back(name, &row.now);
        return found->second;
    }

    [[nodiscard]] std::string written() const {
        std::string result;
        std::size_t copied = 0;
        for (const auto& [token, name] : changed_) {
            result += std::string_view(source_).substr(copied, token.position - copied);
            result += *name;
            copied = token.position + token.text.size();
        }
        return result + source_.substr(copied);
    }

    const RowTree& tree_;
    std::size_t self_;
    std::string source_;
    PathPlace at_;                   ///< where the path before the token has led
    std::vector<PathPlace> around_;  ///< what the predicates around stand on
    bool current_ = false;
    std::vector<std::pair<Token, const std::string*>> changed_;
};

class NameTeller {
  public:
    NameTeller(Offered& offered, Sheet& survey) : offered_(offered), survey_(survey) {
        for (std::size_t column = 0; column < survey.width(0); ++column) {
            const auto parts = engine::parts_of_header(engine::survey_columns(), engine::plain_header(survey, column));
            if (parts && parts->canonical == "type") type_ = column;
            if (parts && parts->canonical == "name") name_ = column;
        }
    }

    void run() {
        if (type_ == at_top || name_ == at_top) return;
        read();
        if (!choose()) return;
        for (Sheet& sheet : offered_.workbook.sheets) {
            if (!engine::usual_columns(sheet.name()).empty()) write(sheet);
        }
    }

  private:
    void read() {
        std::vector<std::size_t> open;
        for (std::size_t row = 1; row < survey_.rows(); ++row) {
            const TypeCell type = engine::parse_type(engine::trim(survey_.cell(row, type_)));
            const bool bad = type.row == TypeCell::Row::Bad;
            if (type.row == TypeCell::Row::EndGroup || type.row == TypeCell::Row::EndRepeat) {
                if (!open.empty()) open.pop_back();
                continue;
            }
            if (type.row == TypeCell::Row::File || (bad && type.kind != engine::Kind::Group)) continue;
            const std::string name = engine::plain_spaces(engine::trim_spaces(survey_.cell(row, name_)));
            tree_.rows.push_back({row, open.empty() ? at_top : open.back(), name, name});
            taken_.insert(name);
            if (bad || type.row == TypeCell::Row::Begin) open.push_back(tree_.rows.size() - 1);
        }
        for (std::size_t i = 0; i < tree_.rows.size(); ++i) {  // now that they stay where they are
            tree_.first.try_emplace(tree_.rows[i].name, i);
            tree_.children.try_emplace({tree_.rows[i].parent, tree_.rows[i].name}, i);
        }
    }

    /// Gives names to all that have the name of an earlier row elsewhere; false when there are none. Two in one group
    /// are a fault everywhere.
    bool choose() {
        bool any = false;
        for (std::size_t i = 0; i < tree_.rows.size(); ++i) {
            NamedRow& row = tree_.rows[i];
            const std::size_t first = tree_.first.at(row.name);
            const bool twice = tree_.children.at({row.parent, row.name}) != i;
            if (first == i || twice || row.name.empty() || is_named(row.name)) continue;
            const std::string group = row.parent == at_top ? std::string() : tree_.rows[row.parent].now + "_";
            row.now = group + row.name;
            for (int number = 2; !taken_.insert(row.now).second; ++number) {
                row.now = group + row.name + "_" + std::to_string(number);
            }
            any = true;
            say(row, tree_.rows[first]);
        }
        return any;
    }

    /// Whether ${name} is said anywhere: which is meant is then for the author to say.
    [[nodiscard]] bool is_named(std::string_view name) {
        if (!names_read_) read_names();
        return said_.count(name) != 0;
    }

    void read_names() {
        names_read_ = true;
        for (const Sheet& sheet : offered_.workbook.sheets) {
            if (engine::usual_columns(sheet.name()).empty()) continue;
            for (std::size_t row = 1; row < sheet.rows(); ++row) {
                for (std::size_t column = 0; column < sheet.width(row); ++column) {
                    const std::string_view cell = sheet.cell(row, column);
                    if (cell.find("${") == std::string_view::npos) continue;
                    for (const std::string_view name : engine::placeholders(cell)) said_.insert(std::string(name));
                }
            }
        }
    }

    void write(Sheet& sheet) {
        const bool survey = &sheet == &survey_;
        const auto columns = expressions_of(sheet);
        Sheet result{std::string(sheet.name())};
        std::size_t next = 0;
        for (std::size_t row = 0; row < sheet.rows(); ++row) {
            while (survey && next < tree_.rows.size() && tree_.rows[next].row < row) ++next;
            const bool known = survey && next < tree_.rows.size() && tree_.rows[next].row == row;
            for (std::size_t column = 0; column < sheet.width(row); ++column) {
                const std::string_view cell = sheet.cell(row, column);
                std::optional<std::string> now;
                if (known && column == name_) {
                    if (tree_.rows[next].now != tree_.rows[next].name) now = tree_.rows[next].now;
                } else if (cell.find('/') != std::string_view::npos && row != 0 &&
                           std::find(columns.begin(), columns.end(), column) != columns.end()) {
                    now = PathWriter(tree_, known ? next : at_top, engine::plain_expression(cell)).run();
                }
                result.add_cell(now ? std::string_view(*now) : cell);
            }
            result.end_row();
        }
        sheet = std::move(result);
    }

    [[nodiscard]] std::uint32_t number_of(const NamedRow& row) const {
        const auto& rows = offered_.survey_rows;
        return (rows.empty() ? static_cast<std::uint32_t>(row.row) : rows[row.row]) + 1;
    }

    void say(const NamedRow& row, const NamedRow& first) {
        offered_.notes.push_back(
            {Severity::Warning,
             Fault::Name,
             std::string(survey_.name()),
             number_of(row),
             engine::plain_header(survey_, name_),
             engine::said("the name {} is already used in row {}; it is called {}", engine::quote(row.name),
                          std::to_string(number_of(first)), engine::quote(row.now)),
             {}});
    }

    Offered& offered_;
    Sheet& survey_;
    std::size_t type_ = at_top;
    std::size_t name_ = at_top;
    RowTree tree_;
    std::set<std::string> taken_;
    std::set<std::string, std::less<>> said_;
    bool names_read_ = false;
};

}  // namespace

void tell_names_apart(Offered& offered) {
    for (Sheet& sheet : offered.workbook.sheets) {
        if (sheet.name() != "survey") continue;
        NameTeller(offered, sheet).run();
        return;
    }
}

}  // namespace questionnaires::workbook

// Where the choices of a select come from: a list of the choices sheet, or a file, perhaps with "other" added.
#pragma once

#include <string_view>
#include <unordered_map>

#include "questionnaires/engine/expression/sentence.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/engine/form/survey_types.hpp"

namespace questionnaires::engine {

class SelectLists {
  public:
    /// Call once the choices sheet and the files are read. `type` and `parameters` are columns of the survey sheet.
    SelectLists(const Building& building, const Table& table, SheetColumn type, SheetColumn parameters);
    /// The list of that row, no_index when there is none that can be used; then why has been said.
    [[nodiscard]] ListId find(std::size_t row, const TypeCell& type);
    /// A copy of the list with the choice "other", unless the list has it.
    [[nodiscard]] ListId with_other(ListId list);
    /// Whether there is a file "name.csv".
    [[nodiscard]] bool is_file(std::string_view name) const;
    /// Whether that file is there and cannot be read, which was said.
    [[nodiscard]] bool is_unreadable(std::string_view name) const;
    /// What to do about a file that is not there: another one may differ in capitals only.
    [[nodiscard]] Sentence advice(std::string_view name) const;

  private:
    [[nodiscard]] ListId find_file(std::size_t row, const TypeCell& type);
    /// Several choices are recorded as words, so that none of their names may have a space.
    [[nodiscard]] bool names_are_words(ListId list, Kind kind);

    const Building& building_;
    FormData& form_;
    const Table& table_;
    SheetColumn type_;
    SheetColumn parameters_;
    std::unordered_map<std::string_view, ListId> lists_;
    std::unordered_map<ListId, ListId, IndexHash> with_other_;
};

}  // namespace questionnaires::engine

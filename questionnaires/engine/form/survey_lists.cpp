#include "questionnaires/engine/form/survey_lists.hpp"

#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {

SelectLists::SelectLists(const Building& building, const Table& table, SheetColumn type, SheetColumn parameters)
    : building_(building), form_(building.form), table_(table), type_(type), parameters_(parameters) {
    for (const auto& [name, list] : form_.list_by_name) {
        if (form_.lists[list].columns == ColumnSetId()) lists_.emplace(name, list);
    }
}

ListId SelectLists::find(std::size_t row, const TypeCell& type) {
    ListId list = no_index;
    if (type.from_file) {
        list = find_file(row, type);
    } else if (const auto found = lists_.find(type.list); found != lists_.end()) {
        list = found->second;
    } else {
        building_.fault(table_, row, type_, Fault::Reference,
                        type.external ? said("the sheet external_choices has no list named {}", quote(type.list))
                                      : said("the choices sheet has no list named {}", quote(type.list)),
                        FormScope(form_, building_.reporter).suggest_list(type.list));
    }
    return list != no_index && names_are_words(list, type.kind) ? list : ListId(no_index);
}

ListId SelectLists::find_file(std::size_t row, const TypeCell& type) {
    const std::size_t dot = type.list.rfind('.');
    const std::string stem = type.list.substr(0, dot);
    if (dot == std::string::npos || lower(type.list.substr(dot)) != ".csv") {
        building_.fault(table_, row, type_, Fault::Value, said("choices come from a .csv file: {}", quote(type.list)),
                        "save them as .csv with the columns name and label");
        return no_index;
    }
    if (is_unreadable(stem)) return no_index;
    if (!is_file(stem)) {
        building_.fault(table_, row, type_, Fault::Reference, said("there is no file {}", quote(type.list)),
                        advice(stem));
        return no_index;
    }
    return choices_of_file(building_, stem, parse_parameters(table_.cell(row, parameters_)));
}

bool SelectLists::names_are_words(ListId list, Kind kind) {
    ChoiceList& found = form_.lists[list];
    if (kind == Kind::SelectOne || found.spaces_said) return kind == Kind::SelectOne;
    bool words = true;
    for (const Choice& choice : found.choices) {
        if (choice.name.find(' ') == std::string::npos) continue;
        words = false;
        found.spaces_said = true;
        const std::string_view sheet = found.external ? "external_choices" : "choices";
        building_.reporter.error(Fault::Name, found.file == nullptr ? sheet : found.file->name(), choice.row,
                                 found.file == nullptr ? "name" : found.value,
                                 said("where several can be chosen, a name cannot hold spaces: {}", quote(choice.name)),
                                 "write _ or - in place of the space");
    }
    return words;
}

bool SelectLists::is_file(std::string_view name) const {
    const auto found = form_.list_by_name.find(name);
    return found != form_.list_by_name.end() && form_.lists[found->second].columns != ColumnSetId();
}

bool SelectLists::is_unreadable(std::string_view name) const {
    return FormScope(form_, building_.reporter).is_unreadable(name);
}

Sentence SelectLists::advice(std::string_view name) const {
    for (const auto& [known, list] : form_.list_by_name) {
        if (form_.lists[list].columns == ColumnSetId() || lower(known) != lower(name)) continue;
        return said("there is {}, with other capitals", quote(known + ".csv"));
    }
    return "put it beside the sheets";
}

ListId SelectLists::with_other(ListId list) {
    if (form_.lists[list].by_name.count("other") != 0) return list;
    const auto [found, added] = with_other_.try_emplace(list, form_.lists.end_id());
    if (!added) return found->second;
    ChoiceList copy = form_.lists[list];
    std::vector<std::string> labels;
    for (const Language& language : form_.languages) labels.emplace_back(other_words(language).other);
    copy.choices.emplace_back();
    copy.choices.back().name = "other";
    copy.choices.back().label.text = LocalText(std::move(labels));
    copy.by_name.clear();
    form_.lists.push_back(std::move(copy));
    ChoiceList& own = form_.lists.back();
    for (const ChoiceId i : own.choices.ids()) own.by_name.emplace(own.choices[i].name, i);
    return found->second;
}

}  // namespace questionnaires::engine

// The <model> of an XForm (ODK XForms specification, sections Languages, Primary and Secondary Instances, Bindings).
#include <set>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/workbook/xform/parts.hpp"

namespace questionnaires::workbook::xform {
namespace {

constexpr std::array<const char*, 3> media_forms{"audio", "image", "video"};
constexpr std::array<std::string_view, 3> media_folders{"jr://audio/", "jr://images/", "jr://video/"};

class ModelWriter {
  public:
    ModelWriter(const Source& source, const Lists& lists, pugi::xml_node model)
        : source_(source), lists_(lists), model_(model) {}

    void run(std::string_view instance_name) {
        write_texts();
        write_primary(!instance_name.empty());
        write_lists();
        write_files();
        for (const NodeId i : source_.outline().nodes.ids()) write_bind(i);
        if (!instance_name.empty()) {
            auto bind = add_bind("/data/meta/instanceName", "string");
            set(bind, "calculate", source_.references().expression(engine::no_index, instance_name));
        }
        auto id = add_bind("/data/meta/instanceID", "string");
        set(id, "readonly", "true()");
        set(id, "jr:preload", "uid");
        for (const NodeId i : source_.outline().nodes.ids()) {
            if (!source_.has_dynamic_default(i) || source_.outline().repeat_around(i) != engine::no_index) continue;
            add_setvalue(model_, "odk-instance-first-load", source_.node(i).path, source_.expression(i, Cell::Default));
        }
    }

  private:
    // Texts

    /// The default language comes first.
    void write_texts() {
        auto itext = add(model_, "itext");
        const auto first = source_.form().default_language();
        write_translation(itext, first);
        for (std::uint8_t i = 0; i < source_.form().languages().size(); ++i)
            if (i != first.index) write_translation(itext, {i});
    }

    void write_translation(pugi::xml_node itext, engine::LanguageId language) {
        auto translation = add(itext, "translation");
        const auto& [code, name] = source_.form().languages()[language.index];
        set(translation, "lang", code == name ? name : name + " (" + code + ")");
        if (language == source_.form().default_language()) set(translation, "default", "true()");
        for (const NodeId i : source_.outline().nodes.ids()) {
            for (const auto text : {Text::Label, Text::Hint, Text::Constraint, Text::Required})
                if (source_.has(i, text)) write_text(translation, i, text, language);
        }
        for (const auto& [list, items] : lists_) {
            for (std::size_t i = 0; i < items.size(); ++i) write_choice(translation, list, i, items[i], language);
        }
    }

    void write_text(pugi::xml_node translation, NodeId node, Text text, engine::LanguageId language) {
        auto element = add(translation, "text");
        set(element, "id", source_.id(node, text));
        const auto words = source_.label(node, text, language);
        if (!words.empty()) write_value(element, node, words, nullptr);
        if (text == Text::Hint) {
            const auto guidance = source_.guidance(node, language);
            if (!guidance.empty()) write_value(element, node, guidance, "guidance");
        }
        if (text == Text::Label) write_media(element, source_.media(node, language));
        if (!element.first_child()) write_value(element, node, "-", nullptr);  // as pyxform: no text in this language
    }

    void write_choice(pugi::xml_node translation, const std::string& list, std::size_t index, const ListItem& item,
                      engine::LanguageId language) {
        auto element = add(translation, "text");
        set(element, "id", list + "-" + std::to_string(index));
        if (item.row == 0) {
            const auto words = engine::other_words(source_.form().languages()[language.index]);
            write_value(element, engine::no_index, words.other, nullptr);
            return;
        }
        const auto label = source_.choice_label(item, language);
        if (!label.empty()) write_value(element, engine::no_index, label, nullptr);
        write_media(element, source_.choice_media(item, language));
        if (!element.first_child()) write_value(element, engine::no_index, "-", nullptr);
    }

    void write_value(pugi::xml_node text, NodeId node, std::string_view words, const char* form) {
        auto value = add(text, "value");
        if (form != nullptr) set(value, "form", form);
        const auto characters = [&](const std::string& some) {
            value.append_child(pugi::node_pcdata).set_value(some.c_str());
        };
        for (const auto& piece : source_.references().pieces(node, words)) {
            if (!piece.is_path) {
                characters(piece.text);
                continue;
            }
            // Empty characters around an element keep the indentation out of the text.
            characters("");
            set(add(value, "output"), "value", piece.text);
            characters("");
        }
    }

    static void write_media(pugi::xml_node text, const std::array<std::string, 3>& files) {
        for (std::size_t i = 0; i < files.size(); ++i) {
            if (files[i].empty()) continue;
            auto value = add(text, "value");
            set(value, "form", media_forms[i]);
            value.append_child(pugi::node_pcdata).set_value((std::string(media_folders[i]) + files[i]).c_str());
        }
    }

    // Instances

    void write_primary(bool instance_name) {
        auto data = add(add(model_, "instance"), "data");
        set(data, "id", source_.form().id());
        if (!source_.form().version().empty()) set(data, "version", source_.form().version());
        write_nodes(data, NodeId(), source_.outline().nodes.end_id(), Inside::Data);
        auto meta = add(data, "meta");
        add(meta, "instanceID");
        if (instance_name) add(meta, "instanceName");
    }

    /// Where a node of the primary instance is written.
    enum class Inside : std::uint8_t { Data, Template, Repetition };

    /// A repeat stands there twice, the template and the first repetition; a repeat inside it once in each.
    void write_nodes(pugi::xml_node parent, NodeId begin, NodeId end, Inside inside) {
        for (NodeId i = begin; i < end; i = source_.node(i).end) {
            const auto& node = source_.node(i);
            const bool repeat = node.type.control == Control::Repeat;
            if (repeat && inside != Inside::Repetition) {
                auto element = add(parent, node.name.c_str());
                set(element, "jr:template", "");
                write_nodes(element, i + 1, node.end, Inside::Template);
                if (inside == Inside::Template) continue;
            }
            auto element = add(parent, node.name.c_str());
            if (repeat || node.type.control == Control::Group) {
                write_nodes(element, i + 1, node.end, repeat ? Inside::Repetition : inside);
                continue;
            }
            const auto value = source_.cell(i, Cell::Default);
            if (!value.empty() && !source_.has_dynamic_default(i))
                element.append_child(pugi::node_pcdata).set_value(std::string(value).c_str());
        }
    }

    void write_lists() {
        for (const auto& [list, items] : lists_) {
            auto instance = add(model_, "instance");
            set(instance, "id", list);
            auto root = add(instance, "root");
            for (std::size_t i = 0; i < items.size(); ++i) {
                auto item = add(root, "item");
                add_leaf(item, "itextId", list + "-" + std::to_string(i));
                add_leaf(item, "name", items[i].name);
                if (items[i].row != 0) write_columns(item, items[i]);
            }
        }
    }

    /// Further columns of the sheet, for choice filters.
    void write_columns(pugi::xml_node element, const ListItem& item) {
        const engine::Table& sheet = *source_.choices(item.external);
        for (const auto& [name, column] : sheet.extra()) {
            const auto cell = sheet.cell(item.row, column);
            if (!cell.empty() && is_element_name(name)) add_leaf(element, name.c_str(), cell);
        }
    }

    static void add_leaf(pugi::xml_node parent, const char* name, std::string_view text) {
        add(parent, name).append_child(pugi::node_pcdata).set_value(std::string(text).c_str());
    }

    /// csv-external rows, selects from files, and files that pulldata() names.
    void write_files() {
        std::set<std::string> files(source_.outline().files.begin(), source_.outline().files.end());
        for (const NodeId i : source_.outline().nodes.ids()) {
            if (!source_.node(i).type.file.empty()) files.insert(source_.node(i).type.file);
            for (const auto cell : {Cell::Relevant, Cell::Constraint, Cell::Calculation, Cell::Required, Cell::ReadOnly,
                                    Cell::Default, Cell::ChoiceFilter})
                add_pulled(source_.cell(i, cell), files);
        }
        std::set<std::string> ids;
        for (const auto& file : files) {
            const auto dot = file.rfind('.');
            const auto id = file.substr(0, dot);
            if (!ids.insert(id).second) continue;
            auto instance = add(model_, "instance");
            set(instance, "id", id);
            const bool csv = dot != std::string::npos && file.substr(dot) == ".csv";
            set(instance, "src", (csv ? "jr://file-csv/" : "jr://file/") + file);
        }
    }

    static void add_pulled(std::string_view expression, std::set<std::string>& files) {
        constexpr std::string_view call = "pulldata(";
        for (auto at = expression.find(call); at != std::string_view::npos; at = expression.find(call, at + 1)) {
            auto rest = engine::trim(expression.substr(at + call.size()));
            if (rest.empty() || (rest.front() != '\'' && rest.front() != '"')) continue;
            const auto end = rest.find(rest.front(), 1);
            if (end != std::string_view::npos) files.insert(std::string(rest.substr(1, end - 1)) + ".csv");
        }
    }

    // Bindings

    pugi::xml_node add_bind(const std::string& path, std::string_view type) {
        auto bind = add(model_, "bind");
        set(bind, "nodeset", path);
        if (!type.empty()) set(bind, "type", type);
        return bind;
    }

    void write_bind(NodeId index) {
        const auto& node = source_.node(index);
        const bool group = node.type.control == Control::Group || node.type.control == Control::Repeat;
        if (group && source_.cell(index, Cell::Relevant).empty() && source_.cell(index, Cell::ReadOnly).empty()) return;
        auto bind = add_bind(node.path, node.type.bind_type);
        const auto put = [&](const char* attribute, Cell cell) {
            if (!source_.cell(index, cell).empty()) set(bind, attribute, source_.expression(index, cell));
        };
        put("relevant", Cell::Relevant);
        if (node.type.read_only && source_.cell(index, Cell::ReadOnly).empty()) set(bind, "readonly", "true()");
        put("readonly", Cell::ReadOnly);
        if (group) return;
        put("required", Cell::Required);
        message(bind, "jr:requiredMsg", index, Text::Required);
        put("constraint", Cell::Constraint);
        message(bind, "jr:constraintMsg", index, Text::Constraint);
        if (!source_.is_triggered(index)) put("calculate", Cell::Calculation);
        if (node.companion != engine::no_index) write_companion(bind, index);
        if (node.type.preload.empty()) return;
        set(bind, "jr:preload", node.type.preload);
        set(bind, "jr:preloadParams", node.type.preload_params);
    }

    void message(pugi::xml_node bind, const char* attribute, NodeId index, Text text) {
        if (source_.has(index, text)) set(bind, attribute, "jr:itext('" + source_.id(index, text) + "')");
    }

    void write_companion(pugi::xml_node bind, NodeId index) {
        const auto& node = source_.node(index);
        const auto other = node.companion;
        if (node.type.control == Control::None) {
            set(bind, "calculate", source_.references().expression(index, source_.cell(other, Cell::RepeatCount)));
        } else {
            set(bind, "relevant", "selected( " + source_.references().path(index, other) + " , 'other')");
        }
    }

    const Source& source_;
    const Lists& lists_;
    pugi::xml_node model_;
};

}  // namespace

void write_model(const Source& source, const Lists& lists, std::string_view instance_name, pugi::xml_node model) {
    ModelWriter(source, lists, model).run(instance_name);
}

}  // namespace questionnaires::workbook::xform

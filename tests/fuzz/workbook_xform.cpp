// Whatever form the engine accepts: its XForm is refused for a name, or is well-formed XML of clean text.
#include <cstdint>
#include <cstdlib>
#include <pugixml.hpp>

#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/workbook/xform.hpp"
#include "tests/fuzz/form_support.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto book = workbook::read_memory(fuzz::members_of(text));
    if (!book) return 0;
    const auto form = engine::load(*book);
    if (!form) return 0;
    const auto xform = workbook::to_xform(*book, **form);
    if (!xform) {
        if (!engine::has_errors(xform.error())) std::abort();
        return 0;
    }
    pugi::xml_document document;
    if (!document.load_buffer(xform->xml.data(), xform->xml.size())) std::abort();
    if (engine::find_unsafe(xform->xml) != std::string_view::npos) std::abort();
    const auto data_nodes = document.select_nodes("/h:html/h:head/model/instance[1]/data/*").size();
    const auto top_binds = document.select_nodes("/h:html/h:head/model/bind").size();
    if (data_nodes == 0 || top_binds == 0) std::abort();
    return 0;
}

// The XML parts of a spreadsheet without the zip around them: changes inside a zip rarely get past its checksums.
// Each part begins with a line "=name"; parts that are not given are those of a small workbook.
#include <cstdint>

#include "questionnaires/workbook/zip.hpp"
#include "tests/fuzz/workbook_support.hpp"

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

const Files usual{
    {"_rels/.rels", R"(<Relationships><Relationship Id="a" Type="x/officeDocument" Target="b"/></Relationships>)"},
    {"b", R"(<workbook><sheets><sheet name="survey" r:id="s"/></sheets></workbook>)"},
    {"_rels/b.rels", R"(<Relationships><Relationship Id="s" Type="x/worksheet" Target="s"/>)"
                     R"(<Relationship Id="t" Type="x/sharedStrings" Target="t"/>)"
                     R"(<Relationship Id="f" Type="x/styles" Target="f"/></Relationships>)"},
    {"s", "<worksheet/>"},
    {"t", "<sst/>"},
    {"f", "<styleSheet/>"},
};

Files parts_of(std::string_view text) {
    Files parts = usual;
    std::string name = "s";
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (text[at] == '=') {
            if (at > begin) parts[name] = text.substr(begin, at - begin);
            name = text.substr(at + 1, end - at - 1);
            begin = std::min(end + 1, text.size());
        }
        at = end + 1;
    }
    if (begin < text.size()) parts[name] = text.substr(begin);
    return parts;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    questionnaires::workbook::MemoryParts parts(parts_of(text));
    fuzz::check(questionnaires::workbook::read_parts(parts));
    return 0;
}

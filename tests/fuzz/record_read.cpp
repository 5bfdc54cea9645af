// The JSON of a record: whatever is read can be written, and what is written reads as the same bytes again.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "app/record/read.hpp"
#include "app/record/write.hpp"

using namespace app;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto said = record::read(text);
    if (!said) {
        for (const char c : said.error().detail)
            if (c < ' ' || c > '~') std::abort();
        return 0;
    }
    auto* const memory = std::pmr::get_default_resource();
    const auto canonical = record::write(*said, memory);
    if (canonical.has_value() != (said->unknown == 0)) std::abort();
    if (!canonical) return 0;
    // NFC may make a text longer than its limit, which is then refused.
    const auto again = record::read(*canonical);
    if (again && record::write(*again, memory) != canonical) std::abort();
    return 0;
}

// Any bytes as a catalogue: refused, or every text can be shown with and without values.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "locales/translator.hpp"
#include "locales/utf8.hpp"

namespace {

/// A text that was taken never shows what is forbidden in it.
void check(const locales::Pieces& pieces) {
    for (const auto& piece : pieces)
        for (std::string_view rest = piece.text; !rest.empty();) {
            const auto character = locales::first_character(rest);
            if (!character || (character->code != U'\n' && locales::invisible_or_unsafe(character->code))) std::abort();
            rest.remove_prefix(character->bytes);
        }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view json(reinterpret_cast<const char*>(data), size);
    const auto catalogue = locales::Catalogue::parse(json);
    if (!catalogue) {
        (void)to_text(catalogue.error());
        return 0;
    }
    for (const auto& [key, entry] : catalogue->entries()) {
        if (entry.other.empty() || catalogue->find(key) != &entry) std::abort();
        check(entry.one);
        check(entry.other);
        (void)entry.placeholders();
    }
    // A catalogue always agrees with itself.
    if (!check_pair(*catalogue, *catalogue)) std::abort();
    (void)locales::Translator::make(json, json);
    return 0;
}

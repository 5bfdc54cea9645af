// What is set aside comes back as it was, wherever it is cut on its way.
#include <catch2/catch_all.hpp>

#include "app/exports/packed.hpp"

using app::exports::pack;
using app::exports::unpack;

TEST_CASE("packed texts come back as they were, however the pieces are cut that they come in") {
    const std::vector<std::string> texts{"", "a:b", "12:", std::string(300, 'x'), std::string("\0\n", 2), "ñ"};
    std::string packed;
    for (const auto& text : texts) pack(packed, text);
    for (std::size_t cut = 0; cut <= packed.size(); ++cut) {
        std::vector<std::string> found;
        std::string read;
        for (const auto& piece : {packed.substr(0, cut), packed.substr(cut)}) {
            read += piece;
            std::string_view rest(read);
            while (const auto text = unpack(rest)) found.emplace_back(*text);
            read.erase(0, read.size() - rest.size());
        }
        CHECK(read.empty());
        CHECK(found == texts);
    }
    for (std::string_view other : {"", "3", "3:", "3:ab", ":", "x:y", "99999999999999999999:x", "-1:x"})
        CHECK_FALSE(unpack(other));
}

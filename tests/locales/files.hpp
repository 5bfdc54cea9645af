// The shipped catalogue files as they lie in the source tree.
#pragma once

#include <catch2/catch_all.hpp>
#include <fstream>
#include <iterator>
#include <string>

#include "locales/catalogue.hpp"

namespace locales_test {

inline std::string read(const std::string& path) {
    std::ifstream file(AMPARO_SOURCE_DIR "/" + path, std::ios::binary);
    if (!file) throw std::runtime_error("cannot read " + path);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline locales::Catalogue catalogue(const std::string& language) {
    auto parsed = locales::Catalogue::parse(read("locales/" + language + ".json"));
    if (!parsed) throw std::runtime_error(language + ".json: " + to_text(parsed.error()));
    return std::move(*parsed);
}

/// The text with its placeholders as {{name}}.
inline std::string plain(const locales::Pieces& pieces) {
    std::string text;
    for (const auto& piece : pieces) text += piece.placeholder ? "{{" + piece.text + "}}" : piece.text;
    return text;
}

}  // namespace locales_test

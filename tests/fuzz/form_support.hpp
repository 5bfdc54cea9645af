// A whole form from one input: sheets separated by lines of "=name", the first one is the survey.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>

#include "questionnaires/workbook/reader.hpp"

namespace fuzz {

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

inline questionnaires::workbook::Members members_of(std::string_view text) {
    questionnaires::workbook::Members members;
    std::string name = "survey.csv";
    std::size_t begin = 0;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find('\n', at), text.size());
        if (text[at] == '=') {
            members.emplace(name, bytes_of(text.substr(begin, at - begin)));
            name = std::string(text.substr(at + 1, end - at - 1)) + ".csv";
            begin = std::min(end + 1, text.size());
        }
        at = end + 1;
    }
    members.emplace(name, bytes_of(text.substr(begin)));
    return members;
}

}  // namespace fuzz

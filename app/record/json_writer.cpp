#include "app/record/json_writer.hpp"

#include <utf8proc.h>

#include <array>

namespace app::record {

void JsonWriter::separate() {
    if (after_value_) out_ += ',';
    after_value_ = false;
}

JsonWriter& JsonWriter::begin(char bracket) {
    separate();
    out_ += bracket;
    keys_.emplace_back();
    return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
    out_ += bracket;
    if (keys_.empty())
        good_ = false;
    else
        keys_.pop_back();
    after_value_ = true;
    return *this;
}

JsonWriter& JsonWriter::begin_object() {
    return begin('{');
}

JsonWriter& JsonWriter::end_object() {
    return end('}');
}

JsonWriter& JsonWriter::begin_array() {
    return begin('[');
}

JsonWriter& JsonWriter::end_array() {
    return end(']');
}

JsonWriter& JsonWriter::key(std::string_view name) {
    if (keys_.empty() || name <= keys_.back()) {
        good_ = false;
        return *this;
    }
    keys_.back() = name;
    separate();
    quote(name);
    out_ += ':';
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view value) {
    separate();
    quote(value);
    after_value_ = true;
    return *this;
}

JsonWriter& JsonWriter::number(std::uint64_t value) {
    separate();
    std::array<char, 20> digits{};
    auto at = digits.size();
    do {
        digits[--at] = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    out_.append(&digits[at], digits.size() - at);
    after_value_ = true;
    return *this;
}

JsonWriter& JsonWriter::boolean(bool value) {
    separate();
    out_ += value ? "true" : "false";
    after_value_ = true;
    return *this;
}

void JsonWriter::quote(std::string_view value) {
    out_ += '"';
    if (!append_nfc(value)) good_ = false;
    out_ += '"';
}

/// Every step works on memory of the interview: utf8proc's convenience functions would use the ordinary heap.
bool JsonWriter::append_nfc(std::string_view value) {
    if (value.empty()) return true;
    const auto* bytes = reinterpret_cast<const utf8proc_uint8_t*>(value.data());
    const auto length = static_cast<utf8proc_ssize_t>(value.size());
    constexpr auto decompose = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE);
    const auto needed = utf8proc_decompose(bytes, length, nullptr, 0, decompose);
    if (needed < 0) return false;
    std::pmr::vector<utf8proc_int32_t> codes(static_cast<std::size_t>(needed) + 1, 0, out_.get_allocator().resource());
    if (utf8proc_decompose(bytes, length, codes.data(), needed, decompose) != needed) return false;
    constexpr auto compose = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    const auto count = utf8proc_normalize_utf32(codes.data(), needed, compose);
    if (count < 0) return false;
    static constexpr std::string_view hex = "0123456789abcdef";
    for (utf8proc_ssize_t i = 0; i < count; ++i) {
        const auto code = codes[static_cast<std::size_t>(i)];
        if (code == '"' || code == '\\') {
            out_ += '\\';
            out_ += static_cast<char>(code);
        } else if (code < 0x20) {
            out_ += "\\u00";
            out_ += hex[static_cast<std::size_t>(code) >> 4];
            out_ += hex[static_cast<std::size_t>(code) & 15];
        } else {
            std::array<utf8proc_uint8_t, 4> piece{};
            const auto n = utf8proc_encode_char(code, piece.data());
            out_.append(reinterpret_cast<const char*>(piece.data()), static_cast<std::size_t>(n));
        }
    }
    return true;
}

}  // namespace app::record

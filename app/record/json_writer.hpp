// Writes the one canonical JSON of a record into the interview's own memory: UTF-8 in NFC, keys in order, none twice.
#pragma once

#include <cstdint>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace app::record {

/// Values are written in place, one after the other. A key out of order, text that is not UTF-8, or memory running out
/// makes the whole writing fail: ask `good()` at the end and throw the text away when it says no.
/// Source: docs/FORMATS.md "Record", RFC 8259, Unicode Standard Annex 15.
class JsonWriter {
  public:
    explicit JsonWriter(std::pmr::memory_resource* memory) : out_(memory), keys_(memory) {}

    JsonWriter& begin_object();
    JsonWriter& end_object();
    JsonWriter& begin_array();
    JsonWriter& end_array();
    /// The next value's key; greater than the one before it in the same object, byte by byte.
    JsonWriter& key(std::string_view name);
    JsonWriter& text(std::string_view value);
    JsonWriter& number(std::uint64_t value);
    JsonWriter& boolean(bool value);

    [[nodiscard]] bool good() const noexcept { return good_ && keys_.empty(); }
    [[nodiscard]] std::string_view view() const noexcept { return out_; }
    /// Its text, in its memory.
    [[nodiscard]] std::pmr::string take() && noexcept { return std::move(out_); }

  private:
    void separate();
    JsonWriter& begin(char bracket);
    JsonWriter& end(char bracket);
    void quote(std::string_view value);
    bool append_nfc(std::string_view value);

    std::pmr::string out_;
    std::pmr::vector<std::pmr::string> keys_;  // the last key of every open object; "" for an array
    bool after_value_ = false;
    bool good_ = true;
};

}  // namespace app::record

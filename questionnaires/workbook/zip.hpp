// The parts of a zip container, one at a time and never more than a spreadsheet needs; knows nothing of what they say.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "questionnaires/engine/expression/sentence.hpp"

namespace questionnaires::workbook {

/// Parts of a package by name, as ECMA-376 part 2 compares them: lower case, '/' between folders.
class Parts {
  public:
    Parts() = default;
    Parts(const Parts&) = default;
    Parts& operator=(const Parts&) = default;
    virtual ~Parts() = default;
    [[nodiscard]] virtual bool has(std::string_view name) const = 0;
    /// The content of a part. Error: why not, as part of a sentence.
    [[nodiscard]] virtual tl::expected<std::string, engine::Sentence> read(std::string_view name) = 0;
};

/// Parts that are in memory already.
class MemoryParts final : public Parts {
  public:
    explicit MemoryParts(std::map<std::string, std::string, std::less<>> parts) : parts_(std::move(parts)) {}
    [[nodiscard]] bool has(std::string_view name) const override { return parts_.find(name) != parts_.end(); }
    [[nodiscard]] tl::expected<std::string, engine::Sentence> read(std::string_view name) override;

  private:
    std::map<std::string, std::string, std::less<>> parts_;
};

/// What a zip may hold; a bomb is stopped while it is being unpacked.
struct ZipLimits {
    static constexpr std::size_t entries = 2'000;
    static constexpr std::size_t part_bytes = 16U << 20U;
    static constexpr std::size_t all_bytes = 48U << 20U;
    /// Unpacked bytes for each byte of the file, once more than a megabyte was unpacked.
    static constexpr std::size_t ratio = 200;
};

/// A zip in memory, which must outlive it. Only parts that are asked for are unpacked; checksums are verified.
class ZipParts final : public Parts {
  public:
    /// Reads the directory of the zip. Errors: damaged or cut, too many entries, two of one name, encrypted.
    [[nodiscard]] static tl::expected<ZipParts, engine::Sentence> open(std::span<const std::byte> bytes);
    [[nodiscard]] bool has(std::string_view name) const override { return names_.find(name) != names_.end(); }
    /// Errors: damaged, or a limit of ZipLimits is passed.
    [[nodiscard]] tl::expected<std::string, engine::Sentence> read(std::string_view name) override;

  private:
    explicit ZipParts(std::span<const std::byte> bytes) : bytes_(bytes) {}

    std::span<const std::byte> bytes_;
    std::set<std::string, std::less<>> names_;
    std::size_t unpacked_ = 0;
};

}  // namespace questionnaires::workbook

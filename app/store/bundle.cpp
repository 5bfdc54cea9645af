#include "app/store/bundle.hpp"

#include "app/store/keeping_rules.hpp"
#include "app/store/tables.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

constexpr std::size_t most_bundle_bytes = 64U << 20;
constexpr std::size_t most_excerpt_bytes = 1U << 20;

}  // namespace

Result<void> Bundle::install(std::uint64_t sequence, ByteView bytes) {
    if (sequence == 0 || bytes.empty() || bytes.size() > most_bundle_bytes) return tl::unexpected(Error::Input);
    AMPARO_TRY(const highest, tables_.number("bundle.sequence"));
    std::optional<InstalledBundle> present;
    if (highest == sequence) {
        auto same = installed();
        if (!same && same.error() != Error::NotFound) return tl::unexpected(same.error());
        if (same) present = *std::move(same);
    }
    const auto present_bytes = present ? std::optional<ByteView>(present->bytes) : std::nullopt;
    AMPARO_TRY(const writes, rules::writes_bundle(sequence, bytes, highest, present_bytes));
    if (!writes) return {};
    auto done = tables_.change([&]() -> Result<void> {
        AMPARO_DO(tables_.put("bundle.sequence", sequence));
        return tables_.put("bundle.bytes", bytes);
    });
    database_.release_memory();
    return done;
}

Result<InstalledBundle> Bundle::installed() {
    AMPARO_TRY(const highest, tables_.number("bundle.sequence"));
    if (!highest) return tl::unexpected(Error::NotFound);
    auto bytes = tables_.value("bundle.bytes");
    database_.release_memory();
    if (!bytes) return tl::unexpected(bytes.error());
    if (!*bytes) return tl::unexpected(Error::NotFound);
    return InstalledBundle{*highest, std::move(**bytes)};
}

Result<std::uint64_t> Bundle::sequence() {
    AMPARO_TRY(const highest, tables_.number("bundle.sequence"));
    return highest.value_or(0);
}

Result<void> Bundle::keep_excerpt(ByteView bytes) {
    if (bytes.empty() || bytes.size() > most_excerpt_bytes) return tl::unexpected(Error::Input);
    return tables_.change([&] { return tables_.put("bundle.excerpt", bytes); });
}

Result<Bytes> Bundle::excerpt() {
    auto bytes = tables_.value("bundle.excerpt");
    database_.release_memory();
    if (!bytes) return tl::unexpected(bytes.error());
    if (!*bytes) return tl::unexpected(Error::NotFound);
    return std::move(**bytes);
}

}  // namespace app::store

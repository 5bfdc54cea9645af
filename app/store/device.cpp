// The device's own key, its certificate, the bundle, and preferences: named values with their digests.
#include "app/store/inside.hpp"
#include "app/store/keeping_rules.hpp"
#include "app/store/schema.hpp"

namespace app::store {
namespace {

constexpr std::size_t most_bundle_bytes = 64U << 20;
constexpr std::size_t most_excerpt_bytes = 1U << 20;
constexpr std::size_t most_setting_bytes = 4096;
constexpr std::size_t most_setting_name = 64;
constexpr std::size_t most_enrolment_bytes = 16384;

bool setting_name_allowed(std::string_view name) noexcept {
    return !name.empty() && name.size() <= most_setting_name &&
           name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_.") == std::string_view::npos;
}

std::string text_of(const Bytes& bytes) {
    return std::string(crypto::as_text(bytes));
}

}  // namespace

Result<std::optional<Bytes>> Store::value(std::string_view name) {
    return database_.one(
        "SELECT digest, bytes FROM value WHERE name = ?1", [this](database::Row row) { return checked_bytes(row); },
        name);
}

Result<std::optional<std::uint64_t>> Store::number_value(std::string_view name) {
    AMPARO_TRY(bytes, value(name));
    if (!bytes) return std::optional<std::uint64_t>();
    crypto::Reader reader(*bytes);
    const auto number = reader.u64_le();
    if (!number || !reader.at_end()) return tl::unexpected(Error::Damaged);
    return number;
}

Result<void> Store::put(std::string_view name, ByteView bytes) {
    const Digest digest = crypto::sha256(ready_, bytes);
    AMPARO_DO(
        database_.run("INSERT INTO value(name, digest, bytes) VALUES(?1, ?2, ?3) "
                      "ON CONFLICT(name) DO UPDATE SET digest = excluded.digest, bytes = excluded.bytes",
                      name, digest, bytes));
    if (!schema::stands_twice(name)) return {};
    return database_.run(
        "INSERT INTO value_copy(name, digest, bytes) VALUES(?1, ?2, ?3) "
        "ON CONFLICT(name) DO UPDATE SET digest = excluded.digest, bytes = excluded.bytes",
        name, digest, bytes);
}

Result<void> Store::put(std::string_view name, std::uint64_t number) {
    Bytes bytes;
    crypto::append_u64_le(bytes, number);
    return put(name, bytes);
}

Result<void> Store::keep_device_key(const crypto::DeviceSecretKey& key) {
    auto text = key.to_text(ready_);
    if (!text) return tl::unexpected(detail::error_of(text.error()));
    auto done = change_tables([&]() -> Result<void> {
        AMPARO_TRY(const there, database_.number("SELECT 1 FROM value WHERE name = 'device.key'"));
        if (there != 0) return tl::unexpected(Error::Refused);
        return put("device.key", text->view());
    });
    database_.release_memory();
    return done;
}

Result<crypto::DeviceSecretKey> Store::device_key() {
    // Straight from SQLCipher's locked memory into the key's own, never through an ordinary buffer.
    const auto parsed = [this](database::Row row) -> Result<crypto::DeviceSecretKey> {
        if (crypto::sha256(ready_, row.bytes(1)) != detail::digest_column(row, 0))
            return tl::unexpected(Error::Damaged);
        auto key = crypto::DeviceSecretKey::parse(ready_, row.bytes(1));
        if (!key) return tl::unexpected(detail::error_of(key.error()));
        return std::move(*key);
    };
    auto key = database_.one("SELECT digest, bytes FROM value WHERE name = 'device.key'", parsed);
    database_.release_memory();
    if (!key) return tl::unexpected(key.error());
    if (!*key) return tl::unexpected(Error::NotFound);
    return std::move(**key);
}

Result<void> Store::enrol(const Enrolment& enrolment) {
    if (!detail::is_record_id(enrolment.device) || enrolment.epoch == 0 || enrolment.deployment_key.empty() ||
        enrolment.deployment_key.size() > most_enrolment_bytes || enrolment.certificate.empty() ||
        enrolment.certificate.size() > most_enrolment_bytes || enrolment.certificate_signature.empty() ||
        enrolment.certificate_signature.size() > most_enrolment_bytes)
        return tl::unexpected(Error::Input);
    return change_tables([&]() -> Result<void> {
        auto before = this->enrolment();
        if (!before && before.error() != Error::NotFound) return tl::unexpected(before.error());
        AMPARO_DO(rules::may_enrol(enrolment, before ? std::optional(*std::move(before)) : std::nullopt));
        AMPARO_DO(put("device.id", crypto::as_bytes(enrolment.device)));
        AMPARO_DO(put("device.deployment_key", crypto::as_bytes(enrolment.deployment_key)));
        AMPARO_DO(put("device.epoch", enrolment.epoch));
        AMPARO_DO(put("device.certificate", enrolment.certificate));
        return put("device.certificate_signature", enrolment.certificate_signature);
    });
}

Result<Enrolment> Store::enrolment() {
    Enrolment enrolment;
    AMPARO_TRY(epoch, number_value("device.epoch"));
    if (!epoch) return tl::unexpected(Error::NotFound);
    enrolment.epoch = *epoch;
    Bytes device;
    Bytes deployment;
    struct Part {
        std::string_view name;
        Bytes* bytes;
    };
    for (const auto& part : {Part{"device.id", &device}, Part{"device.deployment_key", &deployment},
                             Part{"device.certificate", &enrolment.certificate},
                             Part{"device.certificate_signature", &enrolment.certificate_signature}}) {
        AMPARO_TRY(bytes, value(part.name));
        if (!bytes) return tl::unexpected(Error::Damaged);
        *part.bytes = std::move(*bytes);
    }
    enrolment.device = text_of(device);
    enrolment.deployment_key = text_of(deployment);
    return enrolment;
}

Result<void> Store::install_bundle(std::uint64_t sequence, ByteView bytes) {
    if (sequence == 0 || bytes.empty() || bytes.size() > most_bundle_bytes) return tl::unexpected(Error::Input);
    AMPARO_TRY(installed, number_value("bundle.sequence"));
    std::optional<InstalledBundle> present;
    if (installed == sequence) {
        auto same = bundle();
        if (!same && same.error() != Error::NotFound) return tl::unexpected(same.error());
        if (same) present = *std::move(same);
    }
    const auto present_bytes = present ? std::optional<ByteView>(present->bytes) : std::nullopt;
    AMPARO_TRY(const writes, rules::writes_bundle(sequence, bytes, installed, present_bytes));
    if (!writes) return {};
    auto done = change_tables([&]() -> Result<void> {
        AMPARO_DO(put("bundle.sequence", sequence));
        return put("bundle.bytes", bytes);
    });
    database_.release_memory();
    return done;
}

Result<InstalledBundle> Store::bundle() {
    AMPARO_TRY(sequence, number_value("bundle.sequence"));
    if (!sequence) return tl::unexpected(Error::NotFound);
    auto bytes = value("bundle.bytes");
    database_.release_memory();
    if (!bytes) return tl::unexpected(bytes.error());
    if (!*bytes) return tl::unexpected(Error::NotFound);
    return InstalledBundle{*sequence, std::move(**bytes)};
}

Result<std::uint64_t> Store::bundle_sequence() {
    AMPARO_TRY(const sequence, number_value("bundle.sequence"));
    return sequence.value_or(0);
}

Result<void> Store::keep_bundle_excerpt(ByteView bytes) {
    if (bytes.empty() || bytes.size() > most_excerpt_bytes) return tl::unexpected(Error::Input);
    return change_tables([&] { return put("bundle.excerpt", bytes); });
}

Result<Bytes> Store::bundle_excerpt() {
    auto bytes = value("bundle.excerpt");
    database_.release_memory();
    if (!bytes) return tl::unexpected(bytes.error());
    if (!*bytes) return tl::unexpected(Error::NotFound);
    return std::move(**bytes);
}

Result<std::optional<std::string>> Store::setting(std::string_view name) {
    if (!setting_name_allowed(name)) return tl::unexpected(Error::Input);
    AMPARO_TRY(bytes, value("setting." + std::string(name)));
    if (!bytes) return std::optional<std::string>();
    return std::optional<std::string>(text_of(*bytes));
}

Result<void> Store::set_setting(std::string_view name, std::string_view value) {
    if (!setting_name_allowed(name) || value.size() > most_setting_bytes) return tl::unexpected(Error::Input);
    const std::string full = "setting." + std::string(name);
    return change_tables([&] { return put(full, crypto::as_bytes(value)); });
}

}  // namespace app::store

#include "app/store/device.hpp"

#include "app/store/keeping_rules.hpp"
#include "app/store/tables.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

constexpr std::size_t most_enrolment_bytes = 16384;

std::string text_of(const Bytes& bytes) {
    return std::string(crypto::as_text(bytes));
}

}  // namespace

Result<void> Device::keep_key(const crypto::DeviceSecretKey& key) {
    auto text = key.to_text(tables_.ready());
    if (!text) return tl::unexpected(detail::error_of(text.error()));
    auto done = tables_.change([&]() -> Result<void> {
        AMPARO_TRY(const there, database_.number("SELECT 1 FROM value WHERE name = 'device.key'"));
        if (there != 0) return tl::unexpected(Error::Refused);
        return tables_.put("device.key", text->view());
    });
    database_.release_memory();
    return done;
}

Result<crypto::DeviceSecretKey> Device::key() {
    // Straight from SQLCipher's locked memory into the key's own, never through an ordinary buffer.
    const auto parse = [this](database::Row row) -> Result<crypto::DeviceSecretKey> {
        if (crypto::sha256(tables_.ready(), row.bytes(1)) != detail::digest_column(row, 0))
            return tl::unexpected(Error::Damaged);
        auto parsed = crypto::DeviceSecretKey::parse(tables_.ready(), row.bytes(1));
        if (!parsed) return tl::unexpected(detail::error_of(parsed.error()));
        return std::move(*parsed);
    };
    auto kept = database_.one("SELECT digest, bytes FROM value WHERE name = 'device.key'", parse);
    database_.release_memory();
    if (!kept) return tl::unexpected(kept.error());
    if (!*kept) return tl::unexpected(Error::NotFound);
    return std::move(**kept);
}

Result<void> Device::enrol(const Enrolment& enrolment) {
    return put(enrolment, rules::may_enrol);
}

Result<void> Device::renew(const Enrolment& enrolment) {
    return put(enrolment, rules::may_renew);
}

Result<void> Device::put(const Enrolment& enrolment, Rule allowed) {
    if (!detail::is_record_id(enrolment.device) || enrolment.epoch == 0 || enrolment.deployment_key.empty() ||
        enrolment.deployment_key.size() > most_enrolment_bytes || enrolment.certificate.empty() ||
        enrolment.certificate.size() > most_enrolment_bytes || enrolment.certificate_signature.empty() ||
        enrolment.certificate_signature.size() > most_enrolment_bytes)
        return tl::unexpected(Error::Input);
    return tables_.change([&]() -> Result<void> {
        auto before = this->enrolment();
        if (!before && before.error() != Error::NotFound) return tl::unexpected(before.error());
        AMPARO_DO(allowed(enrolment, before ? std::optional(*std::move(before)) : std::nullopt));
        AMPARO_DO(tables_.put("device.id", crypto::as_bytes(enrolment.device)));
        AMPARO_DO(tables_.put("device.deployment_key", crypto::as_bytes(enrolment.deployment_key)));
        AMPARO_DO(tables_.put("device.epoch", enrolment.epoch));
        AMPARO_DO(tables_.put("device.certificate", enrolment.certificate));
        return tables_.put("device.certificate_signature", enrolment.certificate_signature);
    });
}

Result<Enrolment> Device::enrolment() {
    Enrolment enrolment;
    AMPARO_TRY(epoch, tables_.number("device.epoch"));
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
        AMPARO_TRY(bytes, tables_.value(part.name));
        if (!bytes) return tl::unexpected(Error::Damaged);
        *part.bytes = std::move(*bytes);
    }
    enrolment.device = text_of(device);
    enrolment.deployment_key = text_of(deployment);
    return enrolment;
}

}  // namespace app::store

// What a casebook shows: cases, orders that wait, devices, records that could not be listed.
#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

Result<CasePage> Casebook::cases(const CaseQuery& query) {
    return parts_->ledger.cases(query);
}

Result<std::vector<Held>> Casebook::held() {
    return parts_->ledger.held();
}

Result<Unseen> Casebook::unseen() {
    return parts_->custody->unseen();
}

Result<std::vector<Device>> Casebook::devices() {
    auto& parts = *parts_;
    AMPARO_TRY(const known, parts.batches.devices());
    std::vector<Device> all;
    for (const auto& one : known) {
        Device device;
        device.device = one.device;
        device.forked = one.forked;
        device.revoked = one.revoked;
        AMPARO_TRY(missing, parts.missing(one.device));
        device.missing = std::move(missing);
        AMPARO_TRY(doubtful, parts.doubtful_epochs(one.device));
        device.doubtful_epochs = std::move(doubtful);
        AMPARO_TRY(const audit, parts.standing_of_audit(one.device));
        device.audit = audit;
        AMPARO_TRY(const last, parts.batches.last(one.device));
        if (last) {
            device.epoch = last->epoch;
            device.last_sequence = last->sequence;
            if (const auto certificate = exchange::parse_certificate(last->certificate))
                device.certificate_end = certificate->not_after;
        }
        all.push_back(std::move(device));
    }
    return all;
}

Result<std::vector<Unlisted>> Casebook::unlisted() {
    return parts_->ledger.unlisted();
}

Result<crypto::Bytes> Casebook::sealed_original(std::string_view device, std::string_view name) {
    return parts_->ledger.original(device, name);
}

}  // namespace app::casebook

#include "app/exchange/open/audit_open.hpp"

#include <limits>
#include <nlohmann/json.hpp>

#include "app/exchange/text.hpp"
#include "app/record/rules.hpp"
#include "crypto/open/open.hpp"

namespace app::exchange {
namespace {

using nlohmann::json;

/// A number that is not there is none; one that `T` cannot hold is no entry of ours, and is never cut to one that it
/// can.
template <class T>
bool take_number(const json& object, const char* name, std::optional<T>& to) {
    const auto found = object.find(name);
    if (found == object.end()) return true;
    if (!found->is_number_unsigned() || found->get<std::uint64_t>() > std::numeric_limits<T>::max()) return false;
    to = static_cast<T>(found->get<std::uint64_t>());
    return true;
}

}  // namespace

Result<AuditDetail> open_audit(crypto::SodiumReady ready, const AuditName& name, crypto::ByteView sealed,
                               std::span<const crypto::open::Identity> identities) {
    const auto opened = crypto::open::open(ready, sealed, {identities, {}});
    if (!opened) return failed(Error::Crypto, reason_of(opened.error()));
    const auto text = crypto::as_text(opened->view());
    const auto object = json::parse(text, nullptr, false);
    if (!object.is_object() || object.value("audit", json()) != name.number ||
        object.value("type", json()) != name.type || object.value("day", json()) != day_text(name.day))
        return failed(Error::Content, Reason::EntryOther);
    AuditDetail detail;
    if (!take_number(object, "worker", detail.worker) || !take_number(object, "subject", detail.subject) ||
        !take_number(object, "number", detail.number))
        return failed(Error::Content, Reason::EntryNumber);
    if (const auto record = object.find("record"); record != object.end()) {
        if (record->is_string()) detail.record = record->get<std::string>();
        if (!record::is_hex(detail.record, record::id_digits)) return failed(Error::Content, Reason::EntryRecord);
    }
    // Shown to people: nothing but what a kiosk writes.
    if (const auto lost = object.find("lost"); lost != object.end() && lost->is_string()) {
        const auto words = lost->get<std::string>();
        if (words.find_first_not_of("abcdefghijklmnopqrstuvwxyz ") == std::string::npos) detail.lost = words;
    }
    return detail;
}

}  // namespace app::exchange

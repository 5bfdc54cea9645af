#include "app/session/enrol/test_record.hpp"

#include <new>

#include "app/record/write.hpp"
#include "app/session/visit/visit.hpp"
#include "crypto/bytes.hpp"

namespace app::session {

std::optional<crypto::SecretBytes> write_test_record(crypto::SodiumReady ready, const exchange::Bundle& bundle,
                                                     const RecordMaker& maker, const TestSaid& said) {
    try {
        const auto* form = form_for(bundle, Purpose::Training);
        if (form == nullptr && !bundle.forms.empty()) form = &bundle.forms.front();
        if (form == nullptr) return std::nullopt;
        const auto digest = crypto::to_hex(form->sha256);
        record::Record record;
        record.record = said.record;
        record.kind = record::Kind::Final;
        record.deployment = maker.deployment;
        record.device = maker.device;
        record.bundle = maker.bundle;
        record.form = form->id;
        record.form_version = form->form->version();
        record.form_sha256 = digest;
        record.mode = Mode::Observation;  // nobody is asked
        record.role = role_of(said.worker.role);
        record.worker = said.worker.number.value;
        record.day = said.day;
        record.case_code = said.case_code;
        record.language_at_start = record.language_at_end = locales::code(locales::Language::Es);
        record.consent_scope = form->id;
        record.training = true;
        const auto json = record::write(record, std::pmr::get_default_resource());
        if (!json) return std::nullopt;
        auto copy = crypto::SecretBytes::copy_of(ready, crypto::as_bytes(*json));
        if (!copy) return std::nullopt;
        return std::move(*copy);
    } catch (const std::bad_alloc&) {
        return std::nullopt;
    }
}

}  // namespace app::session

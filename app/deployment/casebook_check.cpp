#include "app/deployment/casebook_check.hpp"

#include "app/casebook/sqlcipher/checking.hpp"
#include "crypto/try.hpp"

namespace app::deployment {

Result<CasebookCheck> check_casebook(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                     OpenCasebook& open, const backup::Progress& progress) {
    const auto subject = casebook.string();
    AMPARO_TRY(const originals,
               about(subject, casebook::sqlcipher::check_originals(ready, casebook, open.identities, progress)));
    AMPARO_TRY(const devices, about(subject, open.book.devices()));
    AMPARO_TRY(const cases,
               about(subject, open.book.cases({.practice = casebook::Practice::Included, .most = 1, .counted = true})));
    AMPARO_TRY(const last_backup, about(subject, open.book.last_backup()));
    CasebookCheck check{
        cases.total.value_or(0), originals.kept, originals.emptied, originals.changed, originals.torn, {}, last_backup};
    for (const auto& one : devices)
        if (one.audit == casebook::AuditStanding::Broken || one.audit == casebook::AuditStanding::Missing)
            check.audit.push_back(one.device);
    return check;
}

}  // namespace app::deployment

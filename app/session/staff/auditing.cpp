// The list of what the device has noted.
#include "app/session/machine.hpp"

namespace app::session {

void Machine::on(Settings&, OpenAudit&) {
    if (!leads()) return show<NotAllowed>();
    show<AuditList>();
    want(ListAudit{}, Pending::ListAudit);
}

void Machine::on(AuditList&, AuditListed& event) {
    show(AuditList{event.failed, std::move(event.rows)});
}

void Machine::on(AuditList&, Back&) {
    show<Settings>();
}

}  // namespace app::session

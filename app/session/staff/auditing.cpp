// The list of what the device has noted.
#include "app/session/staff/rules.hpp"

namespace app::session {

void Staff::on(Settings&, OpenAudit&) {
    if (!s_.leads()) return show<NotAllowed>();
    show<AuditList>();
    want(ListAudit{}, Pending::ListAudit);
}

void Staff::on(AuditList&, AuditListed& event) {
    show(AuditList{event.failed, std::move(event.rows)});
}

void Staff::on(AuditList&, Back&) {
    show<Settings>();
}

}  // namespace app::session

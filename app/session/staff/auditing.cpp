// The list of what the device has noted.
#include "app/session/machine.hpp"

namespace app::session {

void Machine::on(OpenAudit&) {
    if (at<Settings>() == nullptr) return;
    if (!leads()) return show<NotAllowed>();
    show<AuditList>();
    want(ListAudit{}, Pending::ListAudit);
}

void Machine::on(AuditListed& event) {
    if (at<AuditList>() != nullptr) show(AuditList{event.failed, std::move(event.rows)});
}

}  // namespace app::session

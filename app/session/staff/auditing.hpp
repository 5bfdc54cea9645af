// The list of what the device has noted: kinds and days, for the shift lead. Screen, events and effects of it.
#pragma once

#include <vector>

#include "app/model/kept.hpp"

namespace app::session {

/// At most so many are shown, the newest.
inline constexpr std::size_t audit_most_shown = 200;

struct AuditList {
    bool failed = false;
    std::vector<model::AuditRow> rows;  ///< newest first
};

struct OpenAudit {};

struct ListAudit {};  ///< -> AuditListed

struct AuditListed {
    bool failed = false;
    std::vector<model::AuditRow> rows;
};

}  // namespace app::session

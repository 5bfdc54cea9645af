// Cases that belong together: linked and unlinked by a person, both noted on both; what may belong together is only
// said.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

namespace {

RecordName name_of(const Case& one) {
    return {one.device, one.record};
}

bool same_visit(const Case& a, const Case& b) {
    return a.device == b.device && a.case_code == b.case_code;
}

/// Whether a case of the ledger is what people mean by one: no version in doubt, nothing that was taken back.
bool stands(const Case& one) {
    return one.doubt.empty() && !one.withdrawn;
}

}  // namespace

Result<bool> Casebook::change_link(const Case& a, const Case& b, bool linked, exchange::Day day) {
    if (a.device == b.device && a.record == b.record) return false;
    AMPARO_TRY(const change, parts_->custody->begin());
    for (const auto* one : {&a, &b}) {
        AMPARO_TRY(const listed, parts_->ledger.listed(one->device, one->record));
        if (!listed || listed->withdrawn) return tl::unexpected(Error::NotFound);
    }
    AMPARO_TRY(const before, parts_->handling.linked(name_of(a)));
    const bool there = std::find(before.begin(), before.end(), name_of(b)) != before.end();
    if (there == linked) return false;
    AMPARO_DO(linked ? parts_->handling.link(name_of(a), name_of(b)) : parts_->handling.unlink(name_of(a), name_of(b)));
    const auto kind = linked ? StepKind::Linked : StepKind::Unlinked;
    for (const auto& [one, other] : {std::pair(&a, &b), std::pair(&b, &a)})
        AMPARO_DO(parts_->handling.add({one->device,
                                        one->record,
                                        exchange::day_text(day),
                                        kind,
                                        other->case_code,
                                        parts_->opened_by,
                                        {},
                                        other->device,
                                        other->record}));
    AMPARO_DO(change->commit());
    return true;
}

Result<std::vector<Case>> Casebook::linked(const Case& of) {
    AMPARO_TRY(const names, parts_->handling.linked(name_of(of)));
    std::vector<Case> all;
    for (const auto& name : names) {
        AMPARO_TRY(const page, cases({.device = name.device, .name = name.record, .practice = Practice::Included}));
        for (const auto& one : page.cases)
            if (one.record == name.record && one.doubt.empty()) all.push_back(one);
    }
    return all;
}

Result<std::vector<Case>> Casebook::may_belong(const Case& of) {
    std::vector<Case> all;
    if (!stands(of) || of.case_code.empty()) return all;
    AMPARO_TRY(const page, cases({.name = of.case_code, .practice = Practice::Included}));
    auto found = page.cases;
    if (!of.follows.empty()) {
        AMPARO_TRY(const before, cases({.device = of.device, .name = of.follows, .practice = Practice::Included}));
        found.insert(found.end(), before.cases.begin(), before.cases.end());
    }
    // A visit is one case: a link with any form of it, of any form of this one, is one with all of it.
    std::vector<RecordName> known;
    for (const auto& one : found) {
        if (!same_visit(of, one)) continue;
        AMPARO_TRY(const names, parts_->handling.linked(name_of(one)));
        known.insert(known.end(), names.begin(), names.end());
    }
    std::vector<Case> linked_visits;
    for (const auto& one : found)
        if (std::find(known.begin(), known.end(), name_of(one)) != known.end()) linked_visits.push_back(one);
    const auto among = [](const std::vector<Case>& cases, const Case& one) {
        return std::any_of(cases.begin(), cases.end(), [&](const Case& other) { return same_visit(one, other); });
    };
    std::stable_partition(found.begin(), found.end(), [](const Case& one) { return one.follows.empty(); });
    for (const auto& one : found)
        if (stands(one) && !same_visit(of, one) && !among(linked_visits, one) && !among(all, one)) all.push_back(one);
    return all;
}

}  // namespace app::casebook

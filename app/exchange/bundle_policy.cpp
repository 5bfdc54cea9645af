// policy.json: what the deployment decided. The text is canonical (sorted keys, two spaces), so that parsing and
// writing again must give the same bytes.
#include <nlohmann/json.hpp>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/policy_judge.hpp"

namespace app::exchange {
namespace {

using nlohmann::json;

constexpr int format = 1;

}  // namespace

std::string policy_text(const Policy& policy) {
    auto signers = json::array();
    for (const auto& key : policy.bundle_signers) signers.push_back(public_key_line(key));
    const json object{{"format", format},
                      {"batch_mib", policy.batch_mib},
                      {"empty_batches", policy.empty_batches},
                      {"bundle_signers", std::move(signers)},
                      {"signatures_required", policy.signatures_required},
                      {"roles", policy.roles},
                      {"languages", policy.languages},
                      {"forms", policy.forms},
                      {"child_workers", policy.child_workers},
                      {"idle_minutes", policy.idle_minutes},
                      {"resume_minutes", policy.resume_minutes},
                      {"receipts_required", policy.receipts_required},
                      {"hold_days", policy.hold_days},
                      {"retention_days", policy.retention_days},
                      {"store_refusals", policy.store_refusals},
                      {"record_time", policy.record_time}};
    return object.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

Result<Policy> parse_policy(crypto::ByteView text) {
    auto judged = judge_policy(text);
    if (!judged.policy || policy_text(*judged.policy) != crypto::as_text(text))
        return failed(Error::Content, Reason::PolicyForm);
    return std::move(*judged.policy);
}

}  // namespace app::exchange

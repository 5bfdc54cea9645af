// policy.json: what the deployment decided. The text is canonical (sorted keys, two spaces), so that parsing and
// writing again must give the same bytes; that also refuses unknown, missing and duplicate members.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "app/exchange/bundle_parts.hpp"
#include "app/record/rules.hpp"

namespace app::exchange {
namespace {

using nlohmann::json;

constexpr std::size_t policy_limit = 65'536;
constexpr int format = 1;

bool read_number(const json& object, const char* key, std::uint32_t least, std::uint32_t most, std::uint32_t& to) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_number_unsigned()) return false;
    const auto value = found->get<std::uint64_t>();
    if (value < least || value > most) return false;
    to = static_cast<std::uint32_t>(value);
    return true;
}

bool read_flag(const json& object, const char* key, bool& to) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_boolean()) return false;
    to = found->get<bool>();
    return true;
}

bool read_words(const json& object, const char* key, bool (*allowed)(std::string_view), std::vector<std::string>& to) {
    const auto found = object.find(key);
    if (found == object.end() || !found->is_array() || found->empty() || found->size() > 32) return false;
    std::set<std::string> seen;
    for (const auto& item : *found) {
        if (!item.is_string()) return false;
        auto text = item.get<std::string>();
        if (!allowed(text) || !seen.insert(text).second) return false;
        to.push_back(std::move(text));
    }
    return true;
}

bool read_workers(const json& object, std::vector<std::uint32_t>& to) {
    const auto found = object.find("child_workers");
    if (found == object.end() || !found->is_array() || found->size() > 1'000) return false;
    for (const auto& item : *found) {
        if (!item.is_number_unsigned()) return false;
        const auto number = item.get<std::uint64_t>();
        if (number == 0 || number > 999'999 || (!to.empty() && number <= to.back())) return false;
        to.push_back(static_cast<std::uint32_t>(number));
    }
    return true;
}

bool role_allowed(std::string_view role) {
    return role == "shelter" || role == "border";
}

bool read_policy(const json& object, Policy& policy) {
    return object.is_object() && read_words(object, "roles", role_allowed, policy.roles) &&
           read_words(object, "languages", record::is_language, policy.languages) &&
           read_words(object, "forms", record::is_form_id, policy.forms) &&
           read_workers(object, policy.child_workers) &&
           read_number(object, "idle_minutes", 1, 60, policy.idle_minutes) &&
           read_number(object, "resume_minutes", 0, 10, policy.resume_minutes) &&
           read_number(object, "receipts_required", 1, 4, policy.receipts_required) &&
           read_number(object, "hold_days", 0, 365, policy.hold_days) &&
           read_number(object, "retention_days", 1, 36'500, policy.retention_days) &&
           read_flag(object, "store_refusals", policy.store_refusals) &&
           read_flag(object, "record_time", policy.record_time);
}

}  // namespace

std::string policy_text(const Policy& policy) {
    const json object{{"format", format},
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
    const auto wrong = [] { return failed(Error::Content, "policy.json is not the canonical text of a policy"); };
    if (text.size() > policy_limit) return wrong();
    const auto characters = crypto::as_text(text);
    const auto object = json::parse(characters.begin(), characters.end(), nullptr, false);
    Policy policy{};
    if (object.is_discarded() || !read_policy(object, policy) || policy_text(policy) != characters) return wrong();
    return policy;
}

}  // namespace app::exchange

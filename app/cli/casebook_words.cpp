#include "app/cli/casebook_words.hpp"

#include <nlohmann/json.hpp>

#include "app/cli/clock.hpp"
#include "app/cli/files.hpp"
#include "app/exchange/certificate.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

/// A day that is still to come was written by another clock.
std::uint64_t days_since(exchange::Day day) {
    const auto days = (utc_today() - day).count();
    return days > 0 ? static_cast<std::uint64_t>(days) : 0;
}

}  // namespace

std::string check_text(const Context& context, const std::string& name, const deployment::CasebookCheck& check) {
    auto text = one_line(context.text(check.whole() ? "cli.check.whole" : "cli.check.not_whole", {{"file", name}}));
    text += one_line("  " + context.counted("cli.check.cases", check.cases));
    text += one_line("  " + context.counted("cli.check.originals", check.originals));
    if (check.erased > 0) text += one_line("  " + context.counted("cli.check.erased", check.erased));
    for (const auto& one : check.changed) text += one_line("  " + context.text("cli.check.changed", {{"record", one}}));
    if (check.torn > 0) text += one_line("  " + context.counted("cli.check.torn", check.torn));
    for (const auto& one : check.audit) text += one_line("  " + context.text("cli.check.audit", {{"device", one}}));
    return text;
}

std::string last_backup_text(const Context& context, const deployment::CasebookCheck& check) {
    if (!check.last_backup) return one_line("  " + context.text("cli.check.no_backup"));
    return one_line("  " + context.counted("cli.check.last_backup", days_since(*check.last_backup),
                                           {{"day", exchange::day_text(*check.last_backup)}}));
}

std::string age_text(const Context& context, const std::string& name, const app::backup::Head& head) {
    return one_line(context.counted("cli.restore.age", days_since(head.made),
                                    {{"file", name}, {"day", exchange::day_text(head.made)}}));
}

std::string signer_text(const Context& context, const std::string& name, const std::string& signer) {
    if (signer.empty()) return one_line(context.text("cli.check.nobody_signed", {{"file", name}}));
    return one_line(context.text("cli.check.signed_by", {{"file", name}, {"signer", signer}}));
}

std::string check_json(const std::string& name, const deployment::CasebookCheck& check, const app::backup::Head* head,
                       const std::string& signer) {
    const json all{{"file", shown(name)},
                   {"whole", check.whole()},
                   {"made", head != nullptr ? json(exchange::day_text(head->made)) : json()},
                   {"deployment", head != nullptr ? json(head->deployment) : json()},
                   {"signer", signer.empty() ? json() : json(signer)},
                   {"cases", check.cases},
                   {"originals", check.originals},
                   {"erased", check.erased},
                   {"changed", check.changed},
                   {"torn", check.torn},
                   {"audit", check.audit},
                   {"last_backup", check.last_backup ? json(exchange::day_text(*check.last_backup)) : json()}};
    return all.dump(-1, ' ', false, json::error_handler_t::replace);
}

}  // namespace app::cli

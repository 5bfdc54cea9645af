#include "app/deployment/content.hpp"

#include <algorithm>
#include <filesystem>

#include "app/deployment/files.hpp"
#include "app/deployment/shipped.hpp"
#include "crypto/try.hpp"
#include "locales/screen_words.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view first_form = "first-contact";

crypto::Bytes copy(std::string_view text) {
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

/// True for what a bundle may hold; anything else in the folder is left where it is.
bool wanted(const std::string& name) {
    return (name.starts_with("forms/") && name.ends_with(".csv")) ||
           (name.starts_with("locales/") && name.ends_with(".json")) || name == "referrals.csv" ||
           (name.starts_with("audio/") && name.ends_with(".opus"));
}

}  // namespace

Content shipped_content() {
    Content files;
    for (const auto& file : shipped_files()) files.emplace(file.name, copy(file.content));
    for (const auto language : {locales::Language::Es, locales::Language::En})
        files.emplace("locales/" + std::string(code(language)) + ".json", copy(locales::screen_words(language)));
    return files;
}

Result<Content> content_of(const fs::path& folder) {
    Content files;
    std::error_code error;
    for (fs::recursive_directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const auto name = at->path().lexically_relative(folder).generic_string();
        std::error_code type_error;
        if (!wanted(name) || !fs::is_regular_file(at->symlink_status(type_error))) continue;
        AMPARO_TRY(content, read_plain(at->path(), exchange::bundle_most_member_bytes));
        files.emplace(name, std::move(content));
    }
    if (error || files.empty()) return failed(Error::NoContent, folder.string());
    return files;
}

exchange::Policy first_policy(const Content& files, bool demo) {
    std::vector<std::string> forms;
    std::vector<std::string> languages;
    for (const auto& [name, content] : files) {
        const fs::path path(name);
        if (name.starts_with("forms/") && std::distance(path.begin(), path.end()) == 3) {
            const auto id = std::next(path.begin())->string();
            if (std::find(forms.begin(), forms.end(), id) == forms.end()) forms.push_back(id);
        }
        if (name.starts_with("locales/")) languages.push_back(path.stem().string());
    }
    // The first form starts a new screening; Spanish is offered first.
    std::stable_partition(forms.begin(), forms.end(), [](const auto& id) { return id == first_form; });
    std::stable_partition(languages.begin(), languages.end(), [](const auto& code) { return code == "es"; });
    exchange::Policy policy{};
    policy.roles = {"shelter", "border"};
    policy.languages = std::move(languages);
    policy.forms = std::move(forms);
    if (demo) policy.child_workers = {1};
    policy.idle_minutes = 3;
    policy.resume_minutes = 10;
    policy.receipts_required = 1;
    policy.hold_days = first_hold_days;
    policy.retention_days = 365;
    policy.store_refusals = false;
    policy.record_time = false;
    policy.batch_mib = first_batch_mib;
    return policy;
}

}  // namespace app::deployment

#include "tests/fault/desk.hpp"

#include "app/deployment/bundle_sources.hpp"
#include "app/deployment/files.hpp"
#include "app/deployment/identities.hpp"
#include "app/record/write.hpp"

namespace fault::desk {
namespace {

void nothing_unfinished(const Deployment& at) {
    const auto names = unfinished(at);
    CAPTURE(names);
    CHECK(names.empty());
}

void only_for_its_owner(const Deployment& at) {
    constexpr auto others = fs::perms::group_all | fs::perms::others_all;
    for (const auto& entry : fs::recursive_directory_iterator(place(at))) {
        INFO(entry.path());
        CHECK((entry.symlink_status().permissions() & others) == fs::perms::none);
    }
}

/// That of the demonstration, with one form.
crypto::Bytes first_bundle(const Deployment& at) {
    const auto key = test::programme_key(at);
    const auto whole = deployment::numbered_bundle(ready(), at.path(), 1, key.public_key()).value().bundle;
    const auto content = small_content();
    return must(exchange::build_bundle(
        ready(), {whole.version, whole.recipients, whole.signers, deployment::first_policy(content, false), content},
        key));
}

}  // namespace

deployment::BundleView newest(const Deployment& at) {
    auto view = deployment::newest_bundle(ready(), root(at), programme(at));
    REQUIRE(view);
    return std::move(*view);
}

deployment::Content small_content() {
    auto all = deployment::shipped_content();
    std::erase_if(all, [](const auto& one) {
        return one.first.starts_with("forms/") && !one.first.starts_with("forms/first-contact/");
    });
    return all;
}

void take_programme(const Deployment& at) {
    // Every deployment of this program has the same keys.
    static const auto first = first_bundle(at);
    static const auto members = [] {
        auto all = must(exchange::bundle_files(first));
        all.erase("VERSION");
        return all;
    }();
    for (const auto& folder : {place(at), root(at)}) {
        fs::create_directory(folder);
        fs::permissions(folder, fs::perms::owner_all);
    }
    fs::copy(at.path() / "keys", root(at) / "keys", fs::copy_options::recursive);
    REQUIRE(deployment::write_new(root(at) / exchange::bundle_file_name(1), first));
    REQUIRE(deployment::write_sources(deployment::sources_of(root(at)), members));
}

std::string screening(const Screened& of) {
    app::record::Record one;
    one.record = of.record;
    one.kind = app::record::Kind::Final;
    one.deployment = of.deployment;
    one.device = of.device;
    one.form = one.consent_scope = "first-contact";
    one.form_version = "1";
    one.form_sha256 = one.consent_sha256 = of.form_sha256;
    one.day = "2026-11-24";
    one.case_code = of.code;
    one.language_at_start = one.language_at_end = "es";
    one.consent = app::record::Consent::Given;
    one.consent_key = "consent.assisted";
    const auto json = app::record::write(one, std::pmr::get_default_resource());
    REQUIRE(json);
    return std::string(*json);
}

std::vector<crypto::open::Identity> reader(const Deployment& at) {
    const auto file = root(at) / "keys" / deployment::coordinator_file;
    const auto text = test::read(file);
    return must(deployment::parse_identities(ready(), crypto::as_bytes(text), nullptr, file));
}

fs::path book_folder(const Deployment& at) {
    return deployment::casebook_of(root(at)).parent_path();
}

void make_book(const Deployment& at) {
    std::vector<crypto::Recipient> recipients;
    for (const auto& identity : reader(at)) recipients.push_back(identity.recipient());
    REQUIRE(deployment::make_casebook(ready(), root(at), recipients, programme(at)));
}

deployment::OpenCasebook open_book(const Deployment& at, const fs::path& folder) {
    return must(deployment::open_casebook(ready(), folder / "cases.db", reader(at)));
}

std::vector<std::string> unfinished(const Deployment& at) {
    std::vector<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator(place(at))) {
        auto name = entry.path().filename().string();
        if (name.ends_with(".tmp") || name.find(".unfinished-") != std::string::npos) names.push_back(std::move(name));
    }
    return names;
}

Scenario scenario(std::string_view name, std::function<void(const Deployment&)> prepare, Act act, Check check) {
    const auto with_folders = [check = std::move(check)](const Deployment& at, Told told) {
        only_for_its_owner(at);
        check(at, told);
        nothing_unfinished(at);
        only_for_its_owner(at);
    };
    return {name, std::move(prepare), std::move(act), with_folders, false, {"desk"}, nothing_unfinished};
}

}  // namespace fault::desk

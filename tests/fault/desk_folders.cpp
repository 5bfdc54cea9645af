// Folders that coordinators make while the disk fails: whole under their name, or not there, and nothing of them left.
#include "app/deployment/bundle_sources.hpp"
#include "app/deployment/casebook_access.hpp"
#include "app/deployment/identities.hpp"
#include "app/deployment/joining.hpp"
#include "app/deployment/keys.hpp"
#include "app/deployment/programme.hpp"
#include "app/deployment/recovery_shares.hpp"
#include "app/deployment/recovery_sheets.hpp"
#include "app/files/draft_folder.hpp"
#include "app/files/durable_file.hpp"
#include "tests/fault/desk.hpp"
#include "tests/support/sheet_page.hpp"

namespace fault::desk {
namespace {

using app::files::DraftFolder;

constexpr std::string_view passphrase_text = "a passphrase of the desk";

crypto::SecretBytes passphrase() {
    return test::secret(passphrase_text);
}

fs::path made(const Deployment& at) {
    return place(at) / "made";
}

/// As every command does that makes a folder.
bool make(const Deployment& at, const Begin& begin, const std::function<bool(const fs::path&)>& fill) {
    begin();
    auto draft = DraftFolder::create(made(at));
    return draft && fill(draft->path()) && draft->publish();
}

/// A folder that `look` finds whole, or none; made again where there is none.
Scenario folder_scenario(std::string_view name, Act act, std::function<void(const Deployment&)> look) {
    return scenario(name, take_programme, act, [act, look](const Deployment& at, Told told) {
        const bool there = fs::exists(made(at));
        if (told == Told::Done) CHECK(there);
        if (there) look(at);
        CHECK(act(at, [] {}) == !there);
        look(at);
    });
}

std::vector<crypto::open::Identity> identities_in(const fs::path& file) {
    const auto phrase = passphrase();
    const auto text = test::read(file);
    CHECK(deployment::is_wrapped(crypto::as_bytes(text)));
    return must(deployment::parse_identities(ready(), crypto::as_bytes(text), &phrase, file));
}

crypto::DeploymentSecretKey deployment_key_in(const fs::path& file) {
    return must(crypto::DeploymentSecretKey::parse(ready(), crypto::as_bytes(test::read(file)), passphrase()));
}

crypto::ReceiptSecretKey receipt_key_in(const fs::path& file) {
    return must(crypto::ReceiptSecretKey::parse(ready(), crypto::as_bytes(test::read(file)), passphrase()));
}

Scenario new_programme() {
    return folder_scenario(
        "making a programme",
        [](const Deployment& at, const Begin& begin) {
            const auto phrase = passphrase();
            deployment::Programme programme{"Prueba", "Norte", "Papel", small_content(), false};
            return make(at, begin, [&](const fs::path& folder) {
                return deployment::make_programme(ready(), folder, std::move(programme), &phrase, test::today(),
                                                  test::slow_clock())
                    .has_value();
            });
        },
        [](const Deployment& at) {
            const auto folder = made(at);
            const auto keys = folder / "keys";
            const auto key = deployment_key_in(keys / "deployment.key");
            CHECK(test::read(keys / "deployment.pub") == key.public_key().to_text());
            CHECK(test::read(keys / "receipt.pub") == receipt_key_in(keys / "receipt.key").public_key().to_text());
            const auto recovery = identities_in(keys / deployment::recovery_file);
            REQUIRE(recovery.size() == 1);
            CHECK(deployment::open_deployment_key(ready(), deployment::sealed_key_of(folder), recovery.front(),
                                                  key.public_key()));
            CHECK(deployment::newest_bundle(ready(), folder, key.public_key()));
            deployment::BuildRefusals refusals;
            const auto sources = deployment::read_sources(deployment::sources_of(folder), false, refusals);
            CHECK(refusals.empty());
            CHECK(sources.size() == small_content().size() + 3);  // policy.json, recipients.txt, signers.txt
            CHECK(deployment::open_casebook(ready(), deployment::casebook_of(folder),
                                            identities_in(keys / deployment::coordinator_file)));
        });
}

Scenario join() {
    return folder_scenario(
        "joining a programme",
        [](const Deployment& at, const Begin& begin) {
            const auto phrase = passphrase();
            const auto key = programme(at);
            return make(at, begin, [&](const fs::path& folder) {
                return deployment::join_programme(ready(), folder, "Norte", key, phrase).has_value();
            });
        },
        [](const Deployment& at) {
            const auto folder = made(at);
            const auto keys = folder / "keys";
            const auto request = must(exchange::parse_coordinator_request(
                ready(), crypto::as_bytes(test::read(folder / deployment::coordinator_request_file))));
            CHECK(request.signer == receipt_key_in(keys / "receipt.key").public_key());
            auto own = identities_in(keys / deployment::coordinator_file);
            REQUIRE(own.size() == 1);
            CHECK(own.front().recipient() == request.recipient);
            CHECK(test::read(keys / "deployment.pub") == programme(at).to_text());
            CHECK(deployment::open_casebook(ready(), deployment::casebook_of(folder), std::move(own)));
        });
}

crypto::open::Identity recovery_identity(const Deployment& at) {
    const auto file = root(at) / "keys" / deployment::recovery_file;
    auto found = must(deployment::parse_identities(ready(), crypto::as_bytes(test::read(file)), nullptr, file));
    return std::move(found.front());
}

Scenario recover() {
    return folder_scenario(
        "recovering the programme's key",
        [](const Deployment& at, const Begin& begin) {
            const auto phrase = passphrase();
            const auto recovery = recovery_identity(at);
            const auto key = must(
                deployment::open_deployment_key(ready(), deployment::sealed_key_of(root(at)), recovery, programme(at)));
            return make(at, begin, [&](const fs::path& folder) {
                return deployment::write_recovered(ready(), folder, recovery, &key, phrase).has_value();
            });
        },
        [](const Deployment& at) {
            const auto recovered = identities_in(made(at) / deployment::recovery_file);
            REQUIRE(recovered.size() == 1);
            CHECK(recovered.front().recipient() == recovery_identity(at).recipient());
            const auto key = deployment_key_in(made(at) / "deployment.key").public_key();
            CHECK(key == programme(at));
            CHECK(test::read(made(at) / "deployment.pub") == key.to_text());
        });
}

Scenario make_sheets() {
    return folder_scenario(
        "making sheets",
        [](const Deployment& at, const Begin& begin) {
            const auto id = exchange::deployment_id(ready(), programme(at));
            const auto shares = must(deployment::make_shares(ready(), recovery_identity(at), 2, 3, id));
            const auto words = locales::Translator::built_in();
            return make(at, begin, [&](const fs::path& folder) {
                return deployment::write_sheets(ready(), folder, shares, words, {"Prueba", test::today()}).has_value();
            });
        },
        [](const Deployment& at) {
            const auto recovery = recovery_identity(at).recipient();
            deployment::GatheredShares gathered({std::nullopt, recovery, std::nullopt});
            for (const auto* name : {"sheet-1.svg", "sheet-2.svg", "sheet-3.svg"}) {
                const auto words = test::words_on_page(test::read(made(at) / name));
                CHECK(gathered.take(ready(), crypto::as_bytes(words)));
            }
            const auto joined = gathered.join(ready());
            REQUIRE(joined);
            CHECK(joined->verified.size() == 3);
        });
}

// ---- questionnaires -------------------------------------------------------------------------------------------------

/// As `form import` writes it.
bool write_form(const Deployment& at, std::string_view label, bool there, const Begin& begin) {
    begin();
    auto draft = DraftFolder::create(made(at));
    if (!draft) return false;
    for (const auto* name : {"survey.csv", "settings.csv"})
        if (!app::files::write_new_file(draft->path() / name, crypto::as_bytes(label))) return false;
    return (there ? draft->replace() : draft->publish()).has_value();
}

/// Every sheet of one form, and no other.
std::string form(const Deployment& at) {
    const auto survey = test::read(made(at) / "survey.csv");
    CHECK(test::read(made(at) / "settings.csv") == survey);
    CHECK(std::distance(fs::directory_iterator(made(at)), fs::directory_iterator()) == 2);
    return survey;
}

Scenario import_form() {
    return folder_scenario(
        "importing a questionnaire",
        [](const Deployment& at, const Begin& begin) { return write_form(at, "new", false, begin); },
        [](const Deployment& at) { CHECK(form(at) == "new"); });
}

Scenario replace_form() {
    return scenario(
        "importing a questionnaire over another",
        [](const Deployment& at) {
            take_programme(at);
            REQUIRE(write_form(at, "old", false, [] {}));
        },
        [](const Deployment& at, const Begin& begin) { return write_form(at, "new", true, begin); },
        [](const Deployment& at, Told told) {
            REQUIRE(fs::exists(made(at)));
            const auto before = form(at);
            CHECK((before == "new" || (before == "old" && told != Told::Done)));
            CHECK(write_form(at, "newer", true, [] {}));
            CHECK(form(at) == "newer");
        });
}

}  // namespace

std::vector<Scenario> folder_scenarios() {
    return {new_programme(), join(), recover(), make_sheets(), import_form(), replace_form()};
}

}  // namespace fault::desk

// What coordinators write into the folder of their programme while its disk fails: bundles, drafts, certificates, who
// is in it, notes of sheets.
#include "app/deployment/bundle_build.hpp"
#include "app/deployment/bundle_signing.hpp"
#include "app/deployment/bundle_sources.hpp"
#include "app/deployment/coordinators.hpp"
#include "app/deployment/enrolling.hpp"
#include "app/deployment/recovery_sheets.hpp"
#include "app/deployment/revoking.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/coordinator_request.hpp"
#include "tests/fault/desk.hpp"

namespace fault {
namespace desk {

namespace {

// ---- bundles ------------------------------------------------------------------------------------------------------

/// The sources of the next bundle say something else.
void change_policy(const Deployment& at, std::uint32_t hold_days, bool two_signatures = false) {
    auto policy = newest(at).bundle.policy;
    policy.hold_days = hold_days;
    policy.signatures_required = two_signatures ? 2 : 1;
    policy.bundle_signers.clear();
    if (two_signatures) policy.bundle_signers = {newest(at).bundle.signers.front().key};
    const auto file = deployment::sources_of(root(at)) / "policy.json";
    test::write(file, exchange::policy_text(policy));
}

deployment::BundlePlan plan(const Deployment& at) {
    deployment::BuildOptions options;
    options.programme = root(at);
    options.single_coordinator = true;
    auto planned = deployment::plan_bundle(ready(), options, programme(at), test::today());
    REQUIRE(std::holds_alternative<deployment::BundlePlan>(planned));
    return std::move(std::get<deployment::BundlePlan>(planned));
}

bool build(const Deployment& at, const Begin& begin) {
    const auto next = plan(at);
    const auto key = test::programme_key(at);
    begin();
    return deployment::sign_bundle(ready(), next, root(at), key).has_value();
}

std::uint64_t highest(const Deployment& at) {
    return deployment::highest_bundle(root(at));
}

/// No number is given out twice, none is missing, and the newest has all its signatures.
void bundles_hold(const Deployment& at, std::uint64_t least, std::uint64_t most) {
    const auto number = highest(at);
    CHECK(number >= least);
    CHECK(number <= most);
    CHECK(newest(at).bundle.version.sequence == number);
}

Scenario bundle_build() {
    return scenario(
        "building a bundle",
        [](const Deployment& at) {
            take_programme(at);
            change_policy(at, 8);
        },
        build,
        [](const Deployment& at, Told told) {
            bundles_hold(at, told == Told::Done ? 2 : 1, 2);
            const auto before = highest(at);
            const auto bytes = test::read(root(at) / exchange::bundle_file_name(before));
            CHECK(build(at, [] {}));
            bundles_hold(at, before + 1, before + 1);
            CHECK(newest(at).bundle.policy.hold_days == 8);
            CHECK(test::read(root(at) / exchange::bundle_file_name(before)) == bytes);
        });
}

/// Bundle 2 asks for two signatures of the next.
void take_two_signers(const Deployment& at) {
    take_programme(at);
    change_policy(at, 8, true);
    REQUIRE(build(at, [] {}));
    change_policy(at, 9);
}

fs::path draft(const Deployment& at) {
    return root(at) / exchange::bundle_draft_name(3);
}

bool write_draft(const Deployment& at, const Begin& begin) {
    const auto next = plan(at);
    begin();
    return deployment::write_draft(ready(), next, root(at)).has_value();
}

deployment::Result<deployment::DraftLook> look(const Deployment& at) {
    return deployment::look_at_draft(ready(), root(at), draft(at), programme(at));
}

std::uint32_t signatures(const Deployment& at) {
    const auto seen = look(at);
    REQUIRE(seen);
    CHECK(seen->next.bundle.policy.hold_days == 9);
    return seen->draft.signatures;
}

crypto::PlainSecretKey plain_key(const Deployment& at, const char* name) {
    return must(crypto::PlainSecretKey::parse(ready(), crypto::as_bytes(test::read(root(at) / "keys" / name))));
}

deployment::Result<deployment::SignedDraft> sign(const Deployment& at, const char* key, const Begin& begin) {
    const auto secret = plain_key(at, key);
    const auto seen = look(at);
    if (!seen) return tl::unexpected(seen.error());
    begin();
    return deployment::sign_bundle_draft(ready(), root(at), draft(at), *seen, secret);
}

template <class T>
bool failed_with(const deployment::Result<T>& result, exchange::Error error) {
    const auto* const why = result ? nullptr : std::get_if<exchange::Failure>(&result.error().cause);
    return why != nullptr && why->error == error;
}

Scenario bundle_draft() {
    return scenario("leaving a draft", take_two_signers, write_draft, [](const Deployment& at, Told told) {
        bundles_hold(at, 2, 2);
        if (told == Told::Done) CHECK(fs::exists(draft(at)));
        if (!fs::exists(draft(at))) CHECK(write_draft(at, [] {}));
        CHECK(signatures(at) == 0);
        // It says that it is there, and no second one has its number.
        CHECK(failed_with(deployment::write_draft(ready(), plan(at), root(at)), exchange::Error::Exists));
    });
}

Scenario bundle_first_signature() {
    return scenario(
        "signing a draft first",
        [](const Deployment& at) {
            take_two_signers(at);
            REQUIRE(write_draft(at, [] {}));
        },
        [](const Deployment& at, const Begin& begin) { return sign(at, "deployment.key", begin).has_value(); },
        [](const Deployment& at, Told told) {
            const auto before = signatures(at);
            if (told == Told::Done) CHECK(before == 1);
            const auto again = sign(at, "deployment.key", [] {});
            CHECK((before == 0 ? again.has_value() : failed_with(again, exchange::Error::Exists)));
            CHECK(signatures(at) == 1);
            bundles_hold(at, 2, 2);
        });
}

Scenario bundle_last_signature() {
    return scenario(
        "signing a draft last",
        [](const Deployment& at) {
            take_two_signers(at);
            REQUIRE(write_draft(at, [] {}));
            REQUIRE(sign(at, "deployment.key", [] {}));
        },
        [](const Deployment& at, const Begin& begin) {
            const auto done = sign(at, "receipt.key", begin);
            return done && done->bundle;
        },
        [](const Deployment& at, Told told) {
            bundles_hold(at, told == Told::Done ? 3 : 2, 3);
            const bool there = highest(at) == 3;
            if (!there) CHECK(signatures(at) >= 1);
            const auto again = sign(at, "receipt.key", [] {});
            CHECK((there ? failed_with(again, exchange::Error::Rollback) : again && again->bundle));
            bundles_hold(at, 3, 3);
            CHECK(newest(at).bundle.policy.hold_days == 9);
        });
}

// ---- certificates ---------------------------------------------------------------------------------------------------

const std::string asking(32, 'c');

fs::path request_file(const Deployment& at) {
    return place(at) / "request";
}

bool answer(const Deployment& at, const Begin& begin) {
    const auto request = must(deployment::read_device_request(ready(), request_file(at)));
    const auto key = test::programme_key(at);
    const auto epoch = must(deployment::epoch_for(ready(), root(at), programme(at), request, {}));
    begin();
    return deployment::enrol_device(ready(), root(at), request, epoch, test::today(), key).has_value();
}

std::vector<exchange::Certificate> certificates(const Deployment& at) {
    return deployment::issued_certificates(ready(), root(at), programme(at));
}

Scenario enroll() {
    return scenario(
        "answering a device",
        [](const Deployment& at) {
            take_programme(at);
            const auto key = must(crypto::DeviceSecretKey::generate(ready()));
            const auto request = must(exchange::make_enrolment_request(ready(), asking, key));
            test::write(request_file(at), crypto::as_text(request));
            fs::permissions(request_file(at), fs::perms::owner_read);
        },
        answer,
        [](const Deployment& at, Told told) {
            const auto before = certificates(at);
            CHECK(before.size() <= 1);
            if (told == Told::Done) CHECK(before.size() == 1);
            const auto request = must(deployment::read_device_request(ready(), request_file(at)));
            const auto epoch = deployment::epoch_for(ready(), root(at), programme(at), request, {});
            if (told == Told::Done) CHECK_FALSE(epoch);
            if (epoch) {
                CHECK(*epoch == before.size() + 1);  // never that of a certificate that there is
                CHECK(answer(at, [] {}));
                CHECK(certificates(at).size() == *epoch);
            }
            // Whoever asks with the same request once more is told that it has its answer.
            const auto again = deployment::epoch_for(ready(), root(at), programme(at), request, {});
            REQUIRE_FALSE(again);
            CHECK(std::get<deployment::Refusal>(again.error().cause) == deployment::Refusal::Answered);
        });
}

// ---- people -------------------------------------------------------------------------------------------------------

const std::string label = "Norte";

bool edit(const Deployment& at, bool add, const Begin& begin) {
    const auto request = must(deployment::read_coordinator_request(ready(), request_file(at)));
    const auto key = programme(at);
    begin();
    auto held = deployment::PeopleEdit::begin(ready(), root(at), key);
    if (!held) return false;
    auto next = add ? deployment::with_coordinator(held->people(), request)
                    : deployment::without_coordinator(held->people(), label);
    return next && held->write(std::move(*next));
}

void ask_to_join(const Deployment& at) {
    const auto receipt = must(crypto::ReceiptSecretKey::generate(ready()));
    const auto identity = must(crypto::open::Identity::generate(ready()));
    const auto request = must(exchange::make_coordinator_request(ready(), label, identity.recipient(), receipt));
    test::write(request_file(at), crypto::as_text(request));
    fs::permissions(request_file(at), fs::perms::owner_read);
}

template <class All>
bool is_in(const All& all) {
    return std::any_of(all.begin(), all.end(), [](const auto& one) { return one.label == label; });
}

void people_hold(const Deployment& at, Told told, bool add) {
    const auto before = must(deployment::read_people(ready(), root(at), programme(at)));
    CHECK((!is_in(before.recipients) || is_in(before.signers)));
    const bool done = is_in(before.recipients) == add && is_in(before.signers) == add;
    if (told == Told::Done) CHECK(done);
    CHECK(before.recipients.size() >= 2);
    if (!done) CHECK(edit(at, add, [] {}));
    const auto after = must(deployment::read_people(ready(), root(at), programme(at)));
    CHECK(is_in(after.recipients) == add);
    CHECK(is_in(after.signers) == add);
}

/// Also the files that were not there.
Scenario coordinator_add() {
    return scenario(
        "adding a coordinator",
        [](const Deployment& at) {
            take_programme(at);
            fs::remove_all(deployment::sources_of(root(at)));
            ask_to_join(at);
        },
        [](const Deployment& at, const Begin& begin) { return edit(at, true, begin); },
        [](const Deployment& at, Told told) { people_hold(at, told, true); });
}

Scenario coordinator_remove() {
    return scenario(
        "removing a coordinator",
        [](const Deployment& at) {
            take_programme(at);
            ask_to_join(at);
            REQUIRE(edit(at, true, [] {}));
        },
        [](const Deployment& at, const Begin& begin) { return edit(at, false, begin); },
        [](const Deployment& at, Told told) { people_hold(at, told, false); });
}

// ---- revoked devices ------------------------------------------------------------------------------------------------

/// As the file says it.
std::vector<std::string> revoked_now(const Deployment& at) {
    const auto file = deployment::sources_of(root(at)) / "revoked.txt";
    const auto text = fs::exists(file) ? test::read(file) : std::string();
    return text.empty() ? std::vector<std::string>{} : must(exchange::parse_revoked(crypto::as_bytes(text)));
}

bool revoke(const Deployment& at, bool revoked, const Begin& begin) {
    const auto key = programme(at);
    begin();
    auto held = deployment::RevokedEdit::begin(ready(), root(at), key);
    return held && held->write(asking, revoked);
}

/// `undo`: one that is in the list is taken out.
Scenario revoke_device(bool undo) {
    return scenario(
        undo ? "taking a device in again" : "revoking a device",
        [undo](const Deployment& at) {
            take_programme(at);
            if (undo) REQUIRE(revoke(at, true, [] {}));
        },
        [undo](const Deployment& at, const Begin& begin) { return revoke(at, !undo, begin); },
        [undo](const Deployment& at, Told told) {
            const std::vector<std::string> done = undo ? std::vector<std::string>{} : std::vector{asking};
            const std::vector<std::string> before = undo ? std::vector{asking} : std::vector<std::string>{};
            const auto now = revoked_now(at);
            CHECK((now == done || now == before));
            if (told == Told::Done) CHECK(now == done);
            CHECK(revoke(at, !undo, [] {}));
            CHECK(plan(at).contents.revoked == done);
        });
}

// ---- notes of sheets ------------------------------------------------------------------------------------------------

exchange::SheetsNote note_of(const Deployment& at, bool read) {
    const auto people = must(deployment::read_people(ready(), root(at), programme(at)));
    const auto recovery =
        std::find_if(people.recipients.begin(), people.recipients.end(), [](const auto& one) { return one.recovery; });
    const auto id = exchange::deployment_id(ready(), programme(at));
    exchange::SheetsNote note{id, recovery->recipient, {}, 2, 3, {}, test::today()};
    if (read) note.read = {1, 3};
    return note;
}

bool keep_note(const Deployment& at, bool read, const Begin& begin) {
    const auto note = note_of(at, read);
    const auto key = test::programme_key(at);
    begin();
    return deployment::keep_sheets_note(ready(), root(at), note, key).has_value();
}

/// `read`: the note that is there is replaced.
Scenario note_sheets(bool read) {
    return scenario(
        read ? "noting that sheets were read" : "noting sheets",
        [read](const Deployment& at) {
            take_programme(at);
            if (read) REQUIRE(keep_note(at, false, [] {}));
        },
        [read](const Deployment& at, const Begin& begin) { return keep_note(at, read, begin); },
        [read](const Deployment& at, Told told) {
            const auto notes = [&] {
                return deployment::sheets_notes(ready(), root(at), programme(at), note_of(at, read).recipient);
            };
            const auto before = notes();
            if (read) CHECK(before.size() == 1);
            if (told == Told::Done) REQUIRE(before.size() == 1);
            if (told == Told::Done) CHECK(before.front().proven() == read);
            CHECK(keep_note(at, read, [] {}));
            REQUIRE(notes().size() == 1);
            CHECK(notes().front().proven() == read);
        });
}

}  // namespace

}  // namespace desk

const std::vector<Scenario>& desk_scenarios() {
    static const auto all = [] {
        std::vector made{desk::bundle_build(),
                         desk::bundle_draft(),
                         desk::bundle_first_signature(),
                         desk::bundle_last_signature(),
                         desk::enroll(),
                         desk::coordinator_add(),
                         desk::coordinator_remove(),
                         desk::note_sheets(false),
                         desk::note_sheets(true),
                         desk::revoke_device(false),
                         desk::revoke_device(true),
                         issue_receipt(),
                         write_reply()};
        for (auto& one : desk::folder_scenarios()) made.push_back(std::move(one));
        for (auto& one : desk::backup_scenarios()) made.push_back(std::move(one));
        for (auto& one : desk::case_scenarios()) made.push_back(std::move(one));
        return made;
    }();
    return all;
}

}  // namespace fault

// A casebook is backed up and comes back while the disk fails: what is under the name of a backup or of a casebook is
// whole, the casebook before stays as it was, and it never says that there is a backup where there is none.
#include "app/backup/opening.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "app/deployment/casebook_restore.hpp"
#include "app/files/draft_folder.hpp"
#include "tests/fault/desk.hpp"

namespace fault::desk {
namespace {

fs::path backup_of(const Deployment& at) {
    return place(at) / "all.age";
}

fs::path moved_away(const Deployment& at) {
    return root(at) / "before";
}

/// A casebook with a refused file, so that all kinds of members are in its backup.
void take_casebook(const Deployment& at) {
    take_programme(at);
    make_book(at);
    const auto refused = place(at) / "refused";
    test::write(refused, "no batch");
    REQUIRE(must(open_book(at, book_folder(at)).book.quarantine(refused, "archive", "")));
    fs::remove(refused);
}

/// Nothing of it is changed, torn or lost.
std::optional<exchange::Day> whole(const Deployment& at, const fs::path& folder) {
    auto open = open_book(at, folder);
    const auto check = must(deployment::check_casebook(ready(), folder / "cases.db", open, {}));
    CHECK(check.whole());
    CHECK(must(open.book.quarantined()).size() == 1);
    CHECK(fs::exists(folder / "cases.db.quarantine"));
    return check.last_backup;
}

bool back_up(const Deployment& at, const Begin& begin) {
    auto open = open_book(at, book_folder(at));
    const auto file = deployment::casebook_of(root(at));
    const auto bundle = deployment::bundle_beside(ready(), file, programme(at));
    REQUIRE(bundle);
    const auto key =
        must(crypto::ReceiptSecretKey::parse(ready(), crypto::as_bytes(test::read(root(at) / "keys" / "receipt.key"))));
    begin();
    return deployment::back_up(ready(), {file, *bundle, key, test::today(), backup_of(at)}, open, {}).has_value();
}

Scenario backup() {
    return scenario("backing up a casebook", take_casebook, back_up, [](const Deployment& at, Told told) {
        const auto last = whole(at, book_folder(at));
        const bool there = fs::exists(backup_of(at));
        if (told == Told::Done) CHECK((there && last == test::today()));
        if (last) CHECK(there);
        CHECK(back_up(at, [] {}) == !there);
        const auto out = place(at) / "out";
        fs::create_directory(out);
        const auto unpacked = must(app::backup::unpack(ready(), backup_of(at), reader(at), out, {}));
        CHECK(app::backup::signer_of(ready(), unpacked, std::nullopt,
                                     app::backup::bundle_of(ready(), unpacked, {programme(at)})));
        whole(at, out);
        fs::remove_all(out);
    });
}

bool restore(const Deployment& at, const Begin& begin) {
    const deployment::RestoreOrder order{backup_of(at), root(at), programme(at)};
    auto identities = reader(at);
    begin();
    auto draft = app::files::DraftFolder::create(book_folder(at));
    if (!draft) return false;
    const auto restored = deployment::restore_casebook(ready(), order, std::move(identities), draft->path(), {});
    return restored && restored->check.whole() && deployment::keep_bundle(ready(), order, restored->backup) &&
           draft->publish();
}

Scenario restoring() {
    return scenario(
        "restoring a casebook",
        [](const Deployment& at) {
            take_casebook(at);
            REQUIRE(back_up(at, [] {}));
            fs::rename(book_folder(at), moved_away(at));
            fs::remove(root(at) / exchange::bundle_file_name(1));
        },
        restore,
        [](const Deployment& at, Told told) {
            CHECK(whole(at, moved_away(at)) == test::today());
            const bool there = fs::exists(book_folder(at));
            if (told == Told::Done) CHECK(there);
            if (there) whole(at, book_folder(at));
            CHECK(restore(at, [] {}) == !there);
            CHECK(whole(at, book_folder(at)) == test::today());
            CHECK(newest(at).bundle.version.sequence == 1);
        });
}

}  // namespace

std::vector<Scenario> backup_scenarios() {
    return {backup(), restoring()};
}

}  // namespace fault::desk

// P4: every kind of hostile or damaged batch gives the exact reaction that is stated beside it, in words and in JSON;
// nothing is written outside, the rest is taken in, and nothing of it reaches a terminal raw.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <chrono>
#include <cstdio>
#include <map>
#include <set>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "app/exchange/receipt.hpp"
#include "crypto/hash.hpp"
#include "tests/hostile/kinds.hpp"

using namespace hostile;
using nlohmann::json;
using outside::Ran;
using outside::ready;

namespace {

constexpr std::size_t least_kinds = 65;
constexpr auto batch_file = "b-0123456789abcdef.age";

exchange::Day today_here() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

std::string with(std::string text, std::string_view placeholder, std::string_view value) {
    for (auto at = text.find(placeholder); at != std::string::npos; at = text.find(placeholder, at + value.size()))
        text.replace(at, placeholder.size(), value);
    return text;
}

/// A kind on a medium of its own, beside a casebook of its own.
class Scene {
  public:
    static inline std::size_t receipts_read = 0;

    Scene(const Forge& forge, const Kind& kind) : forge_(forge), reaction_(kind.reaction) {
        for (const auto* const folder : {"keys", "casebook"})
            fs::copy(forge.programme() / folder, desk_.path() / folder, fs::copy_options::recursive);
        fs::create_directory(desk_.path() / "stick");
        kind.put({forge, desk_.path(), desk_.path() / "stick", desk_.path() / "stick" / batch_file});
        before_ = everything();
        fs::copy(desk_.path() / "casebook", kept_.path() / "casebook", fs::copy_options::recursive);
    }

    void check() const {
        check_words(import({}));
        check_outside();
        check_casebook();
    }
    /// The same as another program is told it, with the casebook as it was.
    void check_as_json() const {
        fs::remove_all(desk_.path() / "casebook");
        fs::copy(kept_.path() / "casebook", desk_.path() / "casebook", fs::copy_options::recursive);
        check_json(import({"--json"}));
        check_outside();
        check_casebook();
    }

  private:
    [[nodiscard]] Ran import(std::vector<std::string> more) const {
        std::vector<std::string> words{"import", "stick/" + std::string(batch_file), "--casebook", "casebook/cases.db"};
        words.insert(words.end(), more.begin(), more.end());
        auto ran = desk_.run("amparo", words);
        UNSCOPED_INFO(ran.out << "\n" << ran.err);
        CHECK_FALSE(ran.hung);
        CHECK(ran.code == reaction_.code);
        CHECK(outside::danger_in(ran.out).empty());
        CHECK(outside::danger_in(ran.err).empty());
        return ran;
    }

    [[nodiscard]] std::string filled(const std::string& text) const {
        const auto yesterday = exchange::day_text(today_here() - std::chrono::days(1));
        return with(with(with(text, "{device}", forge_.device()), "{file}", batch_file), "{yesterday}", yesterday);
    }
    [[nodiscard]] bool is_batch() const { return reaction_.fate == Fate::TakenIn || reaction_.word == "revoked"; }

    void check_words(const Ran& ran) const {
        static const std::map<Fate, std::string> after{
            {Fate::TryAgain, ""},
            {Fate::Quarantined, " A copy is kept unopened in quarantine."},
            {Fate::Noted, " Only its name, size and digest are noted, no copy is kept."}};
        const auto said = is_batch()
                              ? reaction_.said
                              : "amparo: {file} was not taken in: " + reaction_.said + after.at(reaction_.fate) + "\n";
        CHECK(ran.err == filled(said));
        std::string out;
        const auto count = reaction_.outcomes.size();
        if (reaction_.fate == Fate::TakenIn && reaction_.word != "again")
            out = "{file}: batch " + std::to_string(reaction_.sequence) + " taken in, " + std::to_string(count) +
                  (count == 1 ? " record.\n" : " records.\n");
        out += reaction_.out;
        if (reaction_.receipt)
            out += "1 receipt written, in: " + receipt_folders() +
                   ". Take it back to the device: only then does it know that its records arrived.\n";
        CHECK(ran.out == filled(out));
    }
    /// Both, but where the stick has something else under that name.
    [[nodiscard]] std::string receipt_folders() const {
        return reaction_.said.find("has the name of the receipt") == std::string::npos ? "casebook/receipts, stick"
                                                                                       : "casebook/receipts";
    }

    void check_json(const Ran& ran) const {
        const auto reports = json::parse(ran.out);
        REQUIRE(reports.size() == 1);
        const auto& report = reports[0];
        CHECK(report["file"] == batch_file);
        if (!is_batch()) {
            CHECK(report["refused"] == reaction_.word);
            CHECK(report["detail"] == reaction_.detail);
            CHECK(report["quarantined"] == (reaction_.fate == Fate::Quarantined));
            return;
        }
        CHECK(report["standing"] == reaction_.word);
        CHECK(report["sequence"] == reaction_.sequence);
        CHECK(report["device"] == forge_.device());
        CHECK(report["receipt"].is_string() == reaction_.receipt);
        CHECK(report["no_receipt"] == (reaction_.receipt ? json() : json("in-doubt")));
        std::vector<std::string> outcomes;
        for (const auto& record : report["records"]) outcomes.push_back(record["outcome"]);
        std::sort(outcomes.begin(), outcomes.end());
        CHECK(outcomes == reaction_.outcomes);
    }

    void check_casebook() const {
        auto opened =
            app::casebook::sqlcipher::open(ready(), desk_.path() / outside::casebook_file, forge_.identities());
        REQUIRE(opened);
        CHECK(opened->cases()->cases.size() == reaction_.cases);
        const auto first = opened->sealed_original(forge_.device(), std::string(32, '1'));
        CHECK(first.has_value() == reaction_.first_kept);
        if (first) CHECK(*first == forge_.sealed_of_first());
        if (reaction_.fate == Fate::TakenIn) check_custody(*opened);
        const auto noted = *opened->quarantined();
        const auto refused = reaction_.fate == Fate::Quarantined || reaction_.fate == Fate::Noted;
        CHECK(noted.size() == (refused ? 1U : 0U));
        if (!refused || noted.empty()) return;
        CHECK(noted[0].file == batch_file);
        CHECK(noted[0].reason == reaction_.word);
        CHECK(noted[0].detail == filled(reaction_.detail));
        CHECK(noted[0].kept == (reaction_.fate == Fate::Quarantined));
        const auto copy = desk_.path() / "casebook/cases.db.quarantine" / (noted[0].file_sha256 + ".age");
        CHECK(fs::exists(copy) == noted[0].kept);
        if (noted[0].kept) CHECK(test::read(copy) == test::read(desk_.path() / "stick" / batch_file));
    }

    /// Whatever a receipt confirms is in custody: every record that the batch lists, all of them and not all but some.
    void check_custody(app::casebook::Casebook& book) const {
        const auto batch = exchange::open_batch(ready(), desk_.path() / "stick" / batch_file, forge_.identities(),
                                                forge_.deployment_key().public_key(), today_here());
        REQUIRE(batch);
        std::set<Digest> kept;
        for (const auto& record : batch->records)
            if (const auto bytes = book.sealed_original(forge_.device(), record.name))
                kept.insert(crypto::sha256(ready(), *bytes));
        for (const auto& record : batch->records) CHECK(kept.contains(record.sha256));
        for (const auto& entry : fs::directory_iterator(desk_.path() / "stick")) {
            if (entry.path().extension() != ".receipt") continue;
            const auto receipt = exchange::load_receipt(ready(), test::read(entry.path()), {&forge_.signer(), 1});
            REQUIRE(receipt);
            CHECK(receipt->manifest == batch->manifest_sha256);
            CHECK(receipt->refused.empty());
            ++receipts_read;
        }
    }

    /// Every path of the desk with what is there; of the casebook only the names, for it is what changes.
    [[nodiscard]] std::map<std::string, std::string> everything() const {
        std::map<std::string, std::string> found;
        for (const auto& entry : fs::recursive_directory_iterator(desk_.path())) {
            const auto name = entry.path().lexically_relative(desk_.path()).string();
            if (name.starts_with(".said/")) continue;
            auto is = std::to_string(static_cast<int>(entry.symlink_status().type()));
            const bool plain = entry.symlink_status().type() == fs::file_type::regular;
            if (plain && !name.starts_with("casebook/"))
                is += entry.file_size() < (1U << 26U)
                          ? std::to_string(std::hash<std::string>{}(test::text(test::read(entry.path()))))
                          : std::to_string(entry.file_size());
            found[name] = is;
        }
        return found;
    }

    /// What is new are the receipt, on the medium and beside the casebook, and the copy in the casebook's quarantine.
    void check_outside() const {
        auto now = everything();
        for (const auto& [name, is] : before_) {
            INFO(name);
            CHECK(now[name] == is);
            now.erase(name);
        }
        std::size_t answers = 0;
        for (const auto& [name, is] : now) {
            INFO(name);
            const bool answer = name.ends_with(".receipt") || name.ends_with(".reply");
            if (answer && name.starts_with("stick/")) ++answers;
            CHECK((answer || name == "casebook/receipts" || name.starts_with("casebook/cases.db.quarantine")));
        }
        CHECK(answers == (reaction_.receipt && receipt_folders() != "casebook/receipts" ? 1U : 0U));
    }

    const Forge& forge_;
    const Reaction& reaction_;
    outside::Desk desk_;
    test::Folder kept_;
    std::map<std::string, std::string> before_;
};

}  // namespace

namespace hostile {

app::casebook::Casebook Place::book() const {
    auto opened = app::casebook::sqlcipher::open(ready(), root / outside::casebook_file, forge.identities());
    REQUIRE(opened);
    return std::move(*opened);
}

void Place::import(const Bytes& bytes) const {
    const auto to = root / "before.age";
    test::write(to, bytes);
    const auto batch =
        exchange::open_batch(ready(), to, forge.identities(), forge.deployment_key().public_key(), today_here());
    REQUIRE(batch);
    REQUIRE(book().import_batch(*batch, forge.identities()));
    fs::remove(to);
}

}  // namespace hostile

TEST_CASE("P4 every kind of hostile batch gives its exact reaction, and nothing is written outside") {
    const Forge forge;
    std::set<std::string> names;
    std::map<Fate, std::size_t> fates;
    std::set<std::vector<std::string>> told;
    for (const auto& kinds : {outer_kinds(), archive_kinds(), signed_kinds(), device_kinds(), record_kinds()})
        for (const auto& kind : kinds) {
            INFO(kind.name);
            CHECK(names.insert(kind.name).second);
            ++fates[kind.reaction.fate];
            const Scene scene(forge, kind);
            scene.check();
            // Of each standing, reason and outcome once: every one of them as a whole costs as much again.
            auto words = kind.reaction.outcomes;
            words.push_back(kind.reaction.word);
            if (told.insert(words).second) scene.check_as_json();
        }
    CHECK(names.size() >= least_kinds);
    CHECK(Scene::receipts_read >= 40);
    std::printf(
        "P4 hostile batches: %zu kinds of them gave the exact reaction (%zu taken in, what is bad or in doubt said; "
        "%zu kept in quarantine, %zu noted, %zu refused for another try), nothing written outside\n",
        names.size(), fates[Fate::TakenIn], fates[Fate::Quarantined], fates[Fate::Noted], fates[Fate::TryAgain]);
}

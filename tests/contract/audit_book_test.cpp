// What everybody who keeps the audits of devices has to do: each case runs on each of tests/contract/kinds.hpp.
#include "app/exchange/audit.hpp"

#include "tests/contract/scene.hpp"

using app::casebook::rules::AuditChain;
using app::exchange::AuditType;
using test::eight;
using test::Scene;
using test::seven;

namespace {

std::string name_of(std::uint64_t number, AuditType type = AuditType::SignedIn) {
    return app::exchange::audit_name({number, test::today, std::string(app::exchange::audit_word(type))});
}

/// Keeps an entry with the text as its bytes.
void keep(Scene& scene, const std::string& device, std::uint64_t epoch, std::uint64_t number,
          const std::string& text = "entry", AuditType type = AuditType::SignedIn) {
    const auto name = name_of(number, type);
    const auto digest = crypto::sha256(test::ready(), crypto::as_bytes(text));
    REQUIRE(scene.audits().keep({device, epoch, number, name, digest, crypto::as_bytes(text)}));
}

std::vector<std::string> texts_after(Scene& scene, std::uint64_t number, std::size_t most = 100) {
    std::vector<std::string> texts;
    REQUIRE(scene.audits().each_after(
        seven, 1, number, [&](std::string_view name, crypto::ByteView sealed) -> app::casebook::Result<bool> {
            CHECK(app::exchange::parse_audit_name(name));
            texts.emplace_back(crypto::as_text(sealed));
            return texts.size() < most;
        }));
    return texts;
}

crypto::Digest digest(unsigned char value) {
    crypto::Digest made{};
    made.fill(static_cast<std::byte>(value));
    return made;
}

}  // namespace

TEST_CASE("an entry of an audit is told from others of its number by epoch, name and bytes") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    keep(scene, seven, 1, 4, "four");
    keep(scene, seven, 2, 4, "other four");
    keep(scene, seven, 1, 5, "four");
    keep(scene, eight, 3, 4, "four");
    const auto four = crypto::sha256(test::ready(), crypto::as_bytes("four"));
    const auto name = name_of(4);
    auto beside = *scene.audits().beside({seven, 9, 4, name, four, {}});
    std::sort(beside.begin(), beside.end(), [](const auto& a, const auto& b) { return a.epoch < b.epoch; });
    REQUIRE(beside.size() == 2);
    CHECK(beside[0].epoch == 1);
    CHECK(beside[0].same);
    CHECK(beside[1].epoch == 2);
    CHECK_FALSE(beside[1].same);
    const auto other_name = name_of(4, AuditType::DatabaseRepaired);
    const auto none_same = *scene.audits().beside({seven, 9, 4, other_name, four, {}});
    CHECK(none_same.size() == 2);
    for (const auto& one : none_same) CHECK_FALSE(one.same);
    CHECK(scene.audits().beside({seven, 1, 6, name, four, {}})->empty());
}

TEST_CASE("the entries of an epoch are shown by number, then as they came, until enough was seen") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    keep(scene, seven, 1, 3, "three");
    keep(scene, seven, 1, 2, "two");
    keep(scene, seven, 1, 3, "second three");
    keep(scene, seven, 1, 1, "one");
    keep(scene, seven, 2, 4, "of another epoch");
    keep(scene, eight, 1, 4, "of another device");
    CHECK(texts_after(scene, 0) == std::vector<std::string>{"one", "two", "three", "second three"});
    CHECK(texts_after(scene, 2) == std::vector<std::string>{"three", "second three"});
    CHECK(texts_after(scene, 0, 2) == std::vector<std::string>{"one", "two"});
    CHECK(texts_after(scene, 3).empty());
    const auto fails = [](std::string_view, crypto::ByteView) -> app::casebook::Result<bool> {
        return tl::unexpected(app::casebook::Error::Damaged);
    };
    CHECK(scene.audits().each_after(seven, 1, 0, fails).error() == app::casebook::Error::Damaged);
    CHECK(*scene.audits().first_number(seven, 1) == 1);
    CHECK(*scene.audits().last_number(seven, 1) == 3);
    CHECK(*scene.audits().last_number(seven, 3) == 0);
    CHECK(*scene.audits().epochs(seven) == std::vector<std::uint64_t>{1, 2});
    CHECK(scene.audits().epochs("de000000000000000000000000000009")->empty());
}

TEST_CASE("an audit lists each entry once, under the lowest epoch that brought it") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    keep(scene, eight, 1, 1, "other");
    keep(scene, seven, 2, 1, "one");
    keep(scene, seven, 1, 1, "one");
    keep(scene, seven, 2, 2, "two");
    keep(scene, seven, 1, 2, "another two");
    const auto all = *scene.audits().entries("");
    std::vector<std::pair<std::uint64_t, std::string>> seen;
    for (const auto& one : all) seen.emplace_back(one.epoch, crypto::as_text(one.sealed));
    CHECK(seen ==
          std::vector<std::pair<std::uint64_t, std::string>>{{1, "one"}, {1, "another two"}, {2, "two"}, {1, "other"}});
    CHECK(all.back().device == eight);
    CHECK(scene.audits().entries(seven)->size() == 3);
    CHECK(scene.audits().entries(seven)->front().name == name_of(1));
}

TEST_CASE("a repair counts for its epoch, and for all when it came before epochs were told apart") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    const auto type = app::exchange::audit_word(AuditType::DatabaseRepaired);
    keep(scene, seven, 3, 1);
    CHECK_FALSE(*scene.audits().notes(seven, 3, type));
    keep(scene, seven, 3, 2, "repair", AuditType::DatabaseRepaired);
    CHECK(*scene.audits().notes(seven, 3, type));
    CHECK_FALSE(*scene.audits().notes(seven, 2, type));
    CHECK_FALSE(*scene.audits().notes(eight, 3, type));
    keep(scene, eight, 0, 1, "repair", AuditType::DatabaseRepaired);
    CHECK(*scene.audits().notes(eight, 7, type));
}

TEST_CASE("entries are left behind where the later epoch has not the very same") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    keep(scene, seven, 1, 1, "one");
    keep(scene, seven, 1, 2, "two");
    keep(scene, seven, 2, 2, "two");
    CHECK_FALSE(*scene.audits().left_behind(seven, 1, 1, 2));
    CHECK(*scene.audits().left_behind(seven, 1, 0, 2));  // the first
    keep(scene, seven, 1, 3, "three");
    keep(scene, seven, 2, 3, "another three");
    CHECK(*scene.audits().left_behind(seven, 1, 1, 2));
    CHECK_FALSE(*scene.audits().left_behind(seven, 1, 3, 2));
    CHECK_FALSE(*scene.audits().left_behind(eight, 1, 0, 2));
}

TEST_CASE("a chain keeps its start, and every claim about a place of it is remembered once") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& audits = scene.audits();
    CHECK_FALSE(*audits.chain(seven, 2));
    REQUIRE(audits.set_chain(seven, AuditChain{2, 4, digest(4), 5, digest(5), false}));
    REQUIRE(audits.set_chain(seven, AuditChain{2, 1, digest(1), 9, digest(9), true}));
    const auto chain = *audits.chain(seven, 2);
    REQUIRE(chain);
    CHECK(chain->epoch == 2);
    CHECK(chain->start == 4);
    CHECK(chain->start_head == digest(4));
    CHECK(chain->number == 9);
    CHECK(chain->head == digest(9));
    CHECK(chain->broken);
    CHECK_FALSE(*audits.chain(seven, 1));
    CHECK_FALSE(*audits.chain(eight, 2));
    for (const auto& head : {digest(1), digest(2), digest(1)}) REQUIRE(audits.claim(seven, 2, 9, head));
    CHECK(audits.claims(seven, 2, 9)->size() == 2);
    CHECK(audits.claims(seven, 2, 8)->empty());
    CHECK(audits.claims(seven, 1, 9)->empty());
    CHECK(audits.claims(eight, 2, 9)->empty());
}

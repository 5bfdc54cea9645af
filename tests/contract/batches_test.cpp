// What everybody who keeps batches and devices has to do: each case runs on each of tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using app::casebook::rules::Batch;
using test::eight;
using test::Scene;
using test::seven;

namespace {

const crypto::Digest none{};

/// Places without digests.
std::vector<std::pair<std::uint64_t, std::uint64_t>> places_of(const std::vector<Batch>& batches) {
    std::vector<std::pair<std::uint64_t, std::uint64_t>> places;
    for (const auto& one : batches) places.emplace_back(one.epoch, one.sequence);
    return places;
}

using Places = std::vector<std::pair<std::uint64_t, std::uint64_t>>;

}  // namespace

TEST_CASE("a device stays forked, and is revoked and admitted again, also before anything of it came") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    CHECK_FALSE(*batches.device(eight));
    REQUIRE(batches.revoke(eight, true));
    CHECK((*batches.device(eight))->revoked);
    CHECK_FALSE((*batches.device(eight))->forked);
    REQUIRE(batches.note(eight, true));
    REQUIRE(batches.note(eight, false));
    CHECK((*batches.device(eight))->forked);
    CHECK((*batches.device(eight))->revoked);
    REQUIRE(batches.revoke(eight, false));
    CHECK_FALSE((*batches.device(eight))->revoked);
    const auto all = batches.devices();
    REQUIRE(all->size() == 2);
    CHECK(all->front().device == seven);
    CHECK_FALSE(all->front().forked);
    CHECK(all->back().device == eight);
}

TEST_CASE("what the programme revokes and what a casebook revokes are kept apart, and the last bundle counts") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    CHECK(batches.heeded()->bundle == 0);
    CHECK(batches.heeded()->signatures == 1);
    CHECK(batches.heeded()->signers.empty());
    const auto one = crypto::ReceiptSecretKey::generate(test::ready())->public_key();
    const auto other = crypto::ReceiptSecretKey::generate(test::ready())->public_key();
    const std::string nine = "de000000000000000000000000000009";
    REQUIRE(batches.revoke(eight, true));
    REQUIRE(batches.heed({4, 2, {one, other}}, {seven, eight}));
    CHECK(batches.heeded()->bundle == 4);
    CHECK(batches.heeded()->signatures == 2);
    CHECK(batches.heeded()->signers == std::vector{one, other});
    CHECK((*batches.device(seven))->revoked.bundle == 4);
    CHECK_FALSE((*batches.device(seven))->revoked.own);
    CHECK((*batches.device(eight))->revoked.bundle == 4);
    CHECK((*batches.device(eight))->revoked.own);
    REQUIRE(batches.revoke(eight, false));
    CHECK((*batches.device(eight))->revoked);  // by the programme still
    REQUIRE(batches.note(seven, true));
    REQUIRE(batches.revoke(seven, true));
    REQUIRE(batches.heed({6, 1, {}}, {nine}));
    CHECK(batches.heeded()->bundle == 6);
    CHECK(batches.heeded()->signers.empty());
    CHECK_FALSE((*batches.device(eight))->revoked);
    CHECK((*batches.device(seven))->revoked.bundle == 0);
    CHECK((*batches.device(seven))->revoked.own);
    CHECK((*batches.device(seven))->forked);
    CHECK((*batches.device(nine))->revoked.bundle == 6);
    CHECK(batches.last(seven).value()->device.revoked.own);
    CHECK(batches.devices()->size() == 3);
}

TEST_CASE("what is heeded in a change that is not finished is not heeded") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    {
        const auto change = scene.custody().begin();
        REQUIRE(change);
        REQUIRE(scene.batches().heed({4, 2, {}}, {seven}));
    }
    CHECK(scene.batches().heeded()->bundle == 0);
    CHECK_FALSE((*scene.batches().device(seven))->revoked);
}

TEST_CASE("a batch is known by its device, place and manifest together") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    const auto second = scene.arrive(seven, 1, 2, Scene::manifest(1, 1));
    const auto twin = scene.arrive(seven, 1, 2, none, "twin");
    CHECK(second != twin);
    CHECK(*batches.number_of(seven, {1, 2, Scene::manifest(1, 2), none}) == second);
    CHECK(*batches.number_of(seven, {1, 2, Scene::manifest(1, 2, "twin"), none}) == twin);
    CHECK_FALSE(*batches.number_of(seven, {1, 3, Scene::manifest(1, 2), none}));
    CHECK_FALSE(*batches.number_of(seven, {2, 2, Scene::manifest(1, 2), none}));
    CHECK_FALSE(*batches.number_of(eight, {1, 2, Scene::manifest(1, 2), none}));
    const auto named = *batches.named(seven, Scene::manifest(1, 2));
    REQUIRE(named);
    CHECK(places_of({*named}) == Places{{1, 2}});
    CHECK(named->manifest == Scene::manifest(1, 2));
    CHECK_FALSE(*batches.named(eight, Scene::manifest(1, 2)));
    CHECK_FALSE(*batches.named(seven, Scene::manifest(1, 3)));
}

TEST_CASE("a batch as a source says what is known of its device by now, and whether its certificate had ended") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    const auto batch = scene.arrive(seven, 3, 4, none, "certificate of the fourth");
    auto origin = *batches.origin(batch);
    REQUIRE(origin);
    CHECK(origin->device.device == seven);
    CHECK_FALSE(origin->device.forked);
    CHECK(origin->epoch == 3);
    CHECK(origin->sequence == 4);
    CHECK_FALSE(origin->certificate_ended);
    CHECK(crypto::as_text(origin->certificate) == "certificate of the fourth");
    REQUIRE(batches.note(seven, true));
    REQUIRE(batches.revoke(seven, true));
    REQUIRE(batches.mark_ended(batch, true));
    REQUIRE(batches.mark_ended(batch, true));
    origin = *batches.origin(batch);
    CHECK(origin->device.forked);
    CHECK(origin->device.revoked);
    CHECK(origin->certificate_ended);
    REQUIRE(batches.mark_ended(batch, false));
    CHECK_FALSE((*batches.origin(batch))->certificate_ended);
    CHECK_FALSE(*batches.origin(batch + 100));
}

TEST_CASE("the batches beside one are those of its device and epoch, one place before and after") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    for (std::uint64_t sequence = 2; sequence <= 5; ++sequence)
        scene.arrive(seven, 1, sequence, Scene::manifest(1, sequence - 1));
    scene.arrive(seven, 2, 3);
    scene.arrive(eight, 1, 3);
    auto beside = *batches.beside(seven, {1, 3, none, none});
    std::sort(beside.begin(), beside.end(), [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
    CHECK(places_of(beside) == Places{{1, 2}, {1, 3}, {1, 4}});
    CHECK(beside[1].manifest == Scene::manifest(1, 3));
    CHECK(beside[1].previous == Scene::manifest(1, 2));
    CHECK(places_of(*batches.beside(seven, {1, 1, none, none})).size() == 2);
    CHECK(batches.beside(seven, {4, 1, none, none})->empty());
}

TEST_CASE("the places of a device's batches come once each, by epoch and sequence, with what the first of each names") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    scene.arrive(seven, 3, 1, Scene::manifest(1, 3));
    scene.arrive(seven, 1, 3);
    scene.arrive(seven, 1, 3, none, "twin");
    scene.arrive(eight, 1, 7);
    const auto places = *batches.places(seven);
    CHECK(places_of(places) == Places{{1, 1}, {1, 3}, {3, 1}});
    CHECK(places.back().previous == Scene::manifest(1, 3));
    CHECK(batches.places("de000000000000000000000000000009")->empty());
    const auto last = *batches.last(seven);
    REQUIRE(last);
    CHECK(last->epoch == 3);
    CHECK(last->sequence == 1);
    CHECK(last->device.device == seven);
    CHECK_FALSE(*batches.last("de000000000000000000000000000009"));
}

TEST_CASE("an epoch says how much of it is here, what was before it, and what the next one names") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    scene.arrive(seven, 2, 3);
    scene.arrive(seven, 2, 4);
    scene.arrive(seven, 2, 4, none, "twin");
    scene.arrive(seven, 5, 1, Scene::manifest(2, 4));
    scene.arrive(seven, 5, 1, none, "twin");
    scene.arrive(seven, 7, 1, Scene::manifest(5, 1));
    scene.arrive(eight, 9, 9);
    CHECK(*batches.last_sequence(seven, 2) == 4);
    CHECK(*batches.last_sequence(seven, 3) == 0);
    CHECK(*batches.count_up_to(seven, 2, 3) == 1);
    CHECK(*batches.count_up_to(seven, 2, 9) == 2);
    CHECK(*batches.epoch_before(seven, 5) == 2);
    CHECK(*batches.epoch_before(seven, 1) == 0);
    const auto named = *batches.named_by_next_epoch(seven, 2);
    CHECK(named.size() == 2);
    CHECK(std::count(named.begin(), named.end(), Scene::manifest(2, 4)) == 1);
    CHECK(batches.named_by_next_epoch(seven, 7)->empty());
    CHECK(batches.named_by_next_epoch(seven, 1)->empty());  // the next is here, its first batch is not
    CHECK(*batches.begun_epochs(seven) == std::vector<std::uint64_t>{1, 5, 7});
    CHECK(*batches.has_begun(seven, 5));
    CHECK_FALSE(*batches.has_begun(seven, 2));
    CHECK_FALSE(*batches.has_begun(eight, 5));
}

TEST_CASE("an epoch names nothing before it only where nothing is, and its first batch says so") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    CHECK(*batches.names_nothing_before(seven, 1));
    scene.arrive(seven, 3, 1);
    CHECK_FALSE(*batches.names_nothing_before(seven, 3));
    scene.arrive(eight, 4, 2);
    CHECK(*batches.names_nothing_before(eight, 4));  // its first batch may still come
    scene.arrive(eight, 4, 1, Scene::manifest(3, 9));
    CHECK_FALSE(*batches.names_nothing_before(eight, 4));
}

TEST_CASE("the audit before an epoch is unknown where its first batch names none and others came before") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& batches = scene.batches();
    scene.arrive(seven, 2, 1, Scene::manifest(1, 1));
    scene.arrive(eight, 3, 1);
    CHECK_FALSE(*batches.audit_unknown(seven));
    CHECK_FALSE(*batches.audit_unknown(eight));
    scene.arrive(seven, 3, 1);
    CHECK(*batches.audit_unknown(seven));
    CHECK_FALSE(*batches.audit_unknown(eight));
}

TEST_CASE("the certificates of an epoch are those that came with its batches") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    scene.arrive(seven, 2, 1, none, "first");
    scene.arrive(seven, 2, 2, none, "second");
    scene.arrive(seven, 3, 1, none, "third");
    scene.arrive(eight, 2, 1, none, "other");
    std::set<std::string> seen;
    REQUIRE(scene.batches().each_certificate(
        seven, 2, [&](crypto::ByteView certificate) { seen.insert(std::string(crypto::as_text(certificate))); }));
    CHECK(seen == std::set<std::string>{"first", "second"});
}

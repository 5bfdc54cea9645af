// Verified batches that are in doubt: the place in the device's life, its certificate, a device that was revoked; and
// what lies where the answer would go.
#include <catch2/catch_all.hpp>

#include "crypto/open/open.hpp"
#include "tests/hostile/kinds.hpp"

namespace hostile {
namespace {

using outside::ready;
using Put = std::function<void(const Place&)>;

Put sent(const std::function<void(const Forge&, Order&)>& change) {
    return [change](const Place& place) {
        auto order = place.forge.next();
        change(place.forge, order);
        place.write(place.forge.file(order));
    };
}

/// Taken in, and something about it is said.
Reaction doubted(const std::string& standing, const std::string& said, int code, bool receipt) {
    auto reaction = taken_in();
    reaction.word = standing;
    reaction.said = said;
    reaction.code = code;
    reaction.receipt = receipt;
    return reaction;
}
Reaction gap(const std::string& missing, std::uint64_t sequence) {
    auto reaction =
        doubted("gap", "Device {device}: batches " + missing + " have not arrived yet; ask for them.\n", 0, true);
    reaction.sequence = sequence;
    return reaction;
}
Reaction copied(std::uint64_t sequence) {
    auto reaction = doubted("forked",
                            "amparo: ALARM: device {device} sent two different batches " + std::to_string(sequence) +
                                "; it may be copied or rolled back. Inspect it.\n",
                            1, false);
    reaction.sequence = sequence;
    return reaction;
}

Kinds sequence_kinds() {
    Kinds kinds{
        {"the batch before, under its number, with other records", sent([](const Forge&, Order& order) {
             order.sequence = 1;
             order.previous = {};
         }),
         copied(1)},
        {"another batch before than the one that is here",
         sent([](const Forge&, Order& order) { order.previous[0] ^= std::byte{1}; }), copied(2)},
        {"no batch before, though there was one", sent([](const Forge&, Order& order) { order.previous = {}; }),
         copied(2)},
        {"a batch left out", sent([](const Forge&, Order& order) { order.sequence = 3; }), gap("2 of epoch 1", 3)},
        {"the largest sequence there is",
         sent([](const Forge&, Order& order) { order.sequence = exchange::batch_most_sequence; }),
         gap("2-999999999 of epoch 1", exchange::batch_most_sequence)},
    };
    auto again = taken_in();
    again.word = "again";
    again.sequence = 1;
    again.said = "{file}: batch 1 was here already; nothing changed.\n";
    again.cases = 1;
    again.outcomes = {"known"};
    kinds.push_back({"the same file once more", [](const Place& p) { p.write(p.forge.first()); }, again});
    kinds.push_back(
        {"the same inside, sealed once more",
         [](const Place& place) {
             const auto& identities = place.forge.identities();
             place.write(place.forge.outer(*crypto::open::open_bytes(ready(), place.forge.first(), {identities, {}})));
         },
         again});
    auto before =
        doubted("forked-before",
                "amparo: ALARM: device {device} was found copied or rolled back before; batch 3 is in custody. "
                "Inspect it, or refuse it with “amparo deployment device revoke”.\n"
                "Device {device}: batches 2 of epoch 1 have not arrived yet; ask for them.\n",
                1, false);
    before.sequence = 3;
    before.cases = 3;
    kinds.push_back({"the next of a device that was found copied",
                     [](const Place& place) {
                         auto twin = place.forge.with({});
                         twin.sequence = 1;
                         twin.previous = {};
                         twin.sealed = {{std::string(32, '3'), place.forge.sealed(place.forge.record(3).dump())}};
                         place.import(place.forge.file(twin));
                         auto order = place.forge.next();
                         order.sequence = 3;
                         place.write(place.forge.file(order));
                     },
                     before});
    return kinds;
}

Kinds epoch_kinds() {
    auto doubt =
        doubted("epoch-doubt",
                "amparo: ALARM: device {device} is in epoch 2, but was not enrolled for it and noted no repair; "
                "it may be copied. Inspect it.\n",
                1, true);
    doubt.sequence = 1;
    const auto epoch = [](const std::function<void(const Forge&, Order&)>& change = {}) {
        return sent([change](const Forge& forge, Order& order) {
            order.epoch = 2;
            order.sequence = 1;
            if (change) change(forge, order);
        });
    };
    auto repaired = taken_in();
    repaired.sequence = 1;
    auto leaving_out = copied(1);
    auto unknown = gap("of epoch 1 from 2 on", 1);
    unknown.said =
        "Device {device}: batches of epoch 1 from 2 on have not arrived, nobody knows how many; ask for them.\n";
    return {
        {"an epoch above the certificate's without a repair", epoch(), doubt},
        {"an epoch above the certificate's with a repair",
         epoch([](const Forge& forge, Order& order) { forge.note_repair(order); }), repaired},
        {"the first of an epoch that follows what is not here", epoch([](const Forge& forge, Order& order) {
             order.certificate = forge.certificate(2, 365);
             order.previous[0] ^= std::byte{1};
         }),
         unknown},
        {"the first of an epoch that leaves out a batch that is here",
         [](const Place& place) {
             auto second = place.forge.next();
             second.sealed = {{std::string(32, '3'), place.forge.sealed(place.forge.record(3).dump())}};
             place.import(place.forge.file(second));
             auto order = place.forge.next();  // names the first as the one before
             order.epoch = 2;
             order.sequence = 1;
             order.certificate = place.forge.certificate(2, 365);
             place.write(place.forge.file(order));
         },
         [&] {
             leaving_out.cases = 3;
             return leaving_out;
         }()},
    };
}

Kinds doubted_kinds() {
    auto ended = doubted("in-order", "", 1, true);
    ended.said =
        "amparo: ALARM: the certificate of device {device} ended on {yesterday}; {file} is in custody all the "
        "same. Enrol the device again.\n";
    Reaction revoked{Fate::Quarantined, 1, "revoked", "{device}"};
    revoked.said =
        "amparo: {file} comes from device {device}, which was revoked; a copy is kept unopened in quarantine.\n";
    revoked.sequence = 2;
    return {
        {"a certificate that has ended",
         sent([](const Forge& forge, Order& order) { order.certificate = forge.certificate(1, -1); }), ended},
        {"a device that was revoked",
         [](const Place& place) {
             REQUIRE(place.book().revoke(place.forge.device()));
             place.write(place.forge.file(place.forge.next()));
         },
         revoked},
    };
}

}  // namespace

Kinds device_kinds() {
    auto kinds = sequence_kinds();
    for (auto&& more : {epoch_kinds(), doubted_kinds()}) kinds.insert(kinds.end(), more.begin(), more.end());
    return kinds;
}

}  // namespace hostile

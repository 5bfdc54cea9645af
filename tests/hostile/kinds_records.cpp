// Good batches with one bad record beside a good one: the good one is a case, the bad one is kept sealed and said.
#include <algorithm>
#include <catch2/catch_all.hpp>

#include "crypto/reply.hpp"
#include "tests/hostile/kinds.hpp"

namespace hostile {
namespace {

using nlohmann::json;
using outside::ready;
using Put = std::function<void(const Place&)>;

const std::string beside_name(32, 'a');  // of the member with the bad record

/// A batch with record 2, good, and this sealed one.
Put beside(const std::function<Bytes(const Forge&)>& make) {
    return [make](const Place& place) { place.write(place.forge.file(place.forge.with({make(place.forge)}))); };
}
/// Record 3, changed.
Put record(const std::function<void(json&)>& change) {
    return beside([change](const Forge& forge) {
        auto text = forge.record(3);
        change(text);
        return forge.sealed(text.dump());
    });
}
Put raw(const std::function<void(std::string&)>& change) {
    return beside([change](const Forge& forge) {
        auto text = forge.record(3).dump();
        change(text);
        return forge.sealed(text);
    });
}
Put withdrawn(unsigned number, unsigned revision, const std::function<void(Order&)>& change = {}) {
    return [=](const Place& place) {
        auto text = place.forge.record(number);
        for (const auto* const said : {"actions", "answers", "indicators", "readings", "override"}) text.erase(said);
        text["kind"] = "withdrawn";
        text["revision"] = revision;
        auto order = place.forge.with({place.forge.sealed(text.dump())});
        if (change) change(order);
        place.write(place.forge.file(order));
    };
}

/// Kept sealed, and said with its reason; the other one is a case.
Reaction listed(const std::string& outcome, const std::string& why) {
    auto reaction = taken_in({"new", outcome});
    std::sort(reaction.outcomes.begin(), reaction.outcomes.end());
    reaction.code = 1;
    reaction.cases = 2;
    reaction.said = "record " + beside_name + " is kept sealed and not listed: " + why + ".\n";
    return reaction;
}
Reaction malformed(const std::string& detail) {
    // Where in it; what is wrong there is for programs.
    return listed("malformed",
                  "it is no record that this version can read (" + detail.substr(0, detail.find(':')) + ")");
}
Reaction damaged_inside() {
    return listed("unopenable", "it is damaged, and was when the device sent it");
}
Reaction of_another() {
    return listed("other-device", "it names another device or programme than the one that sent it");
}
/// Nothing is said of it but in --json.
Reaction quietly(const std::string& outcome, std::size_t cases) {
    auto reaction = taken_in({"new", outcome});
    std::sort(reaction.outcomes.begin(), reaction.outcomes.end());
    reaction.cases = cases;
    return reaction;
}

Kinds sealed_kinds() {
    return {
        {"a record sealed to others", beside([](const Forge& f) { return f.sealed_to_others(f.record(3).dump()); }),
         listed("not-for-us", "no key given here opens it; ask the other coordinators")},
        {"a record that is cut", beside([](const Forge& f) {
             auto bytes = f.sealed(f.record(3).dump());
             bytes.resize(bytes.size() - 20);
             return bytes;
         }),
         damaged_inside()},
        {"a record with a bit flipped before it was listed", beside([](const Forge& f) {
             auto bytes = f.sealed(f.record(3).dump());
             bytes[bytes.size() / 2] ^= std::byte{1};
             return bytes;
         }),
         damaged_inside()},
        {"a record that is not age", beside([](const Forge&) { return test::bytes("\x1b[2J hello"); }),
         damaged_inside()},
        {"zeros in place of a record", beside([](const Forge&) { return Bytes(4096); }), damaged_inside()},
        {"a sealed record that holds nothing", beside([](const Forge& f) { return f.outer({}); }),
         malformed("record: not an object")},
        {"a record without padding", beside([](const Forge& f) { return f.outer(test::bytes(f.record(3).dump())); }),
         quietly("new", 3)},
        {"a record with something else for padding", raw([](std::string& t) { t += std::string(1, '\0'); }),
         malformed("record: not an object")},
        {"two records in one", raw([](std::string& t) { t += t; }), malformed("record: not JSON")},
        {"a record larger than any", beside([](const Forge& f) {
             auto text = f.record(3);
             text["answers"][0]["value"] = std::string(300'000, 'x');
             return f.outer(test::bytes(text.dump()));
         }),
         malformed("record: too large")},
        {"the same sealed record under two names",
         [](const Place& place) {
             auto order = place.forge.next();
             order.sealed.emplace_back(beside_name, order.sealed.front().second);
             place.write(place.forge.file(order));
         },
         quietly("known", 2)},
    };
}

Kinds content_kinds() {
    return {
        {"not JSON", raw([](std::string& t) { t = "hello"; }), malformed("record: not an object")},
        {"JSON that is no record", raw([](std::string& t) { t = R"({"amparo":1})"; }), malformed("record: missing")},
        {"a later version of a record", record([](json& r) { r["amparo"] = 2; }),
         malformed("amparo: another format version")},
        {"a member of a record twice", raw([](std::string& t) { t.insert(1, R"("kind":"final",)"); }),
         malformed("record: a member twice")},
        {"no UTF-8", raw([](std::string& t) { replace(t, "interpreter_needed", "\xff\xfe"); }),
         malformed("record: not JSON")},
        {"braces a thousand deep", record([](json& r) {
             for (int i = 0; i < 1'000; ++i) r["deep"] = json{{"d", r["deep"]}};
         }),
         malformed("record: too deep")},
        {"a text in place of a number", record([](json& r) { r["revision"] = "1"; }),
         malformed("revision: not a whole number in range")},
        {"a revision that is no whole number", record([](json& r) { r["revision"] = 1.5; }),
         malformed("revision: not a whole number in range")},
        {"a revision beyond the largest", record([](json& r) { r["revision"] = 4'294'967'296; }),
         malformed("revision: not a whole number in range")},
        {"control characters in the case code", record([](json& r) { r["case_code"] = "a\x1b[2Jb"; }),
         malformed("case_code: not a case code")},
        {"a direction character in the form's version", record([](json& r) { r["form"]["version"] = "1\xe2\x80\xae"; }),
         malformed("form.version: not a version")},
        {"a day that there is not", record([](json& r) { r["day"] = "2026-02-30"; }), malformed("day: not a day")},
        {"the id of a device for a record", record([](json& r) { r["record"] = r["device"]; }),
         malformed("record: the id of a device")},
        {"a record of another programme", record([](json& r) { r["deployment"] = "0123456789abcdef"; }), of_another()},
        {"a record of another device", record([](json& r) { r["device"] = std::string(32, 'd'); }), of_another()},
        {"a form that nobody knows", record([](json& r) { r["form"]["id"] = "never-heard-of"; }), quietly("new", 3)},
        {"members that nobody knows", record([](json& r) { r["\x1b[2J"] = "\xe2\x80\xae"; }), quietly("new", 3)},
        {"an answer that would steer a terminal",
         record([](json& r) { r["answers"][0]["value"] = "\x1b]0;owned\x07\xe2\x80\xae\r\n"; }), quietly("new", 3)},
    };
}

Kinds order_kinds() {
    const auto conflict = listed("conflict", "under the same revision another content was here; the first one counts");
    auto older = quietly("older", 2);
    auto replaced = quietly("replaced", 2);
    replaced.first_kept = true;  // the sealed original of a replaced one stays
    auto taken_back = quietly("withdrawn", 2);
    taken_back.first_kept = false;
    taken_back.out = "1 case was taken back by the person and erased: radio-hotel-canal-482.\n";
    auto held = quietly("withdrawal-held", 2);
    held.word = "gap";
    held.sequence = 3;
    held.said =
        "1 case was taken back by a device in doubt: radio-hotel-canal-482. Nothing was erased; decide with “amparo "
        "cases held”.\nDevice {device}: batches 2 of epoch 1 have not arrived yet; ask for them.\n";
    return {
        {"the revision that is here with other content", beside([](const Forge& f) {
             auto text = f.record(1);
             text["revision"] = 3;
             text["notes"] = "other";
             return f.sealed(text.dump());
         }),
         conflict},
        {"an earlier revision than the one that is here", beside([](const Forge& f) {
             auto text = f.record(1);
             text["revision"] = 2;
             return f.sealed(text.dump());
         }),
         older},
        {"a later revision", beside([](const Forge& f) {
             auto text = f.record(1);
             text["revision"] = 4;
             return f.sealed(text.dump());
         }),
         replaced},
        {"a record taken back", withdrawn(1, 4), taken_back},
        {"a record taken back after a gap", withdrawn(1, 4, [](Order& order) { order.sequence = 3; }), held},
        {"a record of another device taken back", beside([](const Forge& f) {
             auto text = f.record(1);
             for (const auto* const said : {"actions", "answers", "indicators", "readings", "override"})
                 text.erase(said);
             text["kind"] = "withdrawn";
             text["revision"] = 9;
             text["device"] = std::string(32, 'd');
             return f.sealed(text.dump());
         }),
         of_another()},
    };
}

/// An honest batch with RETURN, and this where its reply would go.
Put answered_by(const std::function<void(const fs::path&)>& put) {
    return [put](const Place& place) {
        auto order = place.forge.next();
        order.way_back = Bytes(crypto::return_secret_size, std::byte{7});
        place.write(place.forge.file(order));
        put(place.stick / (*crypto::reply_name(ready(), order.way_back) + ".reply"));
    };
}

Kinds answer_kinds() {
    auto reaction = taken_in();
    const auto name = *crypto::reply_name(ready(), Bytes(crypto::return_secret_size, std::byte{7}));
    reaction.said = "amparo: stick/" + name +
                    ".reply has the name of the receipt of this batch and is something else; it "
                    "stays as it is. Remove it, then import the batch again.\n";
    return {
        {"a link where the reply goes", answered_by([](const fs::path& at) { fs::create_symlink("../keys/x", at); }),
         reaction},
        {"a folder where the reply goes", answered_by([](const fs::path& at) { fs::create_directory(at); }), reaction},
        {"the reply to another batch under this one's name",
         answered_by([](const fs::path& at) { test::write(at, Bytes(4'136, std::byte{1})); }), reaction},
    };
}

}  // namespace

Kinds record_kinds() {
    auto kinds = sealed_kinds();
    for (auto&& more : {content_kinds(), order_kinds(), answer_kinds()})
        kinds.insert(kinds.end(), more.begin(), more.end());
    return kinds;
}

}  // namespace hostile

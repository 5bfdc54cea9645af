// The answer to a batch: what is put in comes out, of one encoding and one of few sizes, for whoever has the secret.
#include "app/exchange/reply.hpp"

#include <catch2/catch_all.hpp>

#include "crypto/random.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::RawMember;
using test::ready;

namespace {

const std::string first_receipt = "r-00000000000000aa.receipt";
const std::string second_receipt = "r-00000000000000bb.receipt";
const std::string certificate = std::string(32, 'd') + "-2.amparo-cert";
const std::string bundle = "bundle-7.amparo";

std::vector<ReplyFile> three_files() {
    return {{bundle, bytes("bundle")}, {certificate, bytes("certificate")}, {first_receipt, bytes("receipt")}};
}

RawMember raw(const std::string& name, const std::string& content) {
    RawMember member;
    member.name = name;
    member.content = bytes(content);
    return member;
}

/// With FILL that brings it to its size.
bool parses(std::vector<RawMember> members) {
    members.push_back(test::fill_for(members, reply_sizes[members.size() > 2 ? 1 : 0]));
    return parse_reply_archive(test::raw_archive(members)).has_value();
}

}  // namespace

TEST_CASE("a reply gives back its files in their order, and with the same files it is the same file") {
    const auto secret = crypto::random_bytes(ready(), crypto::return_secret_size);
    const auto file = make_reply(ready(), secret, three_files());
    REQUIRE(file);
    const auto loaded = load_reply(ready(), secret, *file);
    REQUIRE(loaded);
    auto sorted = three_files();
    sort_reply(sorted);
    CHECK(*loaded == sorted);
    CHECK(loaded->front().name == first_receipt);
    CHECK(loaded->back().name == bundle);
    auto other_order = three_files();
    std::swap(other_order[0], other_order[2]);
    CHECK(*make_reply(ready(), secret, other_order) == *file);
    const auto name = reply_file_name(ready(), secret);
    REQUIRE(name);
    CHECK(is_reply_file_name(*name));
    CHECK_FALSE(is_reply_file_name("x" + *name));
    CHECK_FALSE(is_reply_file_name(name->substr(1)));
    CHECK_FALSE(is_reply_file_name("0123456789abcdeF.reply"));
}

TEST_CASE("nobody reads a reply with another secret, or one that was changed or cut") {
    const auto secret = crypto::random_bytes(ready(), crypto::return_secret_size);
    const auto file = *make_reply(ready(), secret, three_files());
    CHECK_FALSE(load_reply(ready(), crypto::random_bytes(ready(), crypto::return_secret_size), file));
    for (const std::size_t at : {std::size_t{0}, std::size_t{24}, std::size_t{2000}, file.size() - 1}) {
        auto changed = file;
        changed[at] ^= std::byte{1};
        CHECK_FALSE(load_reply(ready(), secret, changed));
        CHECK_FALSE(load_reply(ready(), secret, crypto::ByteView(file).first(at)));
    }
    CHECK_FALSE(load_reply(ready(), secret, crypto::Bytes(reply_most_bytes + 1)));
}

TEST_CASE("what a reply holds does not show in its size, but for the largest things") {
    const auto size_with = [](std::size_t content) {
        return reply_archive({{first_receipt, bytes("receipt")}, {bundle, crypto::Bytes(content)}})->size();
    };
    CHECK(reply_archive({{first_receipt, crypto::Bytes(700)}})->size() == 4U << 10);
    CHECK(size_with(1) == 4U << 10);
    // Three headers, a receipt of one block and the end are 3,072 bytes.
    CHECK(size_with((4U << 10) - 3072) == 4U << 10);
    CHECK(size_with((4U << 10) - 3072 + 1) == 64U << 10);
    CHECK(size_with((64U << 10) - 3072 + 1) == 1U << 20);
    CHECK(size_with((1U << 20) - 3072 + 1) == 4U << 20);
    CHECK(size_with((4U << 20) - 3072 + 1) == 5U << 20);
    CHECK(size_with((5U << 20) - 3072) == 5U << 20);
}

TEST_CASE("what no reply holds is not put into one") {
    CHECK(reply_archive({}).error().error == Error::Members);
    CHECK(reply_archive({{"notes.txt", bytes("x")}}).error().error == Error::Members);
    CHECK(reply_archive({{bundle, {}}, {"bundle-8.amparo", {}}}).error().error == Error::Members);
    CHECK(reply_archive({{first_receipt, {}}, {first_receipt, {}}}).error().error == Error::Archive);
    CHECK(reply_archive({{certificate, crypto::Bytes(1U << 20)}}).error().error == Error::TooLarge);
    std::vector<ReplyFile> many;
    for (std::size_t i = 0; i <= reply_most_files; ++i) {
        std::string name = first_receipt;
        name[2] = static_cast<char>('0' + i / 10);
        name[3] = static_cast<char>('0' + i % 10);
        many.push_back({name, {}});
    }
    CHECK(reply_archive(many).error().error == Error::TooLarge);
    many.pop_back();
    CHECK(reply_archive(many));
}

TEST_CASE("only the one archive that is written is read") {
    CHECK(parses({raw(first_receipt, "a"), raw(second_receipt, "b"), raw(bundle, "c")}));
    CHECK_FALSE(parses({raw(second_receipt, "b"), raw(first_receipt, "a")}));
    CHECK_FALSE(parses({raw(bundle, "c"), raw(first_receipt, "a")}));
    CHECK_FALSE(parses({}));
    CHECK_FALSE(parses({raw("MANIFEST", "a")}));
    CHECK_FALSE(parses({raw(bundle, "a"), raw("bundle-8.amparo", "b")}));
    auto loose = raw(first_receipt, "a");
    loose.mode = "0000644";
    CHECK_FALSE(parses({loose}));
    const std::vector<RawMember> one{raw(first_receipt, "a")};
    const auto archive = [&](RawMember fill) {
        auto members = one;
        members.push_back(std::move(fill));
        return test::raw_archive(members);
    };
    CHECK(parse_reply_archive(archive(test::fill_for(one, 4U << 10))));
    CHECK_FALSE(parse_reply_archive(archive(test::fill_for(one, 64U << 10))));  // more than it needs
    CHECK_FALSE(parse_reply_archive(archive(test::fill_for(one, 8U << 10))));   // no size of a reply
    auto dirty = test::fill_for(one, 4U << 10);
    dirty.content[5] = std::byte{1};
    CHECK_FALSE(parse_reply_archive(archive(dirty)));
    CHECK_FALSE(parse_reply_archive(test::raw_archive(one)));
    auto longer = archive(test::fill_for(one, 4U << 10));
    longer.resize(longer.size() + 512);
    CHECK_FALSE(parse_reply_archive(longer));
}

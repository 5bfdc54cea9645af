// The strict archive: one encoding, and everything else refused.
#include "app/exchange/ustar.hpp"

#include <catch2/catch_all.hpp>

#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::raw_archive;
using test::RawMember;

namespace {

constexpr UstarLimits tight_limits{10, 1U << 20U, 2U << 20U};

RawMember member(std::string name, std::string_view content) {
    RawMember made;
    made.name = std::move(name);
    made.content = bytes(content);
    return made;
}

struct Hostile {
    const char* defect;
    crypto::Bytes archive;
    Error error = Error::Archive;
};

/// An archive of one good member and one changed by `spoil`.
crypto::Bytes with(const std::function<void(RawMember&)>& spoil) {
    auto bad = member("b", "content");
    spoil(bad);
    return raw_archive({member("a", "one"), bad});
}

std::vector<Hostile> hostile_archives() {
    std::vector<Hostile> all{
        {"symbolic link", with([](auto& m) { m.type = '2', m.link = "/etc/passwd"; })},
        {"hard link", with([](auto& m) { m.type = '1', m.link = "a"; })},
        {"character device", with([](auto& m) { m.type = '3'; })},
        {"block device", with([](auto& m) { m.type = '4'; })},
        {"directory", with([](auto& m) { m.type = '5', m.content.clear(); })},
        {"fifo", with([](auto& m) { m.type = '6'; })},
        {"contiguous file", with([](auto& m) { m.type = '7'; })},
        {"old regular file", with([](auto& m) { m.type = '\0'; })},
        {"pax header", with([](auto& m) { m.type = 'x', m.content = bytes("14 path=/etc/x\n"); })},
        {"global pax header", with([](auto& m) { m.type = 'g', m.content = bytes("14 path=/etc/x\n"); })},
        {"GNU long name", with([](auto& m) { m.type = 'L'; })},
        {"GNU long link", with([](auto& m) { m.type = 'K'; })},
        {"GNU sparse file", with([](auto& m) { m.type = 'S'; })},
        {"link name on a regular file", with([](auto& m) { m.link = "a"; })},
        {"absolute name", with([](auto& m) { m.name = "/etc/passwd"; })},
        {"parent folder", with([](auto& m) { m.name = "../b"; })},
        {"parent folder inside", with([](auto& m) { m.name = "x/../../b"; })},
        {"current folder", with([](auto& m) { m.name = "./b"; })},
        {"hidden name", with([](auto& m) { m.name = ".bashrc"; })},
        {"name ends with a slash", with([](auto& m) { m.name = "b/"; })},
        {"double slash", with([](auto& m) { m.name = "x//b"; })},
        {"empty name", with([](auto& m) { m.name = ""; })},
        {"backslash", with([](auto& m) { m.name = "x\\b"; })},
        {"control character", with([](auto& m) { m.name = "b\n"; })},
        {"not ASCII", with([](auto& m) { m.name = "\xc3\xb1"; })},
        {"prefix", with([](auto& m) { m.prefix = "/tmp"; })},
        {"readable by others", with([](auto& m) { m.mode = "0000644"; })},
        {"set user id", with([](auto& m) { m.mode = "0004600"; })},
        {"another owner", with([](auto& m) { m.uid = "0001750"; })},
        {"a time", with([](auto& m) { m.mtime = "14675432100"; })},
        {"user name", with([](auto& m) { m.user = "root"; })},
        {"device number", with([](auto& m) { m.device_major = "0000001"; })},
        {"GNU magic", with([](auto& m) { m.magic = std::string("ustar  \0", 8); })},
        {"no magic", with([](auto& m) { m.magic = std::string(8, '\0'); })},
        {"wrong checksum", with([](auto& m) { m.good_checksum = false; })},
        {"size in base 256", with([](auto& m) { m.size = std::string("\x80\0\0\0\0\0\0\0\0\0\7", 11); })},
        {"size with spaces", with([](auto& m) { m.size = "         7 "; })},
        {"negative size", with([](auto& m) { m.size = "-0000000007"; })},
        {"content after NUL in the name", with([](auto& m) { m.name = std::string("b\0x", 3); })},
        {"duplicate name", with([](auto& m) { m.name = "a"; })},
        {"padding is not zero", with([](auto& m) { m.padding = std::byte{1}; })},
        {"size beyond the limit", with([](auto& m) { m.size = "00010000000"; }), Error::TooLarge},
        {"largest size", with([](auto& m) { m.size = "77777777777"; }), Error::TooLarge},
        {"no end", raw_archive({member("a", "one")}, 0)},
        {"one end block", raw_archive({member("a", "one")}, 1)},
        {"three end blocks", raw_archive({member("a", "one")}, 3)},
        {"nothing", {}},
    };
    auto trailing = raw_archive({member("a", "one")});
    trailing.push_back(std::byte{0});
    all.push_back({"a byte after the end", trailing});
    auto again = raw_archive({member("a", "one")});
    crypto::append(again, raw_archive({member("b", "two")}));
    all.push_back({"a second archive after the end", again});
    auto between = raw_archive({member("a", "one")}, 1);
    crypto::append(between, raw_archive({member("b", "two")}));
    all.push_back({"a zero block between members", between});
    auto cut = raw_archive({member("a", "one")});
    cut.resize(514);
    all.push_back({"cut inside a member", cut});
    cut.resize(100);
    all.push_back({"cut inside a header", cut});
    std::vector<RawMember> many;
    for (int i = 0; i < 11; ++i) many.push_back(member("m" + std::to_string(i), "x"));
    all.push_back({"too many members", raw_archive(many), Error::TooLarge});
    const std::string large(1U << 20U, 'x');
    all.push_back({"together too large", raw_archive({member("a", large), member("b", large), member("c", "x")}),
                   Error::TooLarge});
    return all;
}

}  // namespace

TEST_CASE("an archive comes back as it was written") {
    UstarWriter writer;
    REQUIRE(writer.add("MANIFEST", bytes("first\n")));
    REQUIRE(writer.add("forms/a/survey.csv", {}));
    REQUIRE(writer.add("x", bytes(std::string(512, 'y'))));
    const auto archive = std::move(writer).finish();
    const auto members = read_ustar(archive, tight_limits);
    REQUIRE(members);
    REQUIRE(members->size() == 3);
    CHECK((*members)[0].name == "MANIFEST");
    CHECK(test::text((*members)[0].content) == "first\n");
    CHECK((*members)[1].content.empty());
    CHECK((*members)[2].content.size() == 512);
}

TEST_CASE("the writer and an independent layout of the header agree on every byte") {
    UstarWriter writer;
    REQUIRE(writer.add("a", bytes("one")));
    REQUIRE(writer.add("forms/b.csv", bytes(std::string(1000, 'z'))));
    CHECK(std::move(writer).finish() ==
          raw_archive({member("a", "one"), member("forms/b.csv", std::string(1000, 'z'))}));
}

TEST_CASE("the writer takes no unsafe or repeated name") {
    UstarWriter writer;
    CHECK_FALSE(writer.add("../x", {}));
    CHECK_FALSE(writer.add(std::string(101, 'n'), {}));
    CHECK(writer.add(std::string(100, 'n'), {}));
    CHECK_FALSE(writer.add(std::string(100, 'n'), {}));
}

TEST_CASE("an archive gives the same members however it is cut into pieces") {
    struct Collect final : UstarHandler {
        std::string all;
        Result<void> begin(const std::string& name, std::uint64_t) override {
            return all += "[" + name + ":", Result<void>{};
        }
        Result<void> content(crypto::ByteView piece) override { return all += crypto::as_text(piece), Result<void>{}; }
        Result<void> end() override { return all += "]", Result<void>{}; }
    };
    const auto archive = raw_archive({member("a", std::string(700, 'q')), member("b", ""), member("c", "three")});
    const auto expected = "[a:" + std::string(700, 'q') + "][b:][c:three]";
    for (const std::size_t piece : {1U, 3U, 511U, 512U, 513U, 4096U}) {
        Collect collect;
        UstarParser parser(tight_limits, collect);
        for (auto rest = crypto::ByteView(archive); !rest.empty(); rest = rest.subspan(std::min(piece, rest.size())))
            REQUIRE(parser.feed(rest.first(std::min(piece, rest.size()))));
        REQUIRE(parser.finish());
        CHECK(collect.all == expected);
    }
}

TEST_CASE("archives that are anything but plain are refused") {
    const auto all = hostile_archives();
    CHECK(all.size() >= 50);
    for (const auto& [defect, archive, error] : all) {
        INFO(defect);
        const auto read = read_ustar(archive, tight_limits);
        REQUIRE_FALSE(read);
        CHECK(read.error().error == error);
    }
}

TEST_CASE("no byte of an archive's headers can be changed") {
    const auto archive = raw_archive({member("a", "one"), member("b", "two")});
    std::size_t accepted = 0;
    for (std::size_t at = 0; at < archive.size(); ++at) {
        if (at % 1024 >= 512 && at % 1024 < 515 && at < 2048) continue;  // content is the manifest's business
        for (const unsigned flip : {1U, 0x20U, 0x80U}) {
            auto changed = archive;
            changed[at] ^= static_cast<std::byte>(flip);
            const auto read = read_ustar(changed, tight_limits);
            if (read) ++accepted;
        }
    }
    CHECK(accepted == 0);
}

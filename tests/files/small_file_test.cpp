// Small files of our own: whole or as they were, and nothing in their place is followed or waited for.
#include "app/files/small_file.hpp"

#include <sys/stat.h>

#include <catch2/catch_all.hpp>
#include <filesystem>
#include <string>

#include "app/files/plain_file.hpp"
#include "tests/support/folder.hpp"

using namespace app::files;
namespace fs = std::filesystem;

namespace {

std::span<const std::byte> as_view(std::string_view text) {
    return std::as_bytes(std::span(text));
}

/// A folder with everything that may stand where a file of ours should be.
struct Places : test::Folder {
    Places() {
        write("file", "content");
        fs::create_symlink("file", path() / "link");
        fs::create_directory(path() / "folder");
        REQUIRE(::mkfifo((path() / "pipe").c_str(), 0600) == 0);
    }
};

}  // namespace

TEST_CASE("the beginning of a file is read as long as it is asked for, or not at all") {
    const Places at;
    CHECK(read_part(at.path() / "file", 4)->size() == 4);
    CHECK(read_part(at.path() / "file", 7)->size() == 7);
    CHECK(read_part(at.path() / "file", 8).error() == Error::Short);
    CHECK(read_part(at.path() / "none", 1).error() == Error::Missing);
}

TEST_CASE("no link, folder or pipe is taken for a small file of ours, and none is waited for") {
    const Places at;
    for (const auto* name : {"link", "folder", "pipe"}) {
        INFO(name);
        CHECK(read_part(at.path() / name, 1).error() == Error::Kind);
        CHECK(copy_plain_file(at.path() / name, at.path() / "copy").error() == Error::Kind);
        CHECK(each_piece(at.path() / name, [](auto) { return Result<void>(); }).error() == Error::Kind);
        CHECK_FALSE(overwrite_start(at.path() / name, as_view("x")));
    }
    CHECK(at.read("file") == "content");
    CHECK(at.names() == std::vector<std::string>{"file", "folder", "link", "pipe"});
}

TEST_CASE("a file is replaced whole, for its owner alone, also where an earlier try was interrupted") {
    const Places at;
    at.write(unfinished("file").string(), "half of someth");
    REQUIRE(replace_small(at.path() / "file", as_view("new")));
    CHECK(at.read("file") == "new");
    CHECK(fs::status(at.path() / "file").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    CHECK_FALSE(fs::exists(at.path() / unfinished("file")));
}

TEST_CASE("a file is replaced by its bare name, in the folder one works in") {
    const Places at;
    const auto before = fs::current_path();
    fs::current_path(at.path());
    const auto done = replace_small("file", as_view("new"));
    fs::current_path(before);
    CHECK(done);
    CHECK(at.read("file") == "new");
}

TEST_CASE("a link in the place of a file, or of its unfinished copy, leads nobody's write elsewhere") {
    const Places at;
    fs::create_symlink("file", at.path() / unfinished("new"));
    REQUIRE(replace_small(at.path() / "new", as_view("new")));
    REQUIRE(replace_small(at.path() / "link", as_view("other")));
    CHECK(at.read("file") == "content");
    CHECK(at.read("new") == "new");
    CHECK_FALSE(fs::is_symlink(at.path() / "link"));
}

TEST_CASE("what cannot be replaced stays as it was, and nothing unfinished is left") {
    const Places at;
    CHECK_FALSE(replace_small(at.path() / "folder", as_view("new")));
    CHECK(fs::is_directory(at.path() / "folder"));
    CHECK_FALSE(fs::exists(at.path() / unfinished("folder")));
    CHECK(replace_small(at.path() / "none" / "file", as_view("new")).error() == Error::Missing);
}

TEST_CASE("a copy holds the same bytes and never takes the place of something") {
    const Places at;
    at.write("large", std::string(200'000, 'x'));
    REQUIRE(copy_plain_file(at.path() / "large", at.path() / "copy"));
    CHECK(at.read("copy") == std::string(200'000, 'x'));
    CHECK(copy_plain_file(at.path() / "large", at.path() / "file").error() == Error::Exists);
    CHECK(at.read("file") == "content");
    at.write("empty", "");
    REQUIRE(copy_plain_file(at.path() / "empty", at.path() / "empty copy"));
    CHECK(fs::is_empty(at.path() / "empty copy"));
}

TEST_CASE("who owns a file and what others may do is told of the file that was opened") {
    const Places at;
    fs::permissions(at.path() / "file", fs::perms(0640));
    const auto file = InputFile::open(at.path() / "file");
    REQUIRE(file);
    CHECK(file->permissions() == 0640U);
    CHECK(file->owner() == ::geteuid());
    CHECK(file->keeps_permissions());
}

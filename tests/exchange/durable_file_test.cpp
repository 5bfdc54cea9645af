// A new file is there whole under its name or not at all; what killed programs left goes, and nothing of anybody else.
#include "app/exchange/durable_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_all.hpp>

#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::ready;
namespace fs = std::filesystem;

namespace {

const std::string leftover = ".amparo-0123456789abcdef.tmp";

void put(const fs::path& file) {
    test::write(file, test::bytes("left"));
}

}  // namespace

TEST_CASE("while a file is written it has no name, and afterwards only its own") {
    const test::Folder folder;
    auto file = DurableFile::create(ready(), folder.path() / "made");
    REQUIRE(file);
    REQUIRE(file->write(test::bytes("content")));
    CHECK(folder.names().empty());
    REQUIRE(file->publish());
    CHECK(folder.names() == std::vector<std::string>{"made"});
    CHECK(test::text(test::read(folder.path() / "made")) == "content");
    CHECK(fs::status(folder.path() / "made").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a file that came in between is not replaced") {
    const test::Folder folder;
    auto file = DurableFile::create(ready(), folder.path() / "made");
    REQUIRE(file);
    put(folder.path() / "made");
    CHECK(file->publish().error().fault == Fault::Exists);
    CHECK(test::text(test::read(folder.path() / "made")) == "left");
}

TEST_CASE("room that was reserved holds zeros until the content is written over them") {
    const test::Folder folder;
    auto file = DurableFile::create(ready(), folder.path() / "made");
    REQUIRE(file);
    REQUIRE(file->reserve(7));
    REQUIRE(file->read_back([](crypto::ByteView bytes) -> Result<void> {
        CHECK(test::text(bytes) == std::string(7, '\0'));
        return {};
    }));
    REQUIRE(file->write(test::bytes("content")));
    REQUIRE(file->publish());
    CHECK(test::text(test::read(folder.path() / "made")) == "content");
}

TEST_CASE("what a killed program left is removed before the next file is made") {
    const test::Folder folder;
    put(folder.path() / leftover);
    REQUIRE(write_new_file(ready(), folder.path() / "made", test::bytes("content")));
    CHECK(folder.names() == std::vector<std::string>{"made"});
}

TEST_CASE("only an unfinished file of our own goes: never another name, kind or owner, nor what is being written") {
    const test::Folder folder;
    const auto file = folder.path() / leftover;
    for (const auto* name : {"amparo-0123456789abcdef.tmp", ".amparo-0123456789abcdef.tmp~", ".amparo-0123.tmp",
                             ".amparo-0123456789abcdeF.tmp", ".amparo-0123456789abcdef0.tmp", ".amparo-.tmp",
                             ".amparo-0123456789abcdef.age", "x.amparo-0123456789abcdef.tmp"}) {
        INFO(name);
        CHECK_FALSE(is_temporary_name(name));
        put(folder.path() / name);
    }
    CHECK(is_temporary_name(leftover));
    const auto others = folder.names();

    fs::create_symlink(folder.path() / others.front(), file);
    CHECK(remove_leftovers(folder.path()) == 0);
    fs::remove(file);
    fs::create_directory(file);
    CHECK(remove_leftovers(folder.path()) == 0);
    fs::remove(file);
    REQUIRE(mkfifo(file.c_str(), 0600) == 0);
    CHECK(remove_leftovers(folder.path()) == 0);
    fs::remove(file);
    put(file);
    fs::create_hard_link(file, folder.path() / "also");  // somebody gave it a second name
    CHECK(remove_leftovers(folder.path()) == 0);
    fs::remove(folder.path() / "also");
    const int held = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    REQUIRE(::flock(held, LOCK_EX) == 0);
    CHECK(remove_leftovers(folder.path()) == 0);
    ::close(held);
    if (geteuid() == 0) {
        REQUIRE(::chown(file.c_str(), 65534, 65534) == 0);
        CHECK(remove_leftovers(folder.path()) == 0);
        REQUIRE(::chown(file.c_str(), 0, 0) == 0);
    }
    CHECK(fs::exists(file));
    CHECK(remove_leftovers(folder.path()) == 1);
    CHECK(folder.names() == others);
}

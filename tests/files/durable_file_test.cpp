// A new file is there whole under its name or not at all; what killed programs left goes, and nothing of anybody else.
#include "app/files/durable_file.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <catch2/catch_all.hpp>

#include "tests/support/folder.hpp"

using namespace app::files;
namespace fs = std::filesystem;

namespace {

const std::string leftover = ".amparo-0123456789abcdef.tmp";

std::span<const std::byte> bytes(std::string_view text) {
    return std::as_bytes(std::span(text));
}

void put(const fs::path& file) {
    std::ofstream(file) << "left";
}

}  // namespace

TEST_CASE("while a file is written it has no name, and afterwards only its own") {
    const test::Folder folder;
    auto file = DurableFile::create(folder.path() / "made");
    REQUIRE(file);
    REQUIRE(file->write(bytes("content")));
    CHECK(folder.names().empty());
    REQUIRE(file->publish());
    CHECK(folder.names() == std::vector<std::string>{"made"});
    CHECK(folder.read("made") == "content");
    CHECK(fs::status(folder.path() / "made").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}

TEST_CASE("a file that came in between is not replaced") {
    const test::Folder folder;
    auto file = DurableFile::create(folder.path() / "made");
    REQUIRE(file);
    put(folder.path() / "made");
    CHECK(file->publish().error().error == Error::Exists);
    CHECK(folder.read("made") == "left");
}

TEST_CASE("room that was reserved holds zeros until the content is written over them") {
    const test::Folder folder;
    auto file = DurableFile::create(folder.path() / "made");
    REQUIRE(file);
    REQUIRE(file->reserve(7));
    REQUIRE(file->read_back([](std::span<const std::byte> piece) {
        CHECK(std::string(7, '\0') == std::string_view(reinterpret_cast<const char*>(piece.data()), piece.size()));
        return true;
    }));
    REQUIRE(file->write(bytes("content")));
    REQUIRE(file->publish());
    CHECK(folder.read("made") == "content");
}

TEST_CASE("what a killed program left is removed before the next file is made") {
    const test::Folder folder;
    put(folder.path() / leftover);
    REQUIRE(write_new_file(folder.path() / "made", bytes("content")));
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

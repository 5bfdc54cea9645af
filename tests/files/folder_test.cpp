// Folders of our own and names in them.
#include "app/files/folder.hpp"

#include <catch2/catch_all.hpp>
#include <filesystem>

#include "app/files/system.hpp"
#include "tests/support/folder.hpp"

using namespace app::files;
namespace fs = std::filesystem;

TEST_CASE("a folder is made once, for its owner alone") {
    const test::Folder at;
    CHECK(make_folder(at.path() / "new") == true);
    CHECK(make_folder(at.path() / "new") == false);
    CHECK(fs::status(at.path() / "new").permissions() == fs::perms::owner_all);
    CHECK(make_folder(at.path() / "none" / "new").error() == Error::Missing);
}

TEST_CASE("what a file or folder lies in is told, also of a bare name and of one with a slash") {
    CHECK(folder_of("/one/two") == "/one");
    CHECK(folder_of("/one/two/") == "/one");
    CHECK(folder_of("one") == ".");
    CHECK(folder_of("one/") == ".");
    CHECK(sync_name("one"));
    CHECK(sync_name("none/one").error() == Error::Missing);
}

TEST_CASE("a name is given only where nothing has it, and two are exchanged in one step") {
    const test::Folder at;
    at.write("one", "1");
    at.write("two", "2");
    CHECK(rename_new(at.path() / "one", at.path() / "two").error() == Error::Exists);
    REQUIRE(rename_new(at.path() / "one", at.path() / "three"));
    REQUIRE(exchange_names(at.path() / "two", at.path() / "three"));
    CHECK(at.read("two") == "1");
    CHECK(at.read("three") == "2");
    CHECK(exchange_names(at.path() / "two", at.path() / "one").error() == Error::Missing);
}

TEST_CASE("a folder is held by one at a time and free again when nobody has it") {
    const test::Folder at;
    {
        const auto first = open_folder(at.path());
        const auto second = open_folder(at.path());
        REQUIRE((first && second));
        CHECK(lock(*first) == true);
        CHECK(lock(*second) == false);
    }
    const auto third = open_folder(at.path());
    CHECK(lock(*third) == true);
}

TEST_CASE("a folder is not opened through a link, and a file is none") {
    const test::Folder at;
    at.write("file", "x");
    fs::create_directory_symlink(".", at.path() / "link");
    CHECK_FALSE(open_folder(at.path() / "link"));
    CHECK_FALSE(open_folder(at.path() / "file"));
    CHECK(open_folder(at.path() / "none").error() == Error::Missing);
}

TEST_CASE("names are listed without the folder itself, and a name is taken away once") {
    const test::Folder at;
    at.write("one", "1");
    at.write("two", "2");
    auto names = names_in(at.path());
    REQUIRE(names);
    std::sort(names->begin(), names->end());
    CHECK(*names == std::vector<std::string>{"one", "two"});
    CHECK(app::files::remove(at.path() / "one") == true);
    CHECK(app::files::remove(at.path() / "one") == false);
    CHECK(at.names() == std::vector<std::string>{"two"});
}

TEST_CASE("what others may do is taken from them, and a link leads nowhere") {
    const test::Folder at;
    at.write("file", "x");
    fs::create_symlink("file", at.path() / "link");
    fs::permissions(at.path() / "file", fs::perms(0666));
    CHECK_FALSE(close_to_others(at.path() / "link"));
    CHECK(fs::status(at.path() / "file").permissions() == fs::perms(0666));
    CHECK(close_to_others(at.path() / "file"));
    CHECK(fs::status(at.path() / "file").permissions() == fs::perms(0600));
    CHECK_FALSE(close_to_others(at.path() / "file"));
}

TEST_CASE("an empty file is made only where nothing is, not even a link to nothing") {
    const test::Folder at;
    fs::create_symlink("nothing", at.path() / "link");
    REQUIRE(make_empty(at.path() / "file"));
    CHECK(make_empty(at.path() / "file").error() == Error::Exists);
    CHECK(make_empty(at.path() / "link").error() == Error::Exists);
    CHECK(fs::status(at.path() / "file").permissions() == fs::perms(0600));
}

TEST_CASE("a file of the kernel is read although it tells no size, and no further than asked") {
    const auto all = read_kernel_file("/proc/self/status", 100'000);
    REQUIRE(all);
    CHECK(all->starts_with("Name:"));
    CHECK(read_kernel_file("/proc/self/status", 5) == "Name:");
    CHECK(read_kernel_file("/proc/none", 5).error() == Error::Missing);
}

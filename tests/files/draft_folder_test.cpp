// A new folder is there whole under its name or not at all; what killed programs left goes, and nothing of anybody
// else.
#include "app/files/draft_folder.hpp"

#include <catch2/catch_all.hpp>
#include <optional>

#include "app/files/folder.hpp"
#include "tests/support/folder.hpp"

using namespace app::files;
namespace fs = std::filesystem;

namespace {

const std::string killed = "made.unfinished-0123456789abcdef";

void fill(const fs::path& folder, std::string_view content) {
    fs::create_directory(folder / "inside");
    std::ofstream(folder / "inside" / "file") << content;
}

}  // namespace

TEST_CASE("a folder has its name when it is complete, for its owner alone, and goes away when it is given up") {
    const test::Folder at;
    {
        auto draft = DraftFolder::create(at.path() / "made");
        REQUIRE(draft);
        fill(draft->path(), "content");
        CHECK_FALSE(is_there(at.path() / "made"));
        CHECK(fs::status(draft->path()).permissions() == fs::perms::owner_all);
        auto moved = std::move(*draft);
        REQUIRE(moved.publish());
    }
    CHECK(at.names() == std::vector<std::string>{"made"});
    CHECK(at.read("made/inside/file") == "content");
    {
        const auto given_up = DraftFolder::create(at.path() / "other");
        REQUIRE(given_up);
        fill(given_up->path(), "secret");
    }
    CHECK(at.names() == std::vector<std::string>{"made"});
}

TEST_CASE("what came in between is not replaced by a folder, not even an empty one") {
    const test::Folder at;
    for (const bool folder : {true, false}) {
        auto draft = DraftFolder::create(at.path() / "made");
        REQUIRE(draft);
        if (folder)
            fs::create_directory(at.path() / "made");
        else
            at.write("made", "x");
        CHECK(draft->publish().error().error == Error::Exists);
        CHECK(fs::remove(at.path() / "made"));
    }
    CHECK(at.names().empty());
}

TEST_CASE("a folder takes the place of another whole, and where there is none says so") {
    const test::Folder at;
    fs::create_directory(at.path() / "made");
    at.write("made/old", "old");
    {
        auto draft = DraftFolder::create(at.path() / "made");
        REQUIRE(draft);
        fill(draft->path(), "new");
        REQUIRE(draft->replace());
    }
    CHECK(at.names() == std::vector<std::string>{"made"});
    CHECK(at.read("made/inside/file") == "new");
    CHECK_FALSE(is_there(at.path() / "made" / "old"));
    {
        auto draft = DraftFolder::create(at.path() / "none");
        REQUIRE(draft);
        CHECK(draft->replace().error().error == Error::Missing);
    }
    CHECK(at.names() == std::vector<std::string>{"made"});
}

TEST_CASE("what a killed program left of a folder goes before the next is made, and nothing that is somebody's") {
    const test::Folder at;
    for (const auto& name : {killed, std::string("other.unfinished-0123456789abcdef"),
                             std::string("made.unfinished-0123456789abcde"), std::string("made.unfinished-")}) {
        fs::create_directory(at.path() / name);
        fill(at.path() / name, "left");
    }
    at.write("made.unfinished-aaaaaaaaaaaaaaaa", "a file");
    fs::create_directory(at.path() / "mine");
    fs::create_directory_symlink("mine", at.path() / "made.unfinished-bbbbbbbbbbbbbbbb");
    const auto before = at.names();
    std::optional<Detailed<DraftFolder>> first;
    first.emplace(DraftFolder::create(at.path() / "made"));
    REQUIRE(*first);
    CHECK_FALSE(is_there(at.path() / killed));
    const auto second = DraftFolder::create(at.path() / "made");  // what is being filled is nobody's leftover
    REQUIRE(second);
    CHECK(is_there((*first)->path()));
    CHECK(at.names().size() == before.size() + 1);
}

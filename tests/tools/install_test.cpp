// What installing puts on a machine, tried in an empty folder in place of the machine.
#include <set>

#include "tests/support/folder.hpp"

namespace fs = std::filesystem;

namespace {

struct Installed : test::Folder {
    Installed() {
        INFO(read("err"));
        REQUIRE(run("DESTDIR='" + path().string() +
                    "/machine' '" AMPARO_CMAKE "' --install '" AMPARO_BUILD_DIR "' --prefix /usr") == 0);
    }
    /// A program, with nothing else in reach.
    [[nodiscard]] int start(const std::string& line) const {
        return run("env -i PATH=/nowhere LANG=C.UTF-8 machine/usr/bin/" + line);
    }
};

}  // namespace

TEST_CASE(
    "installing puts two programs, a way to the kiosk in the menu, manual pages and documents on a machine, and "
    "nothing else") {
    const Installed machine;
    std::set<std::string> files;
    for (const auto& entry : fs::recursive_directory_iterator(machine.path() / "machine"))
        if (!entry.is_directory()) files.insert(fs::relative(entry.path(), machine.path() / "machine").string());
    CHECK(files == std::set<std::string>{"usr/bin/amparo", "usr/bin/amparo-kiosk",
                                         "usr/share/applications/amparo-kiosk.desktop",
                                         "usr/share/doc/amparo/CHANGELOG.md", "usr/share/doc/amparo/FORMAT.md",
                                         "usr/share/doc/amparo/FORMATS.md", "usr/share/doc/amparo/README.md",
                                         "usr/share/doc/amparo/SECURITY.md", "usr/share/man/man1/amparo-kiosk.1",
                                         "usr/share/man/man1/amparo.1"});
}

TEST_CASE("an installed program needs nothing beside it, and no folder to look for libraries in") {
    const Installed machine;
    REQUIRE(machine.start("amparo --version") == 0);
    CHECK(machine.read("out").starts_with("amparo " AMPARO_VERSION "\n"));
    REQUIRE(machine.start("amparo-kiosk --version") == 0);
    CHECK(machine.read("out").find(AMPARO_VERSION) != std::string::npos);
    // Words, questionnaires and referrals come with it.
    REQUIRE(machine.start("amparo deployment new demo --name Prueba --demo") == 0);
    for (const auto* program : {"amparo", "amparo-kiosk"}) {
        REQUIRE(machine.run(std::string("readelf -dW machine/usr/bin/") + program) == 0);
        CHECK(machine.read("out").find("NEEDED") != std::string::npos);
        CHECK(machine.read("out").find("RPATH") == std::string::npos);
        CHECK(machine.read("out").find("RUNPATH") == std::string::npos);
    }
}

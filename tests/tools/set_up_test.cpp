// ./dev on a machine on which something is missing.
#include "tests/support/folder.hpp"

namespace fs = std::filesystem;

namespace {

/// A machine on which no package is installed, and where whoever asks for one leaves a mark.
struct BareMachine : test::Folder {
    BareMachine() {
        fs::create_directory(path() / "bin");
        program("dpkg-query", "exit 1");
        for (const auto* name : {"apt-get", "sudo", "cmake", "make"})
            program(name, "echo >> '" + mark().string() + "'");
    }
    [[nodiscard]] fs::path mark() const { return path() / "asked"; }
    void program(const std::string& name, const std::string& does) const {
        std::ofstream(path() / "bin" / name) << "#!/bin/sh\n" << does << "\n";
        fs::permissions(path() / "bin" / name, fs::perms::owner_all);
    }
    [[nodiscard]] int dev(const std::string& words) const {
        return run("PATH=\"" + path().string() + "/bin:$PATH\" '" AMPARO_SOURCE_DIR "/dev' " + words);
    }
};

}  // namespace

TEST_CASE("with --no-install what is missing is named, and nothing is installed, fetched or built") {
    if (!fs::exists("/etc/debian_version")) SKIP("set-up knows Debian only");
    const BareMachine machine;
    for (const auto* words : {"--no-install build", "build --no-install", "test --no-install", "run --no-install"}) {
        INFO(words << "\n" << machine.read("err"));
        CHECK(machine.dev(words) == 1);
        const auto said = machine.read("err");
        CHECK(said.find("libsodium-dev") != std::string::npos);
        CHECK(said.find("shellcheck") != std::string::npos);
        CHECK(said.ends_with("dev: something is missing, and --no-install was given: nothing was installed.\n"));
        CHECK_FALSE(fs::exists(machine.mark()));
    }
}

TEST_CASE("a command that is not there is said, with those that are") {
    const BareMachine machine;
    CHECK(machine.dev("biuld") == 1);
    CHECK(machine.read("err").find("there is no command 'biuld'") != std::string::npos);
    CHECK(machine.read("err").find("./dev test") != std::string::npos);
    CHECK(machine.dev("help") == 0);
    CHECK(machine.read("out").find("--no-install") != std::string::npos);
    CHECK_FALSE(fs::exists(machine.mark()));
}

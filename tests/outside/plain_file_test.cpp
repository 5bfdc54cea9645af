// The one way in which files that others made are opened.
#include "app/files/plain_file.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_all.hpp>

#include "tests/outside/support.hpp"

using app::files::Error;
using app::files::InputFile;
using app::files::Kinds;
using app::files::Links;
using app::files::read_plain;

TEST_CASE("a plain file is read whole up to its limit and not beyond") {
    const outside::Desk desk;
    desk.write("file", std::string(100'000, 'x'));
    const auto file = desk.path() / "file";
    CHECK(read_plain(file, 100'000)->size() == 100'000);
    CHECK(read_plain(file, 99'999).error() == Error::TooLarge);
    desk.write("empty", "");
    CHECK(read_plain(desk.path() / "empty", 0)->empty());
    CHECK(InputFile::open(file)->size() == 100'000);
}

TEST_CASE("what is no plain file is refused at once, also behind a link") {
    const outside::Desk desk;
    const auto at = [&](const char* name) { return desk.path() / name; };
    REQUIRE(::mkfifo(at("fifo").c_str(), 0600) == 0);
    outside::fs::create_symlink("fifo", at("link"));
    outside::fs::create_symlink("nothing", at("dangling"));
    outside::fs::create_symlink("circle", at("circle"));
    for (const auto kinds : {Kinds::Plain, Kinds::PlainOrPipe}) {
        CHECK(InputFile::open(at("fifo"), kinds).error() == Error::Kind);
        CHECK(InputFile::open(at("link"), kinds).error() == Error::Kind);
        CHECK(InputFile::open(desk.path(), kinds).error() == Error::Kind);
        CHECK(InputFile::open("/dev/zero", kinds).error() == Error::Kind);
        CHECK(InputFile::open("/dev/tty", kinds).error() == Error::Kind);
        CHECK(InputFile::open(at("dangling"), kinds).error() == Error::Missing);
        CHECK(InputFile::open(at("none"), kinds).error() == Error::Missing);
        CHECK(InputFile::open(at("none") / "below", kinds).error() == Error::Missing);
        CHECK(InputFile::open(at("circle"), kinds).error() == Error::Kind);
    }
}

TEST_CASE("a link is followed only where a person named the path") {
    const outside::Desk desk;
    desk.write("file", "x");
    outside::fs::create_symlink("file", desk.path() / "link");
    CHECK(read_plain(desk.path() / "link", 10)->size() == 1);
    CHECK(read_plain(desk.path() / "link", 10, Links::Refused).error() == Error::Kind);
    CHECK(read_plain(desk.path() / "file", 10, Links::Refused)->size() == 1);
}

TEST_CASE("a pipe without a name is read where that is wanted, and only there") {
    std::array<int, 2> ends{};
    REQUIRE(::pipe(ends.data()) == 0);
    REQUIRE(::write(ends[1], "secret", 6) == 6);
    ::close(ends[1]);
    const auto path = "/proc/self/fd/" + std::to_string(ends[0]);
    CHECK(InputFile::open(path).error() == Error::Kind);
    const auto pipe = InputFile::open(path, Kinds::PlainOrPipe);
    REQUIRE(pipe);
    CHECK_FALSE(pipe->size());
    std::array<std::byte, 100> room{};
    CHECK(pipe->read(room) == 6);
    CHECK(pipe->read(room) == 0);
    ::close(ends[0]);
}

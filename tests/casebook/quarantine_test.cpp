// What is kept of refused files has a measure, and reading them never waits.
#include <sys/stat.h>

#include "tests/casebook/support.hpp"

using app::casebook::Error;
using test::Deployment;
namespace fs = test::fs;

namespace {

fs::path sparse(const Deployment& deployment, const std::string& name, std::uintmax_t bytes) {
    const auto file = deployment.folder() / name;
    std::ofstream(file, std::ios::binary) << name;
    fs::resize_file(file, bytes);
    return file;
}

std::uintmax_t kept_bytes(const Deployment& deployment) {
    std::uintmax_t bytes = 0;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(app::casebook::quarantine_of(deployment.file()), none))
        bytes += entry.file_size();
    return bytes;
}

}  // namespace

TEST_CASE("of a file larger than any batch only name, size and digest are kept") {
    Deployment deployment;
    const auto file = sparse(deployment, "b-huge.age", std::uintmax_t{3} << 30U);
    CHECK(deployment.book().quarantine(file, "too-large", "larger than any batch") == false);
    CHECK(deployment.book().quarantine(file, "too-large", "larger than any batch") == false);
    CHECK(kept_bytes(deployment) == 0);
    const auto known = deployment.book().quarantined();
    REQUIRE(known->size() == 1);
    CHECK(known->front().file == "b-huge.age");
    CHECK(known->front().bytes == std::uintmax_t{3} << 30U);
    CHECK_FALSE(known->front().kept);
    CHECK(known->front().file_sha256.size() == 64);
    CHECK(deployment.book().unseen()->quarantined == 1);
}

TEST_CASE("the quarantine is full at its number of files, and what comes then is noted") {
    Deployment deployment;
    const auto first = sparse(deployment, "b-first.age", 1000);
    REQUIRE(deployment.book().quarantine(first, "archive", "") == true);
    const auto folder = app::casebook::quarantine_of(deployment.file());
    for (std::size_t i = 1; i < app::casebook::quarantine_most_files; ++i)
        std::ofstream(folder / (std::to_string(i) + ".age")) << i;
    const auto next = sparse(deployment, "b-next.age", 2000);
    CHECK(deployment.book().quarantine(next, "archive", "") == false);
    CHECK(deployment.book().quarantined()->size() == 2);
    fs::remove(folder / "1.age");  // room again
    CHECK(deployment.book().quarantine(next, "archive", "") == true);
    CHECK(deployment.book().quarantined()->back().kept);
}

TEST_CASE("the quarantine is full at its number of bytes") {
    Deployment deployment;
    const auto first = sparse(deployment, "b-first.age", 1000);
    REQUIRE(deployment.book().quarantine(first, "archive", "") == true);
    const auto folder = app::casebook::quarantine_of(deployment.file());
    std::ofstream(folder / "x.age") << "x";
    fs::resize_file(folder / "x.age", app::casebook::quarantine_most_bytes - 1500);
    CHECK(deployment.book().quarantine(sparse(deployment, "b-next.age", 2000), "archive", "") == false);
    CHECK(deployment.book().quarantine(sparse(deployment, "b-small.age", 100), "archive", "") == true);
}

TEST_CASE("a copy that an interruption left unfinished goes with the next one") {
    Deployment deployment;
    const auto folder = app::casebook::quarantine_of(deployment.file());
    fs::create_directory(folder);
    std::ofstream(folder / "0123.copying") << "half";
    REQUIRE(deployment.book().quarantine(sparse(deployment, "b-first.age", 1000), "archive", "") == true);
    CHECK_FALSE(fs::exists(folder / "0123.copying"));
    CHECK(kept_bytes(deployment) == 1000);
}

TEST_CASE("what is no regular file is not waited for") {
    Deployment deployment;
    const auto pipe = deployment.folder() / "b-pipe.age";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    fs::create_symlink("/dev/zero", deployment.folder() / "b-zero.age");
    for (const auto& path : {pipe, deployment.folder() / "b-zero.age", deployment.folder(),
                             deployment.folder() / "b-none.age", fs::path("/dev/full")})
        CHECK(deployment.book().quarantine(path, "archive", "").error() == Error::Missing);
}

// A batch is read twice and never held: what changes in between, or is stopped, leaves nothing half done.
#include <malloc.h>

#include <functional>

#include "tests/casebook/support.hpp"
#include "tests/support/process_status.hpp"

using namespace test;

namespace {

/// A verified batch of `records` records whose file lies where a test can reach it.
struct OnStick {
    Folder folder;
    fs::path file;
    std::optional<exchange::VerifiedBatch> batch;

    OnStick(Kiosk& kiosk, const Deployment& deployment, unsigned records) {
        for (unsigned i = 1; i <= records; ++i) kiosk.add(i);
        kiosk.note(exchange::AuditType::DeviceUnlocked);
        file = kiosk.write(folder.path());
        auto opened =
            exchange::open_batch(ready(), file, deployment.identities(), deployment.key().public_key(), today);
        REQUIRE(opened);
        batch.emplace(std::move(*opened));
    }
};

void check_empty(Deployment& deployment) {
    CHECK(deployment.cases().empty());
    CHECK(deployment.book().devices()->empty());
    CHECK(deployment.book().audit("")->empty());
    CHECK(deployment.book().unseen()->waiting == 0);
}

/// By how much the process grew at its highest while something was done, in KiB.
std::size_t growth_kib(const std::function<void()>& work) {
    ::malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << "5";  // the highest mark begins anew
    const auto before = support::status_kib("VmHWM");
    work();
    return support::status_kib("VmHWM") - before;
}

}  // namespace

TEST_CASE("a file that changes after it was verified is refused, and nothing of it stays") {
    const std::pair<const char*, std::function<void(std::fstream&, std::uintmax_t, const fs::path&)>> changes[] = {
        {"one byte",
         [](auto& file, auto size, const auto&) { file.seekp(static_cast<std::streamoff>(size / 2)).put('x'); }},
        {"header", [](auto& file, auto, const auto&) { file.seekp(30).put('x'); }},
        {"cut", [](auto&, auto size, const auto& path) { fs::resize_file(path, size - 1); }},
        {"cut to nothing", [](auto&, auto, const auto& path) { fs::resize_file(path, 0); }},
        {"longer", [](auto&, auto size, const auto& path) { fs::resize_file(path, size + 1); }}};
    for (const auto& [name, change] : changes) {
        INFO(name);
        Deployment deployment;
        auto kiosk = deployment.kiosk();
        const OnStick stick(kiosk, deployment, 5);
        const auto good = [&] {
            std::ifstream in(stick.file, std::ios::binary);
            return std::string(std::istreambuf_iterator<char>(in), {});
        }();
        std::fstream file(stick.file, std::ios::binary | std::ios::in | std::ios::out);
        change(file, fs::file_size(stick.file), stick.file);
        file.close();
        CHECK(deployment.book().import_batch(*stick.batch, deployment.identities()).error() ==
              casebook::Error::BatchFile);
        check_empty(deployment);
        // The same file as it was is taken in as if nothing had been.
        fs::resize_file(stick.file, 0);
        std::ofstream(stick.file, std::ios::binary) << good;
        CHECK(deployment.import(*stick.batch).standing == Standing::InOrder);
        CHECK(deployment.cases().size() == 5);
    }
}

TEST_CASE("another good batch in the place of the verified one is refused") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const OnStick stick(kiosk, deployment, 3);
    const OnStick other(kiosk, deployment, 3);
    std::ifstream in(other.file, std::ios::binary);
    std::ofstream(stick.file, std::ios::binary) << in.rdbuf();
    CHECK(deployment.book().import_batch(*stick.batch, deployment.identities()).error() == casebook::Error::BatchFile);
    check_empty(deployment);
}

TEST_CASE("a file that is gone from the folder is taken in all the same, as long as it is open") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const OnStick stick(kiosk, deployment, 3);
    fs::remove(stick.file);
    CHECK(deployment.import(*stick.batch).records.size() == 3);
    CHECK(deployment.book().audit("")->size() == 1);
}

TEST_CASE("an import that is stopped while it stores leaves nothing, wherever it was") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const OnStick stick(kiosk, deployment, 60);
    int calls = 0;
    const auto all = [&](casebook::Stage stage, std::uint64_t done, std::uint64_t total) {
        CHECK(done <= total);
        if (stage == casebook::Stage::Storing) ++calls;
        return true;
    };
    {
        Deployment elsewhere(deployment);
        REQUIRE(elsewhere.book().import_batch(*stick.batch, deployment.identities(), all));
    }
    REQUIRE(calls > 3);
    for (int stop_at = 1; stop_at <= calls; ++stop_at) {
        int call = 0;
        const auto stop = [&](casebook::Stage, std::uint64_t, std::uint64_t) { return ++call < stop_at; };
        CHECK(deployment.book().import_batch(*stick.batch, deployment.identities(), stop).error() ==
              casebook::Error::Stopped);
        check_empty(deployment);
    }
    CHECK(deployment.import(*stick.batch).standing == Standing::InOrder);
    CHECK(deployment.cases().size() == 60);
}

TEST_CASE("an import that is stopped while it opens keeps the batch, and what waits is opened later") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const OnStick stick(kiosk, deployment, 600);
    const auto stop = [&](casebook::Stage stage, std::uint64_t done, std::uint64_t) {
        return stage == casebook::Stage::Storing || done == 0;
    };
    CHECK(deployment.book().import_batch(*stick.batch, deployment.identities(), stop).error() ==
          casebook::Error::Stopped);
    const auto waiting = deployment.book().unseen()->waiting;
    CHECK(waiting > 0);
    CHECK(waiting < 600);
    CHECK(deployment.cases().size() == 600 - waiting);
    REQUIRE(deployment.open());
    REQUIRE(deployment.book().open_waiting(deployment.identities()));
    CHECK(deployment.cases().size() == 600);
    CHECK(deployment.import(*stick.batch).count(Outcome::Known) == 600);
}

TEST_CASE("memory of an import does not grow with the size of the batch") {
    const auto grown = [](std::size_t records) {
        Deployment deployment;
        auto kiosk = deployment.kiosk();
        // No record that anybody could open: what counts here are the bytes.
        for (std::size_t i = 0; i < records; ++i) {
            crypto::Bytes bytes(1'000'000, static_cast<std::byte>(i));
            bytes[0] = static_cast<std::byte>(i >> 8U);
            kiosk.add_sealed(std::move(bytes));
        }
        const Folder folder;
        const auto file = kiosk.write(folder.path());
        return growth_kib([&] {
            const auto batch =
                exchange::open_batch(ready(), file, deployment.identities(), deployment.key().public_key(), today);
            REQUIRE(batch);
            CHECK(deployment.import(*batch).records.size() == records);
        });
    };
    const auto small = grown(12);  // 16 MiB
    const auto large = grown(50);  // 64 MiB
    INFO("16 MiB: " << small << " KiB, 64 MiB: " << large << " KiB");
    CHECK(large < small + 8 * 1024);
}

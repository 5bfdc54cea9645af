// A reader written from the age specification alone, without any of our code, opens what we seal.
#include <catch2/catch_all.hpp>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "crypto/age.hpp"
#include "crypto/open/identity.hpp"
#include "tests/support/folder.hpp"

namespace fs = std::filesystem;

namespace {

void write_bytes(const fs::path& file, crypto::ByteView bytes) {
    std::ofstream out(file, std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    REQUIRE(out.flush());
}

struct Outcome {
    int status;
    std::string output;
};

Outcome read_with_python(const test::Folder& folder) {
    const auto command = "python3 '" + std::string(AMPARO_SOURCE_DIR) + "/tests/independent/open_record.py' '" +
                         (folder.path() / "identity").string() + "' '" + (folder.path() / "record.age").string() +
                         "' 2>/dev/null";
    FILE* const pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    Outcome outcome{0, {}};
    std::array<char, 4096> part{};
    while (const auto n = std::fread(part.data(), 1, part.size(), pipe)) outcome.output.append(part.data(), n);
    outcome.status = pclose(pipe);
    return outcome;
}

struct Sealing {
    crypto::SodiumReady ready = crypto::SodiumReady::init().value();
    test::Folder folder;
    crypto::open::Identity reader = crypto::open::Identity::generate(ready).value();
    crypto::open::Identity other = crypto::open::Identity::generate(ready).value();
    std::string json = R"({"amparo":1,"answers":[{"value":"sí, «ñandú»"}]})";

    Sealing() { write_bytes(folder.path() / "identity", reader.to_text(ready).value().view()); }
    crypto::Sealed seal() {
        const std::array recipients{other.recipient(), reader.recipient()};
        return crypto::seal_record(ready, crypto::as_bytes(json), recipients).value();
    }
};

}  // namespace

TEST_CASE("a reader that shares no code with us opens a sealed record and finds the JSON and its padding") {
    Sealing s;
    write_bytes(s.folder.path() / "record.age", s.seal().bytes);
    const auto read = read_with_python(s.folder);
    CHECK(read.status == 0);
    CHECK(read.output.size() == crypto::record_buckets[0]);
    CHECK(read.output.starts_with(s.json));
    CHECK(read.output.find_first_not_of(' ', s.json.size()) == std::string::npos);
}

TEST_CASE("it refuses a changed record and gives out nothing") {
    Sealing s;
    auto bytes = s.seal().bytes;
    bytes[bytes.size() / 2] ^= std::byte{1};
    write_bytes(s.folder.path() / "record.age", bytes);
    const auto read = read_with_python(s.folder);
    CHECK(read.status != 0);
    CHECK(read.output.empty());
}

TEST_CASE("it refuses a record sealed to others") {
    Sealing s;
    const std::array recipients{s.other.recipient()};
    write_bytes(s.folder.path() / "record.age",
                crypto::seal_record(s.ready, crypto::as_bytes(s.json), recipients).value().bytes);
    const auto read = read_with_python(s.folder);
    CHECK(read.status != 0);
    CHECK(read.output.empty());
}

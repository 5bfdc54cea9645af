// Age files with a stated verdict: the official ones, where they are present, and the project's own.
#include <zlib.h>

#include <array>
#include <cstdlib>
#include <map>

#include "crypto/hash.hpp"
#include "support.hpp"

using namespace crypto;
using support::must;

namespace {

namespace fs = std::filesystem;

struct Vector {
    std::string name;
    std::string expect;
    std::string payload_hash;
    std::string file_key;
    std::vector<std::string> identities;
    std::vector<std::string> passphrases;
    Bytes file;
};

Bytes inflated(ByteView deflated) {
    z_stream stream{};
    REQUIRE(inflateInit(&stream) == Z_OK);
    Bytes input(deflated.begin(), deflated.end());
    stream.next_in = reinterpret_cast<Bytef*>(input.data());
    stream.avail_in = static_cast<uInt>(input.size());
    Bytes out;
    int status = Z_OK;
    while (status == Z_OK) {
        std::array<std::byte, 65536> part{};
        stream.next_out = reinterpret_cast<Bytef*>(part.data());
        stream.avail_out = part.size();
        status = inflate(&stream, Z_NO_FLUSH);
        append(out, ByteView(part).first(part.size() - stream.avail_out));
    }
    inflateEnd(&stream);
    REQUIRE(status == Z_STREAM_END);
    return out;
}

// nullopt for a vector with a key this reader does not know.
std::optional<Vector> load(const fs::path& path) {
    const Bytes content = support::read(path);
    std::string_view rest = as_text(content);
    Vector vector;
    vector.name = path.filename().string();
    bool deflated = false;
    while (true) {
        const auto end = rest.find('\n');
        REQUIRE(end != std::string_view::npos);
        const auto line = rest.substr(0, end);
        rest.remove_prefix(end + 1);
        if (line.empty()) break;
        const auto colon = line.find(": ");
        const auto key = line.substr(0, colon);
        const std::string value(line.substr(colon + 2));
        if (key == "expect")
            vector.expect = value;
        else if (key == "payload")
            vector.payload_hash = value;
        else if (key == "file key")
            vector.file_key = value;
        else if (key == "identity")
            vector.identities.push_back(value);
        else if (key == "passphrase")
            vector.passphrases.push_back(value);
        else if (key == "compressed" && value == "zlib")
            deflated = true;
        else if (key != "comment" && key != "armored")
            return std::nullopt;
    }
    const auto body = as_bytes(rest);
    vector.file = deflated ? inflated(body) : Bytes(body.begin(), body.end());
    return vector;
}

std::string verdict_of(Error error) {
    switch (error) {
        case Error::NoMatch:
            return "no match";
        case Error::Header:
        case Error::WorkFactor:
            return "header failure";
        case Error::Mac:
            return "HMAC failure";
        case Error::Payload:
            return "payload failure";
        case Error::SelfTest:
        case Error::LockedMemory:
        case Error::Memory:
        case Error::Input:
        case Error::Malformed:
        case Error::TooMany:
        case Error::Mixed:
        case Error::Kind:
        case Error::Signature:
        case Error::OtherKey:
        case Error::WrongSecret:
        case Error::Protected:
            break;
    }
    return "unexpected: " + describe(error);
}

struct Secrets {
    std::vector<open::Identity> identities;
    std::vector<SecretBytes> passphrases;
    [[nodiscard]] open::Keys keys() const { return {identities, passphrases}; }
};

Secrets secrets_of(const Vector& vector) {
    Secrets out;
    for (const auto& text : vector.identities) {
        auto identity = open::Identity::parse(support::ready(), as_bytes(text));
        if (identity) out.identities.push_back(std::move(*identity));  // else of a kind that is not built in
    }
    for (const auto& text : vector.passphrases) out.passphrases.push_back(support::secret(text));
    return out;
}

Result<Bytes> streamed(const Vector& vector, const open::Keys& keys, std::size_t piece) {
    open::OpenStream stream(support::ready(), keys);
    Bytes out;
    for (ByteView rest = vector.file; !rest.empty(); rest = rest.subspan(std::min(piece, rest.size())))
        if (auto done = stream.update(rest.first(std::min(piece, rest.size())), out); !done)
            return tl::unexpected(done.error());
    if (auto done = stream.finish(out); !done) return tl::unexpected(done.error());
    return out;
}

std::string expected_of(const Vector& vector) {
    if (vector.name.rfind("armor", 0) == 0) return "header failure";  // armor is not implemented, on purpose
    return vector.expect;
}

void check(const Vector& vector) {
    INFO(vector.name);
    const auto secrets = secrets_of(vector);
    const auto whole = open::open_bytes(support::ready(), vector.file, secrets.keys());
    const auto verdict = whole ? "success" : verdict_of(whole.error());
    if (!hybrid_available &&
        vector.name.rfind("hybrid", 0) == 0) {  // an unknown stanza here: never opened, never another class
        CHECK((verdict == "no match" || verdict == "header failure"));
        return;
    }
    CHECK(verdict == expected_of(vector));
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{70000}}) {
        const auto pieces = streamed(vector, secrets.keys(), piece);
        CHECK((pieces ? "success" : verdict_of(pieces.error())) == expected_of(vector));
        if (whole && pieces) CHECK(*pieces == *whole);
    }
    if (!whole) return;
    CHECK(to_hex(sha256(support::ready(), *whole)) == vector.payload_hash);
    if (!vector.file_key.empty())
        CHECK(to_hex(must(open::open_file_key(support::ready(), vector.file, secrets.keys())).view()) ==
              vector.file_key);
}

std::map<std::string, int> check_all(const fs::path& folder) {
    std::map<std::string, int> count;
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() == ".md") continue;
        const auto vector = load(entry.path());
        if (!vector) {
            WARN("skipped " << entry.path().filename() << ": unknown key");
            continue;
        }
        check(*vector);
        ++count[vector->expect];
    }
    return count;
}

}  // namespace

TEST_CASE("every official age vector gets its stated verdict") {
    // Not committed, so a plain clone is complete without them; who names their folder must have them.
    const char* folder = std::getenv("AMPARO_AGE_VECTORS");
    if (folder == nullptr) SKIP("the folder of the official age vectors is not named in AMPARO_AGE_VECTORS");
    REQUIRE(fs::is_directory(folder));
    const auto count = check_all(folder);
    int total = 0;
    for (const auto& [expect, n] : count) total += n;
    CHECK(total >= 70);
    std::printf("P1 official age vectors: %d checked\n", total);
}

TEST_CASE("the project's own vectors cover every failure class") {
    const auto count = check_all(std::string(AMPARO_SOURCE_DIR) + "/tests/crypto/vectors");
    for (const auto* expect : {"success", "no match", "header failure", "HMAC failure", "payload failure"}) {
        INFO(expect);
        CHECK(count.count(expect) == 1);
    }
    int total = 0;
    for (const auto& [expect, n] : count) total += n;
    std::printf("P1 own age vectors: %d checked in %zu classes\n", total, count.size());
}

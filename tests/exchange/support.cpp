#include "tests/exchange/support.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch_all.hpp>
#include <cstdio>
#include <cstring>
#include <fstream>

#include "crypto/age.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"

namespace test {
namespace fs = std::filesystem;
using namespace app::exchange;

crypto::SodiumReady ready() {
    const auto token = crypto::SodiumReady::init();
    REQUIRE(token);
    return *token;
}

Bytes bytes(std::string_view text) {
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

std::string text(crypto::ByteView bytes) {
    return std::string(crypto::as_text(bytes));
}

Bytes read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE(in);
    std::string all(static_cast<std::size_t>(fs::file_size(file)), '\0');
    in.read(all.data(), static_cast<std::streamsize>(all.size()));
    REQUIRE(in);
    return bytes(all);
}

void write(const fs::path& file, crypto::ByteView content) {
    std::ofstream out(file, std::ios::binary);
    out.write(crypto::as_text(content).data(), static_cast<std::streamsize>(content.size()));
    REQUIRE(out.flush());
}

int shell(const fs::path& folder, const std::string& command, std::string* output) {
    const auto line = "cd '" + folder.string() + "' && { " + command + "\n} 2>&1";
    FILE* pipe = ::popen(line.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string all;
    std::array<char, 4096> piece{};
    for (std::size_t length = 0; (length = std::fread(piece.data(), 1, piece.size(), pipe)) > 0;)
        all.append(piece.data(), length);
    const int status = ::pclose(pipe);
    if (output != nullptr) *output = all;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

namespace {

template <class T>
T must(crypto::Result<T> result) {
    REQUIRE(result);
    return std::move(*result);
}

}  // namespace

Deployment::Deployment()
    : key(must(crypto::DeploymentSecretKey::generate(ready()))),
      device_key(must(crypto::DeviceSecretKey::generate(ready()))),
      receipt_key(must(crypto::ReceiptSecretKey::generate(ready()))),
      coordinator(must(crypto::open::Identity::generate(ready()))),
      recovery(must(crypto::open::Identity::generate(ready()))),
      device(crypto::random_hex(ready(), 16)),
      today(*parse_day("2026-11-24")) {}

std::vector<crypto::Recipient> Deployment::recipients() const {
    return {coordinator.recipient(), recovery.recipient()};
}

Certificate Deployment::certificate() const {
    return {deployment_id(ready(), key.public_key()), device, 1, device_key.public_key(),
            today + std::chrono::days(30)};
}

SignedCertificate Deployment::signed_certificate() const {
    auto made = sign_certificate(ready(), certificate(), key);
    REQUIRE(made);
    return *made;
}

BundleContents Deployment::bundle(std::uint64_t sequence) const {
    BundleContents contents{
        {deployment_id(ready(), key.public_key()),
         "Prueba",
         sequence,
         {{0, 1, 0}},
         today,
         today + std::chrono::days(365),
         true},
        {{"Ana", coordinator.recipient(), false}, {"caja fuerte", recovery.recipient(), true}},
        {{"Ana", receipt_key.public_key()}},
        {{"shelter", "border"}, {"es", "en"}, {"first-contact"}, {1, 3}, 3, 10, 1, 7, 365, false, false},
        {}};
    const auto root = fs::path(AMPARO_SOURCE_DIR) / "tests/exchange/content";
    for (const auto& entry : fs::recursive_directory_iterator(root))
        if (entry.is_regular_file())
            contents.files[entry.path().lexically_relative(root).generic_string()] = read(entry.path());
    return contents;
}

Bytes raw_member(const RawMember& member) {
    std::array<char, 512> block{};
    const auto put = [&block](std::size_t at, std::string_view value) {
        std::memcpy(block.data() + at, value.data(), value.size());
    };
    std::array<char, 16> size{};
    std::snprintf(size.data(), size.size(), "%011zo", member.content.size());
    put(0, member.name);
    put(100, member.mode);
    put(108, member.uid);
    put(116, "0000000");
    put(124, member.size.empty() ? std::string_view(size.data(), 11) : std::string_view(member.size));
    put(136, member.mtime);
    put(148, "        ");
    block[156] = member.type;
    put(157, member.link);
    put(257, member.magic);
    put(265, member.user);
    put(329, member.device_major);
    put(337, "0000000");
    put(345, member.prefix);
    unsigned sum = 0;
    for (const char c : block) sum += static_cast<unsigned char>(c);
    std::array<char, 16> checksum{};
    std::snprintf(checksum.data(), checksum.size(), "%06o", member.good_checksum ? sum : sum + 1);
    put(148, std::string_view(checksum.data(), 7));  // six digits and NUL; the space stays
    Bytes all = bytes(std::string_view(block.data(), block.size()));
    all.insert(all.end(), member.content.begin(), member.content.end());
    while (all.size() % 512 != 0) all.push_back(member.padding);
    return all;
}

Bytes raw_archive(const std::vector<RawMember>& members, std::size_t end_blocks) {
    Bytes all;
    for (const auto& member : members) crypto::append(all, raw_member(member));
    all.resize(all.size() + end_blocks * 512);
    return all;
}

Records::Records(const Deployment& deployment, std::size_t count, std::size_t json_bytes) {
    for (std::size_t i = 0; i < count; ++i) {
        const auto json = "{\"n\":" + std::to_string(i) + ",\"x\":\"" + std::string(json_bytes, 'x') + "\"}";
        auto made = crypto::seal_record(ready(), crypto::as_bytes(json), deployment.recipients());
        REQUIRE(made);
        const auto name = crypto::random_hex(ready(), 16);
        list.push_back({name, crypto::sha256(ready(), made->bytes), made->bytes.size()});
        sealed.emplace(name, std::move(made->bytes));
    }
}

RecordSource Records::source() const {
    return [this](const std::string& name) -> Result<Bytes> { return sealed.at(name); };
}

BatchHeader header_of(const Deployment& deployment, std::uint64_t sequence) {
    return {deployment.device, 1, sequence, Digest{}, 0, Digest{}};
}

RawMember& Parts::member(std::string_view name) {
    const auto found = std::find_if(members.begin(), members.end(), [name](const auto& m) { return m.name == name; });
    REQUIRE(found != members.end());
    return *found;
}

Parts good_parts(const Deployment& deployment, const Records& records) {
    const auto manifest = make_batch_manifest(ready(), header_of(deployment), records.list, deployment.device_key);
    REQUIRE(manifest);
    const auto certificate = deployment.signed_certificate();
    Parts parts;
    const auto add = [&parts](std::string name, Bytes content) {
        RawMember member;
        member.name = std::move(name);
        member.content = std::move(content);
        parts.members.push_back(std::move(member));
    };
    add("MANIFEST", manifest->text);
    add("MANIFEST.minisig", manifest->signature);
    add("CERT", certificate.text);
    add("CERT.minisig", certificate.signature);
    const auto lines = parse_manifest(manifest->text, batch_title, 100);
    REQUIRE(lines);
    for (const auto& line : *lines) add(line.name, records.sealed.at(*batch_record_name(line.name)));
    return parts;
}

RawMember fill_for(const std::vector<RawMember>& members, std::uint64_t size) {
    const auto used = raw_archive(members).size() + 512;
    RawMember fill;
    fill.name = "FILL";
    if (used <= size) fill.content.resize(static_cast<std::size_t>(size) - used);
    return fill;
}

fs::path seal_to(const fs::path& file, const Deployment& deployment, crypto::ByteView archive) {
    auto stream = crypto::SealStream::start(ready(), deployment.recipients(), crypto::Stanzas::Filled);
    REQUIRE(stream);
    Bytes sealed(stream->header().begin(), stream->header().end());
    REQUIRE(stream->update(archive, sealed));
    REQUIRE(stream->finish(sealed));
    write(file, sealed);
    return file;
}

}  // namespace test

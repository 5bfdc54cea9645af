#include "support.hpp"

#include <sys/wait.h>

#include <array>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "crypto/random.hpp"

namespace support {

crypto::SodiumReady ready() {
    static const auto result = crypto::SodiumReady::init();
    return must(result);
}

crypto::SecretBytes secret(std::string_view text) {
    return must(crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(text)));
}

crypto::Bytes bytes(std::string_view hex) {
    const auto decoded = crypto::from_hex(hex);
    REQUIRE(decoded);
    return *decoded;
}

crypto::Bytes pattern(std::size_t n) {
    crypto::Bytes out(n);
    for (std::size_t i = 0; i < n; ++i) out[i] = static_cast<std::byte>((i * 131 + i / 251) & 255U);
    return out;
}

std::string text_of(const crypto::SecretBytes& secret) {
    return std::string(crypto::as_text(secret.view()));
}

People people(std::size_t n, crypto::Recipient::Kind kind) {
    People all;
    for (std::size_t i = 0; i < n; ++i) {
        all.identities.push_back(must(crypto::open::Identity::generate(ready(), kind)));
        all.recipients.push_back(all.identities.back().recipient());
    }
    return all;
}

void write(const std::filesystem::path& path, crypto::ByteView content) {
    std::ofstream out(path, std::ios::binary);
    out.write(crypto::as_text(content).data(), static_cast<std::streamsize>(content.size()));
    REQUIRE(out.good());
}

crypto::Bytes read(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    REQUIRE(in.good());
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

int run(const std::string& command) {
    const int status = std::system((command + " >/dev/null 2>&1").c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

std::string quoted(const std::filesystem::path& path) {
    return "'" + path.string() + "'";
}

}  // namespace support

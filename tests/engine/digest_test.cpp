// Test vectors: RFC 1321 appendix A.5; NIST examples for FIPS 180-4; RFC 4648 section 10.
#include "questionnaires/engine/expression/digest.hpp"

#include <catch2/catch_all.hpp>
#include <string>

namespace engine = questionnaires::engine;
using engine::DigestKind;

namespace {

std::string hex_of(DigestKind kind, std::string_view text) {
    std::string written(128, ' ');
    written.resize(engine::write_hex(engine::digest(kind, text), written.data()));
    return written;
}

}  // namespace

TEST_CASE("digests of the published examples") {
    struct Example {
        DigestKind kind;
        std::string_view text;
        std::string_view hex;
    };
    constexpr std::string_view two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    constexpr std::string_view two_long_blocks =
        "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrs"
        "tu";
    const auto example = GENERATE_COPY(values<Example>({
        {DigestKind::Md5, "", "d41d8cd98f00b204e9800998ecf8427e"},
        {DigestKind::Md5, "message digest", "f96b697d7cb7938d525a2f31aaf161d0"},
        {DigestKind::Md5, "12345678901234567890123456789012345678901234567890123456789012345678901234567890",
         "57edf4a22be3c955ac49da2e2107b67a"},
        {DigestKind::Sha1, "abc", "a9993e364706816aba3e25717850c26c9cd0d89d"},
        {DigestKind::Sha1, two_blocks, "84983e441c3bd26ebaae4aa1f95129e5e54670f1"},
        {DigestKind::Sha256, "abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
        {DigestKind::Sha256, two_blocks, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
        {DigestKind::Sha384, "abc",
         "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7"},
        {DigestKind::Sha512, "abc",
         "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643c"
         "e80e2a9ac94fa54ca49f"},
        {DigestKind::Sha512, two_long_blocks,
         "8e959b75dae313da8cf4f72814fc143f8f7779c6eb9f7fa17299aeadb6889018501d289e4900f7e4331b99dec4b5433ac7d329eeb6dd"
         "26545e96e55b874be909"},
    }));
    CHECK(hex_of(example.kind, example.text) == example.hex);
}

TEST_CASE("the length of a text at the edge of a block takes a block of its own when it must") {
    // From Python's hashlib: 55, 56, 63, 64 and 65 times 'a'.
    CHECK(hex_of(DigestKind::Sha256, std::string(55, 'a')) ==
          "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    CHECK(hex_of(DigestKind::Sha256, std::string(56, 'a')) ==
          "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    CHECK(hex_of(DigestKind::Sha256, std::string(63, 'a')) ==
          "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
    CHECK(hex_of(DigestKind::Sha256, std::string(64, 'a')) ==
          "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    CHECK(hex_of(DigestKind::Sha256, std::string(65, 'a')) ==
          "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0");
}

TEST_CASE("base64 of every remainder, there and back") {
    struct Pair {
        std::string_view plain;
        std::string_view coded;
    };
    const auto pair =
        GENERATE(values<Pair>({{"", ""}, {"f", "Zg=="}, {"fo", "Zm8="}, {"foo", "Zm9v"}, {"foob", "Zm9vYg=="}}));
    engine::Digest bytes;
    bytes.size = pair.plain.size();
    for (std::size_t i = 0; i < bytes.size; ++i) bytes.bytes[i] = static_cast<std::uint8_t>(pair.plain[i]);
    std::string coded(88, ' ');
    coded.resize(engine::write_base64(bytes, coded.data()));
    CHECK(coded == pair.coded);
    std::string plain(pair.coded.size() + 1, ' ');
    const auto size = engine::decode_base64(pair.coded, plain.data());
    REQUIRE(size.has_value());
    CHECK(plain.substr(0, *size) == pair.plain);
}

TEST_CASE("base64 whose last letter holds bits of nothing is refused") {
    std::string plain(8, ' ');
    CHECK_FALSE(engine::decode_base64("Zh==", plain.data()).has_value());
    CHECK_FALSE(engine::decode_base64("Zg=", plain.data()).has_value());
    CHECK_FALSE(engine::decode_base64("=", plain.data()).has_value());
}

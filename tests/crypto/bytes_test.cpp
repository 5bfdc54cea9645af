#include "crypto/bytes.hpp"

#include "support.hpp"

using namespace crypto;

TEST_CASE("hexadecimal goes out and back in lower case only") {
    const Bytes all = support::pattern(256);
    CHECK(from_hex(to_hex(all)) == all);
    CHECK(to_hex(as_bytes("az")) == "617a");
    CHECK_FALSE(from_hex("6"));
    CHECK_FALSE(from_hex("6A"));
    CHECK_FALSE(from_hex("g0"));
    CHECK_FALSE(from_hex(" 61"));
}

TEST_CASE("base64 accepts exactly what it writes") {
    for (std::size_t n = 0; n < 70; ++n) {
        const Bytes data = support::pattern(n);
        CHECK(from_base64(to_base64(data)) == data);
        CHECK(from_base64_unpadded(to_base64_unpadded(data)) == data);
    }
    CHECK_FALSE(from_base64("YQ"));             // padding missing
    CHECK_FALSE(from_base64_unpadded("YQ=="));  // padding not wanted
    CHECK_FALSE(from_base64_unpadded("YR"));    // bits set behind the last byte
    CHECK_FALSE(from_base64_unpadded("Y Q"));
    CHECK_FALSE(from_base64_unpadded("YQ\n"));
    CHECK_FALSE(from_base64_unpadded("Y"));
    CHECK_FALSE(from_base64_unpadded("Y-_Q"));
}

TEST_CASE("a reader stops at its end and stays stopped") {
    const Bytes data = support::bytes("0102030405060708090a");
    Reader reader(data);
    CHECK(reader.u32_le() == 0x04030201U);
    CHECK_FALSE(reader.take(7));
    CHECK(reader.failed());
    CHECK_FALSE(reader.u8());
    CHECK_FALSE(reader.at_end());
}

TEST_CASE("a reader gives numbers in little-endian order") {
    Bytes data;
    append_u32_le(data, 0xdeadbeefU);
    append_u64_le(data, 0x0123456789abcdefU);
    CHECK(to_hex(data) == "efbeaddeefcdab8967452301");
    Reader reader(data);
    CHECK(reader.u32_le() == 0xdeadbeefU);
    CHECK(reader.u64_le() == 0x0123456789abcdefU);
    CHECK(reader.at_end());
}

TEST_CASE("a line longer than its limit is refused and one of exactly the limit is read") {
    Reader fits(as_bytes("abc\nd"));
    CHECK(fits.line(3) == "abc");
    CHECK_FALSE(fits.line(3));  // no line end
    Reader longer(as_bytes("abcd\n"));
    CHECK_FALSE(longer.line(3));
}

TEST_CASE("only one character in each place of a base64 text gives the same bytes") {
    // libsodium 1.0.18 alone takes some characters above 127 for letters.
    const Bytes data = support::pattern(33);
    const std::string good = to_base64_unpadded(data);
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (int c = 0; c < 256; ++c) {
            std::string other = good;
            other[i] = static_cast<char>(c);
            if (other != good) REQUIRE(from_base64_unpadded(other) != data);
        }
    }
    std::string high = good;
    for (char& c : high) c = static_cast<char>(static_cast<unsigned char>(c) | 0x80U);
    CHECK_FALSE(from_base64_unpadded(high));
}

// Published answers of what post-quantum keys are made of.
#include "crypto/xwing.hpp"

namespace crypto::xwing {

#ifdef AMPARO_XWING
namespace {

template <std::size_t N>
using Array = std::array<unsigned char, N>;

template <std::size_t N>
bool is(const Array<N>& got, std::string_view expected) {
    return to_hex(std::as_bytes(std::span(got))) == expected;
}

template <std::size_t N>
bool hash_is(const Array<N>& got, std::string_view expected) {
    Array<32> hash{};
    crypto_hash_sha256(hash.data(), got.data(), got.size());
    return is(hash, expected);
}

bool hashes() {  // FIPS 202
    const auto* abc = raw(as_bytes("abc"));
    Array<32> sha3{};
    Array<64> longer{};
    crypto_hash_sha3256(sha3.data(), abc, 3);
    crypto_hash_sha3512(longer.data(), abc, 3);
    return is(sha3, "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532") &&
           is(longer,
              "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e"
              "10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0");
}

// The first of C2SP's accumulated answers of ML-KEM-768 (CCTV): d, z and m are the beginning of SHAKE-128 of nothing.
// The secret for a changed ciphertext is the one that implicit rejection gives.
bool ml_kem(const unsigned char* seed, const unsigned char* message) {
    Array<crypto_kem_mlkem768_PUBLICKEYBYTES> key{};
    Array<crypto_kem_mlkem768_SECRETKEYBYTES> secret_key{};
    Array<crypto_kem_mlkem768_CIPHERTEXTBYTES> sealed{};
    Array<32> secret{};
    constexpr std::string_view answer = "fe627621fe296186fce32243dd554bdda38971b47f18461f21323782dfe5ff89";
    if (crypto_kem_mlkem768_seed_keypair(key.data(), secret_key.data(), seed) != 0 ||
        crypto_kem_mlkem768_enc_deterministic(sealed.data(), secret.data(), key.data(), message) != 0 ||
        !hash_is(key, "8618cc44e3666926126254c7ac0763f182bab474712e3d4b4eb11c18cc1cac87") ||
        !hash_is(sealed, "6049f31260f9d729e0e893513f55968b2404b68cd58e12e1b1240e3827748b03") || !is(secret, answer))
        return false;
    secret.fill(0);
    if (crypto_kem_mlkem768_dec(secret.data(), sealed.data(), secret_key.data()) != 0 || !is(secret, answer))
        return false;
    sealed[0] ^= 1U;
    return crypto_kem_mlkem768_dec(secret.data(), sealed.data(), secret_key.data()) == 0 &&
           is(secret, "237f3c74a6908f78351fb1ed6deddc498ce03b5c1cea0b3d73b5723c97d4be3e");
}

// The first of the draft's test vectors: seed and eseed are the beginning of SHAKE-128 of nothing.
bool x_wing(const unsigned char* seed, const unsigned char* encapsulation_seed) {
    Array<public_size> key{};
    Array<seed_size> secret_key{};
    Array<sealed_size> sealed{};
    Array<32> secret{};
    constexpr std::string_view answer = "d2df0522128f09dd8e2c92b1e905c793d8f57a54c3da25861f10bf4ca613e384";
    if (crypto_kem_xwing_seed_keypair(key.data(), secret_key.data(), seed) != 0 ||
        crypto_kem_xwing_enc_deterministic(sealed.data(), secret.data(), key.data(), encapsulation_seed) != 0 ||
        !hash_is(key, "2e816deebcd76c5c80d0cd2d174478871658e8e2ff42bc9d4a6e486372e856bb") ||
        !hash_is(sealed, "17cd532d657e44c897ca6583e548a5424fc70bf54f99515a4d2bcf99e3469f33") || !is(secret, answer))
        return false;
    secret.fill(0);
    return crypto_kem_xwing_dec(secret.data(), sealed.data(), secret_key.data()) == 0 && is(secret, answer);
}

}  // namespace

bool gives_known_answers() {
    Array<96> stream{};
    crypto_xof_shake128(stream.data(), stream.size(), &empty_data, 0);
    return hashes() && ml_kem(stream.data(), stream.data() + 64) && x_wing(stream.data(), stream.data() + 32);
}
#else
bool gives_known_answers() {
    return true;
}
#endif

}  // namespace crypto::xwing

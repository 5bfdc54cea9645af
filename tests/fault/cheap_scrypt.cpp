// Thousands of faults would wait for thousands of passphrases: here they cost next to nothing, and everything else
// about them is as it is. The linker puts these in the place of the library's functions (AMPARO_CHEAP_SCRYPT); what
// costs little already (the library's self-test, with the numbers of the RFC) is left alone. Source: ld(1), --wrap.
#include <sodium.h>

#include <algorithm>
#include <cstdint>

namespace {

constexpr std::uint64_t most_rounds = 16;

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): the names that ld gives them
extern "C" {

decltype(crypto_pwhash_scryptsalsa208sha256_ll) __real_crypto_pwhash_scryptsalsa208sha256_ll;
decltype(crypto_pwhash_scryptsalsa208sha256) __real_crypto_pwhash_scryptsalsa208sha256;

int __wrap_crypto_pwhash_scryptsalsa208sha256_ll(const uint8_t* password, size_t size, const uint8_t* salt,
                                                 size_t salt_size, uint64_t rounds, uint32_t r, uint32_t p,
                                                 uint8_t* key, size_t key_size) {
    return __real_crypto_pwhash_scryptsalsa208sha256_ll(password, size, salt, salt_size, std::min(rounds, most_rounds),
                                                        r, p, key, key_size);
}

int __wrap_crypto_pwhash_scryptsalsa208sha256(unsigned char* key, unsigned long long key_size, const char* password,
                                              unsigned long long size, const unsigned char* salt, unsigned long long,
                                              size_t) {
    return __real_crypto_pwhash_scryptsalsa208sha256(key, key_size, password, size, salt,
                                                     crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_MIN,
                                                     crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_MIN);
}

}  // extern "C"
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

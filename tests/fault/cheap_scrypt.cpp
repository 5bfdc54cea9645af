// Thousands of faults would wait for thousands of passphrases: here they cost next to nothing, and everything else
// about them is as it is. Found before the functions of the library; what costs little already (its self-test, with the
// numbers of the RFC) is left alone.
#include <dlfcn.h>
#include <sodium.h>

#include <algorithm>

namespace {

constexpr std::uint64_t most_rounds = 16;

template <class Function>
Function* of_library(const char* name) {
    return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

extern "C" {

int crypto_pwhash_scryptsalsa208sha256_ll(const uint8_t* password, size_t size, const uint8_t* salt, size_t salt_size,
                                          uint64_t rounds, uint32_t r, uint32_t p, uint8_t* key, size_t key_size) {
    static auto* const real = of_library<decltype(crypto_pwhash_scryptsalsa208sha256_ll)>(__func__);
    return real(password, size, salt, salt_size, std::min(rounds, most_rounds), r, p, key, key_size);
}

int crypto_pwhash_scryptsalsa208sha256(unsigned char* const key, unsigned long long key_size,
                                       const char* const password, unsigned long long size,
                                       const unsigned char* const salt, unsigned long long, size_t) {
    static auto* const real = of_library<decltype(crypto_pwhash_scryptsalsa208sha256)>(__func__);
    return real(key, key_size, password, size, salt, crypto_pwhash_scryptsalsa208sha256_OPSLIMIT_MIN,
                crypto_pwhash_scryptsalsa208sha256_MEMLIMIT_MIN);
}

}  // extern "C"

// What guessing the words of a device costs: one try by Argon2id cost on this machine, the cost that calibration
// chooses, and how long all guesses take. Nothing here has a floor; SECURITY.md rests on it.
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>

#include "crypto/argon.hpp"
#include "crypto/words.hpp"

namespace {

using namespace std::chrono;

constexpr double seconds_in_a_year = 365.25 * 86400;
constexpr int bits_in_a_word = 8;  // a list of 256
constexpr double machines = 1'000'000;

double seconds_for_one_try(crypto::SodiumReady ready, crypto::ArgonCost cost) {
    const auto words = crypto::SecretBytes::copy_of(ready, crypto::as_bytes("eight words"));
    const crypto::Bytes salt(16, std::byte{7});
    const auto from = steady_clock::now();
    if (!words || !crypto::argon2id(ready, words->view(), salt, cost)) {
        std::fputs("Argon2id failed\n", stderr);
        std::exit(2);
    }
    return duration<double>(steady_clock::now() - from).count();
}

void row(crypto::SodiumReady ready, const char* name, crypto::ArgonCost cost) {
    const double one = seconds_for_one_try(ready, cost);
    std::printf("%-22s %4u MiB  %u passes  %6.2f s a try", name, cost.memory_kib / 1024, cost.passes, one);
    // Half of all combinations are tried before the right one, on average.
    for (const std::size_t words : {std::size_t{4}, std::size_t{6}, crypto::passphrase_words}) {
        const double years =
            std::exp2(bits_in_a_word * static_cast<double>(words) - 1) * one / machines / seconds_in_a_year;
        std::printf("   %zu words %9.2g years", words, years);
    }
    std::puts("");
}

}  // namespace

int main() {
    const auto ready = crypto::SodiumReady::init();
    if (!ready) return 2;
    std::printf("Guessing device words, one try at a time on each core of %.0f such machines:\n", machines);
    row(*ready, "floor", crypto::argon_floor);
    const auto chosen =
        crypto::calibrate(*ready, milliseconds(1000), [] { return steady_clock::now().time_since_epoch(); });
    if (!chosen) return 2;
    row(*ready, "calibrated for 1 s", *chosen);
    row(*ready, "cap on memory", {crypto::argon_cap_kib, crypto::argon_floor.passes});
    std::puts("A device has eight words (64 bits). A PIN is no key: whoever has the disk and no words tries no PINs.");
    return 0;
}

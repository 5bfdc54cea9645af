// Sealing and opening a record of 16 KiB against the bare libsodium calls, on one and two cores, and against the stock
// age program. Ratios are of what was measured in turns in the same run; every floor that is missed fails. Needs two
// free cores.
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "crypto/age.hpp"
#include "crypto/open/open.hpp"
#include "crypto/random.hpp"
#include "tests/bench/crypto_floor.hpp"

namespace {

namespace fs = std::filesystem;
using Clock = std::chrono::steady_clock;

constexpr std::size_t record_size = 16384;
constexpr double most_ratio = 1.15;
constexpr double least_scaling = 1.9;
constexpr double least_seal_gain = 10;
constexpr double least_open_gain = 25;

double microseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::micro>(Clock::now() - from).count();
}

/// What a tenth of the runs stay below: the machine's other work disturbs the rest.
double quiet(std::vector<double> all) {
    std::sort(all.begin(), all.end());
    return all[all.size() / 10];
}

[[noreturn]] void broken(const char* what) {
    std::fprintf(stderr, "%s failed\n", what);
    std::exit(2);
}

int verdict(bool holds) {
    std::puts(holds ? "" : "   MISSED");
    return holds ? 0 : 1;
}

/// Identities, recipients, and the same keys bare.
struct People {
    std::vector<crypto::open::Identity> identities;
    std::vector<crypto::Recipient> recipients;
    std::vector<bench::Key> secrets;
    std::vector<bench::Key> keys;

    People(crypto::SodiumReady ready, std::size_t n) {
        for (std::size_t i = 0; i < n; ++i) {
            auto identity = crypto::open::Identity::generate(ready);
            if (!identity) broken("key generation");
            recipients.push_back(identity->recipient());
            keys.push_back(bare(identity->recipient().key()));
            secrets.push_back(bare(identity->secret().view()));
            identities.push_back(std::move(*identity));
        }
    }
    static bench::Key bare(crypto::ByteView bytes) {
        bench::Key key{};
        std::transform(bytes.begin(), bytes.end(), key.begin(),
                       [](std::byte b) { return std::to_integer<unsigned char>(b); });
        return key;
    }
};

struct Pair {
    double ours;
    double bare;
};

/// Ours (so many in a row) and the bare calls in turns, so that a busy machine meets both alike.
template <typename Ours, typename Bare>
Pair in_turns(int times, const Ours& ours, const Bare& bare, int in_a_row = 1) {
    std::vector<double> first;
    std::vector<double> second;
    for (int i = 0; i < times; ++i) {
        auto from = Clock::now();
        for (int j = 0; j < in_a_row; ++j) ours();
        first.push_back(microseconds(from) / in_a_row);
        from = Clock::now();
        bare();
        second.push_back(microseconds(from));
    }
    return {quiet(std::move(first)), quiet(std::move(second))};
}

int report(const char* what, std::size_t recipients, Pair time) {
    const double ratio = time.ours / time.bare;
    std::printf("%s, %zu recipients   %6.1f us   bare calls %6.1f us   ratio %.2f (at most %.2f)", what, recipients,
                time.ours, time.bare, ratio, most_ratio);
    return verdict(ratio <= most_ratio);
}

/// As a record is sealed on the kiosk and opened at the desk by the recipient whose stanza comes last.
int against_bare(crypto::SodiumReady ready, std::size_t recipients, int times) {
    const People people(ready, recipients);
    const crypto::Bytes json(record_size, std::byte{'x'});
    const std::vector<unsigned char> plain(record_size, 'x');
    const auto sealing = in_turns(
        times,
        [&] {
            if (!crypto::seal(ready, json, people.recipients)) broken("sealing");
        },
        [&] {
            if (bench::bare_seal(plain, people.keys).payload.empty()) broken("bare sealing");
        });

    const auto sealed = crypto::seal(ready, json, people.recipients);
    const auto bare = bench::bare_seal(plain, people.keys);
    if (!sealed) broken("sealing");
    const std::span<const crypto::open::Identity> last(&people.identities.back(), 1);
    const auto opening = in_turns(
        times,
        [&] {
            if (!crypto::open::open(ready, sealed->bytes, last)) broken("opening");
        },
        [&] {
            std::vector<unsigned char> opened;
            if (!bench::bare_open(bare, people.secrets.back(), people.keys.back(), opened)) broken("bare opening");
        });
    return report("seal", recipients, sealing) + report("open", recipients, opening);
}

/// How much more two processes open in the same time than one: the best of some rounds, each measured alone first.
int scaling(crypto::SodiumReady ready, int times) {
    const People people(ready, 5);
    const crypto::Bytes json(record_size, std::byte{'x'});
    const auto sealed = crypto::seal_record(ready, json, people.recipients);
    if (!sealed) broken("sealing");
    const auto opens = [&] {
        const std::span<const crypto::open::Identity> last(&people.identities.back(), 1);
        for (int i = 0; i < times; ++i)
            if (!crypto::open::open(ready, sealed->bytes, last)) broken("opening");
    };
    double gain = 0;
    for (int round = 0; round < 9; ++round) {
        auto from = Clock::now();
        opens();
        const double one = microseconds(from);
        from = Clock::now();
        const pid_t other = fork();
        if (other < 0) broken("a second process");
        opens();
        if (other == 0) _exit(0);
        int status = 0;
        if (waitpid(other, &status, 0) != other || status != 0) broken("the second process");
        gain = std::max(gain, 2 * one / microseconds(from));
    }
    std::printf("open in two processes, 5 recipients   %.2f times one (at least %.2f)", gain, least_scaling);
    return verdict(gain >= least_scaling);
}

bool runs(const std::string& line) {
    const int status = std::system((line + " > /dev/null 2>&1").c_str());
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

void write(const fs::path& file, crypto::ByteView content) {
    std::ofstream out(file, std::ios::binary);
    out.write(crypto::as_text(content).data(), static_cast<std::streamsize>(content.size()));
    if (!out.flush()) broken("writing a file");
}

crypto::Bytes read(const fs::path& file) {
    const int in = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    struct stat known {};
    if (in < 0 || fstat(in, &known) != 0) broken("reading a file");
    crypto::Bytes content(static_cast<std::size_t>(known.st_size));
    if (::read(in, content.data(), content.size()) != static_cast<ssize_t>(content.size())) broken("reading a file");
    close(in);
    return content;
}

/// One of ten files in a row by the library against one file by the program, which a script starts for each.
int against_age(crypto::SodiumReady ready, const fs::path& dir, int times) {
    const People people(ready, 3);
    const crypto::Bytes json(record_size, std::byte{'x'});
    const auto identity = crypto::open::identity_file(ready, people.identities.back());
    const auto sealed = crypto::seal(ready, json, people.recipients);
    if (!identity || !sealed) broken("sealing");
    write(dir / "id", identity->view());
    write(dir / "plain", json);
    write(dir / "sealed", sealed->bytes);
    std::string to;
    for (const auto& one : people.recipients) to += " -r " + one.to_string();
    const std::string there = "cd '" + dir.string() + "' && exec age ";
    const std::string seal_line = there + to + " -o by-age plain";
    const std::string open_line = there + "-d -i id -o opened sealed";
    const std::span<const crypto::open::Identity> last(&people.identities.back(), 1);
    const auto sealing = in_turns(
        times,
        [&] {
            const auto made = crypto::seal(ready, json, people.recipients);
            if (!made) broken("sealing");
            write(dir / "ours", made->bytes);
        },
        [&] {
            if (!runs(seal_line)) broken("the age program");
        },
        10);
    const auto opening = in_turns(
        times,
        [&] {
            if (!crypto::open::open(ready, read(dir / "sealed"), last)) broken("opening");
        },
        [&] {
            if (!runs(open_line)) broken("the age program");
        },
        10);
    const double seal_gain = sealing.bare / sealing.ours;
    const double open_gain = opening.bare / opening.ours;
    std::printf("seal a file, 3 recipients   %6.1f us   age program %7.1f us   %.0f times faster (at least %.0f)",
                sealing.ours, sealing.bare, seal_gain, least_seal_gain);
    const int missed = verdict(seal_gain >= least_seal_gain);
    std::printf("open a file, 3 recipients   %6.1f us   age program %7.1f us   %.0f times faster (at least %.0f)",
                opening.ours, opening.bare, open_gain, least_open_gain);
    return missed + verdict(open_gain >= least_open_gain);
}

}  // namespace

int main() {
    const auto ready = crypto::SodiumReady::init();
    if (!ready) broken("the self-test");
    int missed = 0;
    for (const std::size_t recipients : {3U, 5U}) missed += against_bare(*ready, recipients, 2000);
    missed += scaling(*ready, 200);
    // In memory where there is such a folder: the programs are compared, not the disk.
    const fs::path above = fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path();
    const fs::path dir = above / ("amparo-bench-" + crypto::random_hex(*ready, 8));
    fs::create_directory(dir);
    missed += against_age(*ready, dir, 200);
    fs::remove_all(dir);
    std::printf("%d of 7 floors missed\n", missed);
    return missed == 0 ? 0 : 1;
}

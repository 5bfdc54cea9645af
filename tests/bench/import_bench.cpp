// What an import takes. In one process, in turns: 10,000 sealed records into a new casebook with one thread and with
// two, against the same work bare (import_floor.hpp); and opening and reading a record as an import does, against the
// `age` program once for each record, which opens and keeps nothing. Then the real program, each size in a process of
// its own: memory must be flat in the size of a batch and in the number of records, and time linear in it. With a word,
// so many records in place of 10,000; "long" goes on to 100,000.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <functional>
#include <string>
#include <vector>

#include "app/casebook/readers.hpp"
#include "tests/bench/import_floor.hpp"
#include "tests/bench/programme.hpp"

namespace {

using bench::give_up;
using bench::Programme;

struct Taken {
    double seconds = 0;
    double mib = 0;
};

Taken run(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const auto from = std::chrono::steady_clock::now();
    std::fflush(stdout);  // or the child would say it once more
    const auto child = ::fork();
    if (child == 0) {
        if (std::freopen("/dev/null", "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr)
            ::_exit(126);
        ::execv(argv.front(), argv.data());
        ::_exit(127);
    }
    int status = 0;
    struct rusage used {};
    if (child < 0 || ::wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
        give_up("the import did not run");
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count(),
            static_cast<double>(used.ru_maxrss) / 1024};
}

constexpr double most_of_one = 1.2;
constexpr double most_of_two = 1.35;
constexpr double least_of_age = 10;
constexpr double most_linear = 1.3;
constexpr double most_mib = 150;
constexpr int turns = 3;
constexpr std::size_t age_records = 300;

int missed = 0;

void judge(const char* what, double value, const char* bound, double limit, bool met) {
    std::printf("%-46s %7.2f  (%s %.2f)  %s\n", what, value, bound, limit, met ? "met" : "MISSED");
    if (!met) ++missed;
}

double seconds_since(std::chrono::steady_clock::time_point from) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

/// Of all threads of this process.
double processor_seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

/// The batch that lies there, into a new casebook.
double import_with(Programme& programme, unsigned threads, std::size_t records) {
    auto book = programme.begin();
    book.read_with(threads);
    const auto from = std::chrono::steady_clock::now();
    const auto report = bench::must(book.import_batch(programme.verified(), programme.identities()), "import");
    const auto seconds = seconds_since(from);
    if (report.count(app::casebook::Outcome::New) != records) give_up("not all are new");
    return seconds;
}

/// Seconds of one record with the `age` program. Zero where it is not here.
double with_age(Programme& programme) {
    std::vector<std::string> words{"/usr/bin/age", "-d", "-i", programme.identity_file().string(), ""};
    if (!bench::fs::exists(words[0])) return 0;
    const auto record = programme.folder() / "one.age";
    const auto sealed = programme.record();
    std::ofstream(record, std::ios::binary) << crypto::as_text(sealed);
    words.back() = record.string();
    double seconds = 0;
    for (std::size_t i = 0; i < age_records; ++i) seconds += run(words).seconds;
    return seconds / static_cast<double>(age_records);
}

/// Seconds of one record, opened and read by one thread of an import.
double opened(Programme& programme) {
    std::vector<crypto::Bytes> records(age_records);
    for (auto& one : records) one = programme.record();
    app::casebook::detail::Readers readers(programme.ready(), programme.identities(), 1);
    const auto from = std::chrono::steady_clock::now();
    for (auto& one : records) {
        readers.give({{}, 1, std::move(one)});
        const auto read = readers.take();
        if (!read.said || !*read.said) give_up("a record was not read");
    }
    return seconds_since(from) / static_cast<double>(age_records);
}

void against_floors(Programme& programme, std::size_t records) {
    programme.begin();
    programme.write_batch(records, [&] { return programme.record(); });
    double one = 1e9;
    double two = 1e9;
    bench::BareTime bare{1e9, 0};
    double bare_split = 1e9;
    std::array<double, 3> worked{1e9, 1e9, 1e9};
    const auto working = [&](std::size_t kind, const auto& work) {
        const auto from = processor_seconds();
        const auto done = work();
        worked[kind] = std::min(worked[kind], processor_seconds() - from);
        return done;
    };
    for (int turn = 0; turn < turns; ++turn) {
        const auto floor = working(0, [&] {
            return bench::bare_import(programme.ready(), programme.batch(), programme.folder() / "bare.db",
                                      programme.identities().front().secret().view(), records);
        });
        if (floor.all < bare.all) bare = floor;
        bare_split = std::min(bare_split, floor.all - floor.opening / 2);
        one = std::min(one, working(1, [&] { return import_with(programme, 1, records); }));
        two = std::min(two, working(2, [&] { return import_with(programme, 2, records); }));
    }
    const auto each = [&](double seconds) { return seconds * 1e6 / static_cast<double>(records); };
    std::printf("import of %zu records, the best of %d turns, microseconds each:\n", records, turns);
    std::printf("  bare %.0f, of that opening and parsing %.0f; one thread %.0f, two threads %.0f\n", each(bare.all),
                each(bare.opening), each(one), each(two));
    std::printf("  of a processor, whoever else wants it: bare %.0f, one thread %.0f, two threads %.0f\n",
                each(worked[0]), each(worked[1]), each(worked[2]));
    judge("one thread to the same work bare", one / bare.all, "at most", most_of_one, one <= most_of_one * bare.all);
    judge("two threads to a perfect split of it", two / bare_split, "at most", most_of_two,
          two <= most_of_two * bare_split);
    if (const auto age = with_age(programme); age > 0) {
        const auto own = opened(programme);
        std::printf("  `age` %.0f; opened and read by an import %.0f; `age` is %.1f times a whole import\n", age * 1e6,
                    own * 1e6, age * static_cast<double>(records) / std::min(one, two));
        judge("`age` once for each record to opening it", age / own, "at least", least_of_age,
              age >= least_of_age * own);
    }
    programme.remove_batch();
}

Taken row(Programme& programme, const char* name, std::size_t records, const std::function<crypto::Bytes()>& make) {
    const auto taken = run(programme.prepare(records, make));
    programme.remove_batches();
    std::printf("%-30s %7zu records  %6.1f MiB  %7.2f s  %6.1f MiB of memory\n", name, records,
                static_cast<double>(programme.file_bytes) / (1 << 20), taken.seconds, taken.mib);
    return taken;
}

/// Time of one record and memory of the real program, from a thousand records on.
void from_thousand_on(Programme& programme, bool long_form) {
    std::vector<std::size_t> sizes{1'000, 10'000};
    if (long_form) sizes.push_back(100'000);
    std::vector<Taken> all;
    for (const auto size : sizes)
        all.push_back(row(programme, "records of 16 KiB", size, [&] { return programme.record(); }));
    const auto each = [&](std::size_t i) { return all[i].seconds / static_cast<double>(sizes[i]); };
    const auto last = sizes.size() - 1;
    judge("time of a record, of the most to a thousand", each(last) / each(0), "at most", most_linear,
          each(last) <= most_linear * each(0));
    const auto most = std::max_element(all.begin(), all.end(), [](auto& a, auto& b) { return a.mib < b.mib; })->mib;
    judge("memory, MiB", most, "at most", most_mib, most <= most_mib);
}

}  // namespace

int main(int count, char** words) {
    const auto ready = crypto::SodiumReady::init();
    if (!ready) return 2;
    Programme programme(*ready);
    const std::string word = count > 1 ? words[1] : "";
    const bool long_form = word == "long";
    against_floors(programme, word.empty() || long_form ? 10'000 : std::stoul(word));
    if (!word.empty() && !long_form) return missed == 0 ? 0 : 1;
    const auto junk = [&] { return programme.junk(1'000'000); };
    const auto one = row(programme, "large records, 1 MiB", 1, [&] { return programme.junk(500'000); });
    const auto large = row(programme, "large records, 256 MiB", 250, junk);
    judge("memory, a batch of 256 MiB to one of 1 MiB", large.mib / one.mib, "at most", 1.5,
          large.mib <= 1.5 * one.mib);
    from_thousand_on(programme, long_form);
    std::printf("%d floors missed\n", missed);
    return missed == 0 ? 0 : 1;
}

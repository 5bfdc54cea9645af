// What a casebook of 20,000 cases, or of as many as are said ("long": 100,000), takes: importing them, a page of the
// list in each order and by each filter, one case by its code. Floors are ratios within one run: a record costs as much
// in the last batch as in a small casebook, and a page as much as 100 cases cost, not as 20,000. One is a time, because
// a person waits for it: every page within 20 ms. A total costs a look at every case: what it takes is only said.
#include <algorithm>
#include <chrono>
#include <cstdio>

#include "tests/bench/programme.hpp"

namespace {

using app::casebook::Casebook;
using app::casebook::CaseQuery;
using bench::must;
using bench::Programme;

constexpr std::size_t small = 2'000;
constexpr std::size_t usual = 20'000;
constexpr std::size_t most = 100'000;
constexpr auto most_of_batch = Programme::most_of_batch;
constexpr double page_most_ms = 20;

double seconds_since(std::chrono::steady_clock::time_point from) {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count();
}

/// Milliseconds of one record, in a casebook that is filled from nothing.
double import_all(Programme& programme, Casebook& book, std::size_t records) {
    double seconds = 0;
    const auto batches = std::max<std::size_t>(2, records / most_of_batch);
    for (std::size_t i = 0; i < batches; ++i) {
        programme.write_batch(records / batches, [&] { return programme.record(); });
        const auto from = std::chrono::steady_clock::now();
        const auto report = must(book.import_batch(programme.verified(), programme.identities()), "import");
        seconds += seconds_since(from);
        programme.remove_batch();
        if (report.count(app::casebook::Outcome::New) != records / batches) bench::give_up("not all are new");
    }
    const double each = seconds * 1000 / static_cast<double>(records);
    std::printf("import of %6zu records          %8.2f s   %6.3f ms each\n", records, seconds, each);
    return each;
}

/// The median of some pages, in milliseconds.
double page_of(Casebook& book, const char* name, CaseQuery query, std::size_t total) {
    std::vector<double> taken;
    for (int i = 0; i < 15; ++i) {
        const auto from = std::chrono::steady_clock::now();
        const auto page = must(book.cases(query), "page");
        taken.push_back(seconds_since(from) * 1000);
        if (page.cases.size() != std::min(query.most == 0 ? total : query.most, total) && page.more)
            bench::give_up("another number of cases");
        if (page.total && page.total != total) bench::give_up("another total");
        if (page.more) query.after = page.cases.back();
    }
    std::sort(taken.begin(), taken.end());
    std::printf("%-32s %8.2f ms  (slowest %.2f)\n", name, taken[taken.size() / 2], taken.back());
    return taken[taken.size() / 2];
}

/// Somebody works on every second of forty cases, and every third was referred.
void handle_some(Casebook& book) {
    std::size_t taken = 0;
    for (const auto& one : must(book.cases({.order = app::casebook::CaseOrder::Code, .most = 40}), "page").cases) {
        const bool working = ++taken % 2 == 0;
        if (working && (!book.take_step(one, app::casebook::StepKind::Status, "working", {}) ||
                        !book.take_step(one, app::casebook::StepKind::Assigned, "Ana", {})))
            bench::give_up("step");
        if (taken % 3 == 0 && !book.refer(one, {"Casa de paso", app::casebook::ReferralScope::Nothing, true}, {}))
            bench::give_up("referral");
    }
}

std::size_t total_of(Casebook& book, CaseQuery query) {
    query.most = 1;
    query.counted = true;
    return must(book.cases(query), "page").total.value_or(0);
}

struct Asked {
    const char* name;
    CaseQuery query;
};

/// The slowest of all pages, milliseconds.
double pages_of(Casebook& book, std::size_t all) {
    using app::casebook::CaseOrder;
    using app::casebook::Practice;
    using app::record::engine::Level;
    const auto device = must(book.cases({.most = 1}), "page").cases.front().device;
    const Asked pages[] = {
        {"page of 100 of all", {}},
        {"the newest first", {.order = CaseOrder::Newest}},
        {"by code", {.order = CaseOrder::Code}},
        {"strong danger only", {.danger = Level::Strong}},
        {"the same of one form", {.danger = Level::Strong, .form = "first-contact"}},
        {"anything strong", {.worst = Level::Strong}},
        {"of some days", {.first_day = "2026-11-12", .last_day = "2026-11-14"}},
        {"the same, the newest first",
         {.first_day = "2026-11-12", .last_day = "2026-11-14", .order = CaseOrder::Newest}},
        {"of a form", {.form = "first-contact"}},
        {"of a form that nobody has", {.form = "adult"}},
        {"of a device", {.device = device}},
        {"assisted", {.mode = app::casebook::Mode::Assisted}},
        {"private, which none was", {.mode = app::casebook::Mode::Private}},
        {"complete", {.state = app::casebook::Kind::Final}},
        {"interrupted, which none was", {.state = app::casebook::Kind::Partial}},
        {"in progress", {.status = app::casebook::CaseStatus::Working}},
        {"in progress with Ana", {.status = app::casebook::CaseStatus::Working, .assigned = "Ana"}},
        {"of nobody", {.assigned = ""}},
        {"referred", {.referred = app::casebook::ReferralState::Referred}},
        {"practice, which none was", {.practice = Practice::Only}},
        {"practice as well", {.practice = Practice::Included}},
        {"the last page by its number", {.skip = all - 100}},
        {"by one code", {.name = "radio-hotel-canal-482"}},
    };
    double slowest = 0;
    for (auto [name, query] : pages) {
        query.most = 100;
        auto whole = query;
        whole.skip = 0;
        const auto total = total_of(book, whole) - query.skip;
        slowest = std::max(slowest, page_of(book, name, query, total));
        if (query.skip > 0) continue;
        query.counted = true;
        page_of(book, "  with the total", query, total);
    }
    return slowest;
}

}  // namespace

int main(int count, char** words) {
    const std::string word = count > 1 ? words[1] : "";
    const std::size_t large = word.empty() ? usual : word == "long" ? most : std::stoul(word);
    const auto ready = crypto::SodiumReady::init();
    if (!ready) return 2;
    Programme programme(*ready);
    double few = 0;
    double few_page = 0;
    {
        auto book = programme.begin();
        few = import_all(programme, book, small);
        few_page = page_of(book, "page of 100 from 2,000", {.most = 100}, small);
    }
    auto book = programme.begin();
    const double many = import_all(programme, book, large);
    handle_some(book);
    const double page = page_of(book, "page of 100 of all", {.most = 100}, large);
    const double slowest = pages_of(book, large);
    page_of(book, "all in one", {}, large);
    std::printf("record of many to of 2,000: %.2f (at most 1.3)\n", many / few);
    std::printf("page of many to of 2,000: %.2f (at most 10 is the whole list)\n", page / few_page);
    std::printf("the slowest page %.1f ms (at most %.0f)\n", slowest, page_most_ms);
    return many / few <= 1.3 && slowest <= page_most_ms ? 0 : 1;
}

// What a casebook of 20,000 cases, or of as many as are said, takes: importing them, one page of the list, one case by
// its code. Floors are ratios within one run: a record costs as much in the last batch as in a small casebook, and a
// page as much as 100 cases cost, not as 20,000. One is a time, because a person waits for it: a page within 20 ms.
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
constexpr std::size_t most_of_batch = 10'000;  // 256 MiB hold 14,800 records
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

}  // namespace

int main(int count, char** words) {
    const std::size_t large = count > 1 ? std::stoul(words[1]) : usual;
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
    const double page = page_of(book, "page of 100 of all", {.most = 100}, large);
    page_of(book, "the same, with the total", {.most = 100, .counted = true}, large);
    page_of(book, "the same, the newest first", {.order = app::casebook::CaseOrder::Newest, .most = 100}, large);
    page_of(book, "the same, by code", {.order = app::casebook::CaseOrder::Code, .most = 100}, large);
    const CaseQuery handled{.status = app::casebook::CaseStatus::Working, .assigned = "Ana", .most = 100};
    std::size_t taken = 0;
    for (const auto& one : must(book.cases({.order = app::casebook::CaseOrder::Code, .most = 5'000}), "page").cases) {
        if (taken == 40) break;
        if (++taken % 2 != 0) continue;
        if (!book.take_step(one, app::casebook::StepKind::Status, "working", {}) ||
            !book.take_step(one, app::casebook::StepKind::Assigned, "Ana", {}))
            bench::give_up("step");
    }
    auto counted = handled;
    counted.most = 1;
    counted.counted = true;
    const auto hers = must(book.cases(counted), "page").total.value_or(0);
    page_of(book, "in progress with Ana", handled, hers);
    page_of(book, "the same, with the total", {.assigned = "", .most = 100, .counted = true}, large - hers);
    page_of(book, "the last page by its number", {.most = 100, .skip = large - 100}, large);
    const auto strong =
        must(book.cases({.danger = app::record::engine::Level::Strong, .most = 1, .counted = true}), "page")
            .total.value_or(0);
    page_of(book, "strong danger only",
            {.danger = app::record::engine::Level::Strong, .form = "first-contact", .most = 100}, strong);
    const auto named = must(book.cases({.name = "radio-hotel-canal-482"}), "name").cases.size();
    page_of(book, "by one code", {.name = "radio-hotel-canal-482"}, named);
    page_of(book, "all in one", {}, large);
    std::printf("record of many to of 2,000: %.2f (at most 1.3)\n", many / few);
    std::printf("page of many to of 2,000: %.2f (at most 10 is the whole list; %.1f ms at most %.0f)\n",
                page / few_page, page, page_most_ms);
    return many / few <= 1.3 && page <= page_most_ms ? 0 : 1;
}

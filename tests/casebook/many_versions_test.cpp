// However many versions of one record a device sends, each costs about as much as the one before.
#include <ctime>

#include "tests/casebook/support.hpp"

using test::Deployment;
using test::Outcome;

namespace {

/// Time of the processor, so that others on the machine count for nothing.
template <class Step>
double seconds_of(const Step& step) {
    const auto from = std::clock();
    step();
    return static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC;
}

void add_versions(test::Kiosk& kiosk, const std::string& kind, unsigned count, unsigned from) {
    for (unsigned i = 0; i < count; ++i) kiosk.add(1, {.kind = kind, .revision = from + i});
}

double withdrawals(unsigned count) {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    add_versions(kiosk, "final", count, 1);
    deployment.import(kiosk);
    add_versions(kiosk, "withdrawn", count, count + 1);
    const auto batch = kiosk.batch(deployment.identities());
    const auto seconds = seconds_of([&] { deployment.import(batch); });
    CHECK(deployment.cases().size() == 1);
    CHECK(deployment.cases().front().withdrawn);
    return seconds;
}

double held_versions(unsigned count, const std::string& kind) {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    auto copy = kiosk;
    kiosk.add(2, {.code = "hotel-radio-canal-100"});
    deployment.import(kiosk);
    add_versions(copy, kind, count, 5);
    const auto batch = copy.batch(deployment.identities());
    const auto seconds = seconds_of([&] { deployment.import(batch); });
    CHECK(deployment.book().held()->size() == count);
    return seconds;
}

}  // namespace

TEST_CASE("four times as many withdrawals of one record take about four times as long", "[long]") {
    const auto few = withdrawals(300);
    const auto many = withdrawals(1'200);
    INFO(few << " s, " << many << " s");
    CHECK(many < 7 * few);  // sixteen times where each looks at all the others
}

TEST_CASE("four times as many held versions of one record take about four times as long", "[long]") {
    const std::string kind = GENERATE("final", "withdrawn");
    const auto few = held_versions(600, kind);
    const auto many = held_versions(2'400, kind);
    INFO(few << " s, " << many << " s");
    CHECK(many < 7 * few);
}

// Records are opened by as many threads as there are: what a casebook holds afterwards does not show how many.
#include "tests/casebook/support.hpp"

using namespace test;

namespace {

/// Everything that can be told apart of a casebook after an import.
std::string told(Deployment& deployment, const casebook::ImportReport& report) {
    std::string all;
    for (const auto& one : report.records)
        all += one.name + " " + std::string(to_word(one.outcome)) + " " + one.detail + " " + one.case_code + "\n";
    for (const auto& one : deployment.cases()) {
        all += one.device + one.record + one.case_code + one.version + std::to_string(one.revision);
        all += one.withdrawn ? " withdrawn\n" : "\n";
        if (!one.withdrawn) all += deployment.book().records_json({&one, 1}, today)->front() + "\n";
    }
    const auto unlisted = deployment.book().unlisted();
    REQUIRE(unlisted);
    for (const auto& one : *unlisted) all += one.name + " " + one.detail + "\n";
    return all;
}

/// Whatever may become of a record, so that each depends on others before it.
void add_all_kinds(Kiosk& kiosk, unsigned first) {
    for (unsigned i = first; i < first + 40; ++i)
        kiosk.add(i, {.code = "radio-hotel-canal-" + std::to_string(100 + i)});
    for (unsigned i = first; i < first + 10; ++i) kiosk.add(i, {.revision = 2, .danger = "strong"});
    for (unsigned i = first; i < first + 10; ++i) kiosk.add(i, {.revision = 3});
    for (unsigned i = first; i < first + 5; ++i) kiosk.add(i, {.kind = "withdrawn", .revision = 4});
    kiosk.add_raw("no record");
    kiosk.add_raw(std::string(200'000, 'x'));
    kiosk.add_sealed(crypto::Bytes(700, std::byte{7}));
    const auto stranger = must(Identity::generate(ready()));
    const std::vector to{stranger.recipient()};
    kiosk.add_sealed(must(crypto::seal_record(ready(), crypto::as_bytes("{}"), to)).bytes);
}

}  // namespace

TEST_CASE("a casebook holds the same, however many threads opened its records") {
    Deployment one;
    auto kiosk = one.kiosk();
    add_all_kinds(kiosk, 1);
    const auto first = kiosk.batch(one.identities());
    add_all_kinds(kiosk, 21);  // half of them again
    const auto second = kiosk.batch(one.identities());
    const auto of = [&](Deployment& deployment) {
        const auto before = told(deployment, deployment.import(first));
        return before + told(deployment, deployment.import(second));
    };
    const auto alone = of(one);
    CHECK(alone.find("no record") == std::string::npos);
    CHECK(one.book().unlisted()->size() == 7);  // four of each batch, one of them in both: the others are there
    for (const unsigned threads : {2U, 4U, 9U}) {
        Deployment several(one);
        several.book().read_with(threads);
        CHECK(of(several) == alone);
    }
}

TEST_CASE("an import that is stopped while several threads open goes on where it was") {
    Deployment deployment;
    deployment.book().read_with(3);
    auto kiosk = deployment.kiosk();
    constexpr unsigned records = 300;  // more than one transaction opens
    for (unsigned i = 1; i <= records; ++i) kiosk.add(i);
    const auto batch = kiosk.batch(deployment.identities());
    const auto stopped = deployment.book().import_batch(batch, deployment.identities(),
                                                        [](casebook::Stage stage, std::uint64_t done, std::uint64_t) {
                                                            return stage != casebook::Stage::Opening || done == 0;
                                                        });
    REQUIRE_FALSE(stopped);
    CHECK(stopped.error() == casebook::Error::Stopped);
    const auto before = deployment.cases().size();
    CHECK(before > 0);
    CHECK(before < records);
    CHECK(deployment.book().unseen()->waiting == records - before);
    REQUIRE(deployment.book().open_waiting(deployment.identities()));
    CHECK(deployment.cases().size() == records);
    CHECK(deployment.book().unseen()->waiting == 0);
    CHECK(deployment.import(batch).standing == Standing::Again);
    CHECK(deployment.cases().size() == records);
}

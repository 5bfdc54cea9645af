// The whole way from an empty folder to a test that the coordinators open, through the real programs.
#include "app/exchange/open/batch_open.hpp"
#include "tests/kiosk/enrolling.hpp"
#include "tests/kiosk/held_kiosk.hpp"

using namespace test;
namespace exchange = app::exchange;

namespace {

void put(std::string& text, std::string_view mark, std::string_view what) {
    const auto at = text.find(mark);
    REQUIRE(at != std::string::npos);
    text.replace(at, mark.size(), what);
}

fs::path the_file(const fs::path& folder, std::string_view ending) {
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename().string().ends_with(ending)) return entry.path();
    FAIL(ending);
    return {};
}

/// As a coordinator does at the desk: reads the request off the stick, compares, and puts the certificate on it.
void answer_at_the_desk(const Deployment& deployment, const crypto::DeploymentPublicKey& programme) {
    const auto request = the_file(deployment.outbox(), ".amparo-request");
    const auto parsed = exchange::parse_enrolment_request(ready(), crypto::as_bytes(read(request)));
    REQUIRE(parsed);
    const auto ran =
        deployment.run_amparo("deployment enroll '" + deployment.path().string() + "' '" + request.string() +
                              "' --words " + exchange::enrolment_words(ready(), programme, *parsed));
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    const auto certificate = parsed->device + "-1.amparo-cert";  // beside the demo device's
    fs::copy_file(deployment.path() / "certificates" / certificate, deployment.outbox() / certificate);
}

}  // namespace

TEST_CASE("From an empty folder a kiosk is made, enrolled by the command line, and its test is opened", "[window]") {
    const Deployment deployment;
    const auto programme = deployment.pinned();
    const auto pinned = deployment.path() / "programme.pub";
    write(pinned, programme.to_text());
    fs::permissions(pinned, fs::perms::owner_read | fs::perms::owner_write);
    fs::copy_file(deployment.stick() / "bundle-1.amparo", deployment.outbox() / "bundle-1.amparo");
    auto steps = read(fs::path(AMPARO_SOURCE_DIR) / "tests" / "journeys" / "enrol.template");
    put(steps, "{{programme}}", exchange::deployment_words(ready(), programme));
    put(steps, "{{answer}}", HeldKiosk::stop(0));
    HeldWay way;
    way.state = deployment.path() / "fresh";
    way.more = {"--deployment", pinned.string()};
    HeldKiosk kiosk(deployment, steps, 1, way);
    kiosk.wait_for(0);
    answer_at_the_desk(deployment, programme);
    kiosk.let_go(0);
    REQUIRE(kiosk.finish() == 0);

    const auto batch = exchange::open_batch(ready(), the_file(deployment.outbox(), ".age"), deployment.coordinator(),
                                            programme, today());
    REQUIRE(batch);
    std::size_t records = 0;
    REQUIRE(exchange::read_members(ready(), *batch, [&](const auto& member, crypto::ByteView sealed) {
        if (exchange::is_audit_name(member.name)) return true;
        ++records;
        CHECK(opened(deployment, sealed).find("\"training\":true") != std::string::npos);
        return true;
    }));
    CHECK(records == 1);
}

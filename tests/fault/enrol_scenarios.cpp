// A device is made, asks and is enrolled while its disk fails.
#include "app/store/making.hpp"
#include "tests/fault/scenarios.hpp"
#include "tests/kiosk/enrolling.hpp"

namespace fault {
namespace {

using test::Deployment;
namespace device = app::device;
namespace store = app::store;
namespace fs = test::fs;

using Begin = std::function<void()>;

crypto::DeploymentPublicKey programme_of(const Deployment& deployment) {
    return test::programme_key(deployment).public_key();
}

void empty(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder)) fs::remove_all(entry.path());
}

/// A device that was made and asked, in place of the one there is; its words open it.
void make_new(const Deployment& deployment) {
    empty(deployment.state());
    (void)test::make_new(deployment.state());
}

Scenario making() {
    return {"making a device", [](const Deployment& deployment) { empty(deployment.state()); },
            [](const Deployment& deployment, const Begin& begin) {
                const auto words = test::secret(test::device_words);
                begin();
                return device::make_device(test::ready(), deployment.state(), words, test::slow_clock()).has_value();
            },
            [](const Deployment& deployment, Told told) {
                const bool there = store::standing(deployment.state()) == store::Standing::Something;
                if (told == Told::Done) CHECK(there);
                if (!there) (void)test::make_new(deployment.state());
                const auto opened = test::open_made(deployment.state(), programme_of(deployment));
                REQUIRE(opened);
                CHECK(std::holds_alternative<device::NewDevice>(*opened));
            },
            true};
}

Scenario asking() {
    return {"writing a request", [](const Deployment& deployment) { make_new(deployment); },
            [](const Deployment& deployment, const Begin& begin) {
                const auto opened = test::open_made(deployment.state(), programme_of(deployment));
                if (!opened) throw std::logic_error("no device");
                const auto& fresh = std::get<device::NewDevice>(*opened);
                const auto programme = programme_of(deployment);
                begin();
                const auto request = device::fresh_request(test::ready(), fresh.store(), fresh.id(), programme);
                return request && device::write_request(deployment.outbox(), *request);
            },
            [](const Deployment& deployment, Told told) {
                const auto programme = programme_of(deployment);
                const auto opened = test::open_made(deployment.state(), programme);
                REQUIRE(opened);
                const auto& fresh = std::get<device::NewDevice>(*opened);
                const auto kept = device::kept_request(test::ready(), fresh.store(), fresh.id(), programme);
                if (told == Told::Done) REQUIRE((kept && fs::exists(deployment.outbox() / kept->file)));
                for (const auto& name : deployment.batches())
                    if (name.ends_with(".amparo-request"))  // another is unfinished: nobody takes it for a request
                        CHECK(test::read(deployment.outbox() / name) == crypto::as_text(kept->bytes));
            },
            true};
}

Scenario enrolling() {
    return {"enrolling",
            [](const Deployment& deployment) {
                fs::copy_file(deployment.stick() / "bundle-1.amparo", deployment.path() / "usb" / "bundle-1.amparo");
                make_new(deployment);
                const auto opened = test::open_made(deployment.state(), programme_of(deployment));
                REQUIRE(opened);
                const auto& fresh = std::get<device::NewDevice>(*opened);
                const auto request = test::ask(fresh, programme_of(deployment));
                test::write(deployment.path() / "usb" / test::certificate_name(fresh),
                            crypto::as_text(test::answer_to(request.bytes, test::programme_key(deployment))));
            },
            [](const Deployment& deployment, const Begin& begin) {
                const auto programme = programme_of(deployment);
                auto opened = test::open_made(deployment.state(), programme);
                if (!opened) throw std::logic_error("no device");
                auto& fresh = std::get<device::NewDevice>(*opened);
                const auto answer = device::find_answer(test::ready(), fresh, programme, {deployment.path() / "usb"});
                if (!answer) throw std::logic_error("no answer");
                begin();
                return device::enrol(test::ready(), fresh, programme, *answer).has_value();
            },
            [](const Deployment& deployment, Told told) {
                const auto programme = programme_of(deployment);
                std::optional<test::Opened> opened = test::open_made(deployment.state(), programme);
                REQUIRE(*opened);
                auto* fresh = std::get_if<device::NewDevice>(&**opened);
                if (told == Told::Done) CHECK(fresh == nullptr);
                if (fresh != nullptr) {  // the stick is still there
                    const auto answer =
                        device::find_answer(test::ready(), *fresh, programme, {deployment.path() / "usb"});
                    REQUIRE(answer);
                    REQUIRE(device::enrol(test::ready(), *fresh, programme, *answer));
                    opened.reset();
                    opened.emplace(test::open_made(deployment.state(), programme));
                    REQUIRE(*opened);
                }
                const auto* enrolled = std::get_if<device::Device>(&**opened);
                REQUIRE(enrolled != nullptr);
                CHECK(enrolled->bundle);
                CHECK(fs::exists(deployment.state() / store::recovery_file));
            },
            true};
}

}  // namespace

std::vector<Scenario> enrol_scenarios() {
    return {making(), asking(), enrolling()};
}

}  // namespace fault

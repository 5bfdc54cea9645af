// A kiosk that is being set up, and one that is enrolled anew.
#include "tests/kiosk_screens/maker.hpp"

namespace stage {
namespace {

const Asked asked{"8436f09f8436f09f8436f09f8436f09f-1f9a03bc.amparo-request",
                  "guacamole-enchilada-cocodrilo-chocolate-macadamia-jacaranda-armadillo-universal"};

Asking asking(bool again, std::optional<Asked> before, std::optional<SendError> failed) {
    return {again, std::move(before), sending().places, failed};
}

TestRecord test(bool sealed, std::optional<DeviceError> failed) {
    return {{{1}, app::model::Role::ShiftLead}, sealed, failed};
}

void nobody_inside(const Maker& k, app::model::Counts counts) {
    k.inside();
    k.verified();
    k.s.worker.reset();
    k.s.setup->counts = counts;
}

FreshWords first(const Maker& k) {
    auto fresh = k.fresh();
    fresh.use = KeyUse::First;
    fresh.slot = 0;
    return fresh;
}

void add_making(const Add& add) {
    add("set_up", [](const Maker& k) {
        k.verified();
        k.s.screen = NotSetUp{};
    });
    add("set_up.failed", [](const Maker& k) {
        k.verified();
        k.s.screen = NotSetUp{DeviceError::StateReadOnly};
    });
    add("set_up.words", [](const Maker& k) {
        k.verified();
        k.s.screen = NewWords{first(k)};
    });
    add("set_up.repeat", [](const Maker& k) {
        k.verified();
        k.s.screen = RepeatWords{first(k), k.words(all_words.substr(0, 10), "c")};
    });
    add("set_up.making", [](const Maker& k) {
        k.verified();
        k.s.screen = SavingWords{KeyUse::First};
        k.s.screen.pending = Pending::MakeDevice;
    });
}

void add_asking(const Add& add) {
    add("asking", [](const Maker& k) { k.s.screen = asking(false, std::nullopt, std::nullopt); });
    add("asking.no_place", [](const Maker& k) { k.s.screen = Asking{}; });
    add("asking.before", [](const Maker& k) { k.s.screen = asking(false, asked, std::nullopt); });
    add("asking.failed", [](const Maker& k) { k.s.screen = asking(false, asked, SendError::Check); });
    add("asking.writing", [](const Maker& k) {
        k.s.screen = asking(false, std::nullopt, std::nullopt);
        k.s.screen.pending = Pending::WriteRequest;
    });
    add("asking.again", [](const Maker& k) {
        k.lead();
        k.s.screen = asking(true, std::nullopt, std::nullopt);
    });
    add("compare", [](const Maker& k) { k.s.screen = Comparing{false, asked}; });
    add("compare.again", [](const Maker& k) {
        k.lead();
        k.s.screen = Comparing{true, asked};
    });
    add("differ", [](const Maker& k) { k.s.screen = WordsDiffer{}; });
    add("back", [](const Maker& k) { k.s.screen = BringingBack{false, asked, std::nullopt}; });
    add("back.looking", [](const Maker& k) {
        k.s.screen = BringingBack{false, asked, std::nullopt};
        k.s.screen.pending = Pending::EnrolDevice;
    });
    for (const auto why :
         {DeviceError::NoCertificate, DeviceError::CertificateOfAnother, DeviceError::CertificateOfOldKey,
          DeviceError::CertificateForeign, DeviceError::CertificateDamaged, DeviceError::NoBundle})
        add("back." + std::string(catalogue_key(why)).substr(6), [why](const Maker& k) {
            k.s.screen = BringingBack{false, asked, why};
        });
    add("back.again", [](const Maker& k) {
        k.lead();
        k.s.screen = BringingBack{true, asked, std::nullopt};
    });
}

void add_testing(const Add& add) {
    add("test_record", [](const Maker& k) {
        nobody_inside(k, {1, 0, 0, 0});
        k.s.screen = test(true, std::nullopt);
    });
    add("test_record.sealing", [](const Maker& k) {
        nobody_inside(k, {});
        k.s.screen = test(false, std::nullopt);
        k.s.screen.pending = Pending::SealTest;
    });
    add("test_record.failed", [](const Maker& k) {
        nobody_inside(k, {});
        k.s.screen = test(false, DeviceError::NoRoom);
    });
    add("test_record.sent", [](const Maker& k) {
        nobody_inside(k, {0, 1, 0, 1});
        k.s.screen = test(true, std::nullopt);
    });
    add("test_record.written", [](const Maker& k) {
        nobody_inside(k, {0, 1, 0, 1});
        auto written = sending();
        written.sent = Sent{"b-3fdaa4ce3ad0e7bb.age", 1'048'576, 1, {0, 1, 0, 1}};
        k.s.screen = std::move(written);
    });
    add("test_record.sending", [](const Maker& k) {
        nobody_inside(k, {1, 0, 0, 0});
        k.s.screen = sending();
    });
}

}  // namespace

void add_enrol_states(const Add& add) {
    add_making(add);
    add_asking(add);
    add_testing(add);
}

}  // namespace stage

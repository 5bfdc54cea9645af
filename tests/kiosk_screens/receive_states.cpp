#include "tests/kiosk_screens/maker.hpp"

namespace stage {
namespace {

using app::model::FormNews;
using app::model::News;
using app::model::NotTaken;
using Kind = app::model::NewsKind;

/// A bundle that changes nothing but its number.
News next_bundle() {
    News news;
    news.id = "cafe";
    news.folders = 1;
    auto& bundle = news.bundle.emplace();
    bundle.sequence = 8;
    bundle.name = "Red de albergues del sur";
    bundle.until = std::chrono::year(2027) / 8 / 30;
    return news;
}

News newer_bundle() {
    auto news = next_bundle();
    auto& bundle = *news.bundle;
    bundle.forms = {{FormNews::How::Changed, "Primer contacto"},
                    {FormNews::How::Added, "Seguimiento después de un mes"},
                    {FormNews::How::Removed, "Entrevista larga"}};
    bundle.readers_added = {"Marta, coordinación norte"};
    bundle.readers_removed = {"Beto"};
    bundle.intake_added = "Servidor de entrada";
    bundle.intake_removed = "Buzón viejo";
    bundle.readers = 4;
    bundle.languages = {"es", "en"};
    bundle.referrals = true;
    bundle.rules = {{"child_workers", {}, {"3", "12"}},
                    {"hold_days", {"7"}, {"30"}},
                    {"idle_minutes", {"1"}, {"5"}},
                    {"signatures_required", {"1"}, {"2"}}};
    bundle.words = true;
    return news;
}

News newer_certificate() {
    News news;
    news.id = "beef";
    news.folders = 1;
    news.certificate =
        app::model::CertificateNews{std::chrono::year(2028) / 11 / 28, std::chrono::year(2026) / 10 / 11};
    return news;
}

using Self = app::model::BundleNews::Self;

News revoking(std::vector<std::string> revoked, std::vector<std::string> admitted, Self self) {
    auto news = next_bundle();
    auto& bundle = *news.bundle;
    bundle.revoked = std::move(revoked);
    bundle.admitted = std::move(admitted);
    bundle.self = self;
    return news;
}

News only_refused(std::vector<app::model::RefusedNews> refused) {
    News news;
    news.folders = 1;
    news.refused = std::move(refused);
    return news;
}

void show(const Maker& k, News news, std::optional<DeviceError> failed = std::nullopt) {
    k.s.screen = Receive{std::move(news), failed, false};
}

void add_revoked_states(const Add& add) {
    add("send.revoked", [](const Maker& k) {
        k.inside();
        revoke_this(k.s);
        k.s.screen = Send{};
    });
    add("receive.news.devices", [](const Maker& k) {
        k.lead();
        show(k, revoking({"0a1b2c3d4e5f60718293a4b5c6d7e8f9"}, {"5f60718293a4b5c6d7e8f90a1b2c3d4e"}, Self::AsBefore));
    });
    add("receive.news.revoked", [](const Maker& k) {
        k.lead();
        show(k, revoking(std::vector<std::string>(14, std::string(32, 'a')), {}, Self::Revoked));
    });
    add("receive.news.admitted", [](const Maker& k) {
        k.lead();
        revoke_this(k.s);
        show(k, revoking({}, {}, Self::Admitted));
    });
}

}  // namespace

void add_receive_states(const Add& add) {
    add_revoked_states(add);
    add("send.ended", [](const Maker& k) {
        k.inside();
        k.s.setup->certificate_end = std::chrono::year(2026) / 8 / 11;
        k.s.screen = Send{};
    });
    add("send.wanted", [](const Maker& k) {
        k.inside();
        k.s.setup->counts = {};
        auto bundle = *k.s.setup->bundle;
        bundle.policy.empty_batches = true;
        k.s.setup->bundle = std::make_shared<const app::exchange::Bundle>(std::move(bundle));
        k.s.screen = sending();
    });
    add("send.done_empty", [](const Maker& k) {
        k.inside();
        auto send = sending();
        send.sent = Sent{"b-0123456789abcdef.age", 1'048'576, 0, {}};
        k.s.screen = std::move(send);
    });
    add("send.done_several", [](const Maker& k) {
        k.inside();
        auto send = sending();
        send.sent = Sent{"b-0123456789abcdef.age", 3'145'728, 131, {}, {}, 3};
        k.s.screen = std::move(send);
    });
    add("receive.looking", [](const Maker& k) {
        k.inside();
        k.s.screen = Receive{};
        k.s.screen.pending = Pending::LookForNews;
    });
    add("receive.no_stick", [](const Maker& k) {
        k.inside();
        show(k, News{});
    });
    add("receive.none", [](const Maker& k) {
        k.inside();
        show(k, only_refused({}));
    });
    add("receive.receipts", [](const Maker& k) {
        k.inside();
        News news;
        news.folders = 1;
        news.receipts = {12, 1, {{Kind::Receipt, NotTaken::UnknownSigner}, {Kind::Receipt, NotTaken::OtherBatch}}};
        show(k, news);
    });
    add("receive.receipts_with_bundle", [](const Maker& k) {
        k.inside();
        auto news = next_bundle();
        news.receipts.confirmed = 1;
        show(k, news);
    });
    add("receive.receipts_refused", [](const Maker& k) {
        k.inside();
        News news;
        news.folders = 1;
        news.receipts.refused = {{Kind::Receipt, NotTaken::Damaged}, {Kind::Receipt, NotTaken::NotPlain}};
        show(k, news);
    });
    add("send.done_receipts", [](const Maker& k) {
        k.inside();
        Send send;
        send.sent = Sent{"b-0123456789abcdef.age", 1'048'576, 12, {}};
        send.sent->receipts = {1204, 0, {{Kind::Receipt, NotTaken::TooMany}}};
        k.s.screen = std::move(send);
    });
    add("receive.refused", [](const Maker& k) {
        k.inside();
        show(k, only_refused({{Kind::Certificate, NotTaken::OtherDevice},
                              {Kind::Bundle, NotTaken::Foreign},
                              {Kind::Bundle, NotTaken::Damaged},
                              {Kind::Bundle, NotTaken::Older}}));
    });
    for (const auto why : {NotTaken::Same, NotTaken::Cut, NotTaken::NotPlain, NotTaken::ProgramOld, NotTaken::NoReaders,
                           NotTaken::NoForm, NotTaken::TooMany, NotTaken::Unreadable, NotTaken::FewSigned})
        add("receive.refused." + std::to_string(static_cast<int>(why)), [why](const Maker& k) {
            k.inside();
            show(k, only_refused({{Kind::Bundle, why}}));
        });
    add("receive.not_looked", [](const Maker& k) {
        k.inside();
        k.s.screen = Receive{std::nullopt, DeviceError::Memory, false};
    });
    add("receive.news", [](const Maker& k) {
        k.lead();
        show(k, newer_bundle());
    });
    add("receive.news.worker", [](const Maker& k) {
        k.inside();
        show(k, newer_bundle());
    });
    add("receive.news.longer", [](const Maker& k) {
        k.lead();
        auto news = newer_certificate();
        auto& bundle = news.bundle.emplace();
        bundle.sequence = 8;
        bundle.name = "Red de albergues del sur";
        bundle.until = std::chrono::year(2028) / 8 / 30;
        bundle.demo = true;
        show(k, std::move(news));
    });
    add("receive.certificate", [](const Maker& k) {
        k.lead();
        show(k, newer_certificate());
    });
    add("receive.taking", [](const Maker& k) {
        k.lead();
        show(k, newer_certificate());
        k.s.screen.pending = Pending::AcceptNews;
    });
    add("receive.unsealed", [](const Maker& k) {
        k.lead();
        k.unstored(DeviceError::NoRoom);
        show(k, newer_certificate());
    });
    add("receive.failed", [](const Maker& k) {
        k.lead();
        show(k, newer_certificate(), DeviceError::InterviewOpen);
    });
    add("receive.done", [](const Maker& k) {
        k.lead();
        k.s.screen = Receive{newer_bundle(), std::nullopt, true};
    });
    add("receive.done.revoked", [](const Maker& k) {
        k.lead();
        revoke_this(k.s);
        k.s.screen = Receive{newer_bundle(), std::nullopt, true};
    });
}

}  // namespace stage

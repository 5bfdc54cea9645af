#include "app/session/screening.hpp"

#include <algorithm>
#include <array>

namespace app::session {

std::span<const std::string_view> consent_texts(Mode mode) noexcept {
    static constexpr std::array<std::string_view, 9> assisted{
        "consent.purpose", "consent.not_a_report", "consent.time", "consent.assisted.hears", "consent.stored",
        "consent.readers", "consent.stop",         "consent.exit", "consent.limits"};
    static constexpr std::array<std::string_view, 9> alone{
        "consent.purpose", "consent.not_a_report", "consent.time", "consent.private.hears", "consent.stored",
        "consent.readers", "consent.stop",         "consent.exit", "consent.limits"};
    switch (mode) {
        case Mode::Assisted:
            return assisted;
        case Mode::Private:
            return alone;
        case Mode::Observation:
            return {};
    }
    return assisted;
}

LockedText::LockedText(crypto::SodiumReady ready, std::string_view text) {
    if (text.empty()) return;
    if (auto copy = crypto::SecretBytes::copy_of(ready, crypto::as_bytes(text))) bytes_ = std::move(*copy);
}

tl::expected<Screening, engine::RefusalKind> Screening::start(const exchange::BundleForm& form, Origin origin,
                                                              Mode mode, store::Worker worker,
                                                              locales::Language language) {
    if (!origin.arena) return tl::unexpected(engine::RefusalKind::Memory);
    Screening screening(form, std::move(origin));
    screening.mode = mode;
    screening.worker = worker;
    screening.language_at_start = language;
    auto interview =
        engine::Interview::start(form.form, screening.memory(), {screening.origin_.today, screening.origin_.seed});
    if (!interview) return tl::unexpected(interview.error().kind);
    screening.interview_.emplace(std::move(*interview));
    return screening;
}

tl::expected<Screening, engine::RefusalKind> Screening::restore(const exchange::BundleForm& form, Origin origin,
                                                                crypto::ByteView draft) {
    if (!origin.arena) return tl::unexpected(engine::RefusalKind::Memory);
    Screening screening(form, std::move(origin));
    auto interview = engine::Interview::restore(form.form, screening.memory(), draft);
    if (!interview)
        return tl::unexpected(interview.error() == engine::DraftFault::Memory ? engine::RefusalKind::Memory
                                                                              : engine::RefusalKind::Constraint);
    screening.interview_.emplace(std::move(*interview));
    return screening;
}

void Screening::note_answer(std::uint32_t of, bool is_stored) noexcept {
    if (of > revision) return;
    answered = std::max(answered, of);
    if (is_stored) stored = std::max(stored, of);
}

engine::LanguageId Screening::language_id(locales::Language language) const noexcept {
    return form_.form->language(locales::code(language)).value_or(form_.form->default_language());
}

}  // namespace app::session

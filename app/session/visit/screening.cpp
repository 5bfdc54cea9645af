#include "app/session/visit/screening.hpp"

#include <algorithm>
#include <array>

namespace app::session {

std::span<const std::string_view> consent_texts(Mode mode, model::Role role, std::size_t page) noexcept {
    static constexpr std::array<std::string_view, 5> assisted{"consent.purpose", "consent.not_a_report", "consent.time",
                                                              "consent.assisted.hears", "consent.limits"};
    static constexpr std::array<std::string_view, 5> alone{"consent.purpose", "consent.not_a_report", "consent.time",
                                                           "consent.private.hears", "consent.private.limits"};
    static constexpr std::array<std::string_view, 5> border{"consent.border.purpose", "consent.not_a_report",
                                                            "consent.time", "consent.private.hears",
                                                            "consent.border.limits"};
    static constexpr std::array<std::string_view, 3> kept{"consent.stored", "consent.readers", "consent.erase"};
    static constexpr std::array<std::string_view, 3> free{"consent.stop", "consent.exit", "consent.free"};
    if (mode == Mode::Observation || page >= consent_pages) return {};
    if (page == 1) return kept;
    if (page == 2) return free;
    if (mode == Mode::Assisted) return assisted;
    return role == model::Role::Border ? std::span(border) : std::span(alone);
}

namespace {

/// The hidden row by which a form opens nothing deeper for whoever answers alone and may be watched.
constexpr std::string_view private_row = "private";

tl::expected<void, engine::RefusalKind> tell_mode(engine::Interview& interview, Mode mode) {
    const auto node = interview.find(private_row);
    if (!node || interview.kind(*node) != engine::Kind::Hidden) return {};
    if (auto done = interview.preset(*node, mode == Mode::Private ? "yes" : "no"); !done)
        return tl::unexpected(done.error().kind);
    return {};
}

}  // namespace

LockedText::LockedText(crypto::SodiumReady ready, std::string_view text) {
    if (text.empty()) return;
    if (auto copy = crypto::SecretBytes::copy_of(ready, crypto::as_bytes(text))) bytes_ = std::move(*copy);
}

tl::expected<Screening, engine::RefusalKind> Screening::start(const exchange::BundleForm& form, Origin origin,
                                                              Mode mode, model::Worker worker,
                                                              locales::Language language) {
    if (!origin.arena) return tl::unexpected(engine::RefusalKind::Memory);
    Screening screening(form, std::move(origin));
    screening.mode = mode;
    screening.worker = worker;
    screening.language_at_start = language;
    auto interview =
        engine::Interview::start(form.form, screening.memory(), {screening.origin_.today, screening.origin_.seed});
    if (!interview) return tl::unexpected(interview.error().kind);
    if (auto told = tell_mode(*interview, mode); !told) return tl::unexpected(told.error());
    interview->speak(screening.language_id(language));
    screening.interview_.emplace(std::move(*interview));
    return screening;
}

tl::expected<Screening, engine::RefusalKind> Screening::restore(const exchange::BundleForm& form, Origin origin,
                                                                crypto::ByteView draft) {
    if (!origin.arena) return tl::unexpected(engine::RefusalKind::Memory);
    Screening screening(form, std::move(origin));
    auto interview = engine::Interview::restore(form.form, screening.memory(), draft);
    if (!interview)
        return tl::unexpected(interview.error() == engine::DraftError::Memory ? engine::RefusalKind::Memory
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

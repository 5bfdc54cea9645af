// One visit may be two forms: which longer form follows first contact, what it takes over, and what both say together.
// It must not know screens or events.
#pragma once

#include <memory_resource>
#include <optional>
#include <vector>

#include "app/session/visit/screening.hpp"

namespace app::session {

/// The role whose steps a worker sees: a shift lead works as shelter.
[[nodiscard]] engine::Role role_of(model::Role role) noexcept;

/// The questionnaire that an interview of this purpose begins with; nothing when the bundle lacks it.
[[nodiscard]] const exchange::BundleForm* form_for(const exchange::Bundle& bundle, Purpose purpose);

/// The form that first contact may go on with.
struct LongerForm {
    const exchange::BundleForm* form = nullptr;  ///< of the bundle
    bool child = false;
    bool trained = true;  ///< else the form `child` asks about safety only, and refers
};

/// `adult` or `child` by the question `age_group` of the form that was finished: whoever is not known to be an adult is
/// asked as a child. Nothing after a longer form, an observation or practice, for the border role, without a consent,
/// and where the bundle lacks the form. A child who answers alone is not asked more: the assent says who hears them,
/// and somebody must be there to comfort. A form `child` that cannot be told who is trained is not for an untrained
/// worker.
[[nodiscard]] std::optional<LongerForm> longer_form(const Screening& first, const exchange::Bundle& bundle);

/// The longer form, begun with the same consent, mode, worker and case code, and knowing what was said to `first`
/// (questionnaires/README, "Handover"). The caller gives it `first` as its `before`. Error: what the engine refused;
/// then nothing was begun.
[[nodiscard]] tl::expected<Screening, engine::RefusalKind> start_longer(const Screening& first,
                                                                        const LongerForm& longer, Origin origin,
                                                                        locales::Language language);

/// Whether the law asks an officer for a notice: somebody who answered alone at a border said that they are under 18.
/// Only what was said counts; the consent of that mode says it before the first question.
[[nodiscard]] bool asks_for_notice(const Screening& screening) noexcept;

/// Whether the longer form takes every question of the first over (a hidden row `fc_…` for each). Then it has heard all
/// that was said, and may have heard that something was a misunderstanding: its levels, signs and steps stand for both.
[[nodiscard]] bool speaks_for_both(const Screening& longer) noexcept;

/// What the longer form says where it speaks for both, else the higher of what the forms of the visit say.
[[nodiscard]] engine::Level said_level(const Screening& screening, engine::ReadingKind reading) noexcept;
/// The same, or what the worker raised it to.
[[nodiscard]] engine::Level standing_level(const Screening& screening, engine::ReadingKind reading) noexcept;

/// Next steps of the forms of the visit that speak, for its worker, each once. The form that reports the graver danger
/// comes first, else the later one. In the memory of the interviews.
[[nodiscard]] std::pmr::vector<engine::Advice> steps(const Screening& screening) noexcept;

}  // namespace app::session

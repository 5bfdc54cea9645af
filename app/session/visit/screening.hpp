// One screening while it lasts: the interview, where its words live, and what goes into its record beside the answers.
// It must not know screens, files or keys.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "app/exchange/bundle.hpp"
#include "app/model/people.hpp"
#include "app/record/words.hpp"
#include "crypto/secret.hpp"
#include "locales/language.hpp"
#include "questionnaires/engine/interview/interview.hpp"

namespace app::session {

namespace engine = questionnaires::engine;

// A screening is told about in the words of its record.
using record::Consent;
using record::Mode;
using record::RaiseReason;

/// What an interview is for: somebody is asked, a worker writes down what is seen, or a worker practises.
enum class Purpose : std::uint8_t { Screening, Observation, Training };

/// A level raised by a worker; only ever upwards. The word of the reason is a key of the catalogue below
/// `raise.reason.`.
struct Raised {
    engine::ReadingKind reading = engine::ReadingKind::Danger;
    engine::Level level = engine::Level::Some;
    RaiseReason reason = RaiseReason::Observed;
};

/// What the screening ends as, once its last revision is on the medium.
enum class Ending : std::uint8_t { Sealed, Kept, Erased };

/// Text that may quote an answer, in locked memory and wiped with it.
class LockedText {
  public:
    LockedText() = default;
    /// Empty when memory cannot be locked: whoever shows it has a general sentence for that.
    LockedText(crypto::SodiumReady ready, std::string_view text);
    operator std::string_view() const noexcept { return crypto::as_text(bytes_.view()); }

  private:
    crypto::SecretBytes bytes_;
};

/// Who asks and what for, what is kept, what the person can do: three short pages, so that each can be heard at once.
inline constexpr std::size_t consent_pages = 3;

/// The texts of the catalogue that a person is shown on a page (from 0) before saying yes, in their order; true in that
/// mode and for that role. None in an observation. They take `count`, the days, and `who`, the name of the deployment.
[[nodiscard]] std::span<const std::string_view> consent_texts(Mode mode, model::Role role, std::size_t page) noexcept;

/// Random things and the day, made outside so that everything here can be repeated in a test.
struct Origin {
    std::string record;      ///< 32 hex digits
    std::string case_code;   ///< "radio-hotel-canal-482"
    std::uint64_t seed = 0;  ///< what random() in a form draws from
    std::string day;         ///< ISO date
    engine::Date today;
    std::unique_ptr<crypto::LockedArena> arena;
};

/// Bytes of locked memory that one interview gets.
inline constexpr std::size_t arena_bytes = 2U << 20;

/// A running screening. Destroying it wipes everything that was said.
class Screening {
  public:
    /// Starts the interview of `form`. Error: what the engine refused (memory, a form that cannot be asked).
    [[nodiscard]] static tl::expected<Screening, engine::RefusalKind> start(const exchange::BundleForm& form,
                                                                            Origin origin, Mode mode,
                                                                            model::Worker worker,
                                                                            locales::Language language);
    /// The same from the engine's own draft of it. Error: Memory, or Constraint when the draft is not of this form.
    [[nodiscard]] static tl::expected<Screening, engine::RefusalKind> restore(const exchange::BundleForm& form,
                                                                              Origin origin, crypto::ByteView draft);
    Screening(Screening&&) noexcept = default;
    Screening& operator=(Screening&&) = delete;  // the old interview must go before the arena it lives in
    ~Screening() = default;

    /// A revision is under way to the medium.
    [[nodiscard]] bool sealing() const noexcept { return answered < revision; }
    /// What pages that were left said is on the medium.
    [[nodiscard]] bool all_stored() const noexcept { return stored == revision; }
    /// What became of a revision: one that was superseded before its turn came is never answered for.
    void note_answer(std::uint32_t of, bool is_stored) noexcept;

    [[nodiscard]] engine::Interview& interview() noexcept { return *interview_; }
    [[nodiscard]] const engine::Interview& interview() const noexcept { return *interview_; }
    [[nodiscard]] std::pmr::memory_resource* memory() const noexcept { return origin_.arena.get(); }
    [[nodiscard]] const Origin& origin() const noexcept { return origin_; }
    [[nodiscard]] const exchange::BundleForm& form() const noexcept { return form_; }
    /// The form's own id for a language of the interface; its default language when it lacks that one.
    [[nodiscard]] engine::LanguageId language_id(locales::Language language) const noexcept;

    Mode mode = Mode::Assisted;
    Purpose purpose = Purpose::Screening;
    model::Worker worker;
    locales::Language language_at_start = locales::Language::Es;
    std::string consent_key;     ///< "consent.assisted", "consent.private", "consent.border": which text was shown
    std::string consent_sha256;  ///< of that text in the language shown
    Consent consent = Consent::NotAsked;
    bool tell_worker_now = false;
    bool interpreter_needed = false;
    std::optional<Raised> raised;
    std::uint32_t revision = 0;    ///< the last one given to sealing
    std::uint32_t answered = 0;    ///< the newest revision of which it is known whether it is stored
    std::uint32_t stored = 0;      ///< the newest revision that is on the medium
    bool changed = false;          ///< something was said since the last one was given to sealing
    bool finished = false;         ///< the review was left forwards: whatever ends it now, the record is final
    std::optional<Ending> ending;  ///< what was asked for; kept when storing failed, to try the same again
    /// The form before it in the same visit, final and stored: its record is what this one follows, what it said counts
    /// in everything that is shown, and who takes their words back takes back both.
    std::unique_ptr<Screening> before;

  private:
    Screening(const exchange::BundleForm& form, Origin origin) : form_(form), origin_(std::move(origin)) {}
    exchange::BundleForm form_;
    Origin origin_;  // the arena outlives the interview: declared before it
    std::optional<engine::Interview> interview_;
};

}  // namespace app::session

// How a screening is stored, and how it leaves the screen: kept in its locked memory until what was said is on the
// medium, and tried again until it is. What every flow may call where it ends one. Enters no flow.
#pragma once

#include <list>
#include <string_view>

#include "app/session/rules.hpp"
#include "app/session/visit/record.hpp"

namespace app::session {

class Storing : Rules {
  public:
    Storing(State& state, Effects& effects) noexcept : Rules(state, effects) {}

    /// Seals what was said so far as the next revision. False, and nothing is queued, when memory ran out.
    [[nodiscard]] bool seal(Screening& screening, record::Kind kind, locales::Language language);
    /// Stores the last revision, or erases, and waits for it before anything is claimed.
    void finish_as(Ending ending);
    /// The form before it is taken back too, now that the open one is; false when there is none.
    [[nodiscard]] bool withdraw_before();
    /// Ends a screening that is stored: everything that was said is wiped. A wish to speak with the worker outlives it.
    void drop_screening();
    /// Takes the screening off the screen without asking; it is kept until it is stored as what it is by now.
    void hand_over();
    /// Nothing brings an interview that broke off back any more.
    void drop_draft();

    /// What could not be stored is tried again.
    void store_again();
    /// The answer is about what has left the screen, and is dealt with. False: it is about what is open, or nothing.
    [[nodiscard]] bool settled(const Sealed& event);
    [[nodiscard]] bool settled(const SealFailed& event);
    [[nodiscard]] bool settled(const Erased& event);
    [[nodiscard]] bool settled(const NotErased& event);

  private:
    [[nodiscard]] bool withdraw(Screening& screening, locales::Language language);
    [[nodiscard]] bool is_open(const Screening& screening) const noexcept;
    /// As what it ends by: erased, final or partial. False when memory ran out.
    [[nodiscard]] bool store_last(Screening& screening, locales::Language language);
    void store(Unstored& unstored);
    void not_stored(Unstored& unstored, DeviceError error);
    /// Of what is being sealed, or being erased: an answer to the one says nothing about the other.
    [[nodiscard]] std::list<Unstored>::iterator find_sealing(std::string_view record, std::uint32_t revision);
    [[nodiscard]] std::list<Unstored>::iterator find_erasing(std::string_view record);
    void forget(std::list<Unstored>::iterator stored);
    void keep_wish(const Screening& screening);
    [[nodiscard]] RecordMaker maker() const;
};

}  // namespace app::session

// What a session asks the world to do; each is carried out off the interface thread and answered by an event.
#pragma once

#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "app/session/alternatives.hpp"
#include "app/session/event.hpp"

namespace app::session {

/// Its special members are compiled once (alternatives.cpp): a variant this wide costs every file that moves one
/// seconds.
struct Effect : Alternatives<Unlock, CheckPin, Prepare, SealRecord, Withdraw, FindPlaces, Export, StopExport,
                             SaveWorker, DropWorker, ChangePin, ProveKey, SaveWords, SavePreference, ForgetScreen,
                             Resume, DropDraft, ListAudit, RepairStore, FindBundle, LookForNews, AcceptNews,
                             MakeFirstWords, MakeDevice, WriteRequest, EnrolDevice, SealTest, Quit> {
    using Alternatives::Alternatives;
    Effect() noexcept;
    Effect(Effect&& other) noexcept;
    Effect& operator=(Effect&& other) noexcept;
    ~Effect();
};
using Effects = std::vector<Effect>;

// ---- what each is answered with -----------------------------------------------------------------------------------

/// One of these answers and no other; of none: the effect is not answered. Whoever carries an effect out returns this,
/// so that it cannot be answered by what belongs to another.
template <class... Answers>
class OneOf {
  public:
    static constexpr bool answered = sizeof...(Answers) > 0;

    OneOf() noexcept requires(!answered) = default;
    template <class T>
    requires(std::is_same_v<std::remove_cvref_t<T>, Answers> || ...) OneOf(T&& answer)
        : answer_(std::forward<T>(answer)) {}

    [[nodiscard]] std::optional<Answer> take() && noexcept { return std::move(answer_); }

  private:
    std::optional<Answer> answer_;
};

// The table of effects and answers, read by AnswerTo; never defined. Progress comes before, as often as it
// likes.
OneOf<Unlocked, UnlockedWithoutBundle, UnlockedNotEnrolled, NoDevice, UnlockFailed> answered_with(const Unlock&);
OneOf<PinChecked, PinUnchecked> answered_with(const CheckPin&);
OneOf<Prepared, PrepareFailed> answered_with(const Prepare&);
OneOf<Sealed, SealFailed> answered_with(const SealRecord&);
OneOf<Erased, NotErased> answered_with(const Withdraw&);
OneOf<PlacesFound, PlacesNotFound> answered_with(const FindPlaces&);
OneOf<Sent, SendFailed> answered_with(const Export&);
OneOf<> answered_with(const StopExport&);
OneOf<> answered_with(const SavePreference&);
OneOf<> answered_with(const ForgetScreen&);
OneOf<> answered_with(const Quit&);
OneOf<> answered_with(const DropDraft&);
OneOf<WorkerSaved, WorkerNotSaved> answered_with(const SaveWorker&);
OneOf<WorkerRemoved, WorkerNotRemoved> answered_with(const DropWorker&);
OneOf<PinChanged, PinNotChanged> answered_with(const ChangePin&);
OneOf<WordsMade, KeyNotProved> answered_with(const ProveKey&);
OneOf<KeysSaved, KeysFailed> answered_with(const SaveWords&);
OneOf<Resumed, ResumeFailed> answered_with(const Resume&);
OneOf<AuditListed> answered_with(const ListAudit&);
OneOf<StoreRepaired, RepairFailed> answered_with(const RepairStore&);
OneOf<Unlocked, BundleNotFound> answered_with(const FindBundle&);
OneOf<NewsFound, NewsNotFound> answered_with(const LookForNews&);
OneOf<NewsTaken, NewsNotTaken> answered_with(const AcceptNews&);
OneOf<FirstWords, NoFirstWords> answered_with(const MakeFirstWords&);
OneOf<DeviceMade, DeviceNotMade> answered_with(const MakeDevice&);
OneOf<RequestWritten, RequestNotWritten> answered_with(const WriteRequest&);
OneOf<DeviceEnrolled, DeviceNotEnrolled> answered_with(const EnrolDevice&);
OneOf<TestSealed, TestNotSealed> answered_with(const SealTest&);

/// What an effect is answered with.
template <class E>
using AnswerTo = decltype(answered_with(std::declval<const E&>()));

}  // namespace app::session

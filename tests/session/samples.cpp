#include <type_traits>

#include "tests/session/ways.hpp"

namespace test {
namespace {

using namespace app::session;

template <class E>
using Of = std::type_identity<E>;

crypto::SecretBytes secret(std::string_view text) {
    auto bytes = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(text));
    REQUIRE(bytes);
    return std::move(*bytes);
}

/// One event of each kind; further choices of it by add(). What is not listed here carries nothing, or nothing that
/// matters.
class Samples {
  public:
    /// All of them, or only that one: the others are named, not made.
    explicit Samples(Rig& rig, std::optional<std::size_t> only = {})
        : only_(only),
          node_(rig.state.screening ? rig.node("danger_now") : engine::NodeId{}),
          record_(rig.state.screening           ? rig.state.screening->origin().record
                  : !rig.state.unstored.empty() ? rig.state.unstored.front().screening.origin().record
                                                : std::string(32, 'a')),
          revision_(rig.state.screening           ? rig.state.screening->revision
                    : !rig.state.unstored.empty() ? rig.state.unstored.front().screening.revision
                                                  : 1) {}

    std::vector<Sample> every() {
        every(Of<Input::variant>{});
        every(Of<Answer::variant>{});
        make(Of<Tick>{});
        return std::move(all_);
    }

  private:
    template <class... E>
    void every(Of<std::variant<E...>>) {
        (make(Of<E>{}), ...);
    }
    template <class E>
    void add(std::string_view which, E event) {
        std::string label(type_name<E>());
        if (!which.empty()) label += " " + std::string(which);
        all_.push_back({std::move(label), std::move(event)});
    }

    /// For what takes long to make.
    template <class Make>
    void add_made(std::string_view which, const Make& make) {
        if (!only_ || *only_ == all_.size()) return add(which, make());
        add(which, decltype(make()){});
    }

    template <class E>
    void make(Of<E>) {
        add("", E{});
    }
    void make(Of<ChooseLanguage>) { add("", ChooseLanguage{locales::Language::En}); }
    void make(Of<ChooseTheme>) { add("", ChooseTheme{Theme::Dark}); }
    void make(Of<ChooseWorker>) {
        add("", ChooseWorker{{1}});
        add("nobody", ChooseWorker{{99}});
    }
    void make(Of<PinDigit>) {
        add("", PinDigit{1});
        add("above 9", PinDigit{10});
    }
    void make(Of<PickLanguage>) { add("", PickLanguage{locales::Language::En}); }
    void make(Of<SayPrivacy>) {
        add("yes", SayPrivacy{true});
        add("no", SayPrivacy{false});
    }
    void make(Of<ChooseMode>) {
        add("assisted", ChooseMode{Mode::Assisted});
        add("private", ChooseMode{Mode::Private});
        add("observation", ChooseMode{Mode::Observation});
    }
    void make(Of<SayConsent>) {
        add("yes", SayConsent{true});
        add("no", SayConsent{false});
    }
    void make(Of<TapChoice>) { add("", TapChoice{node_, {}}); }
    void make(Of<SayState>) {
        add("skipped", SayState{node_, engine::AnswerState::Skipped});
        add("refused", SayState{node_, engine::AnswerState::Refused});
        add("unknown", SayState{node_, engine::AnswerState::Unknown});
        add("answered", SayState{node_, engine::AnswerState::Answered});
    }
    void make(Of<TypeText>) { add("", TypeText{node_, secret("x")}); }
    void make(Of<JumpTo>) { add("", JumpTo{node_}); }
    void make(Of<AddInstance>) { add("", AddInstance{node_}); }
    void make(Of<RemoveInstance>) {
        add("", RemoveInstance{node_, false});
        add("surely", RemoveInstance{node_, true});
    }
    void make(Of<SayNotify>) {
        add("yes", SayNotify{true});
        add("no", SayNotify{false});
    }
    void make(Of<SayLonger>) {
        add("yes", SayLonger{true});
        add("no", SayLonger{false});
    }
    void make(Of<ChooseRaise>) {
        add("", ChooseRaise{{engine::ReadingKind::Harm, engine::Level::Some, RaiseReason::Observed}});
        add("to nothing", ChooseRaise{{engine::ReadingKind::Harm, engine::Level::NoneReported, RaiseReason::Observed}});
    }
    void make(Of<SendTo>) {
        add("", SendTo{0});
        add("nowhere", SendTo{99});
    }
    void make(Of<SendAgain>) { add("", SendAgain{0}); }
    void make(Of<ChooseSlot>) {
        add("", ChooseSlot{1});
        add("that is not there", ChooseSlot{99});
    }
    void make(Of<TypeLetters>) { add("", TypeLetters{secret("ra")}); }
    void make(Of<TakeWord>) { add("", TakeWord{0}); }
    void make(Of<ChooseRole>) { add("", ChooseRole{model::Role::Border}); }
    void make(Of<RemoveWorker>) {
        add("", RemoveWorker{{1}});
        add("the last lead", RemoveWorker{{3}});
    }
    // ---- what comes back
    void make(Of<Unlocked>) {
        add_made("", [] { return Unlocked{setup()}; });
    }
    void make(Of<UnlockFailed>) {
        for (const auto error :
             {DeviceError::NeedKey, DeviceError::WrongKey, DeviceError::WrongWords, DeviceError::OtherProgramme,
              DeviceError::StoreDamaged, DeviceError::SelfTest, DeviceError::Other})
            add(catalogue_key(error), UnlockFailed{error});
    }
    void make(Of<PinChecked>) {
        const model::WorkerNumber one{1};
        add("right", PinChecked{one, model::SignedIn{{one, model::Role::Shelter}}});
        add("right, resumable", PinChecked{one, model::SignedIn{{one, model::Role::Shelter}}, true});
        add("wrong", PinChecked{one, model::WrongPin{3}});
        add("must wait", PinChecked{one, model::MustWait{std::chrono::seconds(5)}});
        add("device locked", PinChecked{one, model::DeviceLocked{}});
        add("of another", PinChecked{{2}, model::SignedIn{{{2}, model::Role::Border}}});
    }
    void make(Of<Prepared>) {
        add_made("", [] { return Prepared{origin('b')}; });
    }
    void make(Of<Sealed>) {
        add("", Sealed{record_, revision_, {}});
        add("earlier", Sealed{record_, revision_ - 1, {}});
        add("of another", Sealed{std::string(32, 'f'), 1, {}});
    }
    void make(Of<SealFailed>) {
        add("", SealFailed{record_, revision_, DeviceError::NoRoom});
        add("earlier", SealFailed{record_, revision_ - 1, DeviceError::NoRoom});
        add("of another", SealFailed{std::string(32, 'f'), 1, DeviceError::NoRoom});
    }
    void make(Of<Erased>) {
        add("", Erased{record_, {}});
        add("of another", Erased{std::string(32, 'f'), {}});
    }
    void make(Of<NotErased>) {
        add("", NotErased{record_, revision_, DeviceError::NoRoom});
        add("earlier", NotErased{record_, revision_ - 1, DeviceError::NoRoom});
        add("of another", NotErased{std::string(32, 'f'), 1, DeviceError::NoRoom});
    }
    void make(Of<PlacesFound>) { add("", PlacesFound{{{"/media/stick", true, false, 1U << 30}}}); }
    void make(Of<SendProgress>) { add("", SendProgress{1, 2}); }
    void make(Of<Sent>) { add("", Sent{"batch", 9, 2, {}}); }
    void make(Of<SendFailed>) { add("", SendFailed{SendError::Full}); }
    void make(Of<PlacesNotFound>) { add("", PlacesNotFound{SendError::Memory}); }
    void make(Of<PinUnchecked>) { add("", PinUnchecked{DeviceError::NoRoom}); }
    void make(Of<PrepareFailed>) { add("", PrepareFailed{DeviceError::NoRoom}); }
    void make(Of<WorkerSaved>) { add("", WorkerSaved{{{{3}, model::Role::ShiftLead}}, {{1}}}); }
    void make(Of<WorkerRemoved>) { add("", WorkerRemoved{{{{3}, model::Role::ShiftLead}}, {{1}}}); }
    void make(Of<PinChanged>) {
        add("", PinChanged{{1}});
        add("of another", PinChanged{{2}});
    }
    void make(Of<WorkerNotSaved>) {
        add("", WorkerNotSaved{PeopleError::Other});
        add("taken", WorkerNotSaved{PeopleError::Taken});
    }
    void make(Of<WorkerNotRemoved>) { add("", WorkerNotRemoved{PeopleError::Other}); }
    void make(Of<PinNotChanged>) { add("", PinNotChanged{PeopleError::Other}); }
    void make(Of<KeyNotProved>) { add("", KeyNotProved{DeviceError::NoSlot}); }
    void make(Of<WordsMade>) {
        add_made("", [] { return WordsMade{fresh_words()}; });
    }
    void make(Of<KeysSaved>) { add("", KeysSaved{KeyUse::Change, 1, true, {0, 1}}); }
    void make(Of<KeysFailed>) { add("", KeysFailed{DeviceError::NoSlot}); }
    void make(Of<Resumed>) { add("", Resumed{}); }  // no draft: not one to go on with
    void make(Of<ResumeFailed>) {
        add("", ResumeFailed{DeviceError::LockedMemory});
        add("too late", ResumeFailed{});
    }
    void make(Of<NewsFound>) {
        add("", NewsFound{brought_news()});
        add("nothing", NewsFound{});
        model::News confirmed;
        confirmed.receipts.confirmed = 3;
        add("receipts", NewsFound{confirmed, model::Counts{1, 0, 3, 0, 0}});
    }
    void make(Of<NewsNotFound>) { add("", NewsNotFound{DeviceError::Other}); }
    void make(Of<NewsTaken>) {
        add_made("", [] { return NewsTaken{newer_setup(), std::nullopt}; });
    }
    void make(Of<NewsNotTaken>) { add("", NewsNotTaken{DeviceError::NoRoom}); }
    void make(Of<AuditListed>) { add("", AuditListed{false, {{1, 1, {}}}}); }
    void make(Of<RepairProgress>) { add("", RepairProgress{1, 2}); }
    void make(Of<RepairFailed>) { add("", RepairFailed{DeviceError::NoRoom}); }
    void make(Of<StoreRepaired>) {
        add_made("", [] {
            StoreRepaired with_setup;
            with_setup.setup = setup();
            return with_setup;
        });
        StoreRepaired without_bundle;
        without_bundle.without_bundle = lost_bundle();
        add("without bundle", std::move(without_bundle));
        StoreRepaired still_shut;
        still_shut.told.error = DeviceError::BadBundle;
        add("still shut", std::move(still_shut));
    }
    void make(Of<UnlockedWithoutBundle>) { add("", UnlockedWithoutBundle{lost_bundle()}); }
    void make(Of<BundleNotFound>) { add("", BundleNotFound{DeviceError::NoBundle}); }

    void make(Of<AskAt>) {
        add("", AskAt{0});
        add("nowhere", AskAt{99});
    }
    void make(Of<SayWords>) {
        add("the same", SayWords{true});
        add("others", SayWords{false});
    }
    void make(Of<UnlockedNotEnrolled>) {
        add("", UnlockedNotEnrolled{});
        add("that has asked", UnlockedNotEnrolled{asked()});
    }
    void make(Of<FirstWords>) {
        add_made("", [] { return FirstWords{fresh_words(KeyUse::First)}; });
    }
    void make(Of<NoFirstWords>) { add("", NoFirstWords{DeviceError::LockedMemory}); }
    void make(Of<DeviceNotMade>) { add("", DeviceNotMade{DeviceError::NoRoom}); }
    void make(Of<RequestWritten>) { add("", RequestWritten{asked()}); }
    void make(Of<RequestNotWritten>) { add("", RequestNotWritten{SendError::Full}); }
    void make(Of<DeviceEnrolled>) {
        add_made("", [] { return DeviceEnrolled{setup()}; });
    }
    void make(Of<DeviceNotEnrolled>) { add("", DeviceNotEnrolled{DeviceError::NoCertificate}); }
    void make(Of<TestSealed>) { add("", TestSealed{{1, 0, 0, 0}}); }
    void make(Of<TestNotSealed>) { add("", TestNotSealed{DeviceError::NoRoom}); }

    std::optional<std::size_t> only_;
    engine::NodeId node_;
    std::string record_;
    std::uint32_t revision_;
    std::vector<Sample> all_;
};

}  // namespace

std::vector<Sample> samples(Rig& r) {
    return Samples(r).every();
}

Sample sample(Rig& r, std::size_t index) {
    return std::move(Samples(r, index).every().at(index));
}

}  // namespace test

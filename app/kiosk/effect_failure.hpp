// What an effect is answered with that could not be carried out to its end. It must not know why.
#pragma once

#include <utility>

#include "app/session/effect.hpp"

namespace app::kiosk {

/// What an effect that threw is answered with; nothing where nobody waits for an answer. Asks for no memory.
struct EffectFailure {
    session::DeviceError error;

    session::AnswerTo<session::Unlock> operator()(session::Unlock&) const noexcept {
        return session::UnlockFailed{error};
    }
    session::AnswerTo<session::FindBundle> operator()(session::FindBundle&) const noexcept {
        return session::BundleNotFound{error};
    }
    session::AnswerTo<session::LookForNews> operator()(session::LookForNews&) const noexcept {
        return session::NewsNotFound{error};
    }
    session::AnswerTo<session::AcceptNews> operator()(session::AcceptNews&) const noexcept {
        return session::NewsNotTaken{error};
    }
    session::AnswerTo<session::CheckPin> operator()(session::CheckPin&) const noexcept {
        return session::PinUnchecked{error};
    }
    session::AnswerTo<session::Prepare> operator()(session::Prepare&) const noexcept {
        return session::PrepareFailed{error};
    }
    session::AnswerTo<session::SealRecord> operator()(session::SealRecord& effect) const noexcept {
        return session::SealFailed{std::move(effect.record), effect.revision, error};
    }
    session::AnswerTo<session::Withdraw> operator()(session::Withdraw& effect) const noexcept {
        return session::NotErased{std::move(effect.record), effect.revision, error};
    }
    session::AnswerTo<session::Resume> operator()(session::Resume&) const noexcept {
        return session::ResumeFailed{error};
    }
    session::AnswerTo<session::DropDraft> operator()(session::DropDraft&) const noexcept { return {}; }
    session::AnswerTo<session::ListAudit> operator()(session::ListAudit&) const noexcept {
        return session::AuditListed{true, {}};
    }
    session::AnswerTo<session::RepairStore> operator()(session::RepairStore&) const noexcept {
        return session::RepairFailed{error};
    }
    session::AnswerTo<session::FindPlaces> operator()(session::FindPlaces&) const noexcept {
        return session::PlacesNotFound{sending()};
    }
    session::AnswerTo<session::Export> operator()(session::Export&) const noexcept {
        return session::SendFailed{sending()};
    }
    session::AnswerTo<session::StopExport> operator()(session::StopExport&) const noexcept { return {}; }
    session::AnswerTo<session::SaveWorker> operator()(session::SaveWorker&) const noexcept {
        return session::WorkerNotSaved{people()};
    }
    session::AnswerTo<session::DropWorker> operator()(session::DropWorker&) const noexcept {
        return session::WorkerNotRemoved{people()};
    }
    session::AnswerTo<session::ChangePin> operator()(session::ChangePin&) const noexcept {
        return session::PinNotChanged{people()};
    }
    session::AnswerTo<session::ProveKey> operator()(session::ProveKey&) const noexcept {
        return session::KeyNotProved{error};
    }
    session::AnswerTo<session::SaveWords> operator()(session::SaveWords&) const noexcept {
        return session::KeysFailed{session::DeviceError::KeysUnsure};
    }
    session::AnswerTo<session::MakeFirstWords> operator()(session::MakeFirstWords&) const noexcept {
        return session::NoFirstWords{error};
    }
    session::AnswerTo<session::MakeDevice> operator()(session::MakeDevice&) const noexcept {
        return session::DeviceNotMade{error};
    }
    session::AnswerTo<session::WriteRequest> operator()(session::WriteRequest&) const noexcept {
        return session::RequestNotWritten{sending()};
    }
    session::AnswerTo<session::EnrolDevice> operator()(session::EnrolDevice&) const noexcept {
        return session::DeviceNotEnrolled{error};
    }
    session::AnswerTo<session::SealTest> operator()(session::SealTest&) const noexcept {
        return session::TestNotSealed{error};
    }
    session::AnswerTo<session::SavePreference> operator()(session::SavePreference&) const noexcept { return {}; }
    session::AnswerTo<session::ForgetScreen> operator()(session::ForgetScreen&) const noexcept { return {}; }
    session::AnswerTo<session::Quit> operator()(session::Quit&) const noexcept { return {}; }

  private:
    [[nodiscard]] session::PeopleError people() const noexcept {
        return error == session::DeviceError::Memory ? session::PeopleError::Memory : session::PeopleError::Other;
    }
    [[nodiscard]] session::SendError sending() const noexcept {
        return error == session::DeviceError::Memory ? session::SendError::Memory : session::SendError::Other;
    }
};

}  // namespace app::kiosk

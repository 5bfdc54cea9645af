#pragma once
// Who can read, which machine takes batches in, and who may sign receipts, as the next bundle will say it:
// recipients.txt, intake.txt and signers.txt in the programme's folder `content`. Must not know how anybody is asked.

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/deployment/failure.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/coordinator_request.hpp"
#include "app/files/descriptor.hpp"

namespace app::deployment {

struct People {
    std::vector<exchange::BundleRecipient> recipients;
    std::vector<exchange::BundleSigner> signers;
    std::optional<exchange::BundleIntake> intake = {};
};

/// What the folder `content` of the programme in `root` says; where recipients or signers are not there, what the
/// newest bundle says that is signed by `programme`. Without intake.txt, or with an empty one, no machine takes in. No
/// link is followed inside of `root`. Errors: Refusal (Malformed, NoPeople), files::Error.
[[nodiscard]] Result<People> read_people(crypto::SodiumReady ready, const std::filesystem::path& root,
                                         const crypto::DeploymentPublicKey& programme);

/// A request out of its file, which may be on a stick. Errors: Refusal::NotARequest, files::Error.
[[nodiscard]] Result<exchange::CoordinatorRequest> read_coordinator_request(crypto::SodiumReady ready,
                                                                            const std::filesystem::path& file);

/// The people with the new coordinator. Somebody whom a cut left among the signers alone is completed.
/// Errors: Refusal (AlreadyThere, LabelTaken, TooMany).
[[nodiscard]] Result<People> with_coordinator(People people, const exchange::CoordinatorRequest& request);

/// The people without one. Errors: Refusal (UnknownLabel, LabelTwice, Last, RecoveryStays).
[[nodiscard]] Result<People> without_coordinator(People people, const std::string& label);

/// The people with this machine, by the text of its recipient. Errors: Refusal (IntakeThere, NotALabel, NotARecipient,
/// IntakeReads, LabelTaken, TooMany).
[[nodiscard]] Result<People> with_intake(People people, const std::string& label, std::string_view recipient);

/// The people without the machine. Errors: Refusal::NoIntake.
[[nodiscard]] Result<People> without_intake(People people);

/// The people of a programme, held so that nobody else changes them meanwhile.
class PeopleEdit {
  public:
    /// Makes the folder `content` when there is none, and the file that is missing in it out of the newest bundle.
    /// Errors: as read_people(), Refusal::Busy, exchange::Failure.
    [[nodiscard]] static Result<PeopleEdit> begin(crypto::SodiumReady ready, const std::filesystem::path& root,
                                                  const crypto::DeploymentPublicKey& programme);
    [[nodiscard]] const People& people() const { return people_; }
    /// Replaces one file after the other, each whole: nobody is ever a recipient without being a signer, and the same
    /// command again completes what a cut left. Errors: exchange::Failure.
    [[nodiscard]] Result<void> write(People next);

  private:
    PeopleEdit(std::filesystem::path content, files::Descriptor held, People people)
        : content_(std::move(content)), held_(std::move(held)), people_(std::move(people)) {}

    std::filesystem::path content_;
    files::Descriptor held_;
    People people_;
};

}  // namespace app::deployment

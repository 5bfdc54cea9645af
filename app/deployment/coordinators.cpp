#include "app/deployment/coordinators.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>

#include "app/deployment/bundle_file.hpp"
#include "app/deployment/bundle_sources.hpp"
#include "app/deployment/files.hpp"
#include "app/deployment/source_files.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

constexpr const char* recipients_file = "recipients.txt";
constexpr const char* signers_file = "signers.txt";
constexpr const char* intake_file = "intake.txt";
constexpr std::size_t most_people_bytes = 64U << 10U;
constexpr std::size_t most_request_bytes = 16U << 10U;

template <class Parse>
auto parse_member(crypto::ByteView bytes, const fs::path& file, Parse parse)
    -> Result<typename decltype(parse(bytes))::value_type> {
    auto parsed = parse(bytes);
    if (!parsed) return failed(Refusal::Malformed, file.string());
    return std::move(*parsed);
}

struct Freed {
    void operator()(utf8proc_uint8_t* text) const noexcept { std::free(text); }
};

/// Capitals, accents and width do not tell two people apart who read their labels to each other.
std::string heard(const std::string& label) {
    utf8proc_uint8_t* folded = nullptr;
    const auto length = utf8proc_map(
        reinterpret_cast<const utf8proc_uint8_t*>(label.data()), static_cast<utf8proc_ssize_t>(label.size()), &folded,
        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD |
                                       UTF8PROC_STRIPMARK));
    const std::unique_ptr<utf8proc_uint8_t, Freed> owned(folded);
    if (length < 0) return label;
    return {reinterpret_cast<const char*>(folded), static_cast<std::size_t>(length)};
}

template <class Each>
auto with_label(Each& all, const std::string& label) {
    return std::count_if(all.begin(), all.end(), [&label](const auto& one) { return one.label == label; });
}

template <class Each>
void erase_label(Each& all, const std::string& label) {
    all.erase(std::remove_if(all.begin(), all.end(), [&label](const auto& one) { return one.label == label; }),
              all.end());
}

}  // namespace

Result<People> read_people(crypto::SodiumReady ready, const fs::path& root,
                           const crypto::DeploymentPublicKey& programme) {
    const auto content = sources_of(root);
    AMPARO_DO(open_sources(content));
    AMPARO_TRY(const recipients, read_source(content / recipients_file, most_people_bytes));
    AMPARO_TRY(const signers, read_source(content / signers_file, most_people_bytes));
    AMPARO_TRY(const intake, read_source(content / intake_file, most_people_bytes));
    People people;
    if (!recipients || !signers) {
        auto newest = newest_bundle(ready, root, programme);
        if (!newest) return failed(Refusal::NoPeople, root.string());
        people = {std::move(newest->bundle.recipients), std::move(newest->bundle.signers), newest->bundle.intake};
    }
    if (recipients) {
        AMPARO_TRY(parsed, parse_member(*recipients, content / recipients_file, exchange::parse_recipients));
        people.recipients = std::move(parsed);
    }
    if (signers) {
        AMPARO_TRY(parsed, parse_member(*signers, content / signers_file, exchange::parse_signers));
        people.signers = std::move(parsed);
    }
    if (recipients && signers) people.intake.reset();
    if (intake) {
        people.intake.reset();
        if (!intake->empty()) {
            AMPARO_TRY(parsed, parse_member(*intake, content / intake_file, exchange::parse_intake));
            people.intake = std::move(parsed);
        }
    }
    return people;
}

Result<exchange::CoordinatorRequest> read_coordinator_request(crypto::SodiumReady ready, const fs::path& file) {
    AMPARO_TRY(const bytes, read_plain(file, most_request_bytes));
    auto request = exchange::parse_coordinator_request(ready, bytes);
    if (!request) return failed(Refusal::NotARequest, file.string());
    return std::move(*request);
}

Result<People> with_coordinator(People people, const exchange::CoordinatorRequest& request) {
    const auto& label = request.label;
    for (const auto& one : people.recipients)
        if (one.recipient == request.recipient) return failed(Refusal::AlreadyThere, label);
    for (const auto& one : people.recipients)
        if (heard(one.label) == heard(label)) return failed(Refusal::LabelTaken, label);
    if (people.intake && people.intake->recipient == request.recipient) return failed(Refusal::AlreadyThere, label);
    if (people.intake && heard(people.intake->label) == heard(label)) return failed(Refusal::LabelTaken, label);
    bool signs = false;
    for (const auto& one : people.signers) {
        // Of a command that was cut: the same person, with the same key, and no recipient yet.
        const bool same = one.label == label && one.key == request.signer;
        if (one.key == request.signer && !same) return failed(Refusal::AlreadyThere, label);
        if (heard(one.label) == heard(label) && !same) return failed(Refusal::LabelTaken, label);
        signs = signs || same;
    }
    const auto opens = people.recipients.size() + (people.intake ? 1U : 0U);
    if (opens >= exchange::bundle_most_recipients) return failed(Refusal::TooMany, label);
    if (!signs && people.signers.size() >= exchange::bundle_most_signers) return failed(Refusal::TooMany, label);
    people.recipients.push_back({label, request.recipient, false});
    if (!signs) people.signers.push_back({label, request.signer});
    return people;
}

Result<People> without_coordinator(People people, const std::string& label) {
    const auto recipients = with_label(people.recipients, label);
    const auto signers = with_label(people.signers, label);
    if (recipients + signers == 0) return failed(Refusal::UnknownLabel, label);
    if (recipients > 1 || signers > 1) return failed(Refusal::LabelTwice, label);
    for (const auto& one : people.recipients)
        if (one.label == label && one.recovery) return failed(Refusal::RecoveryStays, label);
    erase_label(people.recipients, label);
    erase_label(people.signers, label);
    if (people.recipients.size() < 2 || people.signers.empty()) return failed(Refusal::Last, label);
    return people;
}

Result<People> with_intake(People people, const std::string& label, std::string_view recipient) {
    if (people.intake) return failed(Refusal::IntakeThere, people.intake->label);
    if (!exchange::label_allowed(label)) return failed(Refusal::NotALabel, label);
    const auto key = crypto::Recipient::parse(recipient);
    if (!key) return failed(Refusal::NotARecipient, std::string(recipient));
    for (const auto& one : people.recipients)
        if (heard(one.label) == heard(label)) return failed(Refusal::LabelTaken, label);
    for (const auto& one : people.signers)
        if (heard(one.label) == heard(label)) return failed(Refusal::LabelTaken, label);
    exchange::BundleIntake intake{label, *key};
    if (const auto fits = exchange::check_intake(people.recipients, intake); !fits) {
        const auto reason = fits.error().why.reason;
        return failed(reason == exchange::Reason::IntakeReads      ? Refusal::IntakeReads
                      : reason == exchange::Reason::RecipientsMany ? Refusal::TooMany
                                                                   : Refusal::NotARecipient,
                      label);
    }
    people.intake = std::move(intake);
    return people;
}

Result<People> without_intake(People people) {
    if (!people.intake) return failed(Refusal::NoIntake);
    people.intake.reset();
    return people;
}

Result<PeopleEdit> PeopleEdit::begin(crypto::SodiumReady ready, const fs::path& root,
                                     const crypto::DeploymentPublicKey& programme) {
    const auto content = sources_of(root);
    AMPARO_DO(read_people(ready, root, programme));
    AMPARO_TRY(held, hold_sources(content));
    // Once more, now that nobody else changes them.
    AMPARO_TRY(now, read_people(ready, root, programme));
    if (!files::is_there(content / signers_file))
        AMPARO_DO(replace_source(content / signers_file, exchange::signers_text(now.signers)));
    if (!files::is_there(content / recipients_file))
        AMPARO_DO(replace_source(content / recipients_file, exchange::recipients_text(now.recipients)));
    if (now.intake && !files::is_there(content / intake_file))
        AMPARO_DO(replace_source(content / intake_file, exchange::intake_text(*now.intake)));
    return PeopleEdit(content, std::move(held), std::move(now));
}

Result<void> PeopleEdit::write(People next) {
    const auto recipients = exchange::recipients_text(next.recipients);
    const auto signers = exchange::signers_text(next.signers);
    // Nothing is written that the next bundle could not hold.
    AMPARO_DO(parse_member(crypto::as_bytes(recipients), content_ / recipients_file, exchange::parse_recipients));
    AMPARO_DO(parse_member(crypto::as_bytes(signers), content_ / signers_file, exchange::parse_signers));
    const auto intake = next.intake ? exchange::intake_text(*next.intake) : std::string();
    if (next.intake) AMPARO_DO(parse_member(crypto::as_bytes(intake), content_ / intake_file, exchange::parse_intake));
    if (next.intake || people_.intake) AMPARO_DO(replace_source(content_ / intake_file, intake));
    const bool grows = next.recipients.size() > people_.recipients.size();
    if (grows) AMPARO_DO(replace_source(content_ / signers_file, signers));
    AMPARO_DO(replace_source(content_ / recipients_file, recipients));
    if (!grows) AMPARO_DO(replace_source(content_ / signers_file, signers));
    people_ = std::move(next);
    return {};
}

}  // namespace app::deployment

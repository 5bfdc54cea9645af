// recipients.txt, intake.txt and signers.txt: whom records are sealed to, who takes batches in, and whose receipts
// count.
#include <algorithm>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/text.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view coordinator_mark = "# coordinator ";
constexpr std::string_view recovery_mark = "# recovery ";
constexpr std::string_view intake_mark = "# intake ";
constexpr std::string_view signer_mark = "# ";

/// One recovery recipient, at least one coordinator, nobody twice.
Result<void> check_recipients(const std::vector<BundleRecipient>& recipients) {
    if (recipients.size() > bundle_most_recipients) return failed(Error::Recipients, Reason::RecipientsMany);
    const auto recovery = std::count_if(recipients.begin(), recipients.end(), [](const auto& r) { return r.recovery; });
    if (recovery != 1) return failed(Error::Recipients, Reason::RecoveryNotOne);
    if (recipients.size() < 2) return failed(Error::Recipients, Reason::NoCoordinator);
    std::vector<crypto::Recipient> all;
    for (const auto& one : recipients) all.push_back(one.recipient);
    if (const auto kinds = crypto::check_kinds(all); !kinds) return failed(Error::Recipients, reason_of(kinds.error()));
    for (auto a = recipients.begin(); a != recipients.end(); ++a)
        if (std::any_of(a + 1, recipients.end(), [a](const auto& b) { return b.recipient == a->recipient; }))
            return failed(Error::Recipients, Reason::RecipientTwice);
    return {};
}

}  // namespace

std::string recipients_text(const std::vector<BundleRecipient>& recipients) {
    std::string text;
    for (const auto& recipient : recipients) {
        text += recipient.recovery ? recovery_mark : coordinator_mark;
        text += recipient.label + "\n" + recipient.recipient.to_string() + "\n";
    }
    return text;
}

Result<std::vector<BundleRecipient>> parse_recipients(crypto::ByteView text) {
    std::vector<BundleRecipient> recipients;
    crypto::Reader reader(text);
    while (!reader.at_end()) {
        if (recipients.size() == bundle_most_recipients) return failed(Error::Recipients, Reason::RecipientsMany);
        const auto comment = reader.line(text_line_limit);
        const auto key = reader.line(text_line_limit);
        if (!comment || !key) return failed(Error::Recipients, Reason::RecipientsForm);
        const bool recovery = comment->starts_with(recovery_mark);
        if (!recovery && !comment->starts_with(coordinator_mark))
            return failed(Error::Recipients, Reason::RecipientsForm);
        const auto label = comment->substr(recovery ? recovery_mark.size() : coordinator_mark.size());
        const auto recipient = crypto::Recipient::parse(*key);
        if (!label_allowed(label) || !recipient) return failed(Error::Recipients, Reason::RecipientsForm);
        recipients.push_back({std::string(label), *recipient, recovery});
    }
    AMPARO_DO(check_recipients(recipients));
    return recipients;
}

std::string intake_text(const BundleIntake& intake) {
    return std::string(intake_mark) + intake.label + "\n" + intake.recipient.to_string() + "\n";
}

Result<BundleIntake> parse_intake(crypto::ByteView text) {
    crypto::Reader reader(text);
    const auto comment = reader.line(text_line_limit);
    const auto key = reader.line(text_line_limit);
    if (!comment || !comment->starts_with(intake_mark) || !key || !reader.at_end())
        return failed(Error::Recipients, Reason::IntakeForm);
    const auto label = comment->substr(intake_mark.size());
    const auto recipient = crypto::Recipient::parse(*key);
    if (!label_allowed(label) || !recipient) return failed(Error::Recipients, Reason::IntakeForm);
    return BundleIntake{std::string(label), *recipient};
}

Result<void> check_intake(const std::vector<BundleRecipient>& recipients, const BundleIntake& intake) {
    if (recipients.size() >= bundle_most_recipients) return failed(Error::Recipients, Reason::RecipientsMany);
    auto all = keys_of(recipients);
    if (std::find(all.begin(), all.end(), intake.recipient) != all.end())
        return failed(Error::Recipients, Reason::IntakeReads);
    all.push_back(intake.recipient);
    if (const auto kinds = crypto::check_kinds(all); !kinds) return failed(Error::Recipients, reason_of(kinds.error()));
    return {};
}

std::string signers_text(const std::vector<BundleSigner>& signers) {
    std::string text;
    for (const auto& signer : signers)
        text += std::string(signer_mark) + signer.label + "\n" + public_key_line(signer.key) + "\n";
    return text;
}

Result<std::vector<BundleSigner>> parse_signers(crypto::ByteView text) {
    const auto wrong = [] { return failed(Error::Content, Reason::SignersForm); };
    std::vector<BundleSigner> signers;
    crypto::Reader reader(text);
    while (!reader.at_end()) {
        if (signers.size() == bundle_most_signers) return failed(Error::TooLarge, Reason::SignersMany);
        const auto comment = reader.line(text_line_limit);
        const auto line = reader.line(text_line_limit);
        if (!comment || !line || !comment->starts_with(signer_mark)) return wrong();
        const auto label = comment->substr(signer_mark.size());
        const auto key = crypto::ReceiptPublicKey::parse_line(*line);
        if (!label_allowed(label) || !key) return wrong();
        if (std::any_of(signers.begin(), signers.end(), [&key](const auto& s) { return s.key == *key; }))
            return failed(Error::Content, Reason::SignerTwice);
        signers.push_back({std::string(label), *key});
    }
    if (signers.empty()) return failed(Error::Content, Reason::NoSigner);
    return signers;
}

}  // namespace app::exchange

#include "app/exchange/receipt.hpp"

#include <algorithm>
#include <functional>

#include "app/exchange/batch.hpp"
#include "app/exchange/manifest.hpp"
#include "app/exchange/text.hpp"
#include "app/record/rules.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view receipt_title = "amparo-receipt 1";
constexpr std::string_view all_accepted = "all";
constexpr std::string_view all_but = "all-but";
constexpr std::string_view refused_word = "refused";
constexpr std::string_view receipt_beginning = "r-";
constexpr std::string_view receipt_ending = ".receipt";
constexpr std::size_t receipt_name_bytes = 8;
constexpr std::array refused_words{"damaged", "not-kept"};

/// Where the signature begins.
constexpr std::string_view signature_mark = "untrusted comment: ";

std::string receipt_comment(const Receipt& receipt) {
    return std::string(receipt_title) + " dev=" + receipt.device + " ep=" + std::to_string(receipt.epoch) +
           " seq=" + std::to_string(receipt.sequence);
}

/// The rest of a "refused" line.
std::optional<RefusedRecord> parse_refused(std::string_view value) {
    const auto blank = value.find(' ');
    if (blank == std::string_view::npos) return std::nullopt;
    const auto digest = parse_digest(value.substr(0, blank));
    const auto word = std::find(refused_words.begin(), refused_words.end(), value.substr(blank + 1));
    if (!digest || word == refused_words.end()) return std::nullopt;
    return RefusedRecord{*digest, static_cast<RefusedWhy>(word - refused_words.begin())};
}

bool places_a_batch(std::uint64_t epoch, std::uint64_t sequence) {
    return epoch > 0 && epoch <= most_epoch && sequence > 0 && sequence <= batch_most_sequence;
}

}  // namespace

std::string_view to_word(RefusedWhy why) noexcept {
    return refused_words[static_cast<std::size_t>(why)];
}

std::string receipt_text(const Receipt& receipt) {
    std::string text(receipt_title);
    text += "\ndevice " + receipt.device;
    text += "\nepoch " + std::to_string(receipt.epoch);
    text += "\nsequence " + std::to_string(receipt.sequence);
    text += "\nmanifest " + crypto::to_hex(receipt.manifest);
    text.append("\naccepted ").append(receipt.refused.empty() ? all_accepted : all_but);
    for (const auto& one : receipt.refused)
        text.append("\n").append(refused_word).append(" " + crypto::to_hex(one.sha256) + " ").append(to_word(one.why));
    text += "\nsigner " + public_key_line(receipt.signer) + "\n";
    return text;
}

Result<Receipt> parse_receipt_text(crypto::ByteView text) {
    const auto wrong = [] { return failed(Error::Content, Reason::ReceiptForm); };
    crypto::Reader reader(text);
    if (reader.line(text_line_limit) != receipt_title) return wrong();
    const auto device = value_of(reader, "device");
    const auto epoch = value_of(reader, "epoch");
    const auto sequence = value_of(reader, "sequence");
    const auto manifest = value_of(reader, "manifest");
    const auto accepted = value_of(reader, "accepted");
    if (!device || !epoch || !sequence || !manifest || !accepted || !device_id_allowed(*device)) return wrong();
    const auto epoch_number = number_of(*epoch);
    const auto sequence_number = number_of(*sequence);
    const auto digest = parse_digest(*manifest);
    if (!epoch_number || !sequence_number || !digest || !places_a_batch(*epoch_number, *sequence_number))
        return wrong();
    std::vector<RefusedRecord> refused;
    while (crypto::as_text(reader.rest()).starts_with(refused_word)) {
        if (refused.size() == receipt_most_refused) return failed(Error::TooLarge, Reason::ReceiptForm);
        const auto value = value_of(reader, refused_word);
        const auto one = value ? parse_refused(*value) : std::nullopt;
        if (!one || (!refused.empty() && refused.back().sha256 >= one->sha256)) return wrong();
        refused.push_back(*one);
    }
    const auto signer = value_of(reader, "signer");
    const auto key = signer ? crypto::ReceiptPublicKey::parse_line(*signer) : tl::unexpected(crypto::Error::Malformed);
    if (*accepted != (refused.empty() ? all_accepted : all_but) || !key || !reader.at_end()) return wrong();
    return Receipt{std::string(*device), *epoch_number, *sequence_number, *digest, std::move(refused), *key};
}

Result<crypto::Bytes> sign_receipt(crypto::SodiumReady ready, Receipt receipt, const crypto::ReceiptSecretKey& key) {
    receipt.signer = key.public_key();
    const auto text = receipt_text(receipt);
    AMPARO_DO(parse_receipt_text(crypto::as_bytes(text)));
    const auto signature = crypto::sign(ready, crypto::as_bytes(text), key, receipt_comment(receipt));
    if (!signature) return failed(Error::Crypto, reason_of(signature.error()));
    return bytes_of(text + *signature);
}

Result<Receipt> load_receipt(crypto::SodiumReady ready, crypto::ByteView file,
                             std::span<const crypto::ReceiptPublicKey> pinned) {
    if (file.size() > receipt_most_bytes) return failed(Error::TooLarge, Reason::ReceiptForm);
    const auto whole = crypto::as_text(file);
    const auto end = whole.find(signature_mark);
    if (end == std::string_view::npos) return failed(Error::Content, Reason::ReceiptForm);
    const auto signature = whole.substr(end);
    const auto id = crypto::signer_of(signature);
    if (!id || !begins_as_ours(signature)) return failed(Error::Content, Reason::ReceiptForm);
    const auto signer = std::find_if(pinned.begin(), pinned.end(), [&](const auto& key) { return key.id() == *id; });
    if (signer == pinned.end()) return failed(Error::Signature, Reason::ReceiptSigner);
    const auto comment = crypto::verify(ready, file.first(end), signature, *signer);
    if (!comment) return failed(Error::Signature, Reason::ReceiptUnsigned);
    AMPARO_TRY(receipt, parse_receipt_text(file.first(end)));
    if (!(receipt.signer == *signer) || *comment != receipt_comment(receipt))
        return failed(Error::Content, Reason::CommentOther);
    return receipt;
}

std::string receipt_file_name(crypto::SodiumReady ready, crypto::ByteView file) {
    const auto digest = crypto::blake2b_256(ready, file);
    return std::string(receipt_beginning) + crypto::to_hex(crypto::ByteView(digest).first(receipt_name_bytes)) +
           std::string(receipt_ending);
}

bool is_receipt_file_name(std::string_view name) {
    if (!name.starts_with(receipt_beginning) || !name.ends_with(receipt_ending)) return false;
    name.remove_prefix(receipt_beginning.size());
    return name.size() == 2 * receipt_name_bytes + receipt_ending.size() &&
           record::is_hex(name.substr(0, 2 * receipt_name_bytes), 2 * receipt_name_bytes);
}

}  // namespace app::exchange

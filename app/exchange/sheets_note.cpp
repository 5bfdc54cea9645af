#include "app/exchange/sheets_note.hpp"

#include <algorithm>

#include "app/exchange/text.hpp"
#include "crypto/shamir.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view sheets_title = "amparo-sheets 1";

std::string read_text(const std::vector<std::uint8_t>& numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : " ") + std::to_string(number);
    return text.empty() ? "-" : text;
}

std::string sheets_text(const SheetsNote& note) {
    std::string text(sheets_title);
    text += "\ndeployment " + note.deployment;
    text += "\nrecipient " + note.recipient.to_string();
    text += "\nset " + crypto::to_hex(note.set);
    text += "\nneeded " + std::to_string(note.needed);
    text += "\nsheets " + std::to_string(note.sheets);
    text += "\nread " + read_text(note.read);
    text += "\nday " + day_text(note.day) + "\n";
    return text;
}

std::string sheets_comment(const SheetsNote& note) {
    return std::string(sheets_title) + " set=" + crypto::to_hex(note.set);
}

bool makes_sense(const SheetsNote& note) {
    if (note.needed < crypto::shamir::least_threshold || note.needed > note.sheets ||
        note.sheets > crypto::shamir::most_shares)
        return false;
    if (note.read.empty()) return true;
    const bool rises =
        std::adjacent_find(note.read.begin(), note.read.end(), std::greater_equal<>()) == note.read.end();
    return rises && note.read.size() >= note.needed && note.read.front() >= 1 && note.read.back() <= note.sheets;
}

std::optional<std::vector<std::uint8_t>> read_numbers(std::string_view text) {
    std::vector<std::uint8_t> numbers;
    if (text == "-") return numbers;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        const auto number = number_of(text.substr(0, end));
        if (!number || *number == 0 || *number > crypto::shamir::most_shares) return std::nullopt;
        numbers.push_back(static_cast<std::uint8_t>(*number));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return numbers;
}

Result<SheetsNote> parse_sheets_text(crypto::ByteView text) {
    const auto wrong = [] { return failed(Error::Content, Reason::NoteForm); };
    crypto::Reader reader(text);
    if (reader.line(text_line_limit) != sheets_title) return wrong();
    const auto deployment = value_of(reader, "deployment");
    const auto recipient = value_of(reader, "recipient");
    const auto set = value_of(reader, "set");
    const auto needed = value_of(reader, "needed");
    const auto sheets = value_of(reader, "sheets");
    const auto read = value_of(reader, "read");
    const auto day = value_of(reader, "day");
    if (!deployment || !recipient || !set || !needed || !sheets || !read || !day || !reader.at_end()) return wrong();
    auto whose = crypto::Recipient::parse(*recipient);
    const auto bytes = crypto::from_hex(*set);
    const auto least = number_of(*needed);
    const auto most = number_of(*sheets);
    auto numbers = read_numbers(*read);
    const auto when = parse_day(*day);
    if (!whose || !bytes || bytes->size() != 3 || !least || *least > 255 || !most || *most > 255 || !numbers || !when)
        return wrong();
    SheetsNote note{std::string(*deployment),         std::move(*whose),   {},   static_cast<std::uint8_t>(*least),
                    static_cast<std::uint8_t>(*most), std::move(*numbers), *when};
    std::copy(bytes->begin(), bytes->end(), note.set.begin());
    // One encoding: what is read is what would be written.
    if (!makes_sense(note) || sheets_text(note) != crypto::as_text(text)) return wrong();
    return note;
}

}  // namespace

std::string sheets_note_name(const SheetsNote& note) {
    return crypto::to_hex(note.set) + ".sheets";
}

Result<crypto::Bytes> sign_sheets_note(crypto::SodiumReady ready, const SheetsNote& note,
                                       const crypto::DeploymentSecretKey& key) {
    const auto text = sheets_text(note);
    AMPARO_DO(parse_sheets_text(crypto::as_bytes(text)));
    if (note.deployment != deployment_id(ready, key.public_key()))
        return failed(Error::Deployment, Reason::OtherDeployment);
    const auto signature = crypto::sign(ready, crypto::as_bytes(text), key, sheets_comment(note));
    if (!signature) return failed(Error::Crypto, reason_of(signature.error()));
    return bytes_of(text + *signature);
}

Result<SheetsNote> load_sheets_note(crypto::SodiumReady ready, crypto::ByteView file,
                                    const crypto::DeploymentPublicKey& programme) {
    const auto whole = crypto::as_text(file);
    const auto end = whole.find("untrusted comment: ");
    if (file.size() > sheets_note_most_bytes || end == std::string_view::npos)
        return failed(Error::Content, Reason::NoteForm);
    const auto signature = whole.substr(end);
    const auto comment = crypto::verify(ready, file.first(end), signature, programme);
    if (!comment || !begins_as_ours(signature)) return failed(Error::Signature, Reason::NoteUnsigned);
    AMPARO_TRY(note, parse_sheets_text(file.first(end)));
    if (note.deployment != deployment_id(ready, programme)) return failed(Error::Deployment, Reason::OtherDeployment);
    if (*comment != sheets_comment(note)) return failed(Error::Content, Reason::CommentOther);
    return note;
}

}  // namespace app::exchange

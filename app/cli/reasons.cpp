#include "app/cli/reasons.hpp"

#include <algorithm>
#include <array>

#include "app/cli/form_words.hpp"

namespace app::cli {

std::string reason_words(const Context& context, const exchange::Why& why) {
    std::array<std::string, 3> of;
    std::copy_n(why.of.begin(), std::min(why.of.size(), of.size()), of.begin());
    if (!why.said.empty() && why.of.size() < of.size()) of[why.of.size()] = in_words(context, why.said);
    const auto& row = exchange::reasons()[static_cast<std::size_t>(why.reason)];
    return context.text("cli.why." + std::string(row.word), {{"a", of[0]}, {"b", of[1]}, {"c", of[2]}});
}

std::string kept_reason_words(const Context& context, std::string_view kept) {
    const auto why = exchange::Why::parse(kept);
    return why ? reason_words(context, *why) : std::string(kept);
}

std::string record_words(const Context& context, casebook::Outcome outcome, std::string_view detail) {
    using casebook::Outcome;
    switch (outcome) {
        case Outcome::NotForUs:
            return context.text("cli.record.not_for_us");
        case Outcome::Unopenable:
            return context.text("cli.record.unopenable");
        case Outcome::Malformed:
            // Where in it; what is wrong there is for programs.
            return context.text("cli.record.malformed", {{"place", std::string(detail.substr(0, detail.find(':')))}});
        case Outcome::OtherDevice:
            return context.text("cli.record.other_device");
        case Outcome::Conflict:
            return context.text("cli.record.conflict");
        case Outcome::New:
        case Outcome::Replaced:
        case Outcome::Older:
        case Outcome::Known:
        case Outcome::Withdrawn:
        case Outcome::WasWithdrawn:
        case Outcome::WithdrawalHeld:
        case Outcome::RevisionHeld:
        case Outcome::WithdrawalRejected:
        case Outcome::RevisionRejected:
        case Outcome::Erased:
            break;  // no refusals
    }
    return std::string(casebook::to_word(outcome));
}

std::string_view to_word(locales::Error error) noexcept {
    using locales::Error;
    switch (error) {
        case Error::Json:
            return "json";
        case Error::Encoding:
            return "encoding";
        case Error::Limit:
            return "limit";
        case Error::Key:
            return "key";
        case Error::DuplicateKey:
            return "duplicate_key";
        case Error::NotText:
            return "not_text";
        case Error::Empty:
            return "empty";
        case Error::Placeholder:
            return "placeholder";
        case Error::Plural:
            return "plural";
        case Error::MissingKey:
            return "missing_key";
        case Error::Differs:
            return "differs";
    }
    return "json";
}

std::string catalogue_words(const Context& context, const locales::Failure& failure) {
    const auto words = context.text("cli.catalogue." + std::string(to_word(failure.error)));
    return failure.key.empty() ? words : failure.key + ": " + words;
}

}  // namespace app::cli

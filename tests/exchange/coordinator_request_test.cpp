// A new coordinator's request: what one change, one cut or one other key does to it.
#include "app/exchange/coordinator_request.hpp"

#include <catch2/catch_all.hpp>

#include "app/exchange/certificate.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

constexpr std::string_view title = "amparo-coordinator-request 1";

std::string made_by(const test::Deployment& who, const std::string& label = "Norte") {
    const auto made = make_coordinator_request(ready(), label, who.coordinator.recipient(), who.receipt_key);
    REQUIRE(made);
    return test::text(*made);
}

std::string changed(std::string text, std::string_view from, const std::string& to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

/// The lines before the signature.
std::string lines_of(const std::string& request) {
    return request.substr(0, request.find("untrusted comment: "));
}

std::string comment_for(const test::Deployment& who) {
    return std::string(title) + " recipient=" + who.coordinator.recipient().to_string();
}

/// These lines under a good signature, so that nothing but the lines is refused.
std::string signed_again(const test::Deployment& who, const std::string& lines, const std::string& comment) {
    const auto signature = crypto::sign(ready(), crypto::as_bytes(lines), who.receipt_key, comment);
    REQUIRE(signature);
    return lines + *signature;
}

bool accepted(const std::string& text) {
    return parse_coordinator_request(ready(), bytes(text)).has_value();
}

std::string words_of(const test::Deployment& programme, const std::string& request) {
    const auto read = parse_coordinator_request(ready(), bytes(request));
    REQUIRE(read);
    return coordinator_words(ready(), programme.key.public_key(), *read);
}

}  // namespace

TEST_CASE("a coordinator's request says on both sides what its sender meant, with the same eight words") {
    const test::Deployment who;
    const auto text = made_by(who, "Coordinación José");
    const auto read = parse_coordinator_request(ready(), bytes(text));
    REQUIRE(read);
    CHECK(read->label == "Coordinación José");
    CHECK(read->recipient == who.coordinator.recipient());
    CHECK(read->signer == who.receipt_key.public_key());
    CHECK(words_of(who, text) == words_of(who, text));
    CHECK(accepted(signed_again(who, lines_of(text), comment_for(who))));
}

TEST_CASE("the words of a coordinator's request differ with every part of it and with the programme") {
    const test::Deployment one;
    const test::Deployment other;
    const auto text = made_by(one);
    const auto first = words_of(one, text);
    CHECK(first != words_of(other, text));        // brought to another programme
    CHECK(first != words_of(one, made_by(one)));  // a fresh nonce each time
    const auto lines = lines_of(text);
    CHECK(first != words_of(one, signed_again(one, changed(lines, "label Norte", "label Sur"), comment_for(one))));
    const auto foreign =
        changed(lines, one.coordinator.recipient().to_string(), other.coordinator.recipient().to_string());
    CHECK(first != words_of(one, signed_again(one, foreign, comment_for(other))));
    const auto keyed =
        changed(lines, public_key_line(one.receipt_key.public_key()), public_key_line(other.receipt_key.public_key()));
    CHECK(first != words_of(one, signed_again(other, keyed, comment_for(one))));
}

TEST_CASE("a coordinator's request with any byte changed, cut off or added is refused") {
    const test::Deployment who;
    const auto text = made_by(who);
    REQUIRE(accepted(text));
    for (std::size_t at = 0; at < text.size(); ++at) {
        INFO(at);
        auto other = text;
        other[at] = static_cast<char>(other[at] ^ 1);
        CHECK_FALSE(accepted(other));
        CHECK_FALSE(accepted(text.substr(0, at)));
    }
    CHECK_FALSE(accepted(text + "\n"));
    CHECK_FALSE(accepted(text + std::string(20'000, ' ')));
    CHECK_FALSE(accepted(changed(text, "signature from amparo secret key", "somebody")));
}

TEST_CASE("a coordinator's request under a signature that is not of its own receipt key is refused") {
    const test::Deployment one;
    const test::Deployment other;
    const auto lines = lines_of(made_by(one));
    CHECK_FALSE(accepted(signed_again(other, lines, comment_for(one))));
    CHECK_FALSE(accepted(signed_again(one, lines, comment_for(other))));
    CHECK_FALSE(accepted(signed_again(one, lines, "amparo-enroll-request 1")));
    // The recipient exchanged, and the signature that was made for the other one kept.
    CHECK_FALSE(accepted(
        changed(made_by(one), one.coordinator.recipient().to_string(), other.coordinator.recipient().to_string())));
}

TEST_CASE("coordinators' requests that differ in one detail do not parse under a good signature either") {
    const test::Deployment who;
    const auto lines = lines_of(made_by(who));
    const std::pair<const char*, std::string> bad[] = {
        {"other version", changed(lines, "request 1", "request 2")},
        {"a device's request", changed(lines, title, "amparo-enroll-request 1")},
        {"no label", changed(lines, "label Norte", "label ")},
        {"a blank before the label", changed(lines, "label Norte", "label  Norte")},
        {"a blank after the label", changed(lines, "label Norte", "label Norte ")},
        {"a label that turns round", changed(lines, "label Norte", "label \u202eetroN")},
        {"a label that hides", changed(lines, "label Norte", "label Nor\u200bte")},
        {"a label that steers", changed(lines, "label Norte", "label \x1b[2J")},
        {"a label that is no UTF-8", changed(lines, "label Norte", "label \xff")},
        {"a label of 65 bytes", changed(lines, "label Norte", "label " + std::string(65, 'a'))},
        {"an upper-case recipient", changed(lines, "recipient age1", "recipient AGE1")},
        {"a short nonce", lines.substr(0, lines.size() - 3) + "\n"},
        {"a nonce in capitals", lines.substr(0, lines.size() - 3) + "AA\n"},
        {"a further line", lines + "more x\n"},
        {"carriage return", changed(lines, "\n", "\r\n")},
        {"two spaces", changed(lines, "signer ", "signer  ")},
        {"a missing line", changed(lines, "label Norte\n", "")},
    };
    for (const auto& [defect, text] : bad) {
        INFO(defect);
        CHECK_FALSE(accepted(signed_again(who, text, comment_for(who))));
    }
}

TEST_CASE("no coordinator's request is made with a label that its reader would refuse") {
    const test::Deployment who;
    for (const std::string label : {"", " Norte", "Norte ", "a\nb", "\u202eetroN", "Nor\u200bte", "\x1b[2J", "\xff"}) {
        INFO(label);
        const auto made = make_coordinator_request(ready(), label, who.coordinator.recipient(), who.receipt_key);
        REQUIRE_FALSE(made);
        CHECK(made.error().error == Error::Content);
    }
    const auto lines = lines_of(made_by(who));
    // Somebody else's lines in the label.
    CHECK_FALSE(make_coordinator_request(ready(), lines.substr(lines.find("Norte")), who.coordinator.recipient(),
                                         who.receipt_key));
    CHECK(make_coordinator_request(ready(), std::string(64, 'a'), who.coordinator.recipient(), who.receipt_key));
    CHECK_FALSE(make_coordinator_request(ready(), std::string(65, 'a'), who.coordinator.recipient(), who.receipt_key));
}

#include "crypto/words.hpp"

#include <set>

#include "support.hpp"

using namespace crypto;
using support::must;

TEST_CASE("the list has 256 sorted words of plain letters that four letters tell apart") {
    std::set<std::string_view> starts;
    std::string_view before;
    for (const auto word : word_list()) {
        INFO(word);
        CHECK(word.size() >= 4);
        CHECK(word.size() <= 9);
        CHECK(word.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string_view::npos);
        CHECK(before < word);
        before = word;
        starts.insert(word.substr(0, 4));
    }
    CHECK(starts.size() == 256);
}

TEST_CASE("the list is the one that fingerprints and case codes already in use were made with") {
    std::string all;
    for (const auto word : word_list()) all.append(word).append("\n");
    CHECK(to_hex(sha256(support::ready(), as_bytes(all))) ==
          "da855aa62bc90a356e9f0dd075d95728f2938bc245aa6ac08b338d4f14af491e");
}

TEST_CASE("a case code is three words and three digits and reads back as itself") {
    for (int i = 0; i < 200; ++i) {
        const auto code = case_code(support::ready());
        CHECK(parse_case_code(code) == code);
    }
}

TEST_CASE("every word and every digit turns up in case codes") {
    std::set<std::string> seen;
    for (int i = 0; i < 3000; ++i) {
        const auto code = case_code(support::ready());
        seen.insert(code.substr(0, code.find('-')));
        seen.insert(code.substr(code.size() - 1));
    }
    CHECK(seen.size() == 266);
}

TEST_CASE("a case code may be typed in capitals, with spaces, or with words cut to four letters") {
    CHECK(parse_case_code(" Radio HOTEL canal 482 ") == "radio-hotel-canal-482");
    CHECK(parse_case_code("radi-hote-cana-482") == "radio-hotel-canal-482");
}

TEST_CASE("what is not a case code is not taken for one") {
    for (const auto* text :
         {"", "radio-hotel-canal", "radio-hotel-canal-48", "radio-hotel-canal-4822", "radio-hotel-canal-482-1",
          "rad-hotel-canal-482", "radios-hotel-canal-482", "radio-hotel-qqqq-482", "radio-hotel-canal-4a2"}) {
        INFO(text);
        CHECK_FALSE(parse_case_code(text));
    }
    CHECK_FALSE(parse_case_code(std::string(5000, 'a')));
}

TEST_CASE("a fingerprint is the words of the first eight bytes") {
    Digest digest{};
    for (std::size_t i = 0; i < 8; ++i) digest[i] = static_cast<std::byte>(i * 36);
    std::string expected;
    for (std::size_t i = 0; i < 8; ++i) expected += (i == 0 ? "" : "-") + std::string(word_list()[i * 36]);
    CHECK(fingerprint_words(digest) == expected);
}

TEST_CASE("a generated passphrase has eight words of the list and survives being typed") {
    const auto generated = must(generate_passphrase(support::ready()));
    const auto text = support::text_of(generated);
    CHECK(std::count(text.begin(), text.end(), '-') == 7);
    CHECK(must(canonical_passphrase(support::ready(), generated.view())).equals(generated.view()));
    std::string typed = text;
    std::replace(typed.begin(), typed.end(), '-', ' ');
    std::transform(typed.begin(), typed.end(), typed.begin(),
                   [](char c) { return c == ' ' ? c : static_cast<char>(c - 32); });
    CHECK(must(canonical_passphrase(support::ready(), as_bytes(typed + "\r\n"))).equals(generated.view()));
}

TEST_CASE("seven words, nine words and unknown words are no passphrase") {
    for (const auto* text :
         {"radio radio radio radio radio radio radio", "radio radio radio radio radio radio radio radio radio",
          "radio radio radio radio radio radio radio xylophone", ""})
        CHECK_FAILS(canonical_passphrase(support::ready(), as_bytes(text)), Error::Malformed);
}

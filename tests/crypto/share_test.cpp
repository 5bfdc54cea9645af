#include "crypto/share.hpp"

#include <functional>

#include "crypto/shamir.hpp"
#include "crypto/words.hpp"
#include "support.hpp"
#include "tests/support/examples.hpp"

using namespace crypto;
using support::must;
using support::ready;

namespace {

const test::Example& example() {
    static const auto read = test::example_of("docs/FORMATS.md", "share");
    return read;
}

/// Share 2 of the example, as it is written.
std::string example_words() {
    std::string text;
    for (int row = 1; row <= 10; ++row)
        text += std::to_string(row) + " " + example().at("row " + std::to_string(row)) + "\n";
    return text;
}

/// "" for a share, else what is wrong and where: the number of the error, row, word.
std::string fault(std::string_view typed) {
    const auto read = read_share(ready(), as_bytes(typed));
    if (read) return "";
    const auto& [error, row, word] = read.error();
    return std::to_string(static_cast<int>(error)) + " " + std::to_string(row) + " " + std::to_string(word);
}
std::string at(ShareError error, int row = 0, int word = 0) {
    return std::to_string(static_cast<int>(error)) + " " + std::to_string(row) + " " + std::to_string(word);
}

PaperShare read(std::string_view typed) {
    auto share = read_share(ready(), as_bytes(typed));
    if (!share) FAIL("no share: " << fault(typed));
    return std::move(*share);
}

/// The sixty words of a text, without the numbers.
std::vector<std::string> words_of(const std::string& text) {
    std::vector<std::string> words;
    std::istringstream in(text);
    for (std::string word; in >> word;)
        if (word.front() > '9') words.push_back(word);
    return words;
}
std::string rows_of(const std::vector<std::string>& words, bool numbered) {
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i % 6 == 0) text += (i == 0 ? "" : "\n") + (numbered ? std::to_string(i / 6 + 1) + " " : std::string());
        text += words[i] + " ";
    }
    return text;
}

std::string written(const PaperShare& share) {
    return support::text_of(must(share_words(ready(), share)));
}

PaperShare made(std::uint8_t number, std::uint8_t set, ByteView payload) {
    PaperShare share;
    share.head.threshold = 2;
    share.head.total = 3;
    share.head.number = number;
    share.head.set = {std::byte{set}, std::byte{1}, std::byte{2}};
    share.payload = must(SecretBytes::copy_of(ready(), payload));
    return share;
}

std::string changed_everywhere(const std::string& text, const std::function<char(char)>& change) {
    std::string changed;
    for (const char c : text) changed += change(c);
    return changed;
}

}  // namespace

TEST_CASE("the example of a share is what the code writes, reads, and puts together again") {
    const auto identity = must(open::Identity::parse(ready(), as_bytes(example().at("identity"))));
    CHECK(identity.recipient().to_string() == example().at("recipient"));
    CHECK(to_hex(share_commitment(ready(), identity.recipient())) == example().at("commitment"));
    std::vector<shamir::Share> shares;
    for (const auto* number : {"1", "2", "3"}) {
        auto share = read(example().at(std::string("code of ") + number));
        CHECK(share.head.kind == ShareKind::X25519);
        CHECK(share.head.threshold == 2);
        CHECK(share.head.total == 3);
        CHECK(std::to_string(share.head.number) == number);
        CHECK(to_hex(share.head.set) + " " + set_words(share.head) == example().at("set"));
        CHECK(to_hex(share.head.programme) == example().at("programme").substr(0, 8));
        CHECK(to_hex(share.head.commitment) == example().at("commitment"));
        CHECK(support::text_of(must(share_code(ready(), share))) == example().at(std::string("code of ") + number));
        shares.push_back({share.head.number, std::move(share.payload)});
    }
    const auto secret = shamir::combine(ready(), std::span(shares).first(2), 2);
    REQUIRE(secret);
    CHECK(secret->equals(identity.secret().view()));
    const auto in_words = read(example_words());
    CHECK(written(in_words) == example_words());
    CHECK(in_words.head.number == 2);
    CHECK(in_words.payload.equals(shares[1].bytes.view()));
    CHECK(to_hex(in_words.payload.view()) == example().at("bytes of 2").substr(32, 64));
}

TEST_CASE("shares of every size, number and content come back from words and from a code") {
    for (std::uint8_t total = 2; total <= 10; ++total)
        for (std::uint8_t number = 1; number <= total; ++number) {
            auto share = made(number, total, must(SecretBytes::random(ready(), 32)).view());
            share.head.total = total;
            share.head.threshold = static_cast<std::uint8_t>(2 + number % (total - 1));
            for (const auto& text : {must(share_words(ready(), share)), must(share_code(ready(), share))}) {
                const auto again = read_share(ready(), text.view());
                REQUIRE(again);
                CHECK(again->head == share.head);
                CHECK(again->payload.equals(share.payload.view()));
            }
        }
}

TEST_CASE("a share is read as people type it") {
    const auto text = example_words();
    const auto words = words_of(text);
    const auto canonical = [](const std::string& typed) { return written(read(typed)); };
    CHECK(canonical(rows_of(words, false)) == text);
    CHECK(canonical(changed_everywhere(text, [](char c) { return c == '\n' ? ' ' : c; })) == text);
    CHECK(canonical(changed_everywhere(text, [](char c) { return c == ' ' ? '-' : c; })) == text);
    CHECK(canonical(changed_everywhere(text, [](char c) { return c == ' ' ? ',' : c; })) == text);
    CHECK(canonical(changed_everywhere(text, [](char c) { return c >= 'a' ? static_cast<char>(c - 32) : c; })) == text);
    std::string short_words;
    std::string with_accents = "\xef\xbb\xbf";  // a mark that editors put before a text
    std::string dotted;
    for (std::size_t i = 0; i < words.size(); ++i) {
        short_words += words[i].substr(0, 4) + "  \t";
        for (const char c : words[i])
            with_accents += c == 'a' ? "\xc3\xa1" : c == 'O' || c == 'o' ? "o\xcc\x81" : std::string(1, c);
        with_accents += "\xc2\xa0\xe2\x80\x94 ";  // a blank that does not break, a dash
        if (i % 6 == 0) dotted += std::to_string(i / 6 + 1) + ".";
        dotted += words[i] + (i % 6 == 5 ? ";\r\n" : " / ");
    }
    CHECK(canonical(short_words) == text);
    CHECK(canonical(with_accents) == text);
    CHECK(canonical(dotted) == text);
    const auto code = example().at("code of 2");
    CHECK(canonical(" " + code.substr(0, 40) + "\r\n" + code.substr(40) + "\n") == text);
    CHECK(canonical(changed_everywhere(code, [](char c) { return c >= 'A' ? static_cast<char>(c + 32) : c; })) == text);
}

TEST_CASE("a word that is not in the list is named by its row and place") {
    auto words = words_of(example_words());
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const auto* wrong : {"cat", "zebra", "plano", "acaciaaaaaaaaaaaaaaaaaaaaaaaaa"}) {
            auto typed = words;
            typed[i] = wrong;
            for (const bool numbered : {false, true})
                CHECK(fault(rows_of(typed, numbered)) ==
                      at(ShareError::UnknownWord, static_cast<int>(i / 6) + 1, static_cast<int>(i % 6) + 1));
        }
}

TEST_CASE("any other word in any place is refused, nearly always by the row that it is in") {
    const auto words = words_of(example_words());
    int tried = 0;
    int named = 0;
    for (std::size_t i = 0; i < words.size(); ++i)
        for (const auto other : word_list()) {
            if (other == words[i]) continue;
            auto typed = words;
            typed[i] = other;
            const auto said = fault(rows_of(typed, true));
            CHECK_FALSE(said.empty());
            ++tried;
            if (said == at(ShareError::RowCheck, static_cast<int>(i / 6) + 1)) ++named;
        }
    CHECK(tried == 60 * 255);
    CHECK(named > tried * 98 / 100);
}

TEST_CASE("words that changed places and rows that did are refused, nearly always by the first of them") {
    const auto words = words_of(example_words());
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        auto typed = words;
        if (words[i] == words[i + 1]) continue;
        std::swap(typed[i], typed[i + 1]);
        CHECK_FALSE(fault(rows_of(typed, false)).empty());
    }
    int named = 0;
    for (std::size_t row = 0; row < 9; ++row) {
        auto typed = words;
        for (std::size_t i = 0; i < 6; ++i) std::swap(typed[row * 6 + i], typed[row * 6 + 6 + i]);
        const auto said = fault(rows_of(typed, false));
        CHECK_FALSE(said.empty());
        if (said == at(ShareError::RowCheck, static_cast<int>(row) + 1)) ++named;
    }
    CHECK(named >= 8);  // a check of one byte may fit by chance: row 3 does in the place of row 2
}

TEST_CASE("a row of another share of the same set does not fit, nor one of another set with the same number") {
    const auto payload = support::pattern(32);
    const auto words = words_of(written(made(1, 7, payload)));
    for (const auto& other : {made(2, 7, support::pattern(32)), made(1, 8, payload)}) {
        const auto others = words_of(written(other));
        int named = 0;
        for (std::size_t row = 1; row < 10; ++row) {
            auto typed = words;
            std::copy_n(others.begin() + static_cast<std::ptrdiff_t>(row * 6), 6,
                        typed.begin() + static_cast<std::ptrdiff_t>(row * 6));
            if (fault(rows_of(typed, true)) == at(ShareError::RowCheck, static_cast<int>(row) + 1)) ++named;
        }
        CHECK(named >= 8);  // a check of one byte may fit by chance
    }
}

TEST_CASE("rows and words that are missing, doubled or too many are told by where that shows") {
    const auto text = example_words();
    const auto words = words_of(text);
    CHECK(fault("") == at(ShareError::Nothing));
    CHECK(fault(" \n - ") == at(ShareError::Nothing));
    for (std::size_t n = 1; n < words.size(); ++n) {
        const std::vector<std::string> cut(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(n));
        CHECK(fault(rows_of(cut, true)) ==
              at(ShareError::TooShort, static_cast<int>(n / 6) + 1, static_cast<int>(n % 6) + 1));
    }
    CHECK(fault(text + "radio") == at(ShareError::TooLong));
    CHECK(fault(text + text) == at(ShareError::RowNumber, 10));
    CHECK(fault(std::string(4097, ' ')) == at(ShareError::TooLong));
    const auto with = [&](std::string_view from, std::string_view to) {
        auto typed = text;
        return typed.replace(typed.find(from), from.size(), to);
    };
    CHECK(fault(with("4 extra koala", "4 koala")) == at(ShareError::RowNumber, 4));
    CHECK(fault(with("4 extra koala", "4 extra extra koala")) == at(ShareError::RowCheck, 4));
    CHECK(fault(with("4 extra", "koala 4 extra")) == at(ShareError::RowWords, 3));
    CHECK(fault(with("\n4 extra", "\n5 extra")) == at(ShareError::RowNumber, 4));
    CHECK(fault(with("\n4 extra", "\n4 4 extra")) == at(ShareError::RowNumber, 4));
    CHECK(fault(with("\n4 extra", "\n999 extra")) == at(ShareError::RowNumber, 4));
    CHECK(fault(with("\n4 extra koala guacamole vista rotor gaucho", "")) == at(ShareError::RowNumber, 4));
}

TEST_CASE("a code with any character changed, cut off or added is refused") {
    const auto code = example().at("code of 3");
    REQUIRE(code.size() == 100);
    for (std::size_t i = 7; i < code.size(); ++i)
        for (const char c : std::string_view("QP2 -1\x80")) {
            if (c == code[i]) continue;
            auto typed = code;
            typed[i] = c;
            CHECK(fault(typed) == at(ShareError::Code));
        }
    for (std::size_t n = 6; n < code.size(); ++n) CHECK(fault(code.substr(0, n)) == at(ShareError::Code));
    CHECK(fault(code + "Q") == at(ShareError::Code));
    CHECK(fault(code + code) == at(ShareError::Code));
    CHECK_FALSE(fault("X" + code).empty());
}

TEST_CASE("what no share is made of is not written") {
    const auto payload = support::pattern(32);
    const auto refused = [&](const std::function<void(PaperShare&)>& change) {
        auto share = made(1, 1, payload);
        change(share);
        CHECK_FAILS(share_words(ready(), share), Error::Input);
        CHECK_FAILS(share_code(ready(), share), Error::Input);
    };
    refused([](PaperShare& s) { s.head.threshold = 1; });
    refused([](PaperShare& s) { s.head.threshold = 4; });
    refused([](PaperShare& s) { s.head.total = 11; });
    refused([](PaperShare& s) { s.head.number = 0; });
    refused([](PaperShare& s) { s.head.number = 4; });
    refused([](PaperShare& s) { s.head.kind = static_cast<ShareKind>(2); });
    refused([](PaperShare& s) { s.payload.shorten(31); });
}

namespace {

/// Six words of which the last fits the five bytes before it, as the first row.
std::string first_row(std::array<std::byte, 5> bytes) {
    Bytes input;
    append(input, "amparo share row 1");
    append(input, "\x01");
    append(input, bytes);
    append(input, bytes);
    std::string row;
    for (const auto b : bytes) row.append(word_list()[std::to_integer<std::size_t>(b)]).append(" ");
    return row.append(word_list()[std::to_integer<std::size_t>(blake2b_256(ready(), input)[0])]);
}

}  // namespace

TEST_CASE("a later version, another kind of key and impossible numbers are told from a mistake in typing") {
    const auto row = [](unsigned first, unsigned sizes, unsigned number) {
        return fault(first_row({std::byte(first), std::byte(sizes), std::byte(number), std::byte{9}, std::byte{9}}));
    };
    CHECK(row(0x11, 0x23, 1) == at(ShareError::TooShort, 2, 1));
    CHECK(row(0x21, 0x23, 1) == at(ShareError::Version));
    CHECK(row(0x01, 0x23, 1) == at(ShareError::Version));
    CHECK(row(0x12, 0x23, 1) == at(ShareError::Kind));
    CHECK(row(0x10, 0x23, 1) == at(ShareError::Kind));
    for (const auto& [sizes, number] : {std::pair{0x13U, 1U},
                                        {0x03U, 1U},
                                        {0x32U, 1U},
                                        {0x2bU, 1U},
                                        {0xffU, 1U},
                                        {0x23U, 0U},
                                        {0x23U, 4U},
                                        {0x23U, 255U}})
        CHECK(row(0x11, sizes, number) == at(ShareError::Range));
}

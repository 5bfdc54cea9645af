#include "app/deployment/share_page.hpp"

#include <fstream>
#include <regex>
#include <sstream>

#include "app/deployment/svg.hpp"
#include "tests/deployment/support.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/needs.hpp"

using namespace app::deployment;
using test::must;
using test::ready;
using test::shares_of;

namespace {

std::string catalogue(const std::string& language) {
    std::ifstream in(AMPARO_SOURCE_DIR "/locales/" + language + ".json", std::ios::binary);
    std::ostringstream all;
    all << in.rdbuf();
    return std::move(all).str();
}

locales::Translator translator(const std::string& language) {
    if (language != "qps")
        return locales::Translator::built_in(language == "es" ? locales::Language::Es : locales::Language::En);
    auto made = locales::Translator::make(catalogue("qps"), catalogue("qps"));
    REQUIRE(made);
    return std::move(*made);
}

const std::string long_name = "Red de albergues de la frontera sur, Tapachula y Tenosique 2026";

const std::vector<crypto::PaperShare>& two_of_three() {
    static const auto shares = shares_of(must(crypto::open::Identity::generate(ready())), 2, 3);
    return shares;
}

std::string page_of(const std::string& language, const crypto::PaperShare& share, const std::string& name = long_name) {
    using std::chrono::sys_days;
    const auto page = share_page(ready(), translator(language), share,
                                 {name, sys_days{std::chrono::year{2026} / std::chrono::September / 30}});
    REQUIRE(page);
    return std::string(crypto::as_text(page->view()));
}

struct Line {
    int left, right, top, bottom, size;
    std::string text;
};

std::string unescaped(std::string text) {
    for (const auto& [written, meant] : {std::pair{"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
        text = std::regex_replace(text, std::regex(written), meant);
    return text;
}

/// Every line of text with the room that it takes in the widest font.
std::vector<Line> lines_of(const std::string& page) {
    const std::regex shape(
        "<text x=\"(\\d+)\" y=\"(\\d+)\" font-size=\"(\\d+)\"( font-weight=\"bold\")?"
        "( text-anchor=\"end\")?>([^<]*)</text>");
    std::vector<Line> lines;
    for (auto i = std::sregex_iterator(page.begin(), page.end(), shape); i != std::sregex_iterator(); ++i) {
        const auto& m = *i;
        Line line{std::stoi(m[1]), 0, 0, 0, std::stoi(m[3]), unescaped(m[6])};
        const int width = text_width(line.text, {line.size, m[4].matched ? Weight::Bold : Weight::Regular});
        if (m[5].matched) line.left -= width;
        line.right = line.left + width;
        line.top = std::stoi(m[2]) - line.size * 3 / 4;
        line.bottom = std::stoi(m[2]) + line.size / 5;
        lines.push_back(line);
    }
    return lines;
}

std::string words_on(const std::string& page) {
    std::string words;
    for (const auto& line : lines_of(page))
        if (line.size == 44) words += line.text + " ";
    return words;
}

}  // namespace

TEST_CASE("every line of a sheet is inside the page, and none lies on another, in each language") {
    const auto ten = shares_of(must(crypto::open::Identity::generate(ready())), 10, 10);
    for (const auto* language : {"es", "en", "qps"})
        for (const auto& share : {std::cref(two_of_three()[1]), std::cref(ten[9])}) {
            const auto lines = lines_of(page_of(language, share));
            REQUIRE(lines.size() > 90);
            for (std::size_t i = 0; i < lines.size(); ++i) {
                const auto& line = lines[i];
                INFO(language << ": " << line.text);
                CHECK(line.left >= 150);
                CHECK(line.right <= share_page_width - 150);
                CHECK(line.top >= 100);
                CHECK(line.bottom <= share_page_height - 90);
                for (std::size_t k = 0; k < i; ++k) {
                    INFO(lines[k].text);
                    CHECK((lines[k].right <= line.left || line.right <= lines[k].left || lines[k].bottom <= line.top ||
                           line.bottom <= lines[k].top));
                }
            }
        }
}

TEST_CASE("no line of a sheet reaches into the QR code") {
    for (const auto* language : {"es", "en", "qps"}) {
        const auto page = page_of(language, two_of_three()[0]);
        std::smatch frame;
        REQUIRE(std::regex_search(
            page, frame, std::regex("<rect x=\"(\\d+)\" y=\"(\\d+)\" width=\"510\" height=\"510\" fill=\"none\"")));
        for (const auto& line : lines_of(page)) {
            INFO(line.text);
            CHECK((line.right <= std::stoi(frame[1]) || line.bottom <= std::stoi(frame[2]) ||
                   line.top >= std::stoi(frame[2]) + 510));
        }
    }
}

TEST_CASE("a sheet says its number, how many are needed, its set, its programme and its day") {
    const auto& share = two_of_three()[1];
    const auto said = [&](const std::string& language) {
        std::string all;
        for (const auto& line : lines_of(page_of(language, share, "Casa Norte"))) all += line.text + "\n";
        return all;
    };
    for (const auto& [language, title, need, day] :
         {std::tuple{"es", "parte 2 de 3", "2 de las 3 partes", "30 de septiembre de 2026"},
          {"en", "part 2 of 3", "Any 2 of the 3", "September 30, 2026"}}) {
        const auto all = said(language);
        INFO(all);
        for (const auto& part : {std::string(title), std::string(need), std::string(day), std::string("Casa Norte"),
                                 crypto::set_words(share.head), crypto::programme_words(share.head)})
            CHECK(all.find(part) != std::string::npos);
    }
}

TEST_CASE("the words on a sheet, read off in order, are its share") {
    for (const auto* language : {"es", "en"})
        for (const auto& share : two_of_three()) {
            const auto read = crypto::read_share(ready(), crypto::as_bytes(words_on(page_of(language, share))));
            REQUIRE(read);
            CHECK(read->head == share.head);
            CHECK(read->payload.equals(share.payload.view()));
        }
}

TEST_CASE("a programme's name is text on a sheet, whatever is in it") {
    const auto page = page_of("es", two_of_three()[0], "<script>&\"x'</text>\x1b\xe2\x80\xae");
    CHECK(page.find("<script") == std::string::npos);
    CHECK(page.find('\x1b') == std::string::npos);
    CHECK(page.find("\xe2\x80\xae") == std::string::npos);
    CHECK(page.find("&lt;script&gt;&amp;\"x'&lt;/text&gt;\\x1B\\u{202E}") != std::string::npos);
}

TEST_CASE("a sheet needs nothing from outside and runs nothing") {
    const auto page = page_of("es", two_of_three()[0]);
    for (const auto* part : {"href", "url(", "<image", "<style", "<script", "@font", "<!", "<use"})
        CHECK(page.find(part) == std::string::npos);
    // The name of the SVG language is no address that anybody fetches.
    CHECK(page.find("http") == page.find("http://www.w3.org/2000/svg\""));
    CHECK(page.find("http") == page.rfind("http"));
    CHECK(page.size() < 40'000);
}

TEST_CASE("more text than a QR code or a page holds is refused") {
    auto page = must(SvgPage::begin(ready(), 2100, 2790));
    CHECK_FALSE(page.qr(ready(), 0, 0, 500, crypto::as_bytes(std::string(400, 'A'))));
    CHECK(page.qr(ready(), 0, 0, 500, crypto::as_bytes(std::string(100, 'A'))));
    for (int i = 0; i < 1000; ++i) page.text(0, 0, {30}, std::string(100, 'x'));
    const auto whole = page.finish(ready());
    REQUIRE_FALSE(whole);
    CHECK(whole.error() == crypto::Error::TooMany);
}

TEST_CASE("the QR code on a printed sheet reads as its share, in each language", "[interop]") {
    support::need_programs({"rsvg-convert", "zbarimg"});
    const test::Folder folder;
    for (const auto* language : {"es", "en", "qps"})
        for (const auto& share : two_of_three()) {
            folder.write("sheet.svg", page_of(language, share));
            REQUIRE(folder.run("rsvg-convert -w 1240 -o sheet.png sheet.svg") == 0);
            REQUIRE(folder.run("zbarimg --quiet --raw -Sdisable -Sqrcode.enable sheet.png") == 0);
            const auto code = std::string(crypto::as_text(must(crypto::share_code(ready(), share)).view()));
            CHECK(folder.read("out") == code + "\n");
        }
    if (const auto* keep = std::getenv("AMPARO_KEEP_SHEETS"))
        for (const auto* language : {"es", "en", "qps"})
            std::ofstream(std::string(keep) + "/" + language + ".svg") << page_of(language, two_of_three()[1]);
}

#include "app/deployment/svg.hpp"

#include <qrcodegen/qrcodegen.h>

#include <charconv>
#include <cstring>

#include "crypto/try.hpp"

namespace app::deployment {
namespace {

constexpr std::size_t most_page = std::size_t{64} * 1024;
constexpr int most_qr_version = 10;  // 57 modules: a paper's worth of text, and still large modules
constexpr int quiet = 4;             // modules of white around a code (ISO/IEC 18004)

// Hundredths of the size, as wide as DejaVu Sans has them: narrower fonts leave more white.
int character_width(char c) noexcept {
    constexpr std::string_view narrow = "ijlI'!|.,:; ";
    constexpr std::string_view slim = "tfr()[]-\"";
    constexpr std::string_view wide = "mwMW@%";
    if (narrow.find(c) != std::string_view::npos) return 36;
    if (slim.find(c) != std::string_view::npos) return 46;
    if (wide.find(c) != std::string_view::npos) return 98;
    if (std::string_view("sckvxyz").find(c) != std::string_view::npos) return 59;
    return c >= 'A' && c <= 'Z' ? 74 : 64;
}

bool continues(char c) noexcept {
    return (static_cast<unsigned char>(c) & 0xc0U) == 0x80U;
}

}  // namespace

int text_width(std::string_view text, const Print& print) noexcept {
    int hundredths = 0;
    for (const char c : text)
        if (!continues(c)) hundredths += character_width(c);
    return hundredths * print.size / (print.weight == Weight::Bold ? 88 : 100);
}

crypto::Result<SvgPage> SvgPage::begin(crypto::SodiumReady ready, int width, int height) {
    AMPARO_TRY(room, crypto::SecretBytes::make(ready, most_page));
    SvgPage page(std::move(room));
    page.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"");
    page.put(width / 10);
    page.put("mm\" height=\"");
    page.put(height / 10);
    page.put("mm\" viewBox=\"0 0 ");
    page.put(width);
    page.put(" ");
    page.put(height);
    page.put("\" font-family=\"'Noto Sans', 'DejaVu Sans', Arial, sans-serif\" fill=\"#000\">\n");
    page.put("<rect width=\"100%\" height=\"100%\" fill=\"#fff\"/>\n");
    return page;
}

void SvgPage::text(int x, int y, const Print& print, std::string_view line) {
    put("<text");
    attribute("x", x);
    attribute("y", y);
    attribute("font-size", print.size);
    if (print.weight == Weight::Bold) put(" font-weight=\"bold\"");
    if (print.anchor == Align::Middle) put(" text-anchor=\"middle\"");
    if (print.anchor == Align::End) put(" text-anchor=\"end\"");
    put(">");
    put_escaped(line);
    put("</text>\n");
}

int SvgPage::paragraph(int x, int y, int width, const Print& print, std::string_view text) {
    const int leading = print.size * 27 / 20;
    while (!text.empty()) {
        std::size_t end = 0;  // of what goes on this line; at least one word does
        for (std::size_t blank = text.find(' ');; blank = text.find(' ', blank + 1)) {
            const std::size_t until = std::min(blank, text.size());
            if (end > 0 && text_width(text.substr(0, until), print) > width) break;
            end = until;
            if (blank == std::string_view::npos) break;
        }
        this->text(x, y, print, text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
        y += leading;
    }
    return y;
}

void SvgPage::rule(int x, int y, int width, int thick) {
    put("<rect");
    attribute("x", x);
    attribute("y", y);
    attribute("width", width);
    attribute("height", thick);
    put("/>\n");
}

void SvgPage::frame(int x, int y, int width, int height, int thick) {
    put("<rect");
    attribute("x", x);
    attribute("y", y);
    attribute("width", width);
    attribute("height", height);
    put(" fill=\"none\" stroke=\"#000\"");
    attribute("stroke-width", thick);
    put("/>\n");
}

void SvgPage::dot(int x, int y, int side) {
    put("<rect");
    attribute("x", x);
    attribute("y", y);
    attribute("width", side);
    attribute("height", side);
    put("/>\n");
}

// The C library works in memory that it is given, so that the code never lies in ordinary memory.
crypto::Result<void> SvgPage::qr(crypto::SodiumReady ready, int x, int y, int side, crypto::ByteView content) {
    constexpr std::size_t room = qrcodegen_BUFFER_LEN_FOR_VERSION(most_qr_version);
    AMPARO_TRY(memory, crypto::SecretBytes::make(ready, 2 * room + content.size() + 1));
    std::memcpy(memory.writable().data() + 2 * room, content.data(), content.size());
    auto* const code = reinterpret_cast<std::uint8_t*>(memory.writable().data());
    if (!qrcodegen_encodeText(reinterpret_cast<const char*>(code + 2 * room), code + room, code, qrcodegen_Ecc_QUARTILE,
                              1, most_qr_version, qrcodegen_Mask_AUTO, true))
        return tl::unexpected(crypto::Error::TooMany);
    const int modules = qrcodegen_getSize(code);
    const int module = side / (modules + 2 * quiet);
    put("<path shape-rendering=\"crispEdges\" transform=\"translate(");
    put(x + (side - modules * module) / 2);
    put(" ");
    put(y + (side - modules * module) / 2);
    put(") scale(");
    put(module);
    put(")\" d=\"");
    for (int row = 0; row < modules; ++row)
        for (int from = 0, to = 0; from < modules; from = to + 1) {
            for (to = from; to < modules && qrcodegen_getModule(code, to, row);) ++to;
            if (to == from) continue;
            put("M");
            put(from);
            put(" ");
            put(row);
            put("h");
            put(to - from);
            put("v1h");
            put(from - to);
            put("z");
        }
    put("\"/>\n");
    return {};
}

crypto::Result<crypto::SecretBytes> SvgPage::finish(crypto::SodiumReady ready) {
    put("</svg>\n");
    if (full_) return tl::unexpected(crypto::Error::TooMany);
    return crypto::SecretBytes::copy_of(ready, room_.view().first(length_));
}

void SvgPage::put(std::string_view text) noexcept {
    full_ = full_ || text.size() > room_.size() - length_;
    if (full_) return;
    std::memcpy(room_.writable().data() + length_, text.data(), text.size());
    length_ += text.size();
}

void SvgPage::put(int number) noexcept {
    std::array<char, 12> digits{};
    const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    put(std::string_view(digits.data(), static_cast<std::size_t>(written.ptr - digits.data())));
}

void SvgPage::put_escaped(std::string_view text) noexcept {
    for (const char& c : text) {
        if (c == '<')
            put("&lt;");
        else if (c == '>')
            put("&gt;");
        else if (c == '&')
            put("&amp;");
        else
            put(std::string_view(&c, 1));
    }
}

void SvgPage::attribute(std::string_view name, int value) noexcept {
    put(" ");
    put(name);
    put("=\"");
    put(value);
    put("\"");
}

}  // namespace app::deployment

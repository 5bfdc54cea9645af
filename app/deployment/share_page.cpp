#include "app/deployment/share_page.hpp"

#include "app/deployment/svg.hpp"
#include "crypto/try.hpp"
#include "locales/visible.hpp"

namespace app::deployment {
namespace {

using crypto::SodiumReady;

constexpr int margin = 150;
constexpr int full_width = share_page_width - 2 * margin;
constexpr int code_side = 510;
constexpr int gap = 60;
constexpr int half_width = (full_width - gap) / 2;

constexpr Print title_print{70, Weight::Bold};
constexpr Print heading_print{36, Weight::Bold};
constexpr Print body_print{32};
constexpr Print list_print{30};
constexpr Print word_print{44};
constexpr Print small_print{27};

/// Draws from top to bottom; `y_` is where the next thing begins.
class PaperSheet {
  public:
    PaperSheet(SvgPage& page, const locales::Translator& words, const crypto::ShareHead& head, const SharePage& about)
        : page_(page), words_(words), head_(head), about_(about), programme_(locales::visible(about.programme)) {}

    void top() {
        page_.text(margin, 150, heading_print, say("app.name"));
        page_.text(share_page_width - margin, 150, {36, Weight::Bold, Align::End}, programme_);
        page_.rule(margin, 172, full_width, 6);
        y_ = page_.paragraph(margin, 272, full_width, title_print, say("recovery.page.title"));
        y_ = page_.paragraph(margin, y_ - 22, full_width, {38}, say("recovery.page.need")) + 20;
    }

    void about_it() {
        const int width = full_width - code_side - gap;
        int y = section(margin, y_ + 20, width, "recovery.page.what.title", "recovery.page.what");
        y = section(margin, y + 24, width, "recovery.page.whom.title", "recovery.page.whom");
        y_ = std::max(y, y_ + code_side + 10);
    }

    /// Where the QR code goes; its frame tells people that it belongs to the secret.
    void code_frame() { page_.frame(share_page_width - margin - code_side, y_, code_side, code_side, 3); }
    [[nodiscard]] int code_x() const { return share_page_width - margin - code_side; }
    [[nodiscard]] int y() const { return y_; }

    void word_rows(crypto::ByteView text) {
        constexpr int row_height = 67;
        constexpr int first_word = margin + 110;
        constexpr int column = (full_width - 120) / static_cast<int>(crypto::share_row_words);
        page_.text(margin, y_ + 40, heading_print, say("recovery.page.words.title"));
        page_.text(share_page_width - margin, y_ + 40, {36, Weight::Bold, Align::End}, say("recovery.page.set"));
        y_ = page_.paragraph(margin, y_ + 88, full_width, list_print, say("recovery.page.words.hint")) - 16;
        page_.frame(margin, y_, full_width, row_height * static_cast<int>(crypto::share_rows), 5);
        auto rest = crypto::as_text(text);
        for (std::size_t row = 0; row < crypto::share_rows; ++row, y_ += row_height) {
            if (row > 0) page_.rule(margin, y_, full_width, 2);
            page_.text(margin + 70, y_ + 47, {34, Weight::Bold, Align::End}, next(rest));
            for (int word = 0; word < static_cast<int>(crypto::share_row_words); ++word)
                page_.text(first_word + word * column, y_ + 49, word_print, next(rest));
        }
        y_ += 64;
    }

    void advice() {
        const int right = margin + half_width + gap;
        page_.text(margin, y_, heading_print, say("recovery.page.do.title"));
        page_.text(right, y_, heading_print, say("recovery.page.dont.title"));
        int left_y = y_ + 54;
        for (const auto* key : {"recovery.page.do.keep", "recovery.page.do.apart", "recovery.page.do.hand_over"})
            left_y = point(margin, left_y, key);
        int right_y = y_ + 54;
        for (const auto* key : {"recovery.page.dont.copy", "recovery.page.dont.type", "recovery.page.dont.give"})
            right_y = point(right, right_y, key);
        y_ = std::max(left_y, right_y) + 24;
        y_ = section(margin, y_, full_width, "recovery.page.lost.title", "recovery.page.lost");
    }

    /// At the lower edge, whatever is above.
    void foot() {
        constexpr int line = 2600;
        page_.text(margin, line - 12, small_print, say("recovery.page.kept_by"));
        page_.text(margin + half_width + gap, line - 12, small_print, say("recovery.page.received"));
        page_.rule(margin, line, half_width, 2);
        page_.rule(margin + half_width + gap, line, half_width, 2);
        page_.text(margin, line + 46, small_print, say("recovery.page.made"));
        page_.paragraph(margin, line + 84, full_width, small_print, say("recovery.page.format"));
    }

  private:
    std::string say(std::string_view key) const {
        const auto made = words_.full_date(std::chrono::year_month_day(about_.made));
        return std::string(words_
                               .tr(key, {{"number", int{head_.number}},
                                         {"total", int{head_.total}},
                                         {"threshold", int{head_.threshold}},
                                         {"programme", std::string_view(programme_)},
                                         {"set", std::string_view(crypto::set_words(head_))},
                                         {"known_by", std::string_view(crypto::programme_words(head_))},
                                         {"date", made}})
                               .view());
    }
    int section(int x, int y, int width, std::string_view heading, std::string_view body) {
        page_.text(x, y + 30, heading_print, say(heading));
        return page_.paragraph(x, y + 80, width, body_print, say(body));
    }
    int point(int x, int y, std::string_view key) {
        page_.dot(x, y - 18, 14);
        return page_.paragraph(x + 40, y, half_width - 40, list_print, say(key)) + 12;
    }
    static std::string_view next(std::string_view& rest) {
        const auto end = std::min(rest.find_first_of(" \n"), rest.size());
        const auto word = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        return word;
    }

    SvgPage& page_;
    const locales::Translator& words_;
    const crypto::ShareHead& head_;
    const SharePage& about_;
    std::string programme_;
    int y_ = 0;
};

}  // namespace

crypto::Result<crypto::SecretBytes> share_page(SodiumReady ready, const locales::Translator& words,
                                               const crypto::PaperShare& share, const SharePage& about) {
    AMPARO_TRY(const text, crypto::share_words(ready, share));
    AMPARO_TRY(const code, crypto::share_code(ready, share));
    AMPARO_TRY(page, SvgPage::begin(ready, share_page_width, share_page_height));
    PaperSheet sheet(page, words, share.head, about);
    sheet.top();
    sheet.code_frame();
    AMPARO_DO(page.qr(ready, sheet.code_x(), sheet.y(), code_side, code.view()));
    sheet.about_it();
    sheet.word_rows(text.view());
    sheet.advice();
    sheet.foot();
    return page.finish(ready);
}

}  // namespace app::deployment

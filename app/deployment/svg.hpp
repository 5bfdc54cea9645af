#pragma once
// One printed page as SVG, in locked memory because it shows a secret. Knows where ink goes, not what it means. Needs
// nothing from outside: no font, no picture, no style sheet. Lengths are tenths of a millimetre.

#include <string_view>

#include "crypto/secret.hpp"

namespace app::deployment {

enum class Weight : std::uint8_t { Regular, Bold };
enum class Align : std::uint8_t { Start, Middle, End };

struct Print {
    int size;  ///< of the letters, as a font names it
    Weight weight = Weight::Regular;
    Align anchor = Align::Start;
};

/// How wide a line is at most, whatever sans-serif font the reader's machine has: measured by the widest of the usual.
[[nodiscard]] int text_width(std::string_view text, const Print& print) noexcept;

class SvgPage {
  public:
    /// An empty white page. Errors: LockedMemory.
    [[nodiscard]] static crypto::Result<SvgPage> begin(crypto::SodiumReady ready, int width, int height);

    /// A line on the baseline `y`. Everything in it is text: what means something in XML is written out.
    void text(int x, int y, const Print& print, std::string_view line);
    /// Lines of at most `width`, the first on the baseline `y`, broken at blanks; the baseline after the last.
    int paragraph(int x, int y, int width, const Print& print, std::string_view text);
    void rule(int x, int y, int width, int thick);
    void frame(int x, int y, int width, int height, int thick);
    /// A square of ink.
    void dot(int x, int y, int side);
    /// A QR code of upper-case letters, digits and a few signs (alphanumeric mode), error correction Q or better, with
    /// its margin of four modules inside the square. The side is rounded down to whole tenths for each module; false
    /// when there is too much text. Errors: LockedMemory.
    [[nodiscard]] crypto::Result<void> qr(crypto::SodiumReady ready, int x, int y, int side, crypto::ByteView content);

    /// The page, complete. Errors: LockedMemory; TooMany, when there was more than a page holds.
    [[nodiscard]] crypto::Result<crypto::SecretBytes> finish(crypto::SodiumReady ready);

  private:
    explicit SvgPage(crypto::SecretBytes room) noexcept : room_(std::move(room)) {}
    void put(std::string_view text) noexcept;
    void put(int number) noexcept;
    void put_escaped(std::string_view text) noexcept;
    void attribute(std::string_view name, int value) noexcept;

    crypto::SecretBytes room_;
    std::size_t length_ = 0;
    bool full_ = false;
};

}  // namespace app::deployment

#include "tests/driver/kiosk.hpp"

#include <fstream>

#include "app/files/plain_file.hpp"
#include "crypto/bytes.hpp"

namespace driver {

using namespace app;

namespace {

constexpr std::size_t most_tour = 1U << 20U;

}  // namespace

tl::expected<Tour, TourFailure> read_tour(const std::filesystem::path& file) {
    const auto text = files::read_plain(file, most_tour);
    if (!text) return tl::unexpected(TourFailure{0, "cannot be read"});
    return Tour::parse(crypto::as_text(*text));
}

tl::expected<TourReport, TourFailure> play(kiosk::Program& program, platform::Window& window, ui::Ui& ui,
                                           const Tour& tour, const std::filesystem::path& pictures) {
    if (!pictures.empty()) {
        std::error_code problem;
        std::filesystem::create_directories(pictures, problem);
        if (problem) return tl::unexpected(TourFailure{0, "the folder for pictures cannot be made"});
    }
    program.begin();
    const TourHost host{
        window,
        ui,
        [&program](ui::Ui& shown) { return program.describe(shown); },
        [&program] { return program.wait_for_worker(); },
        [&pictures](const std::string& name, const Image& image) -> tl::expected<void, std::string> {
            if (pictures.empty()) return {};
            return write_png(image, pictures / (name + ".png"));
        },
        [&pictures](const std::string& name, const std::string& text) -> tl::expected<void, std::string> {
            if (pictures.empty()) return {};
            std::ofstream out(pictures / (name + ".txt"));
            out << text;
            if (!out.flush()) return tl::unexpected(name + ".txt");
            return {};
        },
        [&program](platform::Instant by) { program.pass(by); },
        [&program] { return program.ending(); }};
    auto report = play(tour, host);
    if (report && program.ending() && !program.done())
        return tl::unexpected(TourFailure{0, "asked to end, but not everything could be stored"});
    return report;
}

}  // namespace driver

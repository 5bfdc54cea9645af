// What amparo-driver does with the kiosk in place of a person.
#pragma once

#include <filesystem>
#include <string>

#include "app/kiosk/program.hpp"
#include "tests/driver/tour.hpp"

namespace driver {

/// The text of a journey file; the error is one English sentence.
[[nodiscard]] tl::expected<Tour, TourFailure> read_tour(const std::filesystem::path& file);

/// Plays the tour and writes its pictures as NAME.png into a folder, which is made (empty: none are written).
[[nodiscard]] tl::expected<TourReport, TourFailure> play(app::kiosk::Program& program, app::platform::Window& window,
                                                         app::ui::Ui& ui, const Tour& tour,
                                                         const std::filesystem::path& pictures);

/// Runs until the first screen a person can use, then waits ten seconds, and prints what that cost as JSON.
void measure(app::kiosk::Program& program, app::platform::Window& window);

}  // namespace driver

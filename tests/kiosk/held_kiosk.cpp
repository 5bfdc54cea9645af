#include "tests/kiosk/held_kiosk.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

namespace test {
namespace {

/// A needle in the encodings a library might keep it in.
std::vector<std::string> encodings(std::string_view ascii) {
    std::vector<std::string> all{std::string(ascii)};
    for (const std::size_t width : {2U, 4U}) {
        std::string wide;
        for (const char c : ascii) wide.append(1, c).append(width - 1, '\0');
        all.push_back(std::move(wide));
    }
    return all;
}

}  // namespace

bool holds(std::string_view where, std::string_view needle) {
    const auto all = encodings(needle);
    return std::any_of(all.begin(), all.end(),
                       [&](const std::string& one) { return where.find(one) != std::string_view::npos; });
}

HeldLine HeldKiosk::line(const Deployment& deployment, const std::string& journey, std::size_t stops,
                         const HeldWay& way) {
    auto known = deployment.places();
    if (!way.state.empty()) known.state = way.state;
    HeldLine all{deployment.path(), journey, stops, {}, way.variables, way.before};
    all.options = {"--state",  known.state.string(), "--device-key", known.device_key.string(),
                   "--outbox", known.outbox.string()};
    all.options.insert(all.options.end(), way.more.begin(), way.more.end());
    if (way.display.empty()) {
        all.options.emplace_back("--headless");
    } else {
        all.variables.push_back("DISPLAY=" + way.display);
        all.variables.emplace_back("LIBGL_ALWAYS_SOFTWARE=1");
    }
    return all;
}

std::optional<std::vector<std::string>> HeldKiosk::memory_with(std::string_view needle) const {
    const auto memory_of = fs::path("/proc") / std::to_string(process());
    std::ifstream maps(memory_of / "maps");
    const int memory = ::open((memory_of / "mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (!maps || memory < 0) return std::nullopt;
    std::vector<std::string> found;
    std::size_t bytes_read = 0;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream words(line);
        std::string range;
        std::string rights;
        words >> range >> rights;
        if (!rights.starts_with("rw")) continue;  // what cannot be written holds nothing that was typed
        const auto begin = std::stoull(range, nullptr, 16);
        const auto end = std::stoull(range.substr(range.find('-') + 1), nullptr, 16);
        std::string content(end - begin, '\0');
        const auto got = pread(memory, content.data(), content.size(), static_cast<off_t>(begin));
        if (got <= 0) continue;
        bytes_read += static_cast<std::size_t>(got);
        content.resize(static_cast<std::size_t>(got));
        if (holds(content, needle)) found.push_back(line);
    }
    close(memory);
    if (bytes_read == 0) return std::nullopt;
    return found;
}

std::map<std::string, Newest> records(const Deployment& deployment) {
    auto device = deployment.open();
    std::map<std::string, Newest> found;
    for (const auto& row : waiting(device)) {
        const auto sealed = device.store->records().read(row.id);
        REQUIRE(sealed);
        const auto json = nlohmann::json::parse(opened(deployment, *sealed));
        CHECK(json["record"] == row.record);
        CHECK(json["revision"] == row.revision);
        auto& newest = found[row.record];
        if (row.revision < newest.revision) continue;
        newest = {row.revision, json["kind"], 0};
        for (const auto& answer : json["answers"]) newest.answered += answer["state"] == "not_asked" ? 0U : 1U;
    }
    return found;
}

void ask_in_words(const Deployment& deployment) {
    auto survey = read(fs::path(AMPARO_SOURCE_DIR) / "questionnaires/forms/first-contact/survey.csv");
    const auto line = survey.find('\n') + 1;
    const auto columns = std::count(survey.begin(), survey.begin() + static_cast<std::ptrdiff_t>(line), ',');
    survey.insert(line, "text,said,Diga,Say" + std::string(static_cast<std::size_t>(columns) - 3, ',') + "\n");
    deployment.install_bundle_with("forms/first-contact/survey.csv", survey);
}

std::string sign_in_steps() {
    return "wait who.1\ntap who.1\ntap pin.1\ntap pin.3\ntap pin.5\ntap pin.7\ntap pin.9\ntap pin.0\ntap pin.ok\n"
           "wait home.new\n";
}

}  // namespace test

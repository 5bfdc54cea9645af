#include "tests/guide/walk.hpp"

#include <wordexp.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <regex>
#include <sstream>

#include "questionnaires/workbook/xlsx.hpp"
#include "tests/cli/sheets.hpp"

namespace guide {
namespace {

namespace fs = std::filesystem;

void replace_all(std::string& text, const std::string& what, const std::string& with) {
    for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + with.size()))
        text.replace(at, what.size(), with);
}

std::string read_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    REQUIRE(in);
    std::ostringstream all;
    all << in.rdbuf();
    return std::move(all).str();
}

/// What a device told, each on a line, joined as it is typed or read out.
std::string told(const fs::path& pictures, const std::string& name, const std::string& between) {
    std::istringstream in(read_file(pictures / (name + ".txt")));
    std::string all;
    for (std::string line; std::getline(in, line);) all += (all.empty() ? "" : between) + line;
    return all;
}

std::string of(const std::string& typed) {
    return typed.find("Beto") == std::string::npos ? "marimba nevada cobalto trueno pizarra lechuza"
                                                   : "sandalia brujula penumbra tejado quimera alambre";
}

/// The words of a line, with the files that a pattern stands for.
std::vector<std::string> as_the_shell(const std::string& line) {
    wordexp_t expanded{};
    REQUIRE(::wordexp(line.c_str(), &expanded, WRDE_NOCMD | WRDE_UNDEF) == 0);
    std::vector<std::string> words(expanded.we_wordv, expanded.we_wordv + expanded.we_wordc);
    ::wordfree(&expanded);
    return words;
}

bool starts_kiosk(const Step& step) {
    return std::holds_alternative<Opening>(step);
}

/// Which journey a page plays on the device.
std::string journey_of(const std::string& page) {
    if (page.starts_with("5")) return "set_up";
    return page.starts_with("6") ? "screening" : "news";
}

}  // namespace

fs::path Walk::stick() const {
    const auto path = sticks_ / stick_;
    fs::create_directory(path);
    return path;
}

void Walk::use_stick(const std::string& name) {
    stick_ = name;
}

std::string Walk::changed_question() const {
    return language_ == "es" ? "¿Hoy tiene miedo de alguien?" : "Are you afraid of anybody today?";
}

/// The pages are written for a computer on which sticks are mounted below /media, and for a device that has an
/// administrator; both have folders of their own here.
std::string Walk::on_this_machine(std::string line, const Kiosk* kiosk) const {
    replace_all(line, "/media/*/*/", stick().string() + "/");
    if (kiosk != nullptr) {
        replace_all(line, "sudo ", "");
        replace_all(line, "/etc/amparo", (kiosk->machine / "etc").string());
        if (!kiosk->device.empty()) replace_all(line, "0a1b2c3d", kiosk->device.substr(0, 8));
    }
    return line;
}

void Walk::answer(test::Seat& seat, const Answer& answer) const {
    INFO(answer.question << " | " << answer.typed << "\n" << seat.shown());
    const std::string gap = "…";  // where the program says more
    const auto at = answer.question.find(gap);
    seat.wait_for(answer.question.substr(0, at));
    if (at != std::string::npos) seat.wait_for(answer.question.substr(at + gap.size()));
    if (!answer.meant) return seat.type(answer.typed);
    if (answer.typed.find("frase") != std::string::npos || answer.typed.find("phrase") != std::string::npos)
        return seat.type(of(answer.typed));
    const auto number = static_cast<std::size_t>(answer.typed.back() - '0');
    REQUIRE((number >= 1 && number <= sheets_.size()));
    const auto& rows = sheets_[number - 1];
    REQUIRE(rows.size() == 10);
    for (std::size_t row = 1; row <= rows.size(); ++row) {
        seat.wait_for((language_ == "es" ? "Fila " : "Row ") + std::to_string(row) + ":");
        seat.type(rows[row - 1]);
    }
}

int Walk::type(const Command& command) {
    const auto& machine = desk(command.who);
    if (command.line.starts_with("amparo form import "))
        change_questionnaire(machine.path() / (language_ == "es" ? "primer-contacto.xlsx" : "first-contact.xlsx"));
    auto words = as_the_shell(on_this_machine(command.line, kiosk_));
    REQUIRE(words.front() == "amparo");
    words.insert(words.end(), {"--lang", language_});
    test::Seat seat(machine, words);
    for (const auto& one : command.answers) answer(seat, one);
    const int code = seat.end();
    shown_[command.who] = seat.shown();
    said_[command.who] += seat.shown();
    if (code == 0 && command.line.find(" shares make ") != std::string::npos)
        read_sheets(command.line.substr(command.line.rfind(' ') + 1));
    return code;
}

/// As whoever has the printed sheets in hand.
void Walk::read_sheets(const std::string& folder) {
    sheets_.clear();
    for (const auto* const number : {"1", "2", "3"})
        sheets_.push_back(test::rows_of(test::words_on(ana_, folder + "/sheet-" + number + ".svg")));
}

void Walk::copy(const Copying& copying) const {
    const auto& machine = desk(copying.who);
    auto from = copying.from;
    if (const auto gap = from.find("…"); gap != std::string::npos) {  // what the last command named
        const std::regex named(from.substr(0, gap) + "[0-9a-z-]+" + from.substr(gap + std::string("…").size()));
        std::smatch found;
        REQUIRE(std::regex_search(shown_.at(copying.who), found, named));
        from = found.str();
    }
    const auto to = copying.to.empty() ? stick() : machine.path() / copying.to;
    INFO(copying.from << " > " << to);
    REQUIRE(fs::is_directory(to));
    fs::copy_file(machine.path() / from, to / fs::path(from).filename(), fs::copy_options::overwrite_existing);
}

/// The text of the first question, in both languages.
void Walk::change_questionnaire(const fs::path& spreadsheet) const {
    namespace workbook = questionnaires::workbook;
    const auto bytes = read_file(spreadsheet);
    auto book = workbook::read_xlsx(std::as_bytes(std::span(bytes)));
    REQUIRE(book);
    for (auto& sheet : book->workbook.sheets) {
        if (sheet.name() != "survey") continue;
        questionnaires::engine::Sheet next("survey");
        for (std::size_t row = 0; row < sheet.rows(); ++row) {
            for (std::size_t column = 0; column < sheet.width(row); ++column) {
                const bool label = sheet.cell(0, column).starts_with("label::");
                const bool asked = label && sheet.cell(row, 1) == "danger_now";
                next.add_cell(asked ? changed_question() : std::string(sheet.cell(row, column)));
            }
            next.end_row();
        }
        sheet = std::move(next);
    }
    const auto written = workbook::write_xlsx(book->workbook);
    REQUIRE(written);
    std::ofstream out(spreadsheet, std::ios::binary | std::ios::trunc);
    out.write(reinterpret_cast<const char*>(written->data()), static_cast<std::streamsize>(written->size()));
    REQUIRE(out.flush());
}

void Walk::perform(const Step& step, Kiosk* kiosk) {
    if (const auto* const command = std::get_if<Command>(&step)) {
        INFO(page_ << ": " << command->who << " types " << command->line);
        if (command->who == "kiosk") {
            REQUIRE(kiosk != nullptr);
            REQUIRE(command->line.starts_with("sudo install "));
            REQUIRE(kiosk->machine.run(on_this_machine(command->line, kiosk)) == 0);
            return;
        }
        const auto code = type(*command);
        INFO(shown_.at(command->who));
        REQUIRE(code == 0);
        if (kiosk != nullptr && command->line.find(" enroll ") != std::string::npos) {
            CHECK(shown_.at(command->who).find(" " + kiosk->compared) != std::string::npos);
            std::smatch found;
            REQUIRE(std::regex_search(shown_.at(command->who), found, std::regex("([0-9a-f]{32})-1\\.amparo-cert")));
            kiosk->device = found[1];
        }
    } else if (const auto* const copying = std::get_if<Copying>(&step)) {
        copy(*copying);
    } else if (const auto* const deleting = std::get_if<Deleting>(&step)) {
        REQUIRE(fs::remove_all(desk(deleting->who).path() / deleting->what) > 0);
    }
}

std::string Walk::journey(const std::string& name, const std::vector<std::string>& labels, const Kiosk& kiosk,
                          std::size_t& stops) const {
    auto text = read_file(fs::path(AMPARO_SOURCE_DIR) / "tests" / "guide" / (name + ".kiosk"));
    replace_all(text, "{{language}}", language_);
    replace_all(text, "{{device-words}}", kiosk.device_words);
    replace_all(text, "{{question}}", changed_question());
    std::istringstream in(text);
    std::string all;
    std::size_t tapped = 0;
    for (std::string line; std::getline(in, line);) {
        if (line == "{{stop}}") {
            all += test::HeldDriver::stop(stops++);
        } else if (line.starts_with("{{tap ")) {
            const auto key = line.substr(6, line.size() - 8);
            INFO(page_ << ": " << key << ", the page's tap " << tapped + 1);
            REQUIRE(tapped < labels.size());
            all += "expect " + key + " " + labels[tapped++] + "\ntap " + key + "\n";
        } else {
            all += line + "\n";
        }
    }
    CHECK(tapped == labels.size());
    return all;
}

void Walk::play(const std::string& name, const std::vector<std::string>& labels,
                const std::vector<std::vector<Step>>& between, Kiosk& kiosk) {
    std::size_t stops = 0;
    test::HeldLine line;
    line.folder = kiosk.machine.path();
    line.journey = journey(name, labels, kiosk, stops);
    line.stops = stops;
    line.options = {"--headless",
                    "--state",
                    (kiosk.machine / "state").string(),
                    "--deployment",
                    (kiosk.machine / "etc/deployment.pub").string(),
                    "--stick",
                    stick().string()};
    line.variables = {std::string("LC_ALL=") + (language_ == "es" ? "es_MX.UTF-8" : "en_US.UTF-8")};
    REQUIRE(between.size() == stops);
    test::HeldDriver driver(line);
    const auto& pictures = driver.pictures();
    for (std::size_t i = 0; i < stops; ++i) {
        driver.wait_for(i);
        if (fs::exists(pictures / "words.txt")) kiosk.compared = told(pictures, "words", "-");
        for (const auto& step : between[i]) perform(step, &kiosk);
        driver.let_go(i);
    }
    REQUIRE(driver.finish() == 0);
    if (name == "set_up") {
        kiosk.device_words = told(pictures, "device-words", " ");
        kiosk.programme_words = told(pictures, "programme", " ");
    }
    if (name == "screening") kiosk.code = told(pictures, "code", " ");
    if (std::getenv("AMPARO_WRITE_GUIDE_PICTURES") == nullptr) return;
    const auto shown = read_page(language_, page_);
    for (const auto& step : shown.steps()) {
        const auto* const picture = std::get_if<Picture>(&step);
        if (picture == nullptr) continue;
        const auto to = guide::folder(language_) / picture->file;
        fs::create_directories(to.parent_path());
        fs::copy_file(pictures / to.filename(), to, fs::copy_options::overwrite_existing);
    }
}

/// From where the program is opened to the last tap: what stands between taps is done while the device waits.
void Walk::follow_kiosk(const std::vector<Step>& steps, std::size_t& at, Kiosk& kiosk) {
    // Installed, it stands in the menu by this name and starts the program that is played here.
    const auto entry = read_file(fs::path(AMPARO_SOURCE_DIR) / "app" / "kiosk" / "amparo-kiosk.desktop");
    CHECK(entry.find("\nName=" + std::get<Opening>(steps[at]).name + "\nExec=amparo-kiosk\n") != std::string::npos);
    std::size_t last = at;
    for (auto i = at + 1; i < steps.size() && !starts_kiosk(steps[i]); ++i)
        if (std::holds_alternative<Tap>(steps[i])) last = i;
    std::vector<std::string> labels;
    std::vector<std::vector<Step>> between;
    bool tapping = true;
    for (auto i = at + 1; i <= last; ++i) {
        if (std::holds_alternative<Picture>(steps[i])) continue;
        if (const auto* const tap = std::get_if<Tap>(&steps[i])) {
            labels.push_back(tap->label);
            tapping = true;
            continue;
        }
        if (tapping) between.emplace_back();
        tapping = false;
        between.back().push_back(steps[i]);
    }
    play(journey_of(page_), labels, between, kiosk);
    at = last;
}

void Walk::follow(const std::vector<Step>& steps, Kiosk* kiosk) {
    kiosk_ = kiosk;
    said_.clear();
    for (std::size_t at = 0; at < steps.size(); ++at) {
        if (starts_kiosk(steps[at])) {
            REQUIRE(kiosk != nullptr);
            follow_kiosk(steps, at, *kiosk);
        } else {
            perform(steps[at], kiosk);
        }
    }
}

void Walk::follow(const std::string& page, Kiosk* kiosk) {
    page_ = page;
    follow(read_page(language_, page).steps(), kiosk);
}

void Walk::follow(const std::string& page, std::size_t section, Kiosk* kiosk) {
    page_ = page;
    follow(read_page(language_, page).sections.at(section), kiosk);
}

void Walk::interview(Kiosk& kiosk) {
    page_ = "6-screening-day";
    const auto steps = read_page(language_, page_).steps();
    const auto opened = std::find_if(steps.begin(), steps.end(), starts_kiosk);
    REQUIRE(opened != steps.end());
    auto at = static_cast<std::size_t>(opened - steps.begin());
    follow_kiosk(steps, at, kiosk);
}

Command Walk::command(const std::string& page, const std::string& who, const std::string& begin) const {
    for (const auto& step : read_page(language_, page).steps())
        if (const auto* const one = std::get_if<Command>(&step);
            one != nullptr && one->who == who && one->line.starts_with(begin))
            return *one;
    FAIL(page << " has no command that begins with " << begin);
    return {};
}

}  // namespace guide

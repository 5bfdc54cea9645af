// People who do what the pages of docs/guide tell them: two coordinators, each at a computer of their own, and devices.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tests/cli/seat.hpp"
#include "tests/guide/page.hpp"
#include "tests/support/held_driver.hpp"

namespace guide {

/// A device before a person, and what its papers and screens said.
struct Kiosk {
    test::Folder machine;
    std::string stick;  ///< the name of the one that was set aside for it
    std::string device_words;
    std::string programme_words;
    std::string compared;  ///< the eight words on its screen
    std::string device;    ///< its number
    std::string code;      ///< of the last screening
};

class Walk {
  public:
    explicit Walk(std::string language) : language_(std::move(language)) {}

    /// Does everything of a page, or of one of its sections. `kiosk`: the device that is before people.
    void follow(const std::string& page, Kiosk* kiosk = nullptr);
    void follow(const std::string& page, std::size_t section, Kiosk* kiosk = nullptr);
    /// Takes another stick, which is empty when nobody has used that name.
    void use_stick(const std::string& name);
    /// One command of a page, as another command than before may stand in its place; the exit code.
    int type(const Command& command);

    /// What the terminal showed for the last command.
    [[nodiscard]] const std::string& shown(const std::string& who) const { return shown_.at(who); }
    /// And for all commands since the page was begun.
    [[nodiscard]] const std::string& said(const std::string& who) const { return said_.at(who); }
    [[nodiscard]] const test::Desk& desk(const std::string& who) const { return who == "beto" ? beto_ : ana_; }
    /// The command of a page that begins with these words, by this person.
    [[nodiscard]] Command command(const std::string& page, const std::string& who, const std::string& begin) const;
    /// What a device shows when its questionnaire is the one that was changed on page 4.
    [[nodiscard]] std::string changed_question() const;
    /// Screening and sending on a device alone, as page 6 says.
    void interview(Kiosk& kiosk);

  private:
    void follow(const std::vector<Step>& steps, Kiosk* kiosk);
    void follow_kiosk(const std::vector<Step>& steps, std::size_t& at, Kiosk& kiosk);
    void perform(const Step& step, Kiosk* kiosk);
    void copy(const Copying& copying) const;
    void change_questionnaire(const std::filesystem::path& spreadsheet) const;
    void read_sheets(const std::string& folder);
    void answer(test::Seat& seat, const Answer& answer) const;
    [[nodiscard]] std::string on_this_machine(std::string line, const Kiosk* kiosk) const;
    [[nodiscard]] std::filesystem::path stick() const;
    [[nodiscard]] std::string journey(const std::string& name, const std::vector<std::string>& labels,
                                      const Kiosk& kiosk, std::size_t& stops) const;
    void play(const std::string& name, const std::vector<std::string>& labels,
              const std::vector<std::vector<Step>>& between, Kiosk& kiosk);

    std::string language_;
    test::Desk ana_;
    test::Desk beto_;
    test::Folder sticks_;
    std::string stick_ = "AMPARO";
    std::vector<std::vector<std::string>> sheets_;
    std::map<std::string, std::string> shown_;
    std::map<std::string, std::string> said_;
    std::string page_;  ///< that is followed
    Kiosk* kiosk_ = nullptr;
};

}  // namespace guide

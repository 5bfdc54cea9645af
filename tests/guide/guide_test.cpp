// From an empty folder, by the pages of docs/guide alone: every command is typed at a terminal, every button tapped on
// the real kiosk, in both languages.
#include <catch2/catch_all.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <regex>

#include "tests/guide/walk.hpp"

namespace {

namespace fs = std::filesystem;

constexpr const char* start = "1-start";
constexpr const char* second = "2-second-coordinator";
constexpr const char* recovery = "3-recovery";
constexpr const char* questionnaire = "4-questionnaire";
constexpr const char* set_up = "5-kiosk";
constexpr const char* screening = "6-screening-day";
constexpr const char* losing = "7-leaving-and-losing";

bool says(const std::string& text, const std::string& what) {
    return text.find(what) != std::string::npos;
}

/// The last eight words that a terminal showed.
std::string eight_words(const std::string& shown) {
    static const std::regex words("([a-z]+-){7}[a-z]+");
    std::string last;
    for (auto i = std::sregex_iterator(shown.begin(), shown.end(), words); i != std::sregex_iterator(); ++i)
        last = i->str();
    CHECK_FALSE(last.empty());
    return last;
}

/// How a sentence of the catalogue ends, behind all that is filled in.
std::string ending_of(const std::string& language, const std::string& key) {
    std::ifstream in(fs::path(AMPARO_SOURCE_DIR) / "locales" / (language + ".json"));
    const auto text = nlohmann::json::parse(in).at(key).get<std::string>();
    const auto filled = text.rfind("}}");
    return filled == std::string::npos ? text : text.substr(filled + 2);
}

struct Programme {
    std::string language;
    std::string folder = language == "es" ? "casa" : "shelter";
    guide::Walk walk{language};
    guide::Kiosk first;
    guide::Kiosk other;

    explicit Programme(std::string spoken) : language(std::move(spoken)) {}

    [[nodiscard]] fs::path of_ana(const std::string& name) const { return walk.desk("ana").path() / folder / name; }
    /// Takes the stick in and lists the cases: whether this one is there. `refused`: the catalogue's word for why the
    /// stick was not taken in.
    bool opens(const std::string& who, const std::string& code, const std::string& refused = {}) {
        const auto taken = walk.type(walk.command(screening, who, "amparo import "));
        INFO(walk.shown(who));
        CHECK(taken == (refused.empty() ? 0 : 1));
        if (!refused.empty()) CHECK(says(walk.shown(who), ending_of(language, refused)));
        REQUIRE(walk.type(walk.command(screening, who, "amparo cases list ")) == 0);
        return says(walk.shown(who), code);
    }

    void begin() {
        walk.follow(start);
        walk.follow(second);
        CHECK(eight_words(walk.shown("ana")) == eight_words(walk.shown("beto")));
        walk.follow(recovery);
        CHECK_FALSE(fs::exists(of_ana("keys/recovery.identity")));
        CHECK(fs::exists(of_ana("bundle-2.amparo")));
    }
    void equip(guide::Kiosk& kiosk, const std::string& stick) {
        walk.use_stick(stick);
        walk.follow(set_up, &kiosk);
    }
    void everybody_reads() {
        walk.use_stick("ENTREVISTAS");
        walk.follow(screening, &first);
        REQUIRE_FALSE(first.code.empty());
        for (const auto* const who : {"ana", "beto"}) {
            CHECK(says(walk.shown(who), first.code));
            CHECK_FALSE(says(walk.said(who), ending_of(language, "cli.gap.batches")));  // each took every stick in
        }
    }
    void beto_leaves() {
        walk.use_stick("NUEVA");
        walk.follow(losing, 1, &first);
        CHECK(fs::exists(of_ana("bundle-4.amparo")));
        walk.use_stick("DESPUES");
        walk.interview(first);
        CHECK(opens("ana", first.code));
        CHECK_FALSE(opens("beto", first.code, "cli.import.reason.no_identity"));
    }
    void a_device_is_lost() {
        walk.follow(losing, 2, &other);
        CHECK(fs::exists(of_ana("bundle-5.amparo")));
        walk.use_stick("PERDIDO");
        walk.interview(other);
        CHECK_FALSE(opens("ana", other.code, "cli.import.revoked"));
    }
    void the_key_is_lost() {
        REQUIRE(fs::remove(of_ana("keys/deployment.key")));
        auto signing = walk.command(losing, "ana", "amparo bundle build ");
        signing.answers.pop_back();  // there is no key whose passphrase could be asked for
        CHECK(walk.type(signing) != 0);
        CHECK_FALSE(fs::exists(of_ana("bundle-6.amparo")));
        walk.follow(losing, 3);
        CHECK(walk.type(
                  {"ana",
                   "amparo bundle show --deployment " + folder + "/keys/deployment.pub " + folder + "/bundle-6.amparo",
                   {}}) == 0);
    }
    /// All that lies on the disk is what the backup brings back, and what was erased meanwhile stays erased.
    void the_casebook_is_lost() {
        const auto listed = [this] {
            REQUIRE(walk.type(walk.command(screening, "ana", "amparo cases list ")) == 0);
            return walk.shown("ana");
        };
        walk.follow(losing, 4);
        const auto before = listed();
        CHECK(says(before, first.code));
        fs::rename(of_ana("casebook"), of_ana("casebook-before"));
        walk.follow(losing, 5);
        CHECK(listed() == before);
    }
    void whole_way() {
        begin();
        const auto programme = eight_words(walk.shown("ana"));
        walk.follow(questionnaire);
        equip(first, "UNO");
        CHECK(first.programme_words == programme);
        equip(other, "DOS");
        CHECK(first.device != other.device);
        everybody_reads();
        beto_leaves();
        a_device_is_lost();
        the_key_is_lost();
        the_casebook_is_lost();
    }
};

}  // namespace

TEST_CASE("whoever follows the guide in Spanish has a programme that works, and gets it back", "[long]") {
    Programme("es").whole_way();
}

TEST_CASE("whoever follows the guide in English has a programme that works, and gets it back", "[long]") {
    Programme("en").whole_way();
}

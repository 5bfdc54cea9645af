// The page for the day without Amparo: its commands, typed in their order with the stock programs alone, open a batch
// that a kiosk's store sealed; what was changed is noticed where the page says so.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <fstream>
#include <map>

#include "app/deployment/identities.hpp"
#include "tests/cli/desk_demo.hpp"
#include "tests/cli/seat.hpp"
#include "tests/guide/page.hpp"
#include "tests/support/needs.hpp"

namespace fs = std::filesystem;

namespace {

constexpr const char* by_hand_page = "8-without-amparo";
constexpr const char* phrase = "marimba nevada cobalto trueno pizarra lechuza";

/// A coordinator whose identity is wrapped by a passphrase, and a stick with one batch.
class ByHand : public test::DeskDemo {
  public:
    explicit ByHand(const std::string& language)
        : page_(guide::read_page(language, by_hand_page)), house_(language == "es" ? "casa" : "shelter") {
        support::need_programs({"age", "minisign", "bash"});
        fs::create_directory(path() / "stick");
        fs::create_directory(path() / "memory");
        returning = true;
        const auto batch = path() / send("radio-hotel-canal-482", "strong");
        fs::copy_file(batch, path() / "stick" / batch.filename());
        fs::rename(path() / "demo", path() / house_);
        const auto plain = read(house_ + "/keys/coordinator.identity");
        write(house_ + "/keys/coordinator.identity", wrapped(plain));
    }

    /// Types the commands that follow up to the one that begins so, which is typed as well; all others must succeed.
    int type_up_to(const std::string& begin) {
        for (const auto steps = page_.steps(); next_ < steps.size();) {
            const auto* const command = std::get_if<guide::Command>(&steps[next_++]);
            if (command == nullptr) continue;
            const int code = type(*command);
            INFO(command->line << "\n" << shown_);
            if (command->line.starts_with(begin)) return code;
            REQUIRE(code == 0);
        }
        FAIL("no command begins with " << begin);
        return -1;
    }
    [[nodiscard]] const std::string& shown() const { return shown_; }
    [[nodiscard]] bool shows(const std::string& what) const { return shown_.find(what) != std::string::npos; }
    [[nodiscard]] fs::path opened(const std::string& name = {}) const {
        return path() / "memory" / "amparo" / "batch" / name;
    }
    [[nodiscard]] fs::path only(const fs::path& folder, const std::string& ending) const {
        std::vector<fs::path> found;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ending) found.push_back(entry.path());
        REQUIRE(found.size() == 1);
        return found.front();
    }
    static void change(const fs::path& file, std::streamoff at) {
        std::fstream bytes(file, std::ios::in | std::ios::out | std::ios::binary);
        bytes.seekg(at);
        const auto was = static_cast<char>(bytes.get());
        bytes.seekp(at);
        bytes.put(static_cast<char>(was ^ 1));
        REQUIRE(bytes.flush());
    }
    [[nodiscard]] const std::string& house() const { return house_; }

  private:
    /// Every programme here is a copy of one, so that its identity is wrapped once.
    static const std::string& wrapped(const std::string& plain) {
        static std::map<std::string, std::string> known;
        auto& text = known[plain];
        if (!text.empty()) return text;
        const test::Desk desk;
        const auto file = desk.path() / "identity";
        const auto identities =
            app::deployment::parse_identities(test::ready(), crypto::as_bytes(plain), nullptr, file);
        REQUIRE(identities);
        const auto words = crypto::SecretBytes::copy_of(test::ready(), crypto::as_bytes(std::string_view(phrase)));
        REQUIRE(words);
        REQUIRE(app::deployment::write_identity(test::ready(), file, identities->front(), &*words));
        return text = desk.read("identity");
    }

    int type(const guide::Command& command) {
        auto line = command.line;
        for (const auto& [there, here] :
             {std::pair<std::string, std::string>{"/media/*/*", (path() / "stick").string()},
              {"/dev/shm", (path() / "memory").string()}})
            for (auto at = line.find(there); at != std::string::npos; at = line.find(there, at + here.size()))
                line.replace(at, there.size(), here);
        REQUIRE(line.find("amparo ") != 0);
        test::Seat seat(*this, {"bash", "-c", line});
        for (const auto& answer : command.answers) {
            seat.wait_for(answer.question);
            REQUIRE(answer.meant);
            seat.type(phrase);
        }
        const int code = seat.end();
        shown_ = seat.shown();
        return code;
    }

    guide::Page page_;
    std::string house_;
    std::size_t next_ = 0;
    std::string shown_;
};

/// What the page says about a step: that it shows these words when something is wrong.
void says_so(const std::string& language, const std::string& words) {
    std::ifstream in(guide::folder(language) / (std::string(by_hand_page) + ".md"));
    const std::string text{std::istreambuf_iterator<char>(in), {}};
    CHECK(text.find("`" + words + "`") != std::string::npos);
}

}  // namespace

TEST_CASE("the page for the day without Amparo opens a batch down to what was sealed", "[interop]") {
    const std::string language = GENERATE("es", "en");
    ByHand ana(language);
    CHECK(ana.type_up_to("tar -tvf") == 0);
    CHECK(ana.shows("-rw-------"));
    for (const auto* const name :
         {" MANIFEST\r", " MANIFEST.minisig\r", " CERT\r", " CERT.minisig\r", " RETURN\r", " FILL\r"}) {
        INFO(name);
        CHECK(ana.shows(name));
    }
    CHECK(ana.type_up_to("minisign -V -p ") == 0);
    CHECK(ana.shows("Signature and comment signature verified"));
    says_so(language, "Signature and comment signature verified");
    const auto place = ana.shown().substr(ana.shown().find("dev="), std::string("dev= ep=1").size() + 32);
    CHECK(ana.type_up_to("minisign -V -P ") == 0);
    CHECK(ana.shows("Signature and comment signature verified"));
    CHECK(ana.shows(place + " seq=1 "));
    CHECK(ana.shows(" n=1 "));
    CHECK(ana.type_up_to("(cd /dev/shm/amparo/batch && tail") == 0);
    CHECK(ana.shows(".age: OK"));
    CHECK(ana.type_up_to("grep -c") == 0);
    CHECK(ana.shown() == "1\r\n");
    CHECK(ana.type_up_to("tr ") == 0);
    CHECK(ana.shown() == "0\r\n");
    CHECK(ana.type_up_to("sed ") == 0);
    CHECK(ana.shows("\r\n\"case_code\":\"radio-hotel-canal-482\","));
    const auto sealed = ana.only(ana.opened("records"), ".age");
    std::ifstream in(sealed.string() + ".json", std::ios::binary);
    const std::string by_hand{std::istreambuf_iterator<char>(in), {}};
    const auto record = test::json::parse(by_hand);
    CHECK(record.at("case_code") == "radio-hotel-canal-482");
    CHECK(record.at("readings").at("danger").at("level") == "strong");
    CHECK(record.at("answers").at(0).at("value") == "no");
    CHECK(ana.good("amparo age open -i memory/amparo/identity " + sealed.string()).out == by_hand);
    CHECK(ana.type_up_to("rm ") == 0);
    CHECK(fs::is_empty(ana.path() / "memory"));
}

TEST_CASE("by hand, a changed batch is noticed where the page says so", "[interop]") {
    const std::string language = GENERATE("es", "en");
    ByHand ana(language);
    SECTION("the file itself") {
        ByHand::change(ana.only(ana.path() / "stick", ".age"), 200'000);
        CHECK(ana.type_up_to("age -d -i") != 0);
    }
    SECTION("a record") {
        REQUIRE(ana.type_up_to("tar -xf") == 0);
        const auto record = ana.only(ana.opened("records"), ".age");
        ByHand::change(record, 3000);
        CHECK(ana.type_up_to("(cd /dev/shm/amparo/batch && tail") != 0);
        CHECK(ana.shows("records/" + record.filename().string() + ": FAILED"));
        says_so(language, "FAILED");
    }
    SECTION("MANIFEST") {
        REQUIRE(ana.type_up_to("tar -xf") == 0);
        ByHand::change(ana.opened("MANIFEST"), 20);
        CHECK(ana.type_up_to("minisign -V -P ") != 0);
        CHECK(ana.shows("Signature verification failed"));
        says_so(language, "Signature verification failed");
    }
    SECTION("the certificate") {
        REQUIRE(ana.type_up_to("tar -xf") == 0);
        ByHand::change(ana.opened("CERT"), 50);
        CHECK(ana.type_up_to("minisign -V -p ") != 0);
    }
    SECTION("an identity of others") {
        ana.take_programme("other", "Otra");
        REQUIRE(ana.type_up_to("age -d " + ana.house()) == 0);
        fs::copy_file(ana.path() / "other/keys/coordinator.identity", ana.path() / "memory/amparo/identity",
                      fs::copy_options::overwrite_existing);
        CHECK(ana.type_up_to("age -d -i") != 0);
    }
}

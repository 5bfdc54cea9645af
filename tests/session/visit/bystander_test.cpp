// Whoever answers alone goes through the same screens to the lock, whatever they tell the shipped questionnaires: a
// visit with first-contact, the question about telling a worker, the longer form, the numbers to call.
#include "questionnaires/engine/form/data.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "tests/session/support.hpp"

using test::Rig;
namespace session = app::session;
namespace model = app::model;
namespace engine = questionnaires::engine;
namespace exchange = app::exchange;

namespace {

std::shared_ptr<const engine::Form> shipped(const std::string& id) {
    const auto workbook =
        questionnaires::workbook::read_folder(std::string(AMPARO_SOURCE_DIR "/questionnaires/forms/") + id);
    REQUIRE(workbook);
    auto form = engine::load(*workbook);
    REQUIRE(form);
    return *form;
}

const std::vector<exchange::BundleForm>& shipped_forms() {
    static const std::vector<exchange::BundleForm> forms{{"first-contact", shipped("first-contact"), {}},
                                                         {"adult", shipped("adult"), {}},
                                                         {"child", shipped("child"), {}},
                                                         {"observation", shipped("observation"), {}},
                                                         {"training", shipped("training"), {}}};
    return forms;
}

session::Setup shipped_setup() {
    auto made = test::setup(shipped_forms().front().form);
    auto bundle = *made.bundle;
    bundle.forms = shipped_forms();
    made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    return made;
}

using Said = std::map<std::string, std::string>;

/// The questions of the page that are asked; answers what is in `said`, skips the rest.
std::string answer_page(Rig& rig, const Said& said) {
    auto& interview = rig.state.screening->interview();
    std::string read;
    const auto page = interview.page();
    for (const auto node : std::vector(page.nodes.begin(), page.nodes.end())) {
        const std::string name(interview.address(node));
        read += " " + name;
        if (interview.kind(node) == engine::Kind::Note) continue;
        const auto known = said.find(name);
        if (known == said.end())
            REQUIRE(interview.set_state(node, engine::AnswerState::Skipped, interview.form().default_language()));
        else
            rig.choose(name, known->second);
    }
    return read;
}

/// Every screen from the first question to the lock, as somebody reads it who stands behind.
std::vector<std::string> visit(model::Role role, const Said& said) {
    Rig rig(role);
    rig.make_setup = shipped_setup;
    rig.begin(session::Mode::Private);
    std::vector<std::string> screens;
    for (int i = 0; i < 200 && rig.screen() != "Clock"; ++i) {
        std::string screen(rig.screen());
        if (screen == "Question") {
            const auto progress = rig.state.screening->interview().progress();
            screen += " " + std::to_string(progress.page) + "/" + std::to_string(progress.pages);
            screen += answer_page(rig, said);
            rig.send(session::Next{});
        } else if (screen == "AskingNotify") {
            rig.send(session::SayNotify{false});
        } else if (screen == "AskingLonger") {
            rig.send(session::SayLonger{true});
            rig.stored();
            rig.send(session::Prepared{test::origin('b')});
        } else if (screen == "ForPerson") {
            rig.send(session::PersonDone{});
        } else if (screen == "Sealing") {
            rig.stored();
        } else {
            FAIL("no way is known from " << screen);
        }
        screens.push_back(std::move(screen));
    }
    CHECK(rig.screen() == "Clock");
    return screens;
}

/// Each answer of each question of that form against the one who tells nothing.
void same_visit(model::Role role, const std::string& id, const Said& always, const std::set<std::string>& chosen) {
    const auto silent = visit(role, always);
    CHECK(silent.size() > 8);
    const auto form = shipped(id);
    for (std::uint32_t i = 0; i < form->size(); ++i) {
        const std::string question(form->name(engine::QuestionId{i}));
        const auto list = form->data().questions[engine::QuestionId{i}].list;
        if (list == engine::no_index || chosen.count(question) == 1) continue;
        for (const auto& choice : form->data().lists[list].choices) {
            auto said = always;
            if (always.count("age_group") == 0 || always.at("age_group") != "adult")
                if (question == "forced" && choice.name == "sex") continue;  // not offered to a child
            if (question == "with_whom" && always.at("age_group") == "adult")
                if (choice.name == "parent" || choice.name == "relative" || choice.name == "minors") continue;
            if (question == "with_whom" && always.at("age_group") != "adult" && choice.name == "family") continue;
            said[question] = choice.name;
            INFO(id << " " << question << " = " << choice.name);
            CHECK(visit(role, said) == silent);
        }
    }
}

}  // namespace

TEST_CASE("Whoever answers alone in a shelter sees the same screens up to the lock, whatever first-contact hears") {
    same_visit(model::Role::Shelter, "first-contact", {{"age_group", "adult"}, {"watched", "no"}, {"sex_ok", "yes"}},
               {"age_group"});
    same_visit(model::Role::Shelter, "first-contact", {{"age_group", "teen"}}, {"age_group"});
}

TEST_CASE("Whoever answers alone sees the same screens up to the lock, whatever the longer form hears") {
    same_visit(model::Role::Shelter, "adult", {{"age_group", "adult"}, {"watched", "no"}, {"sex_ok", "yes"}},
               {"watched", "sex_ok", "forced", "with_whom"});
}

TEST_CASE("Whoever answers alone at a border sees the same screens up to the lock, whatever is told") {
    same_visit(model::Role::Border, "first-contact", {{"age_group", "adult"}}, {"age_group"});
    same_visit(model::Role::Border, "first-contact", {{"age_group", "teen"}}, {"age_group"});
}

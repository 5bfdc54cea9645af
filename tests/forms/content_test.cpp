// Every shipped questionnaire as a whole: whole, short enough, every rule alive, silence counts for nothing.
#include <catch2/catch_all.hpp>
#include <fstream>
#include <iterator>
#include <regex>

#include "questionnaires/engine/form/data.hpp"
#include "tests/forms/walk.hpp"

using forms_test::load_form;
using forms_test::Met;
using questionnaires::engine::AnswerState;
using questionnaires::engine::Kind;
using questionnaires::engine::Level;
using questionnaires::engine::QuestionId;
using questionnaires::engine::Role;
using scenario::Scenario;

namespace {

/// Well above 2,000: what comes late in `child` is behind thirteen questions, any of which may end the asking.
constexpr int walks = 6'000;

/// The lengths that the programme promises.
const std::map<std::string, int>& most_questions() {
    static const std::map<std::string, int> most{
        {"adult", 45}, {"child", 30}, {"first-contact", 10}, {"observation", 14}, {"training", 8}};
    return most;
}

/// Names a missing one, so that a failure says which.
void each_is_in(const std::set<std::string>& wanted, const std::set<std::string>& met, const std::string& what) {
    for (const auto& name : wanted) {
        INFO(name << " " << what);
        CHECK(met.count(name) == 1);
    }
}

bool has_condition(const questionnaires::engine::FormData& data, QuestionId question) {
    for (auto at = question; at != questionnaires::engine::no_index; at = data.questions[at].parent)
        if (data.questions[at].relevant.exists()) return true;
    return false;
}

}  // namespace

TEST_CASE("every shipped form loads without any diagnostic, in Spanish and English, and has a stated length") {
    const auto ids = forms_test::shipped_forms();
    REQUIRE(ids.size() >= 4);
    for (const auto& id : ids) {
        INFO(id);
        const auto form = load_form(id);
        CHECK(form->id() == id);
        CHECK(form->languages().size() == 2);
        CHECK(form->language("es").has_value());
        CHECK(form->language("en").has_value());
        CHECK(most_questions().count(id) == 1);
    }
}

TEST_CASE("walks with made-up answers reach every question, choice, indicator, level and action of every form",
          "[long][proof]") {
    for (const auto& id : forms_test::shipped_forms()) {
        const auto form = load_form(id);
        const auto& data = form->data();
        const Met met = forms_test::walk_often(id, walks);
        INFO(id << ": " << met.ways.size() << " path classes");
        CHECK(met.ways.size() >= 2);
        CHECK(met.most_asked <= most_questions().at(id));
        std::set<std::string> questions, conditional, constrained, choices, computed, indicators, levels;
        for (std::uint32_t i = 0; i < form->size(); ++i) {
            const auto& question = data.questions[QuestionId{i}];
            if (question.kind == Kind::Calculate) computed.insert(question.name);
            if (question.kind == Kind::Group || question.kind == Kind::Note || is_computed(question)) continue;
            questions.insert(question.name);
            if (has_condition(data, QuestionId{i})) conditional.insert(question.name);
            if (question.constraint.exists()) constrained.insert(question.name);
            if (question.list == questionnaires::engine::no_index) continue;
            for (const auto& choice : data.lists[question.list].choices)
                choices.insert(question.name + " " + choice.name);
        }
        each_is_in(questions, met.asked, "is asked");
        each_is_in(conditional, met.not_asked, "is sometimes not asked");
        each_is_in(constrained, met.refused, "sometimes refuses");
        each_is_in(choices, met.chosen, "is chosen");
        for (const auto& name : computed) {
            INFO(name << " has more than one value");
            CHECK(met.computed.at(name).size() > 1);
        }
        for (const auto& one : form->indicators()) indicators.insert(one.id);
        each_is_in(indicators, met.fired, "fires");
        each_is_in(indicators, met.quiet, "is sometimes quiet");
        for (const auto& one : form->levels()) levels.insert(one.id);
        each_is_in(levels, met.levels, "is reached");
        std::set<std::string> actions, sometimes;
        for (std::size_t i = 0; i < form->actions().size(); ++i) {
            const auto& action = form->actions()[i];
            for (const auto role : {Role::Shelter, Role::Border}) {
                if (!(role == Role::Shelter ? action.shelter : action.border)) continue;
                const auto name = action.id + " " + std::string(to_word(role));
                actions.insert(name);
                if (data.action_conditions[i].when.exists()) sometimes.insert(name);
            }
        }
        each_is_in(actions, met.advised, "is advised");
        each_is_in(sometimes, met.not_advised, "is sometimes not advised");
    }
}

TEST_CASE("whoever skips everything meets a kind end with information, and nothing fires") {
    for (const auto& id : forms_test::shipped_forms())
        for (const auto state : {AnswerState::Skipped, AnswerState::Refused, AnswerState::Unknown}) {
            INFO(id << " " << to_word(state));
            Scenario s(load_form(id));
            int pages = 0;
            for (; !s.interview().at_end(); ++pages) {
                const auto page = s.interview().page();
                for (const auto node : std::vector(page.nodes.begin(), page.nodes.end()))
                    if (s.interview().kind(node) != Kind::Note)
                        REQUIRE(s.interview().set_state(node, state, s.language()));
                REQUIRE(s.interview().next(s.language()));
                REQUIRE(pages < 60);
            }
            CHECK(s.fired().empty());
            CHECK(forms_test::levels(s) == forms_test::all_quiet);
            for (const auto role : {Role::Shelter, Role::Border})
                CHECK(s.actions(role).find("inform(") != std::string::npos);
        }
}

TEST_CASE("signs of one dimension stand together, so that the result has one heading for them") {
    for (const auto& id : forms_test::shipped_forms()) {
        const auto form = load_form(id);
        std::set<std::string> closed;
        std::string dimension;
        for (const auto& one : form->indicators()) {
            if (one.dimension == dimension) continue;
            INFO(id << " " << one.id);
            CHECK(closed.insert(one.dimension).second);
            dimension = one.dimension;
        }
    }
}

TEST_CASE("every reading of every form ends in words that say that it rules nothing out") {
    for (const auto& id : forms_test::shipped_forms()) {
        const auto form = load_form(id);
        std::set<std::string_view> readings;
        for (const auto& rule : form->levels()) {
            if (rule.level != Level::NoneReported) continue;
            INFO(id << " " << rule.id);
            readings.insert(to_word(rule.reading));
            CHECK(rule.explanation.in(*form->language("es")).find("no lo descarta") != std::string_view::npos);
            CHECK(rule.explanation.in(*form->language("en")).find("does not rule it out") != std::string_view::npos);
        }
        CHECK(readings == std::set<std::string_view>{"danger", "harm", "risk"});
    }
}

TEST_CASE("every question has guidance for the worker in both languages: why, how, what not to do") {
    for (const auto& id : forms_test::shipped_forms()) {
        const auto form = load_form(id);
        Scenario s(form);
        for (const std::string code : {"es", "en"}) {
            const auto language = *form->language(code);
            for (std::uint32_t i = 0; i < form->size(); ++i) {
                const auto kind = form->kind(QuestionId{i});
                if (kind != Kind::SelectOne && kind != Kind::SelectMultiple) continue;
                const auto node = s.node(form->name(QuestionId{i}));
                INFO(id << " " << form->name(QuestionId{i}) << " in " << code);
                CHECK_FALSE(s.interview().label(node, language).empty());
                CHECK_FALSE(s.interview().hint(node, language).empty());
                const auto guidance = std::string(s.interview().guidance(node, language));
                for (const std::string part : {code == "es" ? "Por qué: " : "Why: ", code == "es" ? "Cómo: " : "How: ",
                                               code == "es" ? "Evite: " : "Avoid: "})
                    CHECK_THAT(guidance, Catch::Matchers::ContainsSubstring(part));
            }
        }
    }
}

TEST_CASE("only a weight that was verified says ilo, and every indicator names its source") {
    for (const auto& id : forms_test::shipped_forms()) {
        const auto form = load_form(id);
        for (const auto& one : form->indicators()) {
            INFO(id << " " << one.id << ": " << one.source);
            CHECK(one.source.size() > 10);
            if (one.basis == questionnaires::engine::Basis::Ilo) {
                CHECK(one.source.find("adult labour") != std::string::npos);
                CHECK((id == "adult" || id == "first-contact"));
            }
        }
    }
}

TEST_CASE("the tables of domains name questions and signs that are there, and every sign of every form") {
    std::ifstream file(AMPARO_SOURCE_DIR "/questionnaires/README.md", std::ios::binary);
    const std::string guide{std::istreambuf_iterator<char>(file), {}};
    const auto between = [&guide](const std::string& from, const std::string& to) {
        const auto begin = guide.find(from);
        REQUIRE(begin != std::string::npos);
        return guide.substr(begin, guide.find(to, begin + from.size()) - begin);
    };
    for (const auto& id : forms_test::shipped_forms()) {
        if (id == "training") continue;  // about the Moon
        // The longest form has a table of its own, where names stand without the form.
        const bool own = id == "adult";
        const auto table =
            own ? between("\n## adult\n", "\nDecisions") : between("<!-- domains -->", "<!-- domains end -->");
        const std::regex token(own ? "`([a-z0-9_]+)`" : "`" + id + "\\.([a-z0-9_]+)`");
        std::set<std::string> named;
        for (std::sregex_iterator at(table.begin(), table.end(), token), end; at != end; ++at) named.insert((*at)[1]);
        const auto form = load_form(id);
        std::set<std::string> signs;
        for (const auto& one : form->indicators()) signs.insert(one.id);
        each_is_in(signs, named, "of " + id + " is in the table");
        for (const auto& name : named) {
            if (own && name == "fc_") continue;
            INFO(id << "." << name << " is a question or a sign");
            CHECK((signs.count(name) == 1 || form->find(name).has_value()));
        }
    }
}

TEST_CASE("the assent of a child says every point that it must, in both languages") {
    const auto form = load_form("child");
    const auto says = [&form](const char* code, const char* note, std::string_view words) {
        INFO(code << " " << note << ": " << words);
        const auto question = form->find(note);
        REQUIRE(question);
        CHECK(form->label(*question, *form->language(code)).find(words) != std::string_view::npos);
    };
    says("es", "assent_why", "si alguien le hace daño");
    says("es", "assent_age", "menos de 18 años, puede que avisemos");
    says("es", "assent_limits", "Antes se lo diremos");
    says("es", "assent_hears", "Quien está a su lado oye");
    says("es", "assent_hears", "nadie de aquí lo puede leer");
    says("es", "assent_stored", "sin su nombre, con el día, el lugar y el idioma");
    says("es", "assent_readers", "Si un juez lo ordena");
    says("es", "assent_erase", "pedir que lo borren. Para eso hace falta su código");
    says("es", "assent_time", "10 minutos");
    says("es", "assent_time", "saltar lo que quiera, o parar");
    says("es", "assent_stop", "guardar o borrar");
    says("es", "assent_power", "queda sellado");
    says("es", "assent_same", "Nadie le quita la cama ni la comida");
    says("en", "assent_why", "if anyone hurts you");
    says("en", "assent_age", "under 18, we may tell the people");
    says("en", "assent_limits", "We will tell you first");
    says("en", "assent_hears", "The person beside you hears");
    says("en", "assent_hears", "nobody here can read it");
    says("en", "assent_stored", "without your name, with the day, the place and the language");
    says("en", "assent_readers", "If a judge orders it");
    says("en", "assent_erase", "ask them to erase it. Your code is needed");
    says("en", "assent_time", "10 minutes");
    says("en", "assent_time", "skip anything, or stop");
    says("en", "assent_stop", "keep or erase");
    says("en", "assent_power", "stays sealed");
    says("en", "assent_same", "Nobody takes your bed or food away");
}

TEST_CASE("without a yes of the child nothing is asked, and someone who listens ends it before that") {
    for (const auto* const answer : {"no", "-"}) {
        Scenario s(load_form("child"));
        REQUIRE(s.answer("overheard", "no") == "");
        REQUIRE((*answer == '-' ? s.skip("assent") : s.answer("assent", answer)) == "");
        for (const auto* const name : {"danger_now", "with_whom", "feel", "work", "forced", "tell_whom", "help"})
            CHECK_FALSE(s.relevant(name));
        CHECK(s.relevant("goodbye"));
    }
    Scenario s(load_form("child"));
    REQUIRE(s.answer("overheard", "yes") == "");
    CHECK_FALSE(s.relevant("assent"));
    CHECK_FALSE(s.relevant("danger_now"));
    CHECK(s.relevant("not_yet"));
    CHECK(s.fired() == "not_private(overheard)");
}

TEST_CASE(
    "a child who tells of harm is thanked and not asked further about it, and a worker without training asks less") {
    Scenario s(load_form("child"));
    for (const auto& [name, value] : {std::pair{"overheard", "no"}, {"assent", "yes"}, {"age_group", "teen"}})
        REQUIRE(s.answer(name, value) == "");
    CHECK(s.relevant("held"));
    // Everybody sees the same thanks, so that it tells nobody what was said.
    CHECK(s.relevant("thank_you"));
    REQUIRE(s.answer("work", "street") == "");
    REQUIRE(s.answer("work_money", "other") == "");
    for (const auto* const name : {"images", "union", "documents", "debt", "held", "threats", "forced"})
        CHECK_FALSE(s.relevant(name));
    CHECK(s.relevant("thank_you"));
    CHECK(s.relevant("tell_whom"));
    CHECK(s.actions(Role::Shelter).find("child_stop(") != std::string::npos);

    Scenario untrained(forms_test::load_with("child", {{"trained", "no"}}));
    for (const auto& [name, value] : {std::pair{"overheard", "no"}, {"assent", "yes"}, {"age_group", "teen"}})
        REQUIRE(untrained.answer(name, value) == "");
    for (const auto* const name : {"danger_now", "with_whom", "feel", "tell_whom", "help"})
        CHECK(untrained.relevant(name));
    for (const auto* const name : {"going", "work", "phone", "held", "forced"}) CHECK_FALSE(untrained.relevant(name));
}

TEST_CASE("no text of a form needs the eye: without quotes, brackets and slashes whoever hears it understands it") {
    for (const auto& id : forms_test::shipped_forms()) {
        const auto book =
            questionnaires::workbook::read_folder(std::string(AMPARO_SOURCE_DIR "/questionnaires/forms/") + id);
        REQUIRE(book);
        int texts = 0;
        for (const auto& sheet : book->sheets) {
            if (sheet.name() != "survey" && sheet.name() != "choices") continue;
            for (std::size_t column = 0; column < sheet.width(0); ++column) {
                const auto head = sheet.cell(0, column);
                if (!head.starts_with("label::") && !head.starts_with("hint::") &&
                    !head.starts_with("constraint_message::"))
                    continue;
                for (std::size_t row = 1; row < sheet.rows(); ++row, ++texts)
                    for (const std::string mark : {"«", "»", "“", "”", "\"", "(", ")", "/", "[", "]"}) {
                        INFO(id << ": " << sheet.cell(row, column));
                        CHECK(sheet.cell(row, column).find(mark) == std::string_view::npos);
                    }
            }
        }
        CHECK(texts > 40);
    }
}

TEST_CASE("every refusal of an answer is one sentence of the same words, and names no button") {
    for (const auto& id : forms_test::shipped_forms()) {
        std::ifstream file(AMPARO_SOURCE_DIR "/questionnaires/forms/" + id + "/survey.csv", std::ios::binary);
        const std::string survey{std::istreambuf_iterator<char>(file), {}};
        INFO(id);
        for (const std::string old : {"quite las otras respuestas", "take the other answers away"})
            CHECK(survey.find(old) == std::string::npos);
    }
}

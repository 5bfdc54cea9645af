#include "tests/forms/walk.hpp"

#include <algorithm>
#include <array>
#include <catch2/catch_all.hpp>
#include <filesystem>

#include "questionnaires/engine/form/data.hpp"

namespace forms_test {
namespace {

using engine::AnswerState;
using engine::Kind;
using engine::NodeId;
using scenario::Scenario;

constexpr std::string_view state_words[] = {"-skipped", "-refused", "-unknown"};
constexpr AnswerState states[] = {AnswerState::Skipped, AnswerState::Refused, AnswerState::Unknown};

bool can_answer(const engine::Interview& interview, NodeId node) {
    const auto kind = interview.kind(node);
    return kind != Kind::Group && kind != Kind::Note && kind != Kind::Calculate && kind != Kind::Hidden;
}

/// A value as somebody might give it, now and then two choices that may not go together, or none at all.
std::string make_up(const engine::Interview& interview, NodeId node, std::mt19937& random) {
    const auto choices = interview.choices(node);
    if (random() % 10 == 0 || choices.empty()) return std::string(state_words[random() % 3]);
    auto value = std::string(interview.choice_name(node, choices[random() % choices.size()]));
    if (interview.kind(node) == Kind::SelectMultiple && random() % 3 == 0) {
        const auto other = interview.choice_name(node, choices[random() % choices.size()]);
        if (other != value) value += " " + std::string(other);
    }
    return value;
}

/// Whether it was taken.
bool say(Scenario& s, NodeId node, const std::string& value, Met& met) {
    for (int i = 0; i < 3; ++i)
        if (value == state_words[i]) return s.interview().set_state(node, states[i], s.language()).has_value();
    const auto taken = s.interview().answer(node, value, s.language());
    if (taken) return true;
    if (taken.error().kind == engine::RefusalKind::Constraint) {
        CHECK_FALSE(taken.error().message.empty());
        met.refused.emplace(s.interview().name(node));
    }
    return false;
}

void look_at_result(Scenario& s, Met& met) {
    auto& interview = s.interview();
    std::set<std::string> fired;
    for (const auto& one : interview.indicators()) {
        INFO(one.indicator->id);
        CHECK_FALSE(one.because.empty());
        fired.insert(one.indicator->id);
    }
    for (const auto& one : s.form().indicators()) (fired.count(one.id) == 1 ? met.fired : met.quiet).insert(one.id);
    for (const auto& one : interview.readings()) {
        REQUIRE(one.rule != nullptr);  // so that none-reported is never without its caveat
        met.levels.insert(one.rule->id);
    }
    for (const auto role : {engine::Role::Shelter, engine::Role::Border}) {
        const auto word = " " + std::string(engine::to_word(role));
        std::set<std::string> advised;
        for (const auto& one : interview.actions(role)) advised.insert(one.action->id);
        CHECK_FALSE(advised.empty());
        for (const auto& one : s.form().actions())
            if (role == engine::Role::Shelter ? one.shelter : one.border)
                (advised.count(one.id) == 1 ? met.advised : met.not_advised).insert(one.id + word);
    }
}

/// A screening of first-contact, half of the time by somebody to whom little has happened.
Answers first_contact_of(std::mt19937& random, bool adult) {
    static const auto form = load_form("first-contact");
    Answers hint{
        {"age_group", adult ? "adult" : std::array{"under12", "teen", "teen", "-unknown", "-skipped"}[random() % 5]}};
    if (random() % 2 == 0)
        for (const auto& [question, value] : Answers{{"danger_now", "no"},
                                                     {"held", "no"},
                                                     {"threats", "no"},
                                                     {"debt", "no"},
                                                     {"documents", "no"},
                                                     {"forced", "none"}})
            if (random() % 6 != 0) hint.emplace(question, value);
    Met ignored;
    return walk(form, hint, random, ignored);
}

/// Somebody who understands nothing of what is asked.
Answers knows_nothing(const engine::Form& form) {
    Answers hint;
    for (std::uint32_t i = 0; i < form.size(); ++i) hint.emplace(form.name(engine::QuestionId{i}), "-unknown");
    return hint;
}

}  // namespace

std::vector<std::string> shipped_forms() {
    std::vector<std::string> ids;
    for (const auto& folder : std::filesystem::directory_iterator(AMPARO_SOURCE_DIR "/questionnaires/forms"))
        ids.push_back(folder.path().filename().string());
    std::sort(ids.begin(), ids.end());
    return ids;
}

std::shared_ptr<const engine::Form> load_with(const std::string& id, const Answers& hidden) {
    auto workbook = questionnaires::workbook::read_folder(std::string(AMPARO_SOURCE_DIR "/questionnaires/forms/") + id);
    if (!workbook) throw std::runtime_error(scenario::all_text(workbook.error()));
    for (auto& sheet : workbook->sheets) {
        if (sheet.name() != "survey") continue;
        engine::Sheet filled{"survey"};
        for (std::size_t row = 0; row < sheet.rows(); ++row) {
            for (std::size_t column = 0; column < sheet.width(0); ++column) filled.add_cell(sheet.cell(row, column));
            const auto found =
                sheet.cell(row, 0) == "hidden" ? hidden.find(std::string(sheet.cell(row, 1))) : hidden.end();
            filled.add_cell(row == 0 ? "default" : found == hidden.end() ? "" : std::string_view(found->second));
            filled.end_row();
        }
        sheet = std::move(filled);
    }
    auto form = engine::load(*workbook);
    if (!form) throw std::runtime_error(scenario::all_text(form.error()));
    return *form;
}

std::size_t Met::size() const {
    std::size_t values = 0;
    for (const auto& [name, seen] : computed) values += seen.size();
    return asked.size() + not_asked.size() + refused.size() + chosen.size() + fired.size() + quiet.size() +
           levels.size() + advised.size() + not_advised.size() + ways.size() + values;
}

Answers walk(const std::shared_ptr<const engine::Form>& form, const Answers& hint, std::mt19937& random, Met& met) {
    Scenario s(form);
    auto& interview = s.interview();
    Answers said;
    std::string way;
    int questions = 0;
    for (int pages = 0; !interview.at_end(); ++pages) {
        REQUIRE(pages < 200);
        const auto page = interview.page();
        const std::vector<NodeId> nodes(page.nodes.begin(), page.nodes.end());
        for (const auto node : nodes) {
            if (!can_answer(interview, node) || !interview.relevant(node)) continue;
            const std::string name(interview.name(node));
            ++questions;
            way += name + " ";
            const auto known = hint.find(name);
            std::string value = known == hint.end() ? make_up(interview, node, random) : known->second;
            for (int tries = 0; !say(s, node, value, met); ++tries) {
                REQUIRE(tries < 1'000);
                value = make_up(interview, node, random);
            }
            for (const auto choice : interview.choices(node))
                if (interview.selected(node, choice))
                    met.chosen.insert(name + " " + std::string(interview.choice_name(node, choice)));
            said[name] = value;
        }
        const auto moved = interview.next(s.language());
        INFO("after " << way);
        REQUIRE(moved);
    }
    CHECK(interview.check(s.language()).empty());
    for (const auto& answer : interview.answers()) {
        const std::string name(answer.name);
        if (answer.computed)
            met.computed[name].emplace(answer.value);
        else
            (interview.relevant(answer.node) ? met.asked : met.not_asked).insert(name);
    }
    look_at_result(s, met);
    met.ways.insert(way);
    met.most_asked = std::max(met.most_asked, questions);
    return said;
}

Met walk_often(const std::string& id, int walks) {
    constexpr int walks_of_one_beginning = 10;
    std::mt19937 random(20261125);  // fixed seed: the same walks every time
    const auto plain = load_form(id);
    const bool follows = plain->find("fc_danger_now").has_value();
    Met met;
    std::vector<Answers> useful{{}};
    for (int done = 0; done < walks;) {
        Answers beginning;
        auto form = plain;
        if (follows && random() % 2 == 0) {
            for (const auto& [question, value] : first_contact_of(random, id == "adult"))
                beginning["fc_" + question] = value;
            if (random() % 4 == 0) beginning["trained"] = "no";
        }
        if (random() % 8 == 0) beginning["private"] = "yes";
        if (!beginning.empty()) form = load_with(id, beginning);
        for (int i = 0; i < walks_of_one_beginning; ++i, ++done) {
            // Of six ways the longest: questions that come late are only met by those who went far.
            Answers hint = useful[random() % useful.size()];
            for (int other = 0; other < 5; ++other)
                if (const auto& one = useful[random() % useful.size()]; one.size() > hint.size()) hint = one;
            const auto change = std::array{4U, 20U, 60U}[random() % 3];
            for (auto one = hint.begin(); one != hint.end();)
                one = random() % change == 0 ? hint.erase(one) : std::next(one);
            const auto before = met.size();
            if (random() % 50 == 0) hint = knows_nothing(*form);
            auto said = walk(form, hint, random, met);
            for (const auto& [question, value] : said) {
                INFO(question << " was said before: " << value);
                CHECK(beginning.count("fc_" + question) == 0);
            }
            if (met.size() > before) useful.push_back(std::move(said));
        }
    }
    return met;
}

}  // namespace forms_test

// Every event on every screen, also while an effect is under way: what the table (table.txt) lists changes what it
// says, everything else changes nothing and loses nothing.
#include <fstream>
#include <map>
#include <set>

#include "tests/session/facts.hpp"
#include "tests/session/ways.hpp"

using namespace test;

namespace {

struct Start {
    std::string name;  ///< "Home", or "CheckPin under way: EnterPin"
    std::string screen;
    Way go;
};

/// Every screen, then every screen with an effect under way.
const std::vector<Start>& starts() {
    static const auto all = [] {
        std::vector<Start> made;
        for (const auto& [name, go] : screens()) {
            std::string own(name);
            while (std::any_of(made.begin(), made.end(), [&](const Start& one) { return one.name == own; }))
                own += ", again";
            made.push_back({std::move(own), std::string(name), go});
        }
        for (const auto& one : under_way()) {
            Rig rig;
            one.go(rig);
            made.push_back(
                {std::string(one.effect) + " under way: " + std::string(one.where), std::string(rig.screen()), one.go});
        }
        return made;
    }();
    return all;
}

/// Event -> what it changes; events that change nothing are not in it.
using Rows = std::map<std::string, std::string>;
/// The same for every way to start.
using Table = std::map<std::string, Rows>;

std::string table_path() {
    return AMPARO_SOURCE_DIR "/tests/session/table.txt";
}

Table read_table() {
    Table all;
    std::ifstream in(table_path());
    std::string start;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line.front() == '#') continue;
        if (line.front() == '[') {
            start = line.substr(1, line.size() - 2);
            all[start];
            continue;
        }
        const auto colon = line.find(": ");
        REQUIRE(colon != std::string::npos);
        all[start][line.substr(0, colon)] = line.substr(colon + 2);
    }
    return all;
}

/// "-> Send; wants FindPlaces; awaits=FindPlaces": the screen if it is another, what is asked for, and every fact that
/// is another. A person's event counts as a touch and nothing else does, unless it says so.
std::string change(Rig& rig, session::Event event, bool person) {
    const auto before = facts(rig.state);
    const auto screen = rig.screen();
    rig.effects.clear();
    rig.slow_medium = true;
    rig.pass(std::chrono::seconds(1));
    rig.send(std::move(event));
    std::string all;
    const auto say = [&all](const std::string& what) { all += (all.empty() ? "" : "; ") + what; };
    if (rig.screen() != screen) say("-> " + std::string(rig.screen()));
    for (const auto& effect : rig.effects) say("wants " + told(effect));
    const auto after = facts(rig.state);
    for (const auto& [name, value] : after) {
        const auto old = before.find(name);
        if (old == before.end() || old->second != value) say(name + "=" + value);
    }
    const bool touched = rig.state.touched == rig.now.steady;
    if (touched != person) say(touched ? "touched" : "not touched");
    return all;
}

Rows rows_of(const Start& start) {
    Rows rows;
    const auto total = [&] {
        Rig rig;
        start.go(rig);
        return samples(rig).size();
    }();
    for (std::size_t i = 0; i < total; ++i) {
        Rig rig;
        start.go(rig);
        auto event = sample(rig, i);
        const bool person = std::holds_alternative<session::Input>(event.event);
        auto changed = change(rig, std::move(event.event), person);
        if (!changed.empty()) CHECK(rows.emplace(std::move(event.label), std::move(changed)).second);
    }
    return rows;
}

/// The names of the effects that are answered, of all that there are.
template <class... E>
std::set<std::string_view> answered_effects(std::type_identity<std::variant<E...>>) {
    std::set<std::string_view> names;
    ((session::AnswerTo<E>::answered ? void(names.insert(type_name<E>())) : void()), ...);
    return names;
}

std::string answers(const session::Screening& screening) {
    std::string all;
    for (const auto& answer : screening.interview().answers())
        all += std::string(answer.name) + "=" + std::string(answer.value) + ";";
    // Of the form before it in the same visit as well.
    if (screening.before) all += answers(*screening.before);
    return all;
}

/// Every answer of the open interview, as text.
std::string answers(const session::State& state) {
    return state.screening ? answers(*state.screening) : std::string();
}

/// The same of what is not open any more and not stored yet.
std::string unstored_answers(const session::State& state) {
    std::string all;
    for (const auto& one : state.unstored) all += answers(one.screening);
    return all;
}

}  // namespace

TEST_CASE("Every screen there is has a way to it in the table") {
    std::set<std::string_view> reached;
    for (const auto& [name, go] : screens()) {
        Rig rig;
        go(rig);
        CHECK(rig.screen() == name);
        reached.insert(rig.screen());
    }
    CHECK(reached.size() == std::variant_size_v<session::Screen::variant>);
}

TEST_CASE("The list of events has every event there is") {
    Rig rig;
    std::set<std::string_view> kinds;
    for (const auto& one : samples(rig)) kinds.insert(name_of(one.event));
    CHECK(kinds.size() ==
          std::variant_size_v<session::Input::variant> + std::variant_size_v<session::Answer::variant> + 1);
}

TEST_CASE("Every effect that is answered is under way on one of the ways") {
    std::set<std::string_view> under;
    for (const auto& one : under_way()) {
        Rig rig;
        one.go(rig);
        INFO(one.effect << " under way: " << one.where);
        const auto asked = [&](const session::Effect& effect) { return told(effect).starts_with(one.effect); };
        CHECK(std::any_of(rig.effects.begin(), rig.effects.end(), asked));
        under.insert(one.effect);
    }
    CHECK(under == answered_effects(std::type_identity<session::Effect::variant>{}));
}

TEST_CASE("Every event on every screen, whatever is under way, changes what the table says and nothing else",
          "[proof]") {
    const auto table = read_table();
    CHECK(table.size() == starts().size());
    for (const auto& start : starts()) {
        INFO(start.name);
        REQUIRE(table.contains(start.name));
        const auto& expected = table.at(start.name);
        const auto found = rows_of(start);
        for (const auto& [event, changed] : found) {
            INFO(event);
            const auto row = expected.find(event);
            CHECK(changed == (row == expected.end() ? std::string() : row->second));
        }
        for (const auto& [event, changed] : expected) {
            INFO(event << ": " << changed);
            CHECK(found.contains(event));
        }
    }
}

TEST_CASE("The table is written anew", "[.record]") {
    std::ofstream out(table_path());
    out << "# What each event changes, by the screen it comes to and the effect that is under way there. Events that "
           "are\n"
           "# not listed change nothing. Written by: test_session [.record]\n";
    for (const auto& start : starts()) {
        out << "\n[" << start.name << "]\n";
        for (const auto& [event, changed] : rows_of(start)) out << event << ": " << changed << "\n";
    }
    CHECK(out.flush().good());
}

TEST_CASE("No event on any screen loses an answer that is not on its way to the seal or to being erased", "[proof]") {
    for (const auto& [name, screen, go] : starts()) {
        std::size_t total = 0;
        {
            Rig rig;
            go(rig);
            total = samples(rig).size();
        }
        for (std::size_t i = 0; i < total; ++i) {
            Rig rig;
            go(rig);
            auto event = sample(rig, i).event;
            const auto what = name_of(event);
            const bool was_open = rig.state.screening.has_value();
            const bool was_storing = session::storing(rig.state);
            const auto before = answers(rig.state);
            const auto unstored_before = unstored_answers(rig.state);
            rig.effects.clear();
            rig.send(std::move(event));
            INFO(name << " + " << what);
            if (was_open && !rig.state.screening) {
                const bool handed_over = rig.count<session::SealRecord>() + rig.count<session::Withdraw>() == 1;
                const bool all_stored = was_storing && (what == "Sealed" || what == "Erased");
                const bool kept = unstored_answers(rig.state) == before;
                CHECK((all_stored || (kept && (handed_over || was_storing))));
            } else if (was_open && what == "Prepared") {  // the longer form, after what was said before
                CHECK(answers(rig.state).ends_with(before));
            } else if (was_open && what == "Erased") {  // what was said last is; what was said before it is next
                CHECK((answers(rig.state) == before || (was_storing && rig.count<session::Withdraw>() == 1)));
            } else if (was_open && what != "TapChoice" && what != "TypeText" && what != "SayState") {
                CHECK(answers(rig.state) == before);
            } else if (!was_open && what == "Prepared") {  // the bare fact of a no, or of a language
                CHECK(unstored_answers(rig.state).starts_with(unstored_before));
            } else if (!was_open && what != "Sealed" && what != "Erased") {
                CHECK(unstored_answers(rig.state) == unstored_before);
            }
        }
    }
}

TEST_CASE("A yes to the consent begins nothing on any page but the last, in any mode; a no is heard on each") {
    struct Way {
        model::Role role;
        session::Mode mode;
    };
    for (const auto& [role, mode] :
         {Way{model::Role::Shelter, session::Mode::Assisted}, Way{model::Role::Shelter, session::Mode::Private},
          Way{model::Role::Border, session::Mode::Private}})
        for (std::size_t page = 0; page < session::consent_pages; ++page) {
            INFO("page " << page);
            const bool last = page + 1 == session::consent_pages;
            const auto stand = [&, mode = mode](Rig& rig) {
                rig.ask_consent(mode);
                for (std::size_t read = 0; read < page; ++read) rig.send(session::Next{});
            };
            Rig yes(role);
            stand(yes);
            yes.send(session::SayConsent{true});
            CHECK(yes.count<session::Prepare>() == (last ? 1 : 0));
            yes.send(session::Prepared{origin()});
            CHECK(yes.screen() == (last ? "Question" : "AskingConsent"));
            CHECK(yes.state.screening.has_value() == last);
            if (!last) {
                CHECK(std::get<session::AskingConsent>(yes.state.screen).page == page);
                // Whoever went back reads on to the end again.
                Rig back(role);
                back.ask_consent(mode);
                for (std::size_t read = 1; read < session::consent_pages; ++read) back.send(session::Next{});
                while (std::get<session::AskingConsent>(back.state.screen).page > page) back.send(session::Back{});
                back.send(session::SayConsent{true});
                CHECK(back.count<session::Prepare>() == 0);
            }
            Rig no(role);
            stand(no);
            no.send(session::SayConsent{false});
            CHECK(no.screen() == "DeclinedKindly");
        }
}

TEST_CASE("Nobody is on a worker's screen without having signed in", "[proof]") {
    const std::set<std::string_view> open{"Starting", "Problem", "ChoosingSlot", "EnterWords", "Who", "EnterPin",
                                          "Clock", "Damaged", "RepairedScreen", "BundleLost",
                                          // of a device that is being set up
                                          "NotSetUp", "NewWords", "RepeatWords", "SavingWords", "Asking", "Comparing",
                                          "WordsDiffer", "BringingBack", "TestRecord"};
    for (const auto& [name, screen, go] : starts()) {
        std::size_t total = 0;
        {
            Rig rig;
            go(rig);
            total = samples(rig).size();
        }
        for (std::size_t i = 0; i < total; ++i) {
            Rig rig;
            go(rig);
            if (rig.state.worker) continue;
            auto event = sample(rig, i).event;
            INFO(name << " + " << name_of(event) << ", then Retry");
            rig.send(std::move(event));
            rig.send(session::Retry{});
            // Without a bundle nobody can sign in, and what is sealed has to leave all the same.
            const bool without = rig.state.lost_bundle && !rig.state.setup;
            // The test of a device that was set up just now goes before anybody works with it.
            const bool testing = screen == "TestRecord";
            const bool leaving = rig.screen() == "Send" && (without || testing);
            // Whoever showed a key of the device makes the first lead, and stays there until it is saved.
            const auto* adding = std::get_if<session::AddingWorker>(&rig.state.screen);
            const bool leading = adding != nullptr && adding->first_lead;
            CHECK((rig.state.worker || open.contains(rig.screen()) || leaving || leading));
        }
    }
}

// Builds a form in a few lines and answers it as a person would; for tests of everything that sits on the engine.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <memory>
#include <memory_resource>
#include <optional>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "questionnaires/engine/interview/interview.hpp"

namespace scenario {

namespace engine = questionnaires::engine;

/// A sheet from text: one row per line, cells separated by '|', spaces around cells dropped, empty lines skipped.
inline engine::Sheet sheet(std::string_view name, std::string_view text) {
    engine::Sheet result{std::string(name)};
    std::istringstream lines{std::string(text)};
    for (std::string line; std::getline(lines, line);) {
        if (line.find_first_not_of(" \t") == std::string::npos) continue;
        std::istringstream cells(line);
        for (std::string cell; std::getline(cells, cell, '|');) {
            const std::size_t begin = cell.find_first_not_of(" \t");
            const std::size_t end = cell.find_last_not_of(" \t");
            result.add_cell(begin == std::string::npos ? std::string_view()
                                                       : std::string_view(cell).substr(begin, end - begin + 1));
        }
        result.end_row();
    }
    return result;
}

/// A workbook with settings for a form called "test" in one language, unless `settings` says otherwise.
class Sheets {
  public:
    Sheets& survey(std::string_view text) { return add("survey", text); }
    Sheets& choices(std::string_view text) { return add("choices", text); }
    Sheets& settings(std::string_view text) {
        has_settings_ = true;
        return add("settings", text);
    }
    Sheets& indicators(std::string_view text) { return add("indicators", text); }
    Sheets& levels(std::string_view text) { return add("levels", text); }
    Sheets& actions(std::string_view text) { return add("actions", text); }
    /// A table beside the sheets.
    Sheets& file(std::string_view name, std::string_view text) {
        workbook_.files.push_back(sheet(name, text));
        return *this;
    }
    Sheets& add(std::string_view name, std::string_view text) {
        workbook_.sheets.push_back(sheet(name, text));
        return *this;
    }
    [[nodiscard]] engine::Workbook workbook() const {
        engine::Workbook copy = workbook_;
        if (!has_settings_) copy.sheets.push_back(sheet("settings", "form_id | version\n test | 1"));
        return copy;
    }
    [[nodiscard]] tl::expected<std::shared_ptr<const engine::Form>, engine::Diagnostics> load() const {
        return engine::load(workbook());
    }

  private:
    engine::Workbook workbook_;
    bool has_settings_ = false;
};

inline std::string all_text(const engine::Diagnostics& diagnostics) {
    std::string text;
    for (const auto& diagnostic : diagnostics) text += engine::to_text(diagnostic) + "\n";
    return text;
}

/// An interview driven by names. Today is 2026-03-10 and the language the form's default unless said otherwise.
/// Throws std::runtime_error when the form does not load, with its diagnostics: a test then fails and shows them.
class Scenario {
  public:
    explicit Scenario(const Sheets& sheets, engine::Date today = {2026, 3, 10})
        : Scenario(checked(sheets.load()), today) {}
    explicit Scenario(std::shared_ptr<const engine::Form> form, engine::Date today = {2026, 3, 10})
        : Scenario(in(std::move(form), {today, 1})) {}
    /// With a time, a time zone and a seed of its own.
    static Scenario in(std::shared_ptr<const engine::Form> form, const engine::Environment& environment) {
        return Scenario(Everything{}, std::move(form), environment);
    }
    static Scenario in(const Sheets& sheets, const engine::Environment& environment) {
        return in(checked(sheets.load()), environment);
    }

    [[nodiscard]] engine::Interview& interview() { return *interview_; }
    [[nodiscard]] const engine::Form& form() const { return *form_; }
    /// "age", or inside repeats "person[2]/age" and "person[2]/child[1]/age"; "person[2]" is an instance.
    [[nodiscard]] engine::NodeId node(std::string_view path) const {
        std::optional<engine::NodeId> at;
        std::istringstream steps{std::string(path)};
        for (std::string step; std::getline(steps, step, '/');) {
            std::istringstream parts(step);
            std::string name;
            std::getline(parts, name, '[');
            at = interview_->find(name, at);
            std::uint32_t number = 0;
            if (at && parts >> number) at = interview_->instance_at(*at, number);
            if (!at) throw std::runtime_error("no node " + std::string(path));
        }
        if (!at) throw std::runtime_error("no node without a name");
        return *at;
    }
    std::string add(std::string_view repeat) {
        const auto added = interview_->add(node(repeat));
        return added ? std::string() : word(added.error());
    }
    std::string remove(std::string_view instance) { return worded(interview_->remove(node(instance))); }
    [[nodiscard]] std::uint32_t count(std::string_view repeat) const {
        return interview_->instance_count(node(repeat));
    }
    Scenario& speak(std::string_view code) {
        const auto language = form_->language(code);
        if (!language) throw std::runtime_error("no language " + std::string(code));
        language_ = *language;
        interview_->speak(language_);
        return *this;
    }
    [[nodiscard]] engine::LanguageId language() const { return language_; }

    /// "" when it was taken, else the kind of refusal and the form's message: "constraint: Too young".
    std::string answer(std::string_view name, std::string_view value) {
        return worded(interview_->answer(node(name), value, language_));
    }
    std::string skip(std::string_view name) { return set(name, engine::AnswerState::Skipped); }
    std::string refuse(std::string_view name) { return set(name, engine::AnswerState::Refused); }
    std::string do_not_know(std::string_view name) { return set(name, engine::AnswerState::Unknown); }
    std::string set(std::string_view name, engine::AnswerState state) {
        return worded(interview_->set_state(node(name), state, language_));
    }
    /// Names on the page reached ("age[2]" in the second instance of a repeat, "more person" where a further one may
    /// be added), "end" after the last, or the refusal.
    std::string next() {
        const auto moved = interview_->next(language_);
        if (!moved) return word(moved.error());
        return page();
    }
    std::string back() { return interview_->back() ? page() : "no"; }
    [[nodiscard]] std::string page() const {
        if (interview_->at_end()) return "end";
        std::string names;
        for (const auto node : interview_->page().nodes) {
            std::string name(interview_->name(node));
            if (interview_->page().asks_for_more) name = "more " + name;
            const auto position = interview_->position(node);
            add(names, position == 0 ? name : name + "[" + std::to_string(position) + "]");
        }
        return names;
    }
    /// The interview again from its draft, which must come out the same.
    void reopen() {
        const auto draft = interview_->save();
        if (!draft) throw std::runtime_error("the draft is not saved");
        auto again = engine::Interview::restore(form_, memory_.get(), *draft);
        if (!again) throw std::runtime_error("the draft is not restored");
        interview_.reset();
        interview_.emplace(std::move(*again));
    }
    [[nodiscard]] std::string value(std::string_view name) const { return std::string(interview_->value(node(name))); }
    [[nodiscard]] bool relevant(std::string_view name) const { return interview_->relevant(node(name)); }
    [[nodiscard]] std::string state(std::string_view name) const {
        return std::string(engine::to_word(interview_->state(node(name))));
    }
    [[nodiscard]] std::string label(std::string_view name) const {
        return std::string(interview_->label(node(name), language_));
    }
    /// Names of the choices offered.
    [[nodiscard]] std::string choices(std::string_view name) const {
        std::string names;
        for (const auto choice : interview_->choices(node(name))) {
            add(names, interview_->choice_name(node(name), choice));
        }
        return names;
    }
    /// Fired indicators: "debt(owes,whom) threats(threat)".
    [[nodiscard]] std::string fired() const {
        std::string text;
        for (const auto& fired : interview_->indicators()) add(text, fired.indicator->id + because(fired.because));
        return text;
    }
    /// "danger=none-reported harm=some:harm-2(q) risk=none-reported"
    [[nodiscard]] std::string readings() const {
        std::string text;
        for (const auto& reading : interview_->readings()) {
            std::string one = std::string(engine::to_word(reading.reading)) + "=";
            one += engine::to_word(reading.level);
            if (reading.rule != nullptr) one += ":" + reading.rule->id + because(reading.because);
            add(text, one);
        }
        return text;
    }
    [[nodiscard]] std::string actions(engine::Role role) const {
        std::string text;
        for (const auto& advice : interview_->actions(role)) add(text, advice.action->id + because(advice.because));
        return text;
    }

  private:
    struct Everything {};
    Scenario(Everything, std::shared_ptr<const engine::Form> form, const engine::Environment& environment)
        : form_(std::move(form)), language_(form_->default_language()) {
        auto started = engine::Interview::start(form_, memory_.get(), environment);
        if (!started) throw std::runtime_error("the interview does not start");
        interview_.emplace(std::move(*started));
    }

    static std::shared_ptr<const engine::Form> checked(
        tl::expected<std::shared_ptr<const engine::Form>, engine::Diagnostics> loaded) {
        if (!loaded) throw std::runtime_error(all_text(loaded.error()));
        return *loaded;
    }
    static void add(std::string& list, std::string_view word) {
        if (!list.empty()) list += ' ';
        list += word;
    }
    static std::string because(const engine::Names& names) {
        std::string text;
        for (const std::string_view name : names) text += (text.empty() ? "" : ",") + std::string(name);
        return "(" + text + ")";
    }
    static std::string word(const engine::Refusal& refusal) {
        static constexpr std::string_view kinds[] = {
            "constraint", "required",     "not a number", "not a date", "not a choice", "too long", "unsafe text",
            "read only",  "not relevant", "no value",     "budget",     "too many",     "memory"};
        std::string text(kinds[static_cast<std::size_t>(refusal.kind)]);
        if (!refusal.message.empty()) text += ": " + std::string(refusal.message);
        return text;
    }
    static std::string worded(const tl::expected<void, engine::Refusal>& result) {
        return result ? std::string() : word(result.error());
    }

    std::unique_ptr<std::pmr::unsynchronized_pool_resource> memory_ =
        std::make_unique<std::pmr::unsynchronized_pool_resource>(std::pmr::new_delete_resource());
    std::shared_ptr<const engine::Form> form_;
    engine::LanguageId language_;
    std::optional<engine::Interview> interview_;
};

}  // namespace scenario

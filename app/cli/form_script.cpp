#include "app/cli/form_script.hpp"

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "app/cli/form_nodes.hpp"
#include "app/cli/form_values.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
using nlohmann::ordered_json;

enum class Do : std::uint8_t {
    Answer,
    Skip,
    Refuse,
    Unknown,
    Clear,
    Next,
    Back,
    Jump,
    Add,
    Remove,
    Language,
    Expect,
    Print
};

struct Verb {
    std::string_view name;
    Do what;
    std::array<std::string_view, 7> takes;  ///< members it may have besides `do`
    std::size_t needed;                     ///< of which so many of the first ones must be there
};

constexpr std::array verbs{
    Verb{"answer", Do::Answer, {"node", "value"}, 2},
    Verb{"skip", Do::Skip, {"node"}, 1},
    Verb{"refuse", Do::Refuse, {"node"}, 1},
    Verb{"unknown", Do::Unknown, {"node"}, 1},
    Verb{"clear", Do::Clear, {"node"}, 1},
    Verb{"next", Do::Next, {}, 0},
    Verb{"back", Do::Back, {}, 0},
    Verb{"jump", Do::Jump, {"node"}, 1},
    Verb{"add", Do::Add, {"node"}, 1},
    Verb{"remove", Do::Remove, {"node"}, 1},
    Verb{"language", Do::Language, {"code"}, 1},
    Verb{"expect", Do::Expect, {"node", "relevant", "state", "value", "label", "choices", "count"}, 1},
    Verb{"expect-page", Do::Expect, {"nodes"}, 1},
    Verb{"expect-refusal", Do::Expect, {"kind"}, 1},
    Verb{"print", Do::Print, {}, 0},
};

tl::unexpected<BadLine> bad(std::string_view key, std::string_view word = {}) {
    return tl::make_unexpected(BadLine{key, std::string(word)});
}

std::string line_of(const ordered_json& members) {
    return members.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

const Verb* verb_named(std::string_view name) {
    const auto* const found =
        std::find_if(verbs.begin(), verbs.end(), [&](const Verb& verb) { return verb.name == name; });
    return found == verbs.end() ? nullptr : found;
}

/// A step whose members are those that its verb takes; `node`, `code` and `kind` are strings.
struct ScriptStep {
    const Verb* verb = nullptr;
    ordered_json members;

    [[nodiscard]] std::string word(const char* name) const { return members[name].get<std::string>(); }
};

tl::expected<ScriptStep, BadLine> read_step(std::string_view line) {
    ScriptStep step;
    step.members = is_shallow(line) ? ordered_json::parse(line, nullptr, false) : ordered_json();
    if (!step.members.is_object()) return bad("cli.form.run.line.object");
    const auto what = step.members.find("do");
    if (what == step.members.end() || !what->is_string()) return bad("cli.form.run.line.do");
    step.verb = verb_named(what->get<std::string>());
    if (step.verb == nullptr) return bad("cli.form.run.line.verb", what->get<std::string>());
    const auto& takes = step.verb->takes;
    for (std::size_t i = 0; i < step.verb->needed; ++i)
        if (!step.members.contains(takes[i])) return bad("cli.form.run.line.missing", takes[i]);
    for (const auto& [name, value] : step.members.items()) {
        if (name != "do" && std::find(takes.begin(), takes.end(), name) == takes.end())
            return bad("cli.form.run.line.extra", name);
        const bool text = name == "node" || name == "code" || name == "kind";
        if (text && !value.is_string()) return bad("cli.form.run.line.text", name);
    }
    return step;
}

std::pmr::string page_names(const engine::Interview& interview, ordered_json& into) {
    into = ordered_json::array();
    for (const auto node : interview.page().nodes) into.push_back(interview.address(node));
    return interview.page().in_group ? interview.address(interview.page().group) : std::pmr::string();
}

void add_page(const engine::Interview& interview, ordered_json& line) {
    const auto group = page_names(interview, line["page"]);
    if (!group.empty()) line["group"] = group;
    if (interview.page().asks_for_more) line["more"] = true;
    const auto progress = interview.progress();
    line["at"] = progress.page;
    line["of"] = progress.pages;
    line["end"] = interview.at_end();
}

/// The node's own view of each member that the step expects.
ordered_json seen(const TrialInterview& trial, engine::NodeId node, const ScriptStep& step) {
    const auto& interview = trial.interview();
    ordered_json result = ordered_json::object();
    for (const auto& [name, wanted] : step.members.items()) {
        if (name == "relevant") result[name] = interview.relevant(node);
        if (name == "state") result[name] = engine::to_word(interview.state(node));
        if (name == "value") result[name] = interview.value(node);
        if (name == "count") result[name] = interview.instance_count(node);
        if (name == "label") result[name] = interview.label(node, trial.language());
        if (name != "choices") continue;
        result[name] = ordered_json::array();
        for (const auto choice : interview.choices(node)) result[name].push_back(interview.choice_name(node, choice));
    }
    return result;
}

/// What was expected, written as what is seen.
tl::expected<ordered_json, BadLine> wanted_of(const ScriptStep& step) {
    ordered_json result = ordered_json::object();
    for (const auto& [name, value] : step.members.items()) {
        if (name == "do" || name == "node") continue;
        result[name] = value;
        if (name != "value") continue;
        const auto text = answer_text(value.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
        if (!text) return bad("cli.form.run.line.value");
        result[name] = *text;
    }
    return result;
}

/// One step being done: what it came to is written into `line_`.
class Playing {
  public:
    Playing(TrialInterview& trial, std::string& last_refusal, const ScriptStep& step, std::uint64_t number)
        : trial_(trial),
          interview_(trial.interview()),
          last_refusal_(last_refusal),
          step_(step),
          line_{{"line", number}, {"do", step.verb->name}} {}

    tl::expected<StepResult, BadLine> play() {
        if (step_.members.contains("node")) {
            const auto found = interview_.at(step_.word("node"));
            if (!found) return bad("cli.form.run.line.node", step_.word("node"));
            node_ = *found;
            line_["node"] = step_.word("node");
        }
        switch (step_.verb->what) {
            case Do::Answer:
                return answer();
            case Do::Skip:
                return state(engine::AnswerState::Skipped);
            case Do::Refuse:
                return state(engine::AnswerState::Refused);
            case Do::Unknown:
                return state(engine::AnswerState::Unknown);
            case Do::Clear:
                return taken(interview_.clear(node_));
            case Do::Next:
                return next();
            case Do::Back:
                return moved(interview_.back());
            case Do::Jump:
                return moved(interview_.jump(node_));
            case Do::Add:
                return add();
            case Do::Remove:
                return taken(interview_.remove(node_));
            case Do::Language:
                return speak();
            case Do::Expect:
                return expect();
            case Do::Print:
                return StepResult{node_lines(trial_), true};
        }
        return bad("cli.form.run.line.do");
    }

  private:
    StepResult done(bool ok) {
        last_refusal_.clear();
        line_["ok"] = ok;
        return {line_of(line_), true};
    }

    StepResult refused(const engine::Refusal& refusal) {
        last_refusal_ = code_of(refusal.kind);
        line_["ok"] = false;
        line_["refused"] = last_refusal_;
        line_["at"] = interview_.address(refusal.node);
        line_["message"] = refusal.message;
        return {line_of(line_), true};
    }

    StepResult taken(const tl::expected<void, engine::Refusal>& result) {
        return result ? done(true) : refused(result.error());
    }

    StepResult moved(bool there) {
        add_page(interview_, line_);
        return done(there);
    }

    StepResult state(engine::AnswerState state) { return taken(interview_.set_state(node_, state, trial_.language())); }

    StepResult expected(const ordered_json& wanted, const ordered_json& got) {
        line_["ok"] = wanted == got;
        if (wanted != got) {
            line_["wanted"] = wanted;
            line_["got"] = got;
        }
        return {line_of(line_), wanted == got};
    }

    tl::expected<StepResult, BadLine> answer() {
        const auto value =
            answer_text(step_.members["value"].dump(-1, ' ', false, ordered_json::error_handler_t::replace));
        if (!value) return bad("cli.form.run.line.value");
        return taken(interview_.answer(node_, *value, trial_.language()));
    }

    StepResult next() {
        const auto there = interview_.next(trial_.language());
        return there ? moved(*there) : refused(there.error());
    }

    StepResult add() {
        const auto added = interview_.add(node_);
        if (!added) return refused(added.error());
        line_["added"] = interview_.address(*added);
        return done(true);
    }

    tl::expected<StepResult, BadLine> speak() {
        const auto language = interview_.form().language(step_.word("code"));
        if (!language) return bad("cli.form.run.line.language", step_.word("code"));
        trial_.speak(*language);
        return done(true);
    }

    tl::expected<StepResult, BadLine> expect() {
        if (step_.members.contains("kind")) return expected(step_.members["kind"], last_refusal_);
        if (step_.members.contains("nodes")) {
            ordered_json names;
            page_names(interview_, names);
            return expected(step_.members["nodes"], names);
        }
        AMPARO_TRY(const wanted, wanted_of(step_));
        return expected(wanted, seen(trial_, node_, step_));
    }

    TrialInterview& trial_;
    engine::Interview& interview_;
    std::string& last_refusal_;
    const ScriptStep& step_;
    ordered_json line_;
    engine::NodeId node_;
};

}  // namespace

std::string script_steps() {
    std::string text;
    for (const auto& verb : verbs) {
        text += "  {\"do\":\"" + std::string(verb.name) + "\"";
        for (std::size_t i = 0; i < verb.takes.size() && !verb.takes[i].empty(); ++i)
            text += (i < verb.needed ? ",\"" : ", \"") + std::string(verb.takes[i]) + "\":…";
        text += "}\n";
    }
    return text;
}

tl::expected<StepResult, BadLine> ScriptPlayer::play(std::string_view text, std::uint64_t number) {
    AMPARO_TRY(const step, read_step(text));
    return Playing(trial_, last_refusal_, step, number).play();
}

}  // namespace app::cli

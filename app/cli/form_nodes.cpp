#include "app/cli/form_nodes.hpp"

#include <nlohmann/json.hpp>

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
using nlohmann::ordered_json;

std::string line(const ordered_json& members) {
    return members.dump(-1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

ordered_json list(const engine::Names& names) {
    auto all = ordered_json::array();
    for (const auto name : names) all.push_back(name);
    return all;
}

ordered_json node_members(const engine::Interview& interview, engine::NodeId node, engine::LanguageId language) {
    const auto kind = interview.kind(node);
    ordered_json members{{"node", interview.address(node)},      {"kind", engine::to_word(kind)},
                         {"relevant", interview.relevant(node)}, {"state", engine::to_word(interview.state(node))},
                         {"value", interview.value(node)},       {"label", interview.label(node, language)}};
    if (kind == engine::Kind::Repeat && !interview.is_instance(node)) members["count"] = interview.instance_count(node);
    if (kind != engine::Kind::SelectOne && kind != engine::Kind::SelectMultiple && kind != engine::Kind::Rank)
        return members;
    auto choices = ordered_json::array();
    for (const auto choice : interview.choices(node)) choices.push_back(interview.choice_name(node, choice));
    members["choices"] = std::move(choices);
    return members;
}

}  // namespace

std::string node_lines(const TrialInterview& trial) {
    std::string text;
    for (const auto node : trial.interview().nodes())
        text += line(node_members(trial.interview(), node, trial.language()));
    return text;
}

std::string outcome_lines(const TrialInterview& trial) {
    const auto& interview = trial.interview();
    std::string text;
    for (const auto& open : interview.check(trial.language()))
        text +=
            line({{"open", interview.address(open.node)}, {"refused", code_of(open.kind)}, {"message", open.message}});
    for (const auto& fired : interview.indicators())
        text += line({{"indicator", fired.indicator->id},
                      {"dimension", fired.indicator->dimension},
                      {"strength", engine::to_word(fired.indicator->strength)},
                      {"because", list(fired.because)}});
    for (const auto& reading : interview.readings())
        text += line({{"reading", engine::to_word(reading.reading)},
                      {"level", engine::to_word(reading.level)},
                      {"rule", reading.rule == nullptr ? std::string() : reading.rule->id},
                      {"because", list(reading.because)}});
    for (const auto role : {engine::Role::Shelter, engine::Role::Border})
        for (const auto& advice : interview.actions(role))
            text += line({{"action", advice.action->id},
                          {"role", engine::to_word(role)},
                          {"label", advice.action->label.in(trial.language())},
                          {"because", list(advice.because)}});
    return text;
}

}  // namespace app::cli

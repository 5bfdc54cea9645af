#include "questionnaires/engine/interview/interview.hpp"

#include <algorithm>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {

std::string_view to_word(AnswerState state) noexcept {
    switch (state) {
        case AnswerState::NotAsked:
            return "not_asked";
        case AnswerState::Answered:
            return "answered";
        case AnswerState::Skipped:
            return "skipped";
        case AnswerState::Refused:
            return "refused";
        case AnswerState::Unknown:
            return "unknown";
    }
    return {};
}

Interview::Interview(std::unique_ptr<State> state) noexcept : state_(std::move(state)) {}
Interview::Interview(Interview&& other) noexcept = default;
Interview& Interview::operator=(Interview&& other) noexcept = default;
Interview::~Interview() = default;

tl::expected<Interview, Refusal> Interview::start(std::shared_ptr<const Form> form, std::pmr::memory_resource* resource,
                                                  const Environment& environment) noexcept {
    try {
        auto state = std::make_unique<State>(std::move(form), resource, environment, false);
        if (state->failed()) return tl::unexpected(Refusal{state->failure(), {}, {}});
        return Interview(std::move(state));
    } catch (...) {
        return tl::unexpected(Refusal{RefusalKind::Memory, {}, {}});
    }
}

const Form& Interview::form() const noexcept {
    return *state_->form;
}
bool Interview::exhausted() const noexcept {
    return state_->exhausted;
}

std::uint32_t Interview::size() const noexcept {
    return static_cast<std::uint32_t>(state_->nodes.size());
}

std::span<const NodeId> Interview::nodes() const noexcept {
    try {
        state_->list_nodes();
        return state_->listed;
    } catch (...) {
        state_->exhausted = true;
        return {};
    }
}

bool Interview::exists(NodeId node) const noexcept {
    return state_->has(node);
}

std::optional<NodeId> Interview::find(std::string_view name) const noexcept {
    return find(name, std::nullopt);
}

std::optional<NodeId> Interview::find(std::string_view name, std::optional<NodeId> from) const noexcept {
    const auto found = state_->data->by_name.find(name);
    if (found == state_->data->by_name.end()) return std::nullopt;
    const NodeId node = nearest_node(*state_->data, *state_, from.value_or(no_index), found->second);
    if (node == no_index) return std::nullopt;
    return node;
}

QuestionId Interview::question(NodeId node) const noexcept {
    return state_->nodes[node].question;
}

std::optional<NodeId> Interview::parent(NodeId node) const noexcept {
    const NodeId above = state_->parent_of(node);
    if (above == no_index) return std::nullopt;
    return above;
}

std::optional<NodeId> Interview::instance(NodeId node) const noexcept {
    const Instance& around = state_->instances[state_->nodes[node].instance];
    if (around.repeat == no_index) return std::nullopt;
    return around.first;
}

NodeId Interview::repeat_of(NodeId instance) const noexcept {
    return state_->instances[state_->nodes[instance].instance].node;
}

std::uint32_t Interview::position(NodeId node) const noexcept {
    const InstanceId instance = state_->nodes[node].instance;
    return instance == whole_form ? 0 : state_->instances[instance].place + 1;
}

bool Interview::is_instance(NodeId node) const noexcept {
    return state_->is_root(node);
}

std::uint32_t Interview::instance_count(NodeId repeat) const noexcept {
    return static_cast<std::uint32_t>(state_->instances_of(repeat).size());
}

std::optional<NodeId> Interview::instance_at(NodeId repeat, std::uint32_t position) const noexcept {
    const auto roots = state_->instances_of(repeat);
    if (position == 0 || position > roots.size()) return std::nullopt;
    return roots[position - 1];
}

bool Interview::may_change(NodeId repeat) const noexcept {
    const bool is_repeat = state_->has(repeat) && state_->nodes[repeat].series != no_index;
    return is_repeat && !state_->counted(repeat) && state_->nodes[repeat].relevant;
}

std::string_view Interview::name(NodeId node) const noexcept {
    return state_->question(node).name;
}
Kind Interview::kind(NodeId node) const noexcept {
    return state_->question(node).kind;
}
bool Interview::takes_answer(NodeId node) const noexcept {
    return engine::takes_answer(state_->question(node).kind);
}
std::string_view Interview::appearance(NodeId node) const noexcept {
    return state_->question(node).appearance;
}

bool Interview::has_appearance(NodeId node, std::string_view word) const noexcept {
    return has_word(state_->question(node).appearance, word);
}

bool Interview::relevant(NodeId node) const noexcept {
    return state_->nodes[node].relevant;
}

bool Interview::read_only(NodeId node) const noexcept {
    if (state_->computed(node)) return true;
    try {
        return state_->is_true(state_->question(node).read_only, node);
    } catch (...) {
        state_->exhausted = true;
        return true;
    }
}

bool Interview::required(NodeId node) const noexcept {
    try {
        return state_->is_true(state_->question(node).required, node);
    } catch (...) {
        state_->exhausted = true;
        return true;
    }
}

AnswerState Interview::state(NodeId node) const noexcept {
    return state_->state_of(node);
}

std::optional<NumberRange> Interview::range(NodeId node) const noexcept {
    return state_->question(node).range;
}

std::string_view Interview::value(NodeId node) const noexcept {
    const NodeState& state = state_->nodes[node];
    return state.relevant ? std::string_view(state.value) : std::string_view();
}

namespace {

/// A text that cannot be filled in for want of memory is shown as the author wrote it.
template <typename Render>
std::string_view safely(bool& exhausted, const Template& text, LanguageId language, const Render& render) noexcept {
    try {
        return render();
    } catch (...) {
        exhausted = true;
        return text.text.in(language);
    }
}

}  // namespace

std::string_view Interview::label(NodeId node, LanguageId language) const noexcept {
    const Template& text = state_->question(node).label;
    return safely(state_->exhausted, text, language, [&] { return state_->render(text, node, language); });
}

std::string_view Interview::hint(NodeId node, LanguageId language) const noexcept {
    const Template& text = state_->question(node).hint;
    return safely(state_->exhausted, text, language, [&] { return state_->render(text, node, language); });
}

std::string_view Interview::guidance(NodeId node, LanguageId language) const noexcept {
    const Template& text = state_->question(node).guidance;
    return safely(state_->exhausted, text, language, [&] { return state_->render(text, node, language); });
}

std::span<const ChoiceId> Interview::choices(NodeId node) const noexcept {
    return state_->choices(node);
}

void Interview::speak(LanguageId language) noexcept {
    try {
        state_->changing();
        state_->speak(language);
    } catch (...) {
        state_->exhausted = true;
    }
}

std::pmr::vector<AnswerView> Interview::answers() const noexcept {
    std::pmr::vector<AnswerView> all(state_->resource);
    try {
        state_->list_nodes();
        for (const NodeId i : state_->listed) {
            if (!has_value(state_->question(i).kind)) continue;
            AnswerView view;
            view.node = i;
            view.name = state_->question(i).name;
            view.state = state_->state_of(i);
            view.computed = state_->computed(i);
            if (view.state == AnswerState::Answered) view.value = state_->nodes[i].value;
            const std::uint8_t language = state_->nodes[i].language;
            if (view.state != AnswerState::NotAsked && language < state_->data->languages.size()) {
                view.language = state_->data->languages[language].code;
            }
            all.push_back(view);
        }
    } catch (...) {
        state_->exhausted = true;
        all.clear();
    }
    return all;
}

}  // namespace questionnaires::engine

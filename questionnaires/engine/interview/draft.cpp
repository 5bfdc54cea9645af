// Drafts: everything said so far as bytes, and an interview from such bytes. One state has one form in bytes; what does
// not come out of a restored interview byte for byte is refused, so a draft cannot say what answers could not.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>

#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {
namespace {

constexpr std::string_view magic = "amparo draft 2\n";

class Writer {
  public:
    explicit Writer(std::pmr::memory_resource* memory) : bytes_(memory) {}
    void number(std::uint64_t value, std::size_t size) {
        for (std::size_t i = 0; i < size; ++i) bytes_.push_back(static_cast<std::byte>((value >> (8 * i)) & 0xFFU));
    }
    void text(std::string_view text) {
        const auto* const data = reinterpret_cast<const std::byte*>(text.data());
        bytes_.insert(bytes_.end(), data, data + text.size());
    }
    [[nodiscard]] std::pmr::vector<std::byte> take() { return std::move(bytes_); }

  private:
    std::pmr::vector<std::byte> bytes_;
};

/// Bounded: past the end everything is zero and `good` is false.
class Reader {
  public:
    explicit Reader(std::span<const std::byte> bytes) : rest_(bytes) {}
    [[nodiscard]] std::uint64_t number(std::size_t size) noexcept {
        std::uint64_t value = 0;
        const std::string_view taken = text(size);
        for (std::size_t i = 0; i < taken.size(); ++i) {
            value |= std::uint64_t{static_cast<unsigned char>(taken[i])} << (8 * i);
        }
        return value;
    }
    [[nodiscard]] std::string_view text(std::size_t size) noexcept {
        if (size > rest_.size()) {
            good_ = false;
            rest_ = {};
            return {};
        }
        const std::string_view taken(reinterpret_cast<const char*>(rest_.data()), size);
        rest_ = rest_.subspan(size);
        return taken;
    }
    [[nodiscard]] bool good() const noexcept { return good_; }
    [[nodiscard]] bool at_end() const noexcept { return rest_.empty(); }

  private:
    std::span<const std::byte> rest_;
    bool good_ = true;
};

/// Whether it gives another value each time, or the one it gave first, so that only the draft knows it.
bool is_chance(const Expressions& all, ExpressionId expression) {
    return expression.exists() && any_node(all, expression, [](const ExpressionNode& node) {
               if (node.op != Op::Call) return false;
               return node.function == Function::Random || node.function == Function::Uuid ||
                      node.function == Function::Once ||
                      (node.function == Function::Randomize && node.operand_count == 1);
           });
}

/// Choices that a filter by chance left are kept; all others follow from the answers.
bool keeps_choices(const FormData& form, const Question& question) {
    return question.filter != no_index && question.list != no_index &&
           is_chance(form, form.graph.items[question.filter]);
}

bool is_day(const Date& date) {
    const bool near = date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 && date.day >= 1;
    return near && from_days(to_days(date)) == date;
}

std::uint64_t flags_of(const NodeState& state) {
    return static_cast<std::uint64_t>(state.state) | (state.relevant ? 8U : 0U) | (state.relevance_known ? 16U : 0U) |
           (state.known ? 32U : 0U) | (state.proposed ? 64U : 0U) | (state.typed ? 128U : 0U);
}

}  // namespace

bool is_chance(const FormData& form, const Item& item) {
    const Question& question = form.questions[item.question];
    switch (item.kind) {
        case Item::Kind::Relevance:
            return is_chance(form.expressions, question.relevant);
        case Item::Kind::Computation:
            return is_chance(form.expressions, question.calculation);
        case Item::Kind::Filter:
            return is_chance(form.expressions, question.choice_filter) || is_chance(form.expressions, question.seed);
        case Item::Kind::Count:
            return is_chance(form.expressions, question.repeat_count);
    }
    return false;
}

std::pmr::vector<std::byte> Interview::State::save() const {
    Writer out(resource);
    out.text(magic);
    out.number(data->fingerprint, 8);
    out.number(static_cast<std::uint32_t>(environment.today.year), 4);
    out.number(static_cast<std::uint32_t>(environment.today.month), 1);
    out.number(static_cast<std::uint32_t>(environment.today.day), 1);
    out.number(environment.random_seed, 8);
    out.number(static_cast<std::uint32_t>(environment.milliseconds), 4);
    out.number(static_cast<std::uint32_t>(environment.zone), 4);
    out.number(chance, 8);
    out.number(spoken.index, 1);
    list_nodes();
    for (const NodeId node : listed) {
        if (is_root(node)) continue;
        const NodeState& state = nodes[node];
        out.number(flags_of(state), 1);
        if (state.series != no_index) {
            out.number(series[state.series].known ? 1 : 0, 1);
            out.number(series[state.series].roots.size(), 4);
        }
        if (!has_value(question(node).kind)) continue;
        out.number(state.language, 1);
        out.number(state.value.size(), 2);
        out.text(state.value);
        if (!keeps_choices(*data, question(node))) continue;
        const std::pmr::vector<ChoiceId>& left = offers[state.offer];
        out.number(left.size(), 4);
        for (const ChoiceId choice : left) out.number(choice.index, 4);
    }
    out.number(position, 4);
    return out.take();
}

namespace {

/// Reads nodes in the order in which save() writes them. Recursion is as deep as repeats are nested.
class Restorer {
  public:
    Restorer(Reader& in, const FormData& form) : in_(in), form_(form) {}

    template <typename State>
    bool read(State& state, InstanceId instance, QuestionId from, QuestionId to) {
        for (QuestionId q = from; q < to && in_.good();) {
            const Question& question = form_.questions[q];
            const NodeId node = state.node_at(instance, question.slot);
            const std::uint64_t flags = in_.number(1);
            if ((flags & 7U) > 4) return false;
            NodeState& own = state.nodes[node];
            own.state = static_cast<AnswerState>(flags & 7U);
            own.relevant = (flags & 8U) != 0;
            own.relevance_known = (flags & 16U) != 0;
            own.known = (flags & 32U) != 0;
            own.proposed = (flags & 64U) != 0;
            if (question.kind == Kind::Repeat) {
                if ((flags & 128U) != 0) return false;
                if (!read_instances(state, node)) return false;
                q = question.end;
                continue;
            }
            if (has_value(question.kind) && !read_value(state, node, question)) return false;
            state.set_typed(node, (flags & 128U) != 0);
            ++q;
        }
        return in_.good();
    }

  private:
    template <typename State>
    bool read_instances(State& state, NodeId node) {
        const std::uint64_t known = in_.number(1);
        const std::uint64_t count = in_.number(4);
        if (known > 1 || count > Limits::instances || !in_.good()) return false;
        state.series[state.nodes[node].series].known = known == 1;
        const QuestionId q = state.nodes[node].question;
        for (std::uint64_t i = 0; i < count; ++i) {
            const NodeId root = state.create(node, false);
            if (root == no_index) return false;
            if (!read(state, state.nodes[root].instance, q + 1, form_.questions[q].end)) return false;
        }
        return true;
    }

    template <typename State>
    bool read_value(State& state, NodeId node, const Question& question) {
        NodeState& own = state.nodes[node];
        own.language = static_cast<std::uint8_t>(in_.number(1));
        if (own.language != no_language && own.language >= form_.languages.size()) return false;
        const std::string_view value = in_.text(in_.number(2));
        if (value.size() > Limits::answer_bytes || find_unsafe(value) != std::string_view::npos) return false;
        state.set_value(node, value);
        if (!keeps_choices(form_, question)) return in_.good();
        const std::uint64_t count = in_.number(4);
        const std::size_t most = form_.lists[question.list].choices.size();
        if (count > most) return false;
        for (std::uint64_t i = 0; i < count; ++i) {
            const std::uint64_t choice = in_.number(4);
            if (choice >= most) return false;
            state.offers[own.offer].push_back(ChoiceId::at(choice));
        }
        return in_.good();
    }

    Reader& in_;
    const FormData& form_;
};

}  // namespace

/// Whether state and value of a question fit together as answering would have left them.
bool Interview::State::is_plausible(NodeId node) {
    const Question& q = question(node);
    if (!has_value(q.kind)) {
        return nodes[node].state == AnswerState::NotAsked && !nodes[node].proposed && !nodes[node].typed;
    }
    const NodeState& own = nodes[node];
    const bool truth = own.value == "true" || own.value == "false";
    const bool may_type = q.calculation.exists() || q.default_value.exists();
    if (own.typed && (!may_type || (std::isnan(own.number) && !truth))) return false;
    if (computed(node)) return own.state == AnswerState::NotAsked && own.language == no_language && !own.proposed;
    const bool answered = own.state == AnswerState::Answered;
    if (answered == own.value.empty() && !own.proposed) return false;
    if (own.proposed && (own.state != AnswerState::NotAsked || own.value.empty())) return false;
    if ((own.state == AnswerState::NotAsked) != (own.language == no_language)) return false;
    if (own.value.empty() || q.default_value.exists() || q.triggered) return true;
    std::pmr::string stored(resource);
    return !normalize(node, own.value, stored);  // a default may name choices in another order
}

/// Everything that follows from the answers is computed again; what comes out must be the draft.
bool Interview::State::restore(std::span<const std::byte> draft, std::size_t nodes_from) {
    Reader in(draft.subspan(nodes_from));
    if (!Restorer(in, *data).read(*this, whole_form, QuestionId(), data->questions.end_id())) return false;
    const std::uint64_t stop = in.number(4);
    if (!in.good() || !in.at_end()) return false;
    restoring = false;
    const std::uint64_t drawn = chance;
    for (const Rank rank : data->graph.items.ids()) {
        if (!is_chance(*data, data->graph.items[rank])) mark_within(whole_form, rank);
    }
    settle();
    cut_overhangs();
    chance = drawn;
    if (too_many) return false;
    commit();
    list_nodes();
    for (const NodeId node : listed) {
        if (!is_root(node) && !is_plausible(node)) return false;
    }
    refresh_flow();
    if (stop > flow.size()) return false;
    position = stop;
    refresh_page();
    const std::pmr::vector<std::byte> again = save();
    return std::equal(again.begin(), again.end(), draft.begin(), draft.end());
}

tl::expected<std::pmr::vector<std::byte>, Refusal> Interview::save() const noexcept {
    if (state_->exhausted) return tl::unexpected(Refusal{RefusalKind::Memory, {}, {}});
    try {
        return state_->save();
    } catch (...) {
        state_->exhausted = true;
        return tl::unexpected(Refusal{RefusalKind::Memory, {}, {}});
    }
}

tl::expected<Interview, DraftError> Interview::restore(std::shared_ptr<const Form> form,
                                                       std::pmr::memory_resource* resource,
                                                       std::span<const std::byte> draft) noexcept {
    try {
        Reader in(draft);
        if (in.text(magic.size()) != magic) return tl::unexpected(DraftError::NotADraft);
        if (in.number(8) != form->data().fingerprint) return tl::unexpected(DraftError::OtherForm);
        Environment environment{};
        environment.today.year = static_cast<std::int32_t>(in.number(4));
        environment.today.month = static_cast<decltype(environment.today.month)>(in.number(1));
        environment.today.day = static_cast<decltype(environment.today.day)>(in.number(1));
        environment.random_seed = in.number(8);
        environment.milliseconds = static_cast<std::int32_t>(in.number(4));
        environment.zone = static_cast<std::int32_t>(in.number(4));
        const std::uint64_t chance = in.number(8);
        const std::uint64_t spoken = in.number(1);
        const bool sane = is_day(environment.today) && environment.milliseconds >= 0 &&
                          environment.milliseconds < day_milliseconds && environment.zone >= -24 * 60 &&
                          environment.zone <= 24 * 60 && spoken < form->data().languages.size();
        if (!in.good() || !sane) return tl::unexpected(DraftError::Damaged);
        constexpr std::size_t head = magic.size() + 8 + 4 + 1 + 1 + 8 + 4 + 4 + 8 + 1;
        auto state = std::make_unique<State>(std::move(form), resource, environment, true);
        state->chance = chance;
        state->spoken = {static_cast<std::uint8_t>(spoken)};
        if (!state->restore(draft, head)) return tl::unexpected(DraftError::Damaged);
        return Interview(std::move(state));
    } catch (...) {
        return tl::unexpected(DraftError::Memory);
    }
}

}  // namespace questionnaires::engine

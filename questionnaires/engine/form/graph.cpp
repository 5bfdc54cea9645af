// The dependency graph: which items are computed again when a value changes, in an order in which one pass is enough.
#include <algorithm>
#include <set>
#include <tuple>

#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

class GraphMaker {
  public:
    explicit GraphMaker(const Building& building) : building_(building), form_(building.form) {}

    void run() {
        make_items();
        find_references();
        if (sort()) renumber();
    }

  private:
    /// An item that comes first; `soft`: unless that would be a cycle.
    struct Need {
        Rank before;
        bool soft;
    };
    /// `quoted`: only in a label that the item quotes; it is followed as far as that makes no cycle.
    struct Reading {
        QuestionId question;
        Rank item;
        QuestionId meet;
        bool quoted;
        TallySlot tally = no_index;  ///< as Dependent has them
        std::uint32_t term = 0;
        friend bool operator==(const Reading&, const Reading&) = default;
        [[nodiscard]] bool operator<(const Reading& other) const noexcept {
            return std::tie(question, item, meet, quoted, tally, term) <
                   std::tie(other.question, other.item, other.meet, other.quoted, other.tally, other.term);
        }
    };

    void make_items() {
        for (const QuestionId i : form_.questions.ids()) {
            Question& question = form_.questions[i];
            const bool inherited =
                question.parent != no_index && form_.questions[question.parent].relevance != no_index;
            if (question.relevant.exists() || inherited) question.relevance = add(Item::Kind::Relevance, i);
            if (question.calculation.exists() && !question.triggered)
                question.computation = add(Item::Kind::Computation, i);
            if (question.choice_filter.exists() || question.randomize) question.filter = add(Item::Kind::Filter, i);
            if (question.repeat_count.exists()) question.count = add(Item::Kind::Count, i);
        }
    }
    Rank add(Item::Kind kind, QuestionId question) {
        const bool repeated = form_.questions[question].repeat != no_index;
        items_.push_back({kind, question, repeated ? QueueId(form_.graph.queues++) : QueueId(no_index)});
        return Rank::at(items_.size() - 1);
    }

    /// What an item reads, and for a nested relevance the group's.
    void find_references() {
        needs_.resize(items_.size());
        for (const Rank i : items_.ids()) {
            const Question& question = form_.questions[items_[i].question];
            read(expression_of(items_[i]), i);
            if (items_[i].kind == Item::Kind::Filter) read(question.seed, i);
            if (items_[i].kind == Item::Kind::Count && question.relevance != no_index) {
                needs_[i].push_back({question.relevance, true});  // a hidden repeat makes no instances
            }
            if (items_[i].kind == Item::Kind::Relevance && question.parent != no_index) {
                const Rank above = form_.questions[question.parent].relevance;
                if (above != no_index) needs_[i].push_back({above, false});
            }
            // Instances are there before what is in them; a count that asks them is computed again.
            for (QuestionId r = question.repeat; r != no_index; r = form_.questions[r].repeat) {
                if (form_.questions[r].count != no_index) needs_[i].push_back({form_.questions[r].count, true});
            }
        }
        std::sort(reads_.begin(), reads_.end());
        reads_.erase(std::unique(reads_.begin(), reads_.end()), reads_.end());
        for (const Reading& reading : reads_) {
            if (reading.tally != no_index) continue;  // stands there without it too
            const Question& question = form_.questions[reading.question];
            const Item& item = items_[reading.item];
            const bool own = item.kind == Item::Kind::Count && reading.question >= item.question &&
                             reading.question < form_.questions[item.question].end;
            // Whether an answer is asked may hang on what is chosen among the others: choices of answers come in no
            // order, and are computed again when an answer comes or goes.
            if (item.kind == Item::Kind::Filter && form_.questions[item.question].answers_of != no_index) continue;
            for (const Rank before : {question.relevance, question.computation, question.filter, question.count}) {
                if (before != no_index) needs_[reading.item].push_back({before, own || reading.quoted});
            }
        }
    }

    [[nodiscard]] ExpressionId expression_of(const Item& item) const {
        const Question& question = form_.questions[item.question];
        switch (item.kind) {
            case Item::Kind::Relevance:
                return question.relevant;
            case Item::Kind::Computation:
                return question.calculation;
            case Item::Kind::Filter:
                return question.choice_filter;
            case Item::Kind::Count:
                return question.repeat_count;
        }
        return {};
    }

    void read(ExpressionId expression, Rank item) {
        if (!expression.exists()) return;
        for_each_read(
            form_.expressions, expression, items_[item].question,
            [&](QuestionId question) { return form_.questions[question].repeat; },
            [&](const Read& read) {
                reads_.push_back({read.question, item, read.meet, false});
            });
        if (items_[item].kind != Item::Kind::Filter) {  // that one is evaluated for every choice
            make_tallies(form_, expression, form_.questions[items_[item].question].repeat);
            for_each_term_read(form_, expression, items_[item].question,
                               [&](const Read& read, TallySlot tally, std::uint32_t term) {
                                   reads_.push_back({read.question, item, read.meet, false, tally, term});
                               });
        }
        any_node(form_.expressions, expression, [&](const ExpressionNode& node) {
            if (node.op == Op::Call && node.function == Function::ChoiceName) read_labels(node, item);
            if (node.op == Op::Call && node.function == Function::Itext) read_all_labels(item);
            return false;
        });
    }

    /// What the labels of the choices quote.
    void read_labels(const ExpressionNode& call, Rank item) {
        const QuestionId select = form_.expressions.node(form_.expressions.operands_of(call)[1].node).question();
        const ListId list = form_.questions[select].list;
        if (list == no_index) return;
        if (quoted_.empty()) quoted_.resize(form_.lists.size());
        if (!quoted_[list]) {
            quoted_[list].emplace();
            for (const Choice& choice : form_.lists[list].choices) find_quoted(choice.label, *quoted_[list]);
        }
        for (const QuestionId question : *quoted_[list]) read_quoted(question, item);
    }

    /// What any text that jr:itext may find quotes.
    void read_all_labels(Rank item) {
        if (!all_quoted_) {
            all_quoted_.emplace();
            for (const ChoiceList& list : form_.lists) {
                for (const Choice& choice : list.choices) find_quoted(choice.label, *all_quoted_);
            }
            for (const Question& question : form_.questions) {
                for (const Template* const text :
                     {&question.label, &question.hint, &question.constraint_message, &question.required_message}) {
                    find_quoted(*text, *all_quoted_);
                }
            }
        }
        for (const QuestionId question : *all_quoted_) read_quoted(question, item);
    }

    /// Languages have the same placeholders.
    void find_quoted(const Template& text, std::set<QuestionId>& into) const {
        if (!text.dynamic) return;
        for (const std::string_view name : placeholders(text.text.in({form_.default_language}))) {
            const auto found = form_.by_name.find(name);
            if (found != form_.by_name.end()) into.insert(found->second);
        }
    }

    void read_quoted(QuestionId question, Rank item) {
        QuestionId meet = form_.questions[question].repeat;  // the innermost repeat around both
        const QuestionId self = items_[item].question;
        while (meet != no_index && (self <= meet || self >= form_.questions[meet].end)) {
            meet = form_.questions[meet].repeat;
        }
        reads_.push_back({question, item, meet, true});
    }

    /// Whether what the expression gives depends on the language spoken.
    [[nodiscard]] bool quotes_labels(ExpressionId expression) const {
        return expression.exists() && any_node(form_.expressions, expression, [&](const ExpressionNode& node) {
                   if (node.op == Op::Column || node.op == Op::Cell) return node.column() == choice_label_column;
                   if (node.op == Op::Call) {
                       return node.function == Function::ChoiceName || node.function == Function::Itext;
                   }
                   if (node.op != Op::Path) return false;
                   const Path& path = form_.expressions.path_of(node);
                   if (path.list == no_index) return false;  // its names are questions
                   const auto steps = form_.expressions.steps_of(path);
                   return std::any_of(steps.begin(), steps.end(), [](const PathStep& step) {
                       const bool label = step.column() == choice_label_column || step.name == PathStep::any;
                       return step.kind == PathStep::Kind::Child && label;
                   });
               });
    }

    /// Depth first, without recursion: a chain may be as long as the form.
    bool sort() {
        enum class Mark : std::uint8_t { New, Open, Done };
        Indexed<Rank, std::vector<Mark>> marks(items_.size(), Mark::New);
        std::vector<std::pair<Rank, std::size_t>> path;
        for (const Rank start : items_.ids()) {
            if (marks[start] != Mark::New) continue;
            path.emplace_back(start, 0);
            marks[start] = Mark::Open;
            while (!path.empty()) {
                auto& [item, next] = path.back();
                if (next == needs_[item].size()) {
                    marks[item] = Mark::Done;
                    order_.push_back(item);
                    path.pop_back();
                    continue;
                }
                const auto [before, soft] = needs_[item][next++];
                if (marks[before] == Mark::Open) {
                    if (soft) continue;
                    report_cycle(path, before);
                    return false;
                }
                if (marks[before] == Mark::Done) continue;
                marks[before] = Mark::Open;
                path.emplace_back(before, 0);
            }
        }
        return true;
    }

    void report_cycle(const std::vector<std::pair<Rank, std::size_t>>& path, Rank again) {
        std::size_t from = 0;
        while (path[from].first != again) ++from;
        std::string text;
        std::size_t shown = 0;
        for (std::size_t i = from; i < path.size(); ++i) {
            const std::string& name = form_.questions[items_[path[i].first].question].name;
            if (i > from && form_.questions[items_[path[i - 1].first].question].name == name) continue;
            if (++shown > 20) continue;
            text += name + " → ";
        }
        if (shown > 20) text += "… → ";
        const Item& item = items_[again];
        text += form_.questions[item.question].name;
        const char* column = "relevant";
        if (item.kind == Item::Kind::Count) column = "repeat_count";
        if (item.kind == Item::Kind::Computation) column = "calculation";
        if (item.kind == Item::Kind::Filter) column = "choice_filter";
        // JavaRosa refuses it too, whichever instance is meant (getodk/javarosa issue 440).
        const bool repeated = form_.questions[item.question].repeat != no_index;
        building_.reporter.error(
            Fault::Cycle, "survey", form_.questions[item.question].row, column,
            said("the value depends on itself: {}", text),
            repeated ? said("for a running total write {}", "sum(../../r[position() <= position(current()/..)]/x)")
                     : Sentence());
    }

    void renumber() {
        Indexed<Rank, std::vector<Rank>> rank(items_.size());
        Graph& graph = form_.graph;
        for (const Rank i : order_.ids()) {
            rank[order_[i]] = i;
            graph.items.push_back(items_[order_[i]]);
        }
        for (Question& question : form_.questions) {
            for (Rank* const item : {&question.relevance, &question.computation, &question.filter, &question.count}) {
                if (*item != no_index) *item = rank[*item];
            }
        }
        std::size_t read = 0;
        for (const QuestionId i : form_.questions.ids()) {
            graph.first.push_back(static_cast<std::uint32_t>(graph.dependents.size()));
            const Question& question = form_.questions[i];
            for (; read < reads_.size() && reads_[read].question == i; ++read) {
                const Rank reader = rank[reads_[read].item];
                if (reads_[read].quoted && !question.is_before(reader)) continue;
                graph.dependents.push_back({reader, reads_[read].meet, reads_[read].tally, reads_[read].term});
            }
        }
        for (const Rank i : graph.items.ids()) {
            if (quotes_labels(expression_of(graph.items[i]))) graph.spoken.push_back(i);
        }
        graph.first.push_back(static_cast<std::uint32_t>(graph.dependents.size()));
        list_children();
    }

    void list_children() {
        Graph& graph = form_.graph;
        std::vector<std::pair<QuestionId, Rank>> pairs;  // group, rank of the child's relevance
        for (const Question& question : form_.questions) {
            if (question.parent != no_index && question.relevance != no_index) {
                pairs.emplace_back(question.parent, question.relevance);
            }
        }
        std::sort(pairs.begin(), pairs.end());
        std::size_t at = 0;
        for (const QuestionId i : form_.questions.ids()) {
            graph.first_child.push_back(static_cast<std::uint32_t>(graph.children.size()));
            for (; at < pairs.size() && pairs[at].first == i; ++at) graph.children.push_back(pairs[at].second);
        }
        graph.first_child.push_back(static_cast<std::uint32_t>(graph.children.size()));
    }

    const Building& building_;
    FormData& form_;
    Indexed<Rank, std::vector<Item>> items_;  ///< in the order of the form; Rank is their place in it until renumber()
    Indexed<Rank, std::vector<std::vector<Need>>> needs_;
    std::vector<Reading> reads_;
    Indexed<Rank, std::vector<Rank>> order_;
    Indexed<ListId, std::vector<std::optional<std::set<QuestionId>>>> quoted_;  ///< per list: questions in its labels
    std::optional<std::set<QuestionId>> all_quoted_;
};

}  // namespace

void make_graph(const Building& building) {
    GraphMaker(building).run();
}

}  // namespace questionnaires::engine

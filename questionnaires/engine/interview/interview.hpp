// One person's way through a form: pages, answers, what follows from them. The one interface of the engine for the
// kiosk, the tests and the command line; knows no clock, no files, no threads, no screen.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "questionnaires/engine/expression/date.hpp"
#include "questionnaires/engine/expression/expression.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace questionnaires::engine {

/// What became of a question; the names are those of the record (docs/FORMATS.md).
enum class AnswerState : std::uint8_t {
    NotAsked,  ///< never shown, not relevant, or shown and not left yet
    Answered,
    Skipped,
    Refused,  ///< prefers not to say
    Unknown,  ///< does not know
};

[[nodiscard]] std::string_view to_word(AnswerState state) noexcept;

/// Everything an interview takes from outside. The same environment and answers give the same interview.
struct Environment {
    Date today;                     ///< what today() means
    std::uint64_t random_seed;      ///< what random() draws from
    std::int32_t milliseconds = 0;  ///< since midnight: now() is `today` at this time
    std::int32_t zone = 0;          ///< minutes that the wall clock stands east of UTC
};

enum class RefusalKind : std::uint8_t {
    Constraint,   ///< the form's constraint says no; `message` is the form's text
    Required,     ///< an answer, or skip, refused or unknown, is asked for; `message` is the form's text
    NotANumber,   ///< integer or decimal question, other text
    NotADate,     ///< not YYYY-MM-DD, or no such day; not a time
    NotAChoice,   ///< not among the choices shown now, or one twice; not a value of the range
    TooLong,      ///< more than Limits::answer_bytes
    UnsafeText,   ///< not UTF-8, or control or bidirectional characters
    ReadOnly,     ///< computed, or read_only in the form; of a repeat: its repeat_count says how many
    NotRelevant,  ///< the form does not ask this now
    NoValue,      ///< a note or a group: nothing to answer
    Budget,       ///< an expression of the form needs more steps than Limits allow
    TooMany,      ///< more repeat instances, or nodes in them, than Limits allow
    Memory,       ///< the memory resource is exhausted; the interview must be closed
};

/// Why something was not taken; the interview is as it was before.
struct Refusal {
    RefusalKind kind = RefusalKind::Constraint;
    NodeId node;
    std::string_view message;  ///< may be empty; may quote answers; valid until the interview changes
};

/// One screen: the relevant, visible nodes of a field-list group, or a single one. Empty after the last page. The pages
/// of a repeat come once for each instance. After them, unless repeat_count decides, one page asks whether there is a
/// further one: its only node is the repeat, `jump` to the repeat goes there and `next` goes on.
struct Page {
    std::span<const NodeId> nodes;  ///< questions and notes, in order; valid until the interview changes
    bool in_group = false;          ///< the nodes are inside `group` (the innermost one of a single question)
    NodeId group;                   ///< its label is the heading of the page; may be a repeat instance
    bool asks_for_more = false;     ///< "is there another one?" about the repeat in `nodes`
};

struct Progress {
    std::uint32_t page = 0;   ///< 1 on the first page, `pages` + 1 after the last
    std::uint32_t pages = 0;  ///< pages relevant now
};

/// One line of the record. Inside repeats a name comes once for each instance; `address` of the node says which one.
struct AnswerView {
    NodeId node;
    std::string_view name;
    AnswerState state = AnswerState::NotAsked;
    std::string_view value;     ///< empty unless answered; several choices are separated by one space
    std::string_view language;  ///< code it was given in; empty for computed values and what was not asked
    bool computed = false;      ///< calculate or hidden: nobody was asked
};

using Names = std::pmr::vector<std::string_view>;

/// An indicator that fired, with the questions that made it fire.
struct Fired {
    const Indicator* indicator = nullptr;
    Names because;
};

/// One of the three readings; `rule` is null when no row of the levels sheet applied (then none-reported).
struct Reading {
    ReadingKind reading = ReadingKind::Danger;
    Level level = Level::NoneReported;
    const LevelRule* rule = nullptr;
    Names because;
};

/// A next step whose condition holds.
struct Advice {
    const Action* action = nullptr;
    Names because;
};

/// What an expression gives.
struct Evaluated {
    Type type = Type::String;  ///< never Any
    bool known = true;         ///< it does not rest on a question without an answer
    std::pmr::string text;     ///< as XPath string() writes it; in the interview's memory resource
};

/// Why a draft is not restored.
enum class DraftError : std::uint8_t {
    NotADraft,  ///< something else, or of another version
    OtherForm,  ///< of another form, or of other wording of this one
    Damaged,    ///< cut, changed, or not what answers could have led to
    Memory,     ///< the memory resource is exhausted
};

/// An interview. All text of the person, temporaries included, lives in the memory resource given at the start; the
/// owner of that resource wipes it after the interview is destroyed. Not for use from two threads at once. Nothing
/// here throws: an exhausted resource is RefusalKind::Memory where a result can say so, and then `exhausted()`.
/// Views returned are valid until the next call that is not const.
class Interview {
  public:
    /// Computes all values and stands on the first page. `resource` outlives the interview.
    [[nodiscard]] static tl::expected<Interview, Refusal> start(std::shared_ptr<const Form> form,
                                                                std::pmr::memory_resource* resource,
                                                                const Environment& environment) noexcept;
    /// Everything said so far, with states, languages, instances and the page, as bytes in the memory of the interview:
    /// for keeping it a while, sealed by whoever does that. The same interview gives the same bytes.
    [[nodiscard]] tl::expected<std::pmr::vector<std::byte>, Refusal> save() const noexcept;
    /// The interview as it was when it was saved. Refused unless it is of this form and consistent in itself.
    [[nodiscard]] static tl::expected<Interview, DraftError> restore(std::shared_ptr<const Form> form,
                                                                     std::pmr::memory_resource* resource,
                                                                     std::span<const std::byte> draft) noexcept;
    Interview(Interview&& other) noexcept;
    Interview& operator=(Interview&& other) noexcept;
    ~Interview();

    [[nodiscard]] const Form& form() const noexcept;
    /// The resource ran out once: values may be stale; close the interview.
    [[nodiscard]] bool exhausted() const noexcept;

    // Where we are
    [[nodiscard]] Page page() const noexcept;
    [[nodiscard]] bool at_end() const noexcept;
    [[nodiscard]] Progress progress() const noexcept;
    /// Leaves the page forwards: true on a page, false at the end. Refused while a required question of the page has
    /// neither answer nor state, or a constraint no longer holds; any other question left open becomes Skipped, and a
    /// default that was shown becomes Answered (in `language`).
    [[nodiscard]] tl::expected<bool, Refusal> next(LanguageId language) noexcept;
    /// To the previous relevant page; false on the first one.
    bool back() noexcept;
    /// To the page that shows that node (a group, a repeat instance or a repeat with repeat_count: its first page; any
    /// other repeat: the page that asks for a further instance); false when it is not relevant or never shown.
    bool jump(NodeId node) noexcept;

    // Repeats
    /// Adds an instance at the end and computes what follows. Refused as NoValue (no repeat), ReadOnly, NotRelevant,
    /// TooMany, Budget; then nothing has changed.
    [[nodiscard]] tl::expected<NodeId, Refusal> add(NodeId repeat) noexcept;
    /// Removes an instance with everything said in it; the ones behind move up.
    [[nodiscard]] tl::expected<void, Refusal> remove(NodeId instance) noexcept;
    /// Whether add and remove are for people: relevant and without repeat_count.
    [[nodiscard]] bool may_change(NodeId repeat) const noexcept;
    [[nodiscard]] std::uint32_t instance_count(NodeId repeat) const noexcept;
    /// 1-based; empty when there are fewer.
    [[nodiscard]] std::optional<NodeId> instance_at(NodeId repeat, std::uint32_t position) const noexcept;
    /// Whether the node is an instance of a repeat (and not the repeat itself).
    [[nodiscard]] bool is_instance(NodeId node) const noexcept;
    /// The innermost instance around a node, or the node itself when it is one; empty outside repeats.
    [[nodiscard]] std::optional<NodeId> instance(NodeId node) const noexcept;
    /// 1-based place of that instance among its siblings; 0 outside repeats.
    [[nodiscard]] std::uint32_t position(NodeId node) const noexcept;
    /// The repeat that an instance belongs to.
    [[nodiscard]] NodeId repeat_of(NodeId instance) const noexcept;

    // A node
    /// All nodes in the order of the form, repeat instances at their place; valid until the interview changes.
    [[nodiscard]] std::span<const NodeId> nodes() const noexcept;
    /// One more than the highest index of a node; some may not exist any more.
    [[nodiscard]] std::uint32_t size() const noexcept;
    [[nodiscard]] bool exists(NodeId node) const noexcept;
    /// The group or repeat instance around a node; empty at the top.
    [[nodiscard]] std::optional<NodeId> parent(NodeId node) const noexcept;
    /// The node of that name; inside repeats, the one in the first instances. Empty when there is none.
    [[nodiscard]] std::optional<NodeId> find(std::string_view name) const noexcept;
    /// What ${name} means where `from` stands: in the same instances as far as they are around both.
    [[nodiscard]] std::optional<NodeId> find(std::string_view name, std::optional<NodeId> from) const noexcept;
    /// How the record and scripts name a node: "age"; inside repeats with the place of each instance around it,
    /// "house[1]/kid[2]/age". An instance is "kid[2]". No two nodes have the same. Empty when there is no such node.
    [[nodiscard]] std::pmr::string address(NodeId node) const noexcept;
    /// The node of that address. A name alone inside repeats is the one in the first instances.
    [[nodiscard]] std::optional<NodeId> at(std::string_view address) const noexcept;
    [[nodiscard]] QuestionId question(NodeId node) const noexcept;
    [[nodiscard]] std::string_view name(NodeId node) const noexcept;
    [[nodiscard]] Kind kind(NodeId node) const noexcept;
    /// Whether it is of a kind that somebody answers.
    [[nodiscard]] bool takes_answer(NodeId node) const noexcept;
    /// The whole appearance cell; `has_appearance` looks for one word of it.
    [[nodiscard]] std::string_view appearance(NodeId node) const noexcept;
    [[nodiscard]] bool has_appearance(NodeId node, std::string_view word) const noexcept;
    [[nodiscard]] bool relevant(NodeId node) const noexcept;
    [[nodiscard]] bool read_only(NodeId node) const noexcept;
    [[nodiscard]] bool required(NodeId node) const noexcept;
    [[nodiscard]] AnswerState state(NodeId node) const noexcept;
    /// Of a `range` row, whose kind is Integer or Decimal; anything outside is NotAChoice.
    [[nodiscard]] std::optional<NumberRange> range(NodeId node) const noexcept;
    /// What is in the node now: answer, default or computed value; empty while not relevant.
    [[nodiscard]] std::string_view value(NodeId node) const noexcept;
    [[nodiscard]] std::string_view label(NodeId node, LanguageId language) const noexcept;
    [[nodiscard]] std::string_view hint(NodeId node, LanguageId language) const noexcept;
    /// Guidance for the worker: why we ask, how to ask.
    [[nodiscard]] std::string_view guidance(NodeId node, LanguageId language) const noexcept;
    /// Choices that the choice filter leaves, in the order in which they are shown.
    [[nodiscard]] std::span<const ChoiceId> choices(NodeId node) const noexcept;
    [[nodiscard]] std::string_view choice_name(NodeId node, ChoiceId choice) const noexcept;
    [[nodiscard]] std::string_view choice_label(NodeId node, ChoiceId choice, LanguageId language) const noexcept;
    [[nodiscard]] bool selected(NodeId node, ChoiceId choice) const noexcept;
    /// Whether the choices are what was answered in a repeat: their names then hold what a person said. Where several
    /// can be chosen, a no-break space stands for each space of an answer in them.
    [[nodiscard]] bool offers_answers(NodeId node) const noexcept;

    /// The language on the screen from now on, at first the form's default: labels that calculations quote
    /// (jr:choice-name, jr:itext, `label` of a list) are in it. Whoever answers or goes on in another language says so
    /// as well. Nothing changes when what follows needs more than Limits allow.
    void speak(LanguageId language) noexcept;

    // Saying something
    /// Takes a value as ODK writes it: text, "42", "3.5", "2026-11-24", a choice name, choice names separated by
    /// spaces (of `rank` in their order), "OK". Empty text takes the answer back (as `clear`). Everything that depends
    /// on it is up to date on return.
    [[nodiscard]] tl::expected<void, Refusal> answer(NodeId node, std::string_view value, LanguageId language) noexcept;
    /// Taps a choice: selects it, or for select_multiple turns it over. Refused for the same reasons as answer().
    [[nodiscard]] tl::expected<void, Refusal> toggle(NodeId node, ChoiceId choice, LanguageId language) noexcept;
    /// Skipped, Refused or Unknown: allowed on a relevant question that is not read-only, whatever `required` says; the
    /// value goes. Answered is refused as NoValue; NotAsked is `clear`.
    [[nodiscard]] tl::expected<void, Refusal> set_state(NodeId node, AnswerState state, LanguageId language) noexcept;
    /// Gives a `hidden` row its value: what is known from elsewhere, such as the form before this one. Refused as
    /// NoValue for a row that is not hidden, ReadOnly when it has a calculation, TooLong, UnsafeText, Budget, TooMany.
    [[nodiscard]] tl::expected<void, Refusal> preset(NodeId hidden, std::string_view value) noexcept;
    /// Takes answer and state back: as if not asked yet. Refused as set_state().
    [[nodiscard]] tl::expected<void, Refusal> clear(NodeId node) noexcept;
    /// The whole form again, as ODK does at the end: relevant required questions without answer or state, constraints
    /// that no longer hold. Empty when the form may be finished.
    [[nodiscard]] std::pmr::vector<Refusal> check(LanguageId language) const noexcept;

    // What follows
    /// Every question and computed value in form order; a node that is not relevant is NotAsked and has no value.
    [[nodiscard]] std::pmr::vector<AnswerView> answers() const noexcept;
    /// Indicators that fire now, in sheet order. An operand that was not answered never makes one fire.
    [[nodiscard]] std::pmr::vector<Fired> indicators() const noexcept;
    /// Danger, harm, risk: for each the first row of the levels sheet that applies.
    [[nodiscard]] std::pmr::vector<Reading> readings() const noexcept;
    /// Next steps for that role, in sheet order.
    [[nodiscard]] std::pmr::vector<Advice> actions(Role role) const noexcept;
    /// Any expression over what is answered now, for looking into a form: `self` is what `.` stands for, and state()
    /// and strong() may be used as in the outcome sheets. Nothing changes, random numbers are not used up. A fault with
    /// an empty message means that the memory resource is exhausted.
    [[nodiscard]] tl::expected<Evaluated, ExpressionFailure> evaluate(std::string_view expression,
                                                                      std::optional<NodeId> self,
                                                                      LanguageId language) const noexcept;

  private:
    struct State;
    explicit Interview(std::unique_ptr<State> state) noexcept;
    std::unique_ptr<State> state_;
};

}  // namespace questionnaires::engine

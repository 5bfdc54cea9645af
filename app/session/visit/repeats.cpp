// Repeats: further instances, and taking one back with what was said in it.
#include "app/session/visit/rules.hpp"

namespace app::session {

namespace {

/// Whether the page asks for a further instance of `repeat`, or is inside one of its instances.
bool stands_in(const engine::Interview& interview, engine::NodeId repeat) {
    const auto nodes = interview.page().nodes;
    if (nodes.empty()) return false;
    for (auto at = nodes.front();;) {
        if (at == repeat) return true;
        const auto instance = interview.instance(at);
        if (!instance) return false;
        at = interview.repeat_of(*instance);
    }
}

/// Whether the page asks for a further instance of exactly that repeat.
bool asks_for(const engine::Interview& interview, engine::NodeId repeat) {
    const auto page = interview.page();
    return page.asks_for_more && !page.nodes.empty() && page.nodes.front() == repeat;
}

}  // namespace

void Visit::on(Question& question, AddInstance& event) {
    if (!s_.screening || question.removing || s_.saving()) return;
    auto& interview = s_.screening->interview();
    if (!asks_for(interview, event.repeat)) return;
    const auto added = interview.add(event.repeat);
    if (!added) return refuse(added.error());
    s_.screening->changed = true;
    Question next;
    next.from_review = question.from_review;
    next.around = question.around;
    (void)interview.jump(*added);  // an instance in which nothing is asked now leaves the page where it is
    show(std::move(next));
}

void Visit::on(Question& question, RemoveInstance& event) {
    if (!s_.screening || s_.saving()) return;
    auto& interview = s_.screening->interview();
    if (!interview.exists(event.instance) || !interview.is_instance(event.instance)) return;
    if (!asks_for(interview, interview.repeat_of(event.instance))) return;
    if (!event.sure) {
        question.refused.reset();
        question.removing = event.instance;
        return;
    }
    if (question.removing != event.instance) return;
    question.removing.reset();
    if (auto done = interview.remove(event.instance); !done) return refuse(done.error());
    s_.screening->changed = true;
}

void Visit::show_what_follows(bool from_review, std::optional<engine::NodeId> around) {
    const auto& interview = s_.screening->interview();
    const bool stays = around && stands_in(interview, *around);
    if (interview.at_end() || (from_review && !stays)) return review();
    Question question;
    question.from_review = from_review;
    question.around = around;
    show(std::move(question));
}

}  // namespace app::session

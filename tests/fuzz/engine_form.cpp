// A whole form from one input: sheets and files separated by lines of "=name". Refused with clean words, or it can be
// walked through, its repeats grown and shrunk, and kept as a draft on the way.
#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

#include "questionnaires/engine/interview/interview.hpp"
#include "tests/fuzz/form_support.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

namespace {

void walk(engine::Interview& interview) {
    for (int step = 0; step < 200 && !interview.at_end(); ++step) {
        if (interview.page().asks_for_more && step < 20) {
            const auto added = interview.add(interview.page().nodes.front());
            if (added && step % 3 == 0) static_cast<void>(interview.remove(*added));
        }
        const std::vector<engine::NodeId> nodes(interview.page().nodes.begin(), interview.page().nodes.end());
        for (const auto node : nodes) {
            static_cast<void>(interview.label(node, {0}));
            static_cast<void>(interview.hint(node, {1}));
            const auto choices = interview.choices(node);
            if (!choices.empty()) static_cast<void>(interview.toggle(node, choices.front(), {0}));
        }
        if (interview.next({0})) continue;
        for (const auto node : nodes) {
            static_cast<void>(interview.set_state(node, engine::AnswerState::Unknown, {0}));
        }
        if (!interview.next({0})) break;
    }
    static_cast<void>(interview.check({0}));
    static_cast<void>(interview.answers());
    if (interview.readings().size() != 3) std::abort();
    static_cast<void>(interview.actions(engine::Role::Shelter));
    while (interview.back()) {
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    const auto book = workbook::read_memory(fuzz::members_of(text));
    if (!book) return 0;
    const auto form = engine::load(*book);
    if (!form) {
        if (!engine::has_errors(form.error())) std::abort();
        for (const auto& fault : form.error()) {
            if (engine::find_unsafe(engine::to_text(fault)) != std::string_view::npos) std::abort();
        }
        return 0;
    }
    std::pmr::monotonic_buffer_resource memory;
    auto interview = engine::Interview::start(*form, &memory, {{2026, 1, 31}, 1});
    if (!interview) return 0;
    walk(*interview);
    const auto draft = interview->save();
    if (!draft) return 0;
    const auto again = engine::Interview::restore(*form, &memory, *draft);
    if (!again || *again->save() != *draft) std::abort();
    return 0;
}

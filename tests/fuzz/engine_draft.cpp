// Any bytes as a draft of a form with everything: refused, or an interview that gives those very bytes.
#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <string_view>
#include <vector>

#include "questionnaires/engine/interview/interview.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

namespace {

constexpr std::string_view survey =
    "type,name,label,relevant,calculation,choice_filter,repeat_count,parameters,default,trigger\n"
    "integer,n,N,,,,,,,\n"
    "select_multiple l,m,M,${n} > 1,,kind = ${k},,,,\n"
    "text,k,K,,,,,,x,\n"
    "rank l,order,O,,,,,randomize=true,,\n"
    "begin repeat,r,R,,,,,,,\n"
    "text,who,W,,,,,,position(..),\n"
    "begin repeat,s,S,,,,${n},,,\n"
    "date,day,D,,,,,,,\n"
    "calculate,line,,,\"concat(${who}, position(..))\",,,,,\n"
    "end repeat,,,,,,,,,\n"
    "text,note,N,,\"concat(${who}, '!')\",,,,,${who}\n"
    "end repeat,,,,,,,,,\n"
    "calculate,dice,,,${n} + random(),,,,,\n"
    "calculate,sum,,,count(${s}) + count(${r}),,,,,\n";
constexpr std::string_view choices = "list_name,name,label,kind\nl,a,A,x\nl,b,B,y\nl,c,C,x\n";
constexpr std::string_view settings = "form_id,version\ndraft,1\n";

std::shared_ptr<const engine::Form> load() {
    const auto bytes = [](std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); };
    const workbook::Members members{
        {"survey.csv", bytes(survey)}, {"choices.csv", bytes(choices)}, {"settings.csv", bytes(settings)}};
    const auto book = workbook::read_memory(members);
    if (!book) std::abort();
    const auto form = engine::load(*book);
    if (!form) std::abort();
    return *form;
}

/// What save() gave, with the input laid over it: an input finds the nodes without knowing the head of a draft.
std::vector<std::byte> laid_over(const std::vector<std::byte>& draft, std::span<const std::byte> input) {
    std::vector<std::byte> result = draft;
    if (input.size() < 2) return result;
    const std::size_t at =
        (static_cast<std::size_t>(input[0]) | static_cast<std::size_t>(input[1]) << 8U) % draft.size();
    result.resize(at);
    result.insert(result.end(), input.begin() + 2, input.end());
    if (at + input.size() - 2 < draft.size()) {
        result.insert(result.end(), draft.begin() + static_cast<std::ptrdiff_t>(at + input.size() - 2), draft.end());
    }
    return result;
}

void try_draft(const std::shared_ptr<const engine::Form>& form, std::span<const std::byte> draft) {
    std::pmr::monotonic_buffer_resource memory;
    auto interview = engine::Interview::restore(form, &memory, draft);
    if (!interview) return;
    const auto again = interview->save();
    if (!again || !std::equal(again->begin(), again->end(), draft.begin(), draft.end())) std::abort();
    for (const auto& answer : interview->answers()) {
        if (engine::find_unsafe(answer.value) != std::string_view::npos) std::abort();
    }
    static_cast<void>(interview->answer(*interview->find("n"), "2", {0}));
    static_cast<void>(interview->next({0}));
}

std::vector<std::byte> start_of(const std::shared_ptr<const engine::Form>& form) {
    std::pmr::monotonic_buffer_resource memory;
    auto interview = engine::Interview::start(form, &memory, {{2026, 1, 31}, 1});
    if (!interview || !interview->answer(*interview->find("n"), "2", {0})) std::abort();
    if (!interview->add(*interview->find("r"))) std::abort();
    const auto draft = interview->save();
    if (!draft) std::abort();
    return {draft->begin(), draft->end()};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const std::shared_ptr<const engine::Form> form = load();
    static const std::vector<std::byte> start = start_of(form);
    const auto input = std::as_bytes(std::span(data, size));
    try_draft(form, input);
    try_draft(form, laid_over(start, input));
    return 0;
}

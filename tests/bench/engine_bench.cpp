// Load, answer, language switch and memory of the form engine on generated forms.
#include <malloc.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <limits>
#include <memory_resource>
#include <string>
#include <vector>

#include "questionnaires/engine/interview/interview.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace {

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using Clock = std::chrono::steady_clock;

double microseconds(Clock::time_point from) {
    return std::chrono::duration<double, std::micro>(Clock::now() - from).count();
}

/// Middle of the times a piece of work took.
template <typename Work>
double median(int times, const Work& work) {
    std::vector<double> all;
    for (int i = 0; i < times; ++i) {
        const auto start = Clock::now();
        work(i);
        all.push_back(microseconds(start));
    }
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

struct Source {
    std::string survey;
    std::string choices = "list_name,name,label::Español (es),label::English (en)\nyn,yes,Sí,Yes\nyn,no,No,No\n";
    std::string settings = "form_id,version,default_language\nbench,1,es\n";
};

const char* const header =
    "type,name,label::Español (es),label::English (en),hint::Español (es),hint::English (en),relevant,constraint,"
    "calculation\n";

std::string texts(int i) {
    const std::string n = std::to_string(i);
    return "¿Le pasó la cosa número " + n + "?,Did thing number " + n + " happen?,Puede saltarla,You may skip it";
}

/// A third relevant on earlier answers, a tenth calculates, one grand total.
Source mixed(int questions) {
    Source source;
    source.survey = header;
    std::string total;
    for (int i = 0; i < questions; ++i) {
        const std::string name = "q" + std::to_string(i);
        if (i % 10 == 9) {
            source.survey +=
                "calculate," + name + ",,,,,,,${q" + std::to_string(i - 1) + "} + ${q" + std::to_string(i - 4) + "}\n";
            total += (total.empty() ? "${" : " + ${") + name + "}";
        } else if (i % 10 == 8 || i % 10 == 5) {
            source.survey += "integer," + name + "," + texts(i) + ",,. >= 0,\n";
        } else if (i % 3 == 1) {
            const std::string before = "q" + std::to_string(i - 1);
            const bool select = (i - 1) % 10 != 9 && (i - 1) % 10 != 8 && (i - 1) % 10 != 5;
            source.survey += "select_one yn," + name + "," + texts(i) + "," +
                             (select ? "${" + before + "} = 'yes'" : "${" + before + "} > 0") + ",,\n";
        } else {
            source.survey += "select_one yn," + name + "," + texts(i) + ",,,\n";
        }
    }
    source.survey += "calculate,total,,,,,,," + total + "\n";
    return source;
}

Source chain(int length) {
    Source source;
    source.survey = std::string(header) + "integer,c0,Inicio,Start,,,,,\n";
    for (int i = 1; i <= length; ++i) {
        source.survey += "calculate,c" + std::to_string(i) + ",,,,,,,${c" + std::to_string(i - 1) + "} + 1\n";
    }
    return source;
}

Source fan(int width) {
    Source source;
    source.survey = std::string(header) + "select_one yn,start,Inicio,Start,,,,,\n";
    for (int i = 0; i < width; ++i) {
        source.survey += "text,f" + std::to_string(i) + "," + texts(i) + ",${start} = 'yes',,\n";
    }
    return source;
}

/// A repeat of ten questions; with `total`, a sum over all instances.
Source repeated(int instances, bool total) {
    Source source;
    source.survey =
        "type,name,label::Español (es),label::English (en),relevant,calculation,repeat_count\nbegin "
        "repeat,r,Casa,House,,," +
        std::to_string(instances) + "\ninteger,a,Inicio,Start,,,\n";
    for (int i = 0; i < 8; ++i) source.survey += "text,t" + std::to_string(i) + ",Texto,Text,${a} > 1,,\n";
    source.survey += "calculate,c,,,,${a} + position(..),\nend repeat,,,,,,\n";
    if (total) source.survey += "calculate,total,,,,sum(${c}),\n";
    return source;
}

std::shared_ptr<const engine::Form> load(const Source& source) {
    const auto bytes = [](const std::string& text) { return std::as_bytes(std::span(text.data(), text.size())); };
    workbook::Members members;
    members.emplace("survey.csv", bytes(source.survey));
    members.emplace("choices.csv", bytes(source.choices));
    members.emplace("settings.csv", bytes(source.settings));
    const auto book = workbook::read_memory(members);
    if (!book) return nullptr;
    auto form = engine::load(*book);
    if (form) return *form;
    for (const auto& diagnostic : form.error()) std::fprintf(stderr, "%s\n", engine::to_text(diagnostic).c_str());
    return nullptr;
}

/// What the engine of ODK Web Forms needed for the XForms of the same forms (recorded), and the part of it
/// that is asked for.
struct Recorded {
    const char* what;
    double microseconds;
    double asked;
};
constexpr Recorded peer_load_1000{"load", 660e3, 20};
constexpr Recorded peer_load_5000{"load", 3.7e6, 20};
constexpr Recorded peer_answer_1000{"answer", 6e3, 200};
constexpr Recorded peer_answer_5000{"answer", 58e3, 200};
constexpr Recorded peer_chain_1000{"answer", 77e3, 100};

void compare(const Recorded& peer, double ours) {
    std::printf("        %-6s 1/%.0f of ODK Web Forms (%.1f ms; asked: 1/%.0f)\n", peer.what, peer.microseconds / ours,
                peer.microseconds / 1e3, peer.asked);
}

constexpr engine::Environment environment{{2026, 1, 1}, 1};

std::size_t heap_bytes() {
    return mallinfo2().uordblks;
}

/// Whether an answer costs the same in a large form as in a small one: microseconds of both.
int compare_sizes(const char* what, double small, double large) {
    constexpr double most = 1.5;
    const bool ok = large / small <= most;
    std::printf("        %s: %.2f times as long, at most %.2f%s\n", what, large / small, most, ok ? "" : "   MISSED");
    return ok ? 0 : 1;
}

/// `integer_time`: microseconds of an integer answer with the grand total.
int run_mixed(int questions, double& integer_time) {
    const Source source = mixed(questions);
    const double load_time = median(9, [&](int) {
        std::pmr::unsynchronized_pool_resource memory;
        const auto form = load(source);
        const auto interview = engine::Interview::start(form, &memory, environment);
        if (!interview || interview->page().nodes.empty()) std::abort();
    });
    const std::size_t before = heap_bytes();
    std::pmr::unsynchronized_pool_resource memory;
    const auto form = load(source);
    if (form == nullptr) return 1;
    auto interview = engine::Interview::start(form, &memory, environment);
    if (!interview) return 1;
    const std::size_t used = heap_bytes() - before;
    std::vector<engine::NodeId> selects;
    std::vector<engine::NodeId> integers;
    for (std::uint32_t i = 0; i < interview->size(); ++i) {
        const engine::NodeId node{i};
        const engine::Kind kind = interview->kind(node);
        if (!interview->relevant(node)) continue;
        if (kind == engine::Kind::SelectOne) selects.push_back(node);
        if (kind == engine::Kind::Integer) integers.push_back(node);
    }
    const auto turn = [](const std::vector<engine::NodeId>& nodes, int i) {
        return nodes[static_cast<std::size_t>(i) * 7919 % nodes.size()];
    };
    bool ok = true;
    const double select_time = median(4001, [&](int i) {
        ok = interview->answer(turn(selects, i), i % 2 == 0 ? "yes" : "no", {0}).has_value() && ok;
    });
    for (const auto node : integers) ok = interview->answer(node, "1", {0}).has_value() && ok;
    integer_time = median(4001, [&](int i) {  // another value each time, so the total really changes
        const std::string value = std::to_string(i + 2);
        ok = interview->answer(turn(integers, i), value, {0}).has_value() && ok;
    });
    ok = ok && !interview->value(*interview->find("total")).empty();
    std::size_t length = 0;
    const double switch_time = median(4001, [&](int i) {
        for (const auto node : interview->page().nodes) {
            length += interview->label(node, {static_cast<std::uint8_t>(i % 2)}).size();
        }
    });
    std::printf(
        "%6d questions  load %9.0f us  select %6.2f us  integer with total %6.2f us  language switch %5.2f us  "
        "memory %5.1f MB%s\n",
        questions, load_time, select_time, integer_time, switch_time, static_cast<double>(used) / 1e6,
        ok && length > 0 ? "" : "  FAILED");
    if (questions == 1000 || questions == 5000) {
        compare(questions == 1000 ? peer_load_1000 : peer_load_5000, load_time);
        compare(questions == 1000 ? peer_answer_1000 : peer_answer_5000, integer_time);
    }
    if (questions == 5000)
        std::printf("        memory 1/%.0f of ODK Web Forms (1.8 GB; asked: 1/50)\n",
                    1.8e9 / static_cast<double>(used));
    return ok ? 0 : 1;
}

/// `time`: microseconds of one answer.
int run_shape(const char* name, const Source& source, const char* node_name, const char* one, const char* other,
              double& time, const Recorded* peer = nullptr) {
    const auto form = load(source);
    if (form == nullptr) return 1;
    std::pmr::unsynchronized_pool_resource memory;
    auto interview = engine::Interview::start(form, &memory, environment);
    if (!interview) return 1;
    const auto node = interview->find(node_name);
    bool ok = node.has_value();
    time = std::numeric_limits<double>::infinity();
    for (int round = 0; round < 3; ++round) {  // what else runs on the machine rarely disturbs all three
        const auto answer = [&](int turn) {
            ok = ok && interview->answer(*node, turn % 2 == 0 ? one : other, {0}).has_value();
        };
        time = std::min(time, median(501, answer));
    }
    std::printf("%s  one answer %8.1f us%s\n", name, time, ok ? "" : "  FAILED");
    if (peer != nullptr) compare(*peer, time);
    return ok ? 0 : 1;
}

}  // namespace

int main() {
    int failed = 0;
    double small = 0;
    double large = 0;
    failed += run_mixed(100, small);
    failed += run_mixed(1000, small);
    failed += run_mixed(5000, large);
    failed += compare_sizes("an integer with a grand total over 5000 questions, to 1000", small, large);
    double time = 0;
    failed += run_shape("chain of 1000 calculations", chain(1000), "c0", "1", "2", time, &peer_chain_1000);
    failed += run_shape("chain of 5000 calculations", chain(5000), "c0", "1", "2", time);
    failed += run_shape("fan of 1000 relevances    ", fan(1000), "start", "yes", "no", time);
    failed += run_shape("fan of 5000 relevances    ", fan(5000), "start", "yes", "no", time);
    failed += run_shape("repeat of 100 x 10        ", repeated(100, false), "a", "1", "2", time);
    failed += run_shape("repeat of 1000 x 10       ", repeated(1000, false), "a", "1", "2", time);
    failed += run_shape("repeat of 100 x 10, a sum ", repeated(100, true), "a", "1", "2", small);
    failed += run_shape("repeat of 1000 x 10, a sum", repeated(1000, true), "a", "1", "2", large);
    failed += compare_sizes("an integer with a sum over 1000 instances, to 100", small, large);
    return failed == 0 ? 0 : 1;
}

// Drafts: what was said comes back exactly, and bytes that no interview gave are refused.
#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets everything() {
    Sheets sheets;
    sheets.survey(R"(
type              | name   | label::Español (es) | label::English (en) | relevant    | calculation      | default     | choice_filter | parameters     | trigger | repeat_count
integer           | n      | n                   | n                   |             |                  |             |               |                |         |
select_one l      | o      | o                   | o                   | ${n} > 1    |                  |             | kind = ${k}   |                |         |
text              | k      | k                   | k                   |             |                  |             |               |                |         |
select_multiple l | m      | m                   | m                   |             |                  | b a         |               | randomize=true |         |
date              | d      | d                   | d                   |             |                  | today()     |               |                |         |
time              | h      | h                   | h                   |             |                  |             |               |                |         |
decimal           | dec    | dec                 | dec                 |             |                  |             |               |                |         |
acknowledge       | ack    | ack                 | ack                 |             |                  |             |               |                |         |
note              | hello  | ${n}                | ${n}                |             |                  |             |               |                |         |
calculate         | dice   |                     |                     |             | once(random())   |             |               |                |         |
calculate         | chance |                     |                     |             | ${n} + random()  |             |               |                |         |
calculate         | id     |                     |                     |             | once(uuid())     |             |               |                |         |
calculate         | later  |                     |                     |             | now()            |             |               |                | ${k}    |
text              | guess  | guess               | guess               |             | concat('#', ${k}) |            |               |                | ${k}    |
hidden            | secret |                     |                     |             |                  | x           |               |                |         |
begin repeat      | r      | r                   | r                   |             |                  |             |               |                |         |
text              | who    | who                 | who                 |             |                  |             |               |                |         |
begin repeat      | s      | s                   | s                   |             |                  |             |               |                |         | ${n}
text              | deep   | deep                | deep                |             |                  |             |               |                |         |
calculate         | line   |                     |                     |             | concat(${who}, position(..)) |  |               |                |         |
end repeat        |        |                     |                     |             |                  |             |               |                |         |
end repeat        |        |                     |                     |             |                  |             |               |                |         |
text              | last   | last                | last                |             |                  |             |               |                |         |
)");
    sheets.choices(
        "list_name | name | label::Español (es) | label::English (en) | kind\n l | a | A | A | x\n l | b | B | B | y\n"
        "l | c | C | C | y");
    sheets.settings("form_id | version | default_language\n test | 1 | es");
    return sheets;
}

void say_much(Scenario& s) {
    REQUIRE(s.answer("n", "2").empty());
    s.speak("en");
    REQUIRE(s.answer("k", "y").empty());
    REQUIRE(s.answer("o", "c").empty());
    s.speak("es");
    REQUIRE(s.refuse("d").empty());
    REQUIRE(s.do_not_know("dec").empty());
    REQUIRE(s.skip("ack").empty());
    REQUIRE(s.answer("h", "10:30").empty());
    REQUIRE(s.add("r").empty());
    REQUIRE(s.answer("r[1]/who", "Ana María").empty());
    REQUIRE(s.answer("r[2]/s[2]/deep", "ñandú").empty());
    REQUIRE(s.interview().jump(s.node("r[2]/s[2]/deep")));
}

std::string all_of(Scenario& s) {
    std::string text = s.page() + "\n";
    for (const auto node : s.interview().nodes()) {
        const auto& i = s.interview();
        text += std::string(i.name(node)) + "=" + std::string(i.value(node)) + " " +
                std::string(engine::to_word(i.state(node)));
        text += i.relevant(node) ? " relevant" : "";
        for (const auto choice : i.choices(node)) text += " " + std::string(i.choice_name(node, choice));
        text += "\n";
    }
    for (const auto& answer : s.interview().answers()) text += std::string(answer.language) + " ";
    return text;
}

std::vector<std::byte> draft_of(const Scenario& s) {
    const auto bytes = const_cast<Scenario&>(s).interview().save();
    REQUIRE(bytes);
    return {bytes->begin(), bytes->end()};
}

std::optional<engine::DraftError> fault_of(const std::shared_ptr<const engine::Form>& form,
                                           std::span<const std::byte> draft) {
    std::pmr::unsynchronized_pool_resource memory;
    const auto restored = engine::Interview::restore(form, &memory, draft);
    if (restored) return std::nullopt;
    return restored.error();
}

}  // namespace

TEST_CASE("an interview comes back from its draft with everything, and goes on the same") {
    Scenario s(everything());
    say_much(s);
    const std::string before = all_of(s);
    const auto bytes = draft_of(s);
    s.reopen();
    CHECK(all_of(s) == before);
    CHECK(draft_of(s) == bytes);
    CHECK(s.page() == "deep[2]");
    CHECK(s.next() == "more r");
    REQUIRE(s.answer("n", "1").empty());
    CHECK(s.count("r[2]/s") == 1);
    CHECK(s.value("r[1]/s[1]/line") == "Ana María1");
    const std::string id = s.value("id");
    s.reopen();
    CHECK(s.value("id") == id);
}

TEST_CASE("a restored interview draws the random numbers that would have come next") {
    Scenario one(everything());
    REQUIRE(one.answer("n", "1").empty());
    Scenario other(everything());
    REQUIRE(other.answer("n", "1").empty());
    other.reopen();
    REQUIRE(one.answer("n", "3").empty());
    REQUIRE(other.answer("n", "3").empty());
    CHECK(one.value("chance") == other.value("chance"));
    CHECK(draft_of(one) == draft_of(other));
}

TEST_CASE("drafts at the start and at the end") {
    Scenario s(everything());
    const std::string start = all_of(s);
    s.reopen();
    CHECK(all_of(s) == start);
    for (int i = 0; i < 40 && s.next() != "end"; ++i) {
    }
    REQUIRE(s.page() == "end");
    const std::string end = all_of(s);
    s.reopen();
    CHECK(s.page() == "end");
    CHECK(all_of(s) == end);
}

TEST_CASE("a draft of another form, or of none, is refused") {
    Scenario s(everything());
    const auto bytes = draft_of(s);
    Sheets other = everything();
    other.settings("form_id | version\n test | 2");
    Sheets small;
    small.survey("type | name | label\n text | a | A");
    CHECK(fault_of(*small.load(), bytes) == engine::DraftError::OtherForm);
    CHECK(fault_of(*small.load(), {}) == engine::DraftError::NotADraft);
    const std::string text = "amparo draft 1\n";
    CHECK(fault_of(*small.load(), std::as_bytes(std::span(text.data(), text.size()))) == engine::DraftError::NotADraft);
}

TEST_CASE("a draft that is cut or longer is refused") {
    Scenario s(everything());
    say_much(s);
    const auto bytes = draft_of(s);
    const auto form = *everything().load();
    REQUIRE_FALSE(fault_of(form, bytes).has_value());
    for (std::size_t size = 0; size < bytes.size(); size += 1 + size / 40) {
        INFO(size);
        CHECK(fault_of(form, std::span(bytes).first(size)).has_value());
    }
    auto longer = bytes;
    longer.push_back(std::byte{0});
    CHECK(fault_of(form, longer) == engine::DraftError::Damaged);
}

TEST_CASE("a draft with any byte changed is refused, or is another interview that gives those very bytes") {
    Scenario s(everything());
    say_much(s);
    const auto bytes = draft_of(s);
    const auto form = *everything().load();
    std::size_t accepted = 0;
    for (std::size_t at = 0; at < bytes.size(); ++at) {
        for (const unsigned flip : {1U, 0x80U}) {
            auto changed = bytes;
            changed[at] ^= static_cast<std::byte>(flip);
            std::pmr::unsynchronized_pool_resource memory;
            const auto restored = engine::Interview::restore(form, &memory, changed);
            if (!restored) continue;
            ++accepted;
            const auto again = restored->save();
            REQUIRE(again);
            CHECK(std::equal(again->begin(), again->end(), changed.begin(), changed.end()));
            for (const auto& answer : restored->answers()) {
                CHECK(engine::find_unsafe(answer.value) == std::string_view::npos);
            }
        }
    }
    CHECK(accepted < bytes.size());
}

TEST_CASE("a draft cannot say what an answer could not") {
    Sheets sheets;
    sheets.survey(
        "type | name | label | calculation\n integer | n | N |\n select_one l | o | O |\n calculate | c | | ${n} * 2");
    sheets.choices("list_name | name | label\n l | aa | A\n l | bb | B");
    Scenario s(sheets);
    REQUIRE(s.answer("n", "21").empty());
    REQUIRE(s.answer("o", "aa").empty());
    const auto bytes = draft_of(s);
    const auto form = *sheets.load();
    const auto with = [&](std::string_view from, std::string_view to) {
        std::string text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
        const std::size_t at = text.find(from);
        REQUIRE(at != std::string::npos);
        text.replace(at, from.size(), to);
        return fault_of(form, std::as_bytes(std::span(text.data(), text.size())));
    };
    CHECK_FALSE(with("aa", "aa").has_value());
    CHECK_FALSE(with("aa", "bb").has_value());
    CHECK(with("aa", "cc") == engine::DraftError::Damaged);
    CHECK(with("42", "43") == engine::DraftError::Damaged);
    CHECK(with("21", "2x") == engine::DraftError::Damaged);
    CHECK(with("21", "20") == engine::DraftError::Damaged);
    CHECK(with("aa", "\xFF\xFE") == engine::DraftError::Damaged);
}

TEST_CASE("a draft that needs more memory than there is, is refused") {
    Scenario s(everything());
    say_much(s);
    const auto bytes = draft_of(s);
    std::array<std::byte, 4096> room{};
    std::pmr::monotonic_buffer_resource small(room.data(), room.size(), std::pmr::null_memory_resource());
    const auto restored = engine::Interview::restore(*everything().load(), &small, bytes);
    REQUIRE_FALSE(restored);
    CHECK(restored.error() == engine::DraftError::Memory);
}

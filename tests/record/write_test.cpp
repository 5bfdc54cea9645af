// The one canonical form that a record is written in.
#include <functional>
#include <nlohmann/json.hpp>

#include "app/record/json_writer.hpp"
#include "tests/record/support.hpp"

using nlohmann::json;
using test::record::JsonWriter;

namespace {

/// Memory that gives out so many bytes and then no more.
class Scarce final : public std::pmr::memory_resource {
  public:
    explicit Scarce(std::size_t bytes) : left_(bytes) {}

  private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override {
        if (bytes > left_) throw std::bad_alloc();
        left_ -= bytes;
        return std::pmr::new_delete_resource()->allocate(bytes, alignment);
    }
    void do_deallocate(void* block, std::size_t bytes, std::size_t alignment) override {
        std::pmr::new_delete_resource()->deallocate(block, bytes, alignment);
    }
    [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }
    std::size_t left_;
};

bool writes(const std::function<void(test::record::Record&)>& change, test::record::Record said = test::full()) {
    change(said);
    return test::record::write(said, std::pmr::get_default_resource()).has_value();
}

}  // namespace

TEST_CASE("a record is canonical: members sorted, no blanks") {
    const auto text = test::written(test::full());
    CHECK(json::parse(text).dump() == text);  // nlohmann sorts members and writes no blanks
    CHECK(json::parse(test::written(test::withdrawal())).dump() == test::written(test::withdrawal()));
}

TEST_CASE("a member that there may be is left out where there is nothing to say") {
    auto said = test::full();
    said.follows = said.notes = {};
    said.raised.reset();
    said.consent = test::record::Consent::NotAsked;
    const auto read = json::parse(test::written(said));
    for (const auto* const name : {"follows", "notes", "override"}) CHECK_FALSE(read.contains(name));
    CHECK_FALSE(read["consent"].contains("asked_as"));
    CHECK(read["consent"]["answer"] == "not_asked");
}

TEST_CASE("a withdrawn record is not written when it says anything") {
    CHECK(writes([](auto&) {}, test::withdrawal()));
    CHECK_FALSE(writes([](auto& said) { said.answers.push_back({"a", {}, "", ""}); }, test::withdrawal()));
    CHECK_FALSE(writes([](auto& said) { said.indicators.push_back({"a", "b", {}, {}}); }, test::withdrawal()));
    CHECK_FALSE(writes([](auto& said) { said.readings[1].level = test::engine::Level::Some; }, test::withdrawal()));
    CHECK_FALSE(writes([](auto& said) { said.readings[2].rule = "r"; }, test::withdrawal()));
    CHECK_FALSE(writes([](auto& said) { said.raised.emplace(); }, test::withdrawal()));
    CHECK_FALSE(writes([](auto& said) { said.actions.push_back("a"); }, test::withdrawal()));
}

TEST_CASE("a record with members that this version does not know is not written as if it were whole") {
    CHECK_FALSE(writes([](auto& said) { said.unknown = 1; }));
}

TEST_CASE("a record with a text that is not UTF-8 is not written") {
    CHECK_FALSE(writes([](auto& said) { said.answers[0].value = "\xC3"; }));
    CHECK_FALSE(writes([](auto& said) { said.form_version = "\xff"; }));
}

TEST_CASE("text is written in NFC") {
    auto said = test::full();
    said.answers[0].value = "a\xCC\x81rbol";  // a and a combining acute accent
    CHECK(json::parse(test::written(said))["answers"][0]["value"] == "árbol");
}

TEST_CASE("a record is written in the memory it is given, and not at all where that ends") {
    const auto said = test::full();
    const auto size = test::written(said).size();
    Scarce none(size);
    CHECK_FALSE(test::record::write(said, &none));
    Scarce enough(100 * size);
    const auto text = test::record::write(said, &enough);
    REQUIRE(text);
    CHECK(text->get_allocator().resource() == &enough);
}

TEST_CASE("the writer of JSON refuses members out of order, members twice and text that is not UTF-8") {
    const auto good = [](const std::function<void(JsonWriter&)>& write) {
        JsonWriter writer(std::pmr::get_default_resource());
        write(writer);
        return writer.good();
    };
    CHECK(good([](auto& j) {
        j.begin_object();
        j.key("a").number(1);
        j.key("b").text("x");
        j.end_object();
    }));
    CHECK_FALSE(good([](auto& j) {
        j.begin_object();
        j.key("b").number(1);
        j.key("a").number(1);
        j.end_object();
    }));
    CHECK_FALSE(good([](auto& j) {
        j.begin_object();
        j.key("a").number(1);
        j.key("a").number(1);
        j.end_object();
    }));
    CHECK_FALSE(good([](auto& j) { j.text("\xC3"); }));
    CHECK_FALSE(good([](auto& j) { j.begin_object(); }));
}

TEST_CASE("quotes, backslashes and control characters are escaped, everything else stands as it is") {
    JsonWriter writer(std::pmr::get_default_resource());
    writer.text("\"\\\x01\n ñ 漢");
    CHECK(writer.view() == "\"\\\"\\\\\\u0001\\u000a ñ 漢\"");
    CHECK(json::parse(writer.view()).get<std::string>() == "\"\\\x01\n ñ 漢");
}

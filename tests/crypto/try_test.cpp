// How errors are passed on: the value goes on, the first failure ends the function with its error.
#include "crypto/try.hpp"

#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>

namespace {

enum class Fault { First, Second };
template <class T>
using Tried = tl::expected<T, Fault>;

Tried<int> number(bool good) {
    if (!good) return tl::unexpected(Fault::First);
    return 7;
}

Tried<void> act(bool good) {
    if (!good) return tl::unexpected(Fault::Second);
    return {};
}

Tried<std::unique_ptr<std::string>> text_of(bool number_good, bool act_good, int& reached) {
    AMPARO_TRY(const value, number(number_good));
    reached = 1;
    AMPARO_DO(act(act_good));
    reached = 2;
    AMPARO_TRY(text, Tried<std::unique_ptr<std::string>>(std::make_unique<std::string>(std::to_string(value))));
    *text += '!';
    return text;
}

}  // namespace

TEST_CASE("a tried value goes on and may be one that can only be moved") {
    int reached = 0;
    const auto text = text_of(true, true, reached);
    REQUIRE(text);
    CHECK(**text == "7!");
}

TEST_CASE("the first failure ends the function with its error") {
    int reached = 0;
    CHECK(text_of(false, true, reached).error() == Fault::First);
    CHECK(reached == 0);
    CHECK(text_of(true, false, reached).error() == Fault::Second);
    CHECK(reached == 1);
}

TEST_CASE("errors are passed on inside of a function that stands in an argument") {
    const auto nested = []() -> Tried<int> {
        AMPARO_DO([]() -> Tried<void> {
            AMPARO_TRY(const inner, number(true));
            AMPARO_DO(act(inner != 7));
            return {};
        }());
        return 1;
    };
    CHECK(nested().error() == Fault::Second);
}

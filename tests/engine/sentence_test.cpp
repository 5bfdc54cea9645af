// What the engine says is a kind with fields; the English text is made of both.
#include <catch2/catch_all.hpp>

#include "questionnaires/engine/expression/sentence.hpp"

using questionnaires::engine::said;
using questionnaires::engine::Sentence;

TEST_CASE("a sentence is its kind with its fields in their places") {
    CHECK(Sentence().empty());
    CHECK(Sentence("the list is empty").text() == "the list is empty");
    const auto one = said("the list {} has the choice {} twice", "'a'", std::string("'b'"));
    CHECK(one.kind() == "the list {} has the choice {} twice");
    CHECK(one.text() == "the list 'a' has the choice 'b' twice");
    REQUIRE(one.fields().size() == 2);
    CHECK(one.fields()[1].kind().empty());
    CHECK(one == said("the list {} has the choice {} twice", "'a'", "'b'"));
    CHECK_FALSE(one == said("the list {} has the choice {} twice", "'a'", "'c'"));
}

TEST_CASE("a field may be a sentence, and no text in one becomes a part of the kind") {
    const auto why = said("at character {}: {}", "3", said("there is no question named {}", "'{}'"));
    CHECK(why.text() == "at character 3: there is no question named '{}'");
    CHECK(why.fields()[1].kind() == "there is no question named {}");
}

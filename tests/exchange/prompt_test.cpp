// Sounds in a bundle: whole Opus files in Ogg, named by language, and nothing else.
#include <catch2/catch_all.hpp>

#include "app/exchange/prompt.hpp"
#include "tests/exchange/support.hpp"
#include "tests/support/sound.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

const std::string name = "audio/es/adult.danger_now.opus";

std::optional<Reason> refused(const std::string& ogg) {
    const auto read = parse_prompt(name, bytes(ogg));
    return read ? std::nullopt : std::optional(read.error().why.reason);
}

Result<Bundle> bundle_with(const std::string& member, const std::string& ogg) {
    const test::Deployment deployment;
    auto contents = deployment.bundle();
    contents.files.emplace(member, bytes(ogg));
    const auto built = build_bundle(ready(), contents, deployment.key);
    if (!built) return tl::make_unexpected(built.error());
    return load_bundle(ready(), *built, {deployment.key.public_key()});
}

}  // namespace

TEST_CASE("a sound says how long and how large it is") {
    const auto read = parse_prompt(name, bytes(test::sound(3)));
    REQUIRE(read);
    CHECK(read->name == name);
    CHECK(read->milliseconds == 3'000);
    CHECK(read->bytes == test::sound(3).size());
}

TEST_CASE("a sound that is cut anywhere, or in which any byte is another one, is refused") {
    const auto whole = test::sound(2);
    for (std::size_t length = 0; length < whole.size(); length += length < 300 ? 1 : 97) {
        INFO(length);
        CHECK(refused(whole.substr(0, length)));
    }
    for (std::size_t at = 0; at < whole.size(); at += at < 300 ? 1 : 97) {
        auto other = whole;
        other[at] = static_cast<char>(other[at] ^ 0x10);
        INFO(at);
        CHECK(refused(other));
    }
    CHECK(refused(whole + "x") == Reason::PromptDamaged);
    CHECK(refused(whole + whole) == Reason::PromptDamaged);
}

TEST_CASE("what is no Opus in Ogg, or not one whole stream, is refused") {
    CHECK(refused("") == Reason::PromptForm);
    CHECK(refused("ID3\x04") == Reason::PromptForm);
    CHECK(refused("RIFF....WAVE") == Reason::PromptForm);
    const auto with = [](auto change) {
        auto pages = test::sound_pages(2);
        change(pages);
        return test::ogg_file(pages);
    };
    CHECK_FALSE(refused(with([](auto&) {})));
    CHECK_FALSE(refused(with([](auto& pages) { pages[0].content = test::opus_head(2); })));
    CHECK(refused(with([](auto& pages) { pages[0].content = test::opus_head(0); })) == Reason::PromptForm);
    CHECK(refused(with([](auto& pages) { pages[0].content = test::opus_head(3); })) == Reason::PromptForm);
    CHECK(refused(with([](auto& pages) { pages[0].content = "\1vorbis" + std::string(12, 'x'); })) ==
          Reason::PromptForm);
    CHECK(refused(with([](auto& pages) { pages[0].content += "x"; })) == Reason::PromptForm);
    CHECK(refused(with([](auto& pages) { pages[1].content = "Comments"; })) == Reason::PromptForm);
    CHECK(refused(with([](auto& pages) { pages[0].kind = 0; })) == Reason::PromptForm);
    CHECK(refused(with([](auto& pages) { pages.back().kind = 0; })) == Reason::PromptDamaged);
    CHECK(refused(with([](auto& pages) { pages[2].kind = 4; })) == Reason::PromptDamaged);
    CHECK(refused(with([](auto& pages) { pages[2].kind = 2; })) == Reason::PromptDamaged);
    CHECK(refused(with([](auto& pages) { pages[2].stream = 8; })) == Reason::PromptDamaged);
    CHECK(refused(with([](auto& pages) { pages.back().position = 3; })) == Reason::PromptDamaged);
    CHECK(refused(with([](auto& pages) { pages.back().position = 48'000ULL * 700; })) == Reason::PromptLong);
    auto gap = test::sound_pages(2);
    CHECK(refused(test::ogg_page(gap[0], 0) + test::ogg_page(gap[1], 1) + test::ogg_page(gap[3], 3)) ==
          Reason::PromptDamaged);
    CHECK(refused(std::string(prompt_most_bytes + 1, 'x')) == Reason::PromptLarge);
}

TEST_CASE("a sound is called by its language and a plain name") {
    CHECK(prompt_language("audio/es/a.opus") == "es");
    CHECK(prompt_language("audio/es-MX/adult.danger_now-2.opus") == "es-MX");
    for (const auto* other :
         {"audio/a.opus", "audio/es/.opus", "audio/es/-a.opus", "audio/es/A.opus", "audio/es/a.ogg", "audio/es/a",
          "audio/spanish!/a.opus", "audio/es/b/a.opus", "audio//a.opus", "sounds/es/a.opus", "audio/es/a b.opus", ""})
        CHECK_FALSE(prompt_language(other));
    CHECK_FALSE(prompt_language("audio/es/" + std::string(65, 'a') + ".opus"));
    CHECK(prompt_language("audio/es/" + std::string(64, 'a') + ".opus"));
}

TEST_CASE("a bundle may carry sounds, knows them by name, and is one without them too") {
    const auto loaded = bundle_with(name, test::sound(3));
    REQUIRE(loaded);
    REQUIRE(loaded->prompts.size() == 1);
    CHECK(loaded->prompts[0].name == name);
    CHECK(loaded->prompts[0].milliseconds == 3'000);
    CHECK(loaded->forms.size() == 1);
    const test::Deployment deployment;
    const auto without = build_bundle(ready(), deployment.bundle(), deployment.key);
    REQUIRE(without);
    CHECK(load_bundle(ready(), *without, {deployment.key.public_key()})->prompts.empty());
}

TEST_CASE("a bundle with a sound that is none, of another language, or that is called otherwise is refused") {
    const auto why = [](const std::string& member, const std::string& ogg) {
        const auto loaded = bundle_with(member, ogg);
        REQUIRE_FALSE(loaded);
        return loaded.error().why.reason;
    };
    CHECK(why(name, "OggS") == Reason::PromptForm);
    CHECK(why("audio/fr/a.opus", test::sound(1)) == Reason::NotOfBundle);
    CHECK(why("audio/es/a.mp3", test::sound(1)) == Reason::NotOfBundle);
    CHECK(why("audio/readme", "x") == Reason::NotOfBundle);
}

TEST_CASE("sounds that are too large together are refused, and as many as the texts have are not") {
    const test::Deployment deployment;
    auto contents = deployment.bundle();
    // One for each text of the shipped questionnaires, in both languages: 2,000 of three seconds, about 18 MB.
    for (int i = 0; i < 2'000; ++i)
        contents.files.emplace("audio/es/t" + std::to_string(i) + ".opus", bytes(test::sound(3)));
    const auto many = build_bundle(ready(), contents, deployment.key);
    REQUIRE(many);
    CHECK(signed_sequence(ready(), crypto::ByteView(*many).first(bundle_head_bytes), deployment.key.public_key()) == 1);
    for (int i = 2'000; i < 3'900; ++i)
        contents.files.emplace("audio/es/t" + std::to_string(i) + ".opus", bytes(test::sound(3)));
    const auto larger = build_bundle(ready(), contents, deployment.key);
    REQUIRE_FALSE(larger);
    CHECK(larger.error().why.reason == Reason::PromptsLarge);
}

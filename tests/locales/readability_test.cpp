// What a frightened person reads is short and plain, in both languages, by measure.
#include "tests/locales/readability.hpp"

#include <filesystem>
#include <map>
#include <sstream>

#include "questionnaires/engine/interview/interview.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "tests/locales/files.hpp"

namespace engine = questionnaires::engine;
using locales_test::ease;
using locales_test::measure;
using locales_test::Speech;

namespace {

// Grade five to six: "fairly easy" is 70 to 80 on both scales. One text is short, so a single long word weighs much:
// each text for itself may go down to 60, all of a questionnaire together not below 80.
constexpr double least_each = 60;
constexpr double least_together = 80;
constexpr int longest_sentence = 15;
constexpr std::size_t longest_text = 120;  // bytes of one question, hint or choice: four lines of a small phone
// Names of laws and offices are long and stand alone in a short text, so one may go down to 40.
constexpr double least_each_worker = 40;
constexpr double least_together_worker = 80;
constexpr int longest_worker_sentence = 20;

struct Languages {
    const char* code;
    Speech speech;
};
constexpr Languages both[] = {{"es", Speech::Spanish}, {"en", Speech::English}};

/// Label, hint and choices of each question, one text per question.
std::vector<std::pair<std::string, std::string>> questions_of(const engine::Form& form, std::string_view code) {
    std::vector<std::pair<std::string, std::string>> texts;
    const auto language = *form.language(code);
    std::pmr::monotonic_buffer_resource memory;
    // The form is shared with the interview and outlives it here.
    const std::shared_ptr<const engine::Form> shared(&form, [](const engine::Form*) {});
    auto interview = engine::Interview::start(shared, &memory, {{2026, 11, 24}, 1});
    REQUIRE(interview);
    for (std::uint32_t i = 0; i < form.size(); ++i) {
        const auto node = *interview->find(form.name(engine::QuestionId{i}));
        std::string text =
            std::string(interview->label(node, language)) + "\n" + std::string(interview->hint(node, language)) + "\n";
        for (const auto choice : interview->choices(node))
            text += std::string(interview->choice_label(node, choice, language)) + "\n";
        texts.emplace_back(form.name(engine::QuestionId{i}), text);
    }
    return texts;
}

/// Every questionnaire that ships, by id.
std::map<std::string, std::shared_ptr<const engine::Form>> forms() {
    std::map<std::string, std::shared_ptr<const engine::Form>> all;
    for (const auto& folder : std::filesystem::directory_iterator(AMPARO_SOURCE_DIR "/questionnaires/forms")) {
        const auto book = questionnaires::workbook::read_folder(folder.path().string());
        REQUIRE(book);
        auto form = engine::load(*book);
        REQUIRE(form);
        all.emplace(folder.path().filename().string(), *form);
    }
    REQUIRE(all.size() >= 4);
    return all;
}

/// What a form says to the worker: guidance, signs, levels and next steps, each for itself.
std::vector<std::pair<std::string, std::string>> worker_texts_of(const engine::Form& form, std::string_view code) {
    std::vector<std::pair<std::string, std::string>> texts;
    const auto language = *form.language(code);
    std::pmr::monotonic_buffer_resource memory;
    const std::shared_ptr<const engine::Form> shared(&form, [](const engine::Form*) {});
    auto interview = engine::Interview::start(shared, &memory, {{2026, 11, 24}, 1});
    REQUIRE(interview);
    for (std::uint32_t i = 0; i < form.size(); ++i)
        texts.emplace_back(form.name(engine::QuestionId{i}),
                           interview->guidance(*interview->find(form.name(engine::QuestionId{i})), language));
    const auto two = [&](const std::string& id, const engine::LocalText& first, const engine::LocalText& second) {
        texts.emplace_back(id, std::string(first.in(language)) + "\n" + std::string(second.in(language)));
    };
    for (const auto& one : form.indicators()) two(one.id, one.label, {});
    for (const auto& one : form.levels()) two(one.id, one.label, one.explanation);
    for (const auto& one : form.actions()) two(one.id, one.label, one.detail);
    return texts;
}

/// What stands on a screen that the person may have before them, and what its buttons are called.
bool met_by_the_person(std::string_view key) {
    for (const auto* const prefix :
         {"answers.", "button.", "consent.", "declined.", "erased.", "interpreter.", "kept.", "leave.", "longer.",
          "not_stored.", "notify.", "person.", "pick.", "place.", "question.", "review."})
        if (key.starts_with(prefix)) return true;
    return false;
}

/// Keys of the screens that the person reads, not only the worker.
bool for_the_person(std::string_view key) {
    for (const auto* const prefix : {"consent.", "longer.", "leave.", "declined.", "person.", "question.", "review."})
        if (key.starts_with(prefix)) return true;
    return false;
}

}  // namespace

TEST_CASE("syllables are counted as people speak them") {
    const auto spanish = [](std::string_view text) { return measure(text, Speech::Spanish).syllables; };
    CHECK(spanish("casa") == 2);
    CHECK(spanish("guitarra") == 3);
    CHECK(spanish("miedo") == 2);
    CHECK(spanish("país") == 2);
    CHECK(spanish("teléfono") == 4);
    CHECK(spanish("muy") == 1);
    CHECK(spanish("lleve") == 2);
    CHECK(spanish("averigüe") == 4);
    const auto english = [](std::string_view text) { return measure(text, Speech::English).syllables; };
    CHECK(english("house") == 1);
    CHECK(english("afraid") == 2);
    CHECK(english("helped") == 1);
    CHECK(english("wanted") == 2);
    CHECK(english("table") == 2);
    CHECK(measure("¿Sí? No. Uno, dos.", Speech::Spanish).sentences == 3);
}

TEST_CASE("a text of a law does not pass as easy, so the measure can fail") {
    const auto* const law =
        "Las autoridades competentes establecerán procedimientos interinstitucionales de identificación, canalización "
        "y "
        "acompañamiento de las personas potencialmente beneficiarias de medidas administrativas extraordinarias.";
    CHECK(ease(measure(law, Speech::Spanish), Speech::Spanish) < least_each);
}

TEST_CASE("questions are easy to read, each for itself and all together") {
    for (const auto& [id, form] : forms())
        for (const auto& [code, speech] : both) {
            std::string together;
            for (const auto& [name, text] : questions_of(*form, code)) {
                INFO(id << " " << code << " " << name << ": " << ease(measure(text, speech), speech) << "\n" << text);
                CHECK(ease(measure(text, speech), speech) >= least_each);
                together += text + "\n";
            }
            INFO(id << " " << code << " together: " << ease(measure(together, speech), speech));
            CHECK(ease(measure(together, speech), speech) >= least_together);
        }
}

TEST_CASE("sentences of questions, hints and choices have at most fifteen words") {
    for (const auto& [id, form] : forms())
        for (const auto& [code, speech] : both)
            for (const auto& [name, text] : questions_of(*form, code)) {
                INFO(id << " " << code << " " << name << "\n" << text);
                CHECK(measure(text, speech).longest <= longest_sentence);
            }
}

TEST_CASE("questions, hints and choices are short enough for a small screen") {
    for (const auto& [id, form] : forms())
        for (const auto& [code, speech] : both)
            for (const auto& [name, text] : questions_of(*form, code)) {
                std::istringstream lines(text);
                for (std::string line; std::getline(lines, line);) {
                    INFO(id << " " << code << " " << name << ": " << line);
                    CHECK(line.size() <= longest_text);
                }
            }
}

TEST_CASE("what a form tells the worker is plain and short in both languages") {
    for (const auto& [id, form] : forms())
        for (const auto& [code, speech] : both) {
            std::string together;
            for (const auto& [name, text] : worker_texts_of(*form, code)) {
                const auto m = measure(text, speech);
                INFO(id << " " << code << " " << name << ": " << ease(m, speech) << "\n" << text);
                if (m.words >= 8) CHECK(ease(m, speech) >= least_each_worker);
                CHECK(m.longest <= longest_worker_sentence);
                together += text + "\n";
            }
            INFO(id << " " << code << " together: " << ease(measure(together, speech), speech));
            CHECK(ease(measure(together, speech), speech) >= least_together_worker);
        }
}

TEST_CASE("no question says a word of the law or of the subject") {
    for (const auto& [id, form] : forms())
        for (const auto& [code, speech] : both)
            for (const auto& [name, text] : questions_of(*form, code)) {
                std::u32string folded;
                for (std::string_view rest = text; !rest.empty();) {
                    const auto character = locales::first_character(rest);
                    REQUIRE(character);
                    folded += locales_test::lower(character->code);
                    rest.remove_prefix(character->bytes);
                }
                INFO(id << " " << code << " " << name << "\n" << text);
                for (const auto* const word :
                     {U"trata ",     U"chamba",  U"pisto",   U" lana ",  U"feria",    U"padrote", U"jurídic",
                      U"legalmente", U"statut",  U"tráfico", U"trafic",  U"víctima",  U"victim",  U"traffick",
                      U"captación",  U"enganch", U"explota", U"exploit", U"coyote",   U"pollero", U"servidumbre",
                      U"esclav",     U"slave",   U"delito",  U"crime",   U"denuncia", U"prostit"})
                    CHECK(folded.find(word) == std::u32string::npos);
            }
}

TEST_CASE("screens for the person are easy to read in both languages") {
    for (const auto& [code, speech] : both) {
        std::string together;
        for (const auto texts = locales_test::catalogue(code); const auto& [key, entry] : texts.entries()) {
            if (!for_the_person(key)) continue;
            std::string text;
            for (const auto& piece : entry.other) text += piece.placeholder ? "3" : piece.text;
            const auto m = measure(text, speech);
            INFO(code << " " << key << ": " << ease(m, speech) << "\n" << text);
            // A label of a few words has no readability to speak of.
            if (m.words >= 8) CHECK(ease(m, speech) >= least_each);
            CHECK(m.longest <= 20);
            together += text + "\n";
        }
        INFO(code << " together: " << ease(measure(together, speech), speech));
        CHECK(ease(measure(together, speech), speech) >= 70);
    }
}

TEST_CASE("no text that a person meets needs the eye: it makes sense to whoever hears it") {
    for (const auto& [code, speech] : both) {
        int read = 0;
        for (const auto texts = locales_test::catalogue(code); const auto& [key, entry] : texts.entries()) {
            if (!met_by_the_person(key)) continue;
            for (const auto* const pieces : {&entry.one, &entry.other})
                for (const auto& piece : *pieces) {
                    if (piece.placeholder) continue;
                    INFO(code << " " << key << ": " << piece.text);
                    for (const std::string mark : {"«", "»", "“", "”", "\"", "(", ")", "[", "]", "/", "·", "*", "%",
                                                   "n.º", "PIN", "24/7", " - "})
                        CHECK(piece.text.find(mark) == std::string_view::npos);
                }
            ++read;
        }
        CHECK(read > 90);
    }
}

TEST_CASE("a word has one meaning: the team is no device, and nobody is sent on as a thing") {
    const auto texts = locales_test::catalogue("es");
    for (const auto& [key, entry] : texts.entries()) {
        const auto text = locales_test::plain(entry.other);
        INFO(key << ": " << text);
        for (auto at = text.find("quipo"); at != std::string::npos; at = text.find("quipo", at + 1))
            CHECK(text.substr(at).starts_with("quipo de coordinación"));
        for (const auto* const word : {"dispositivo", "Dispositivo", "referid", "plática"})
            CHECK(text.find(word) == std::string::npos);
    }
}

TEST_CASE("every dimension of a shipped sign has its heading in both languages") {
    for (const auto& [code, speech] : both) {
        const auto texts = locales_test::catalogue(code);
        for (const auto& [id, form] : forms())
            for (const auto& one : form->indicators()) {
                INFO(id << " " << one.id << " " << one.dimension);
                CHECK(texts.find("dimension." + one.dimension) != nullptr);
            }
    }
}

TEST_CASE("consent as a whole is easy to read in every mode and both languages") {
    using Keys = std::vector<std::string>;
    for (const auto& [code, speech] : both)
        for (const auto& first : {Keys{"consent.purpose", "consent.assisted.hears", "consent.limits"},
                                  Keys{"consent.purpose", "consent.private.hears", "consent.private.limits"},
                                  Keys{"consent.border.purpose", "consent.private.hears", "consent.border.limits"}}) {
            const auto texts = locales_test::catalogue(code);
            std::string whole;
            auto keys = first;
            for (const auto* const key : {"consent.not_a_report", "consent.time", "consent.stored", "consent.readers",
                                          "consent.erase", "consent.stop", "consent.free"})
                keys.emplace_back(key);
            for (const auto& key : keys) whole += locales_test::plain(texts.find(key)->other) + "\n";
            INFO(code << " " << first.front() << ": " << ease(measure(whole, speech), speech));
            CHECK(ease(measure(whole, speech), speech) >= 75);
        }
}

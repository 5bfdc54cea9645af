#pragma once
// Records for tests: one that has every member, and any number of random ones that a kiosk could have written.

#include <catch2/catch_all.hpp>
#include <deque>
#include <random>
#include <string>
#include <vector>

#include "app/record/read.hpp"
#include "app/record/write.hpp"

namespace test {

namespace record = app::record;
namespace engine = questionnaires::engine;

inline std::string written(const record::Record& said) {
    const auto json = record::write(said, std::pmr::get_default_resource());
    REQUIRE(json);
    return std::string(*json);
}

/// A final record with every member that there is.
inline record::Record full() {
    record::Record said;
    said.record = "0123456789abcdef0123456789abcdef";
    said.follows = "fedcba9876543210fedcba9876543210";
    said.kind = record::Kind::Final;
    said.revision = 3;
    said.deployment = "de7cdbde3e6c2ebc";
    said.device = "11111111111111111111111111111111";
    said.bundle = 4;
    said.form = "adult";
    said.form_version = "2026-11";
    said.form_sha256 = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    said.mode = record::Mode::Assisted;
    said.role = engine::Role::Shelter;
    said.worker = 12;
    said.day = "2026-11-24";
    said.case_code = "radio-hotel-canal-482";
    said.language_at_start = "es";
    said.language_at_end = "en";
    said.consent = record::Consent::Given;
    said.consent_key = "consent.assisted";
    said.consent_sha256 = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";
    said.consent_scope = "adult";
    said.tell_worker_now = true;
    said.notes = record::interpreter_needed;
    said.answers.push_back({"danger_now", engine::AnswerState::Answered, "yes", "es"});
    said.answers.push_back({"kid[2]/age", engine::AnswerState::Refused, "", "en"});
    said.indicators.push_back({"threats", "coercion", engine::Strength::Strong, {}});
    said.indicators.back().because = {"danger_now", "kid"};
    said.reading(engine::ReadingKind::Danger) = {engine::Level::Strong, "danger-1"};
    said.reading(engine::ReadingKind::Risk) = {engine::Level::Some, "risk-2"};
    said.raised = {engine::ReadingKind::Harm, engine::Level::Some, record::to_word(record::RaiseReason::Fear)};
    said.actions = {"call_now", "safe_room"};
    return said;
}

/// An order to erase, with every member that one can have.
inline record::Record withdrawal() {
    auto said = full();
    said.kind = record::Kind::Withdrawn;
    said.answers.clear();
    said.indicators.clear();
    said.readings = {};
    said.raised.reset();
    said.actions.clear();
    return said;
}

/// Makes records whose members are drawn at random; the texts live as long as this does.
class RandomRecords {
  public:
    explicit RandomRecords(std::uint32_t seed) : random_(seed) {}

    record::Record next() {
        record::Record said;
        said.kind = one_of({record::Kind::Partial, record::Kind::Final, record::Kind::Withdrawn});
        said.record = hex(32);
        if (chance()) said.follows = hex(32);
        said.revision = number(1, record::most_revision);
        said.deployment = hex(16);
        said.device = hex(32);
        said.bundle = std::uint64_t{number(1, record::most_revision)} << number(0, 32);
        said.form = keep(one_of<std::string>({"first-contact", "a", "child-2"}));
        said.form_version = keep(one_of<std::string>({"", "1", "versión 2", "\"quoted\" \\ back"}));
        said.form_sha256 = hex(64);
        said.mode = one_of({record::Mode::Assisted, record::Mode::Private, record::Mode::Observation});
        said.role = said.mode == record::Mode::Assisted ? engine::Role::Shelter
                                                        : one_of({engine::Role::Shelter, engine::Role::Border});
        said.worker = number(1, record::most_worker);
        said.day = keep(one_of<std::string>({"1970-01-01", "2024-02-29", "9999-12-31"}));
        said.case_code = keep(one_of<std::string>({"radio-hotel-canal-482", "canal-canal-canal-000"}));
        said.language_at_start = keep(one_of<std::string>({"es", "en", "es-MX"}));
        said.language_at_end = keep(one_of<std::string>({"es", "en", "qya"}));
        consent(said);
        if (chance()) said.notes = keep(one_of<std::string>({"interpreter_needed", "a-later_word"}));
        said.training = chance();
        if (said.kind != record::Kind::Withdrawn) outcome(said);
        return said;
    }

  private:
    void consent(record::Record& said) {
        said.consent = one_of({record::Consent::NotAsked, record::Consent::Given, record::Consent::Declined});
        if (said.consent != record::Consent::NotAsked) {
            said.consent_key = keep(one_of<std::string>({"consent.border", "consent.private"}));
            said.consent_sha256 = hex(64);
        }
        said.consent_scope = said.form;
        said.tell_worker_now = chance();
    }
    void outcome(record::Record& said) {
        using S = engine::AnswerState;
        const auto level = [&] {
            return one_of({engine::Level::NoneReported, engine::Level::Some, engine::Level::Strong});
        };
        const std::vector<std::string> values{"", "yes", "a b c", "sí, «ñandú» 漢\n\t\x01 \"x\" \\", "-1.5"};
        for (auto i = number(0, 20); i > 0; --i)
            said.answers.push_back({name(), one_of({S::NotAsked, S::Answered, S::Skipped, S::Refused, S::Unknown}),
                                    keep(any(values)), keep(one_of<std::string>({"", "es", "Español"}))});
        for (auto i = number(0, 5); i > 0; --i) {
            said.indicators.push_back(
                {name(false),
                 name(false),
                 one_of({engine::Strength::Weak, engine::Strength::Medium, engine::Strength::Strong}),
                 {}});
            for (auto j = number(0, 4); j > 0; --j) said.indicators.back().because.push_back(name());
        }
        for (auto& reading : said.readings) reading = {level(), keep(one_of<std::string>({"", "danger-1", "regla_ñ"}))};
        if (chance())
            said.raised = {one_of({engine::ReadingKind::Danger, engine::ReadingKind::Harm, engine::ReadingKind::Risk}),
                           level(), keep(one_of<std::string>({"observed", "told", "other_source", "fear", "later"}))};
        for (auto i = number(0, 5); i > 0; --i) said.actions.push_back(name(false));
    }
    std::string_view name(bool repeats = true) {
        const auto plain = one_of<std::string>({"age", "a_b-c.d", "niño", "_x"});
        return keep(repeats && chance() ? "kid[" + std::to_string(number(1, 99)) + "]/" + plain : plain);
    }
    std::string_view hex(std::size_t digits) {
        std::string text;
        while (text.size() < digits) text += "0123456789abcdef"[number(0, 15)];
        return keep(std::move(text));
    }
    std::string_view keep(std::string text) { return kept_.emplace_back(std::move(text)); }
    bool chance() { return number(0, 1) == 1; }
    std::uint32_t number(std::uint32_t least, std::uint32_t most) {
        return std::uniform_int_distribution<std::uint32_t>(least, most)(random_);
    }
    template <class T>
    T any(const std::vector<T>& all) {
        return all[number(0, static_cast<std::uint32_t>(all.size() - 1))];
    }
    template <class T>
    T one_of(std::initializer_list<T> all) {
        return *(all.begin() + number(0, static_cast<std::uint32_t>(all.size() - 1)));
    }

    std::mt19937 random_;
    std::deque<std::string> kept_;
};

}  // namespace test

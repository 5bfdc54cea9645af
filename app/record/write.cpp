#include "app/record/write.hpp"

#include <algorithm>
#include <new>

#include "app/record/json_writer.hpp"

namespace app::record {
namespace {

/// Whether something is there that a withdrawn record has no member for.
bool says_something(const Record& record) {
    return !record.answers.empty() || !record.indicators.empty() || !record.actions.empty() || record.raised ||
           std::any_of(record.readings.begin(), record.readings.end(), [](const Reading& reading) {
               return reading.level != engine::Level::NoneReported || !reading.rule.empty();
           });
}

void write_names(JsonWriter& out, const engine::Names& names) {
    out.begin_array();
    for (const auto name : names) out.text(name);
    out.end_array();
}

void write_answers(JsonWriter& out, const Record& record) {
    out.key("answers").begin_array();
    for (const auto& answer : record.answers) {
        out.begin_object();
        out.key("language").text(answer.language);
        out.key("name").text(answer.name);
        out.key("state").text(engine::to_word(answer.state));
        out.key("value").text(answer.value);
        out.end_object();
    }
    out.end_array();
}

void write_consent(JsonWriter& out, const Record& record) {
    out.key("consent").begin_object();
    out.key("answer").text(to_word(record.consent));
    if (record.consent != Consent::NotAsked) {
        out.key("asked_as").begin_object();
        out.key("key").text(record.consent_key);
        out.key("sha256").text(record.consent_sha256);
        out.end_object();
    }
    out.key("scope").text(record.consent_scope);
    out.key("tell_worker_now").boolean(record.tell_worker_now);
    out.end_object();
}

void write_form(JsonWriter& out, const Record& record) {
    out.key("form").begin_object();
    out.key("id").text(record.form);
    out.key("sha256").text(record.form_sha256);
    out.key("version").text(record.form_version);
    out.end_object();
}

void write_indicators(JsonWriter& out, const Record& record) {
    out.key("indicators").begin_array();
    for (const auto& fired : record.indicators) {
        out.begin_object();
        out.key("because");
        write_names(out, fired.because);
        out.key("dimension").text(fired.dimension);
        out.key("id").text(fired.id);
        out.key("strength").text(engine::to_word(fired.strength));
        out.end_object();
    }
    out.end_array();
}

void write_language(JsonWriter& out, const Record& record) {
    out.key("language").begin_object();
    out.key("end").text(record.language_at_end);
    out.key("start").text(record.language_at_start);
    out.end_object();
}

void write_override(JsonWriter& out, const Raised& raised) {
    out.key("override").begin_object();
    out.key("level").text(engine::to_word(raised.level));
    out.key("reading").text(engine::to_word(raised.reading));
    out.key("reason").text(raised.reason);
    out.end_object();
}

void write_readings(JsonWriter& out, const Record& record) {
    out.key("readings").begin_object();
    for (const auto kind : {engine::ReadingKind::Danger, engine::ReadingKind::Harm, engine::ReadingKind::Risk}) {
        out.key(engine::to_word(kind)).begin_object();
        out.key("level").text(engine::to_word(record.reading(kind).level));
        out.key("rule").text(record.reading(kind).rule);
        out.end_object();
    }
    out.end_object();
}

/// Members in the order of their names: JsonWriter refuses any other.
void write_members(JsonWriter& out, const Record& record) {
    const bool says = record.kind != Kind::Withdrawn;
    out.begin_object();
    if (says) {
        out.key("actions");
        write_names(out, record.actions);
    }
    out.key("amparo").number(format);
    if (says) write_answers(out, record);
    out.key("bundle").number(record.bundle);
    out.key("case_code").text(record.case_code);
    write_consent(out, record);
    out.key("day").text(record.day);
    out.key("deployment").text(record.deployment);
    out.key("device").text(record.device);
    if (!record.follows.empty()) out.key("follows").text(record.follows);
    write_form(out, record);
    if (says) write_indicators(out, record);
    out.key("kind").text(to_word(record.kind));
    write_language(out, record);
    out.key("mode").text(to_word(record.mode));
    if (!record.notes.empty()) out.key("notes").text(record.notes);
    if (record.raised) write_override(out, *record.raised);
    if (says) write_readings(out, record);
    out.key("record").text(record.record);
    out.key("revision").number(record.revision);
    out.key("role").text(engine::to_word(record.role));
    out.key("training").boolean(record.training);
    out.key("worker").number(record.worker);
    out.end_object();
}

}  // namespace

std::optional<std::pmr::string> write(const Record& record, std::pmr::memory_resource* memory) noexcept {
    if (record.unknown > 0 || (record.kind == Kind::Withdrawn && says_something(record))) return std::nullopt;
    try {
        JsonWriter out(memory);
        write_members(out, record);
        if (!out.good()) return std::nullopt;
        return std::move(out).take();
    } catch (const std::bad_alloc&) {
        return std::nullopt;
    }
}

}  // namespace app::record

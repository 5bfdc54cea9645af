#include "app/session/record.hpp"

#include <new>

#include "app/session/json_writer.hpp"
#include "app/session/visit.hpp"
#include "crypto/bytes.hpp"

namespace app::session {

namespace {

std::string_view name_of(RecordKind kind) noexcept {
    switch (kind) {
        case RecordKind::Partial:
            return "partial";
        case RecordKind::Final:
            return "final";
        case RecordKind::Withdrawn:
            return "withdrawn";
    }
    return {};
}

std::string_view name_of(Mode mode) noexcept {
    switch (mode) {
        case Mode::Assisted:
            return "assisted";
        case Mode::Private:
            return "private";
        case Mode::Observation:
            return "observation";
    }
    return {};
}

std::string_view name_of(Consent consent) noexcept {
    switch (consent) {
        case Consent::NotAsked:
            return "not_asked";
        case Consent::Given:
            return "given";
        case Consent::Declined:
            return "declined";
    }
    return {};
}

void write_names(JsonWriter& json, const engine::Names& names) {
    json.begin_array();
    for (const auto name : names) json.text(name);
    json.end_array();
}

void write_actions(JsonWriter& json, const Screening& screening) {
    json.begin_array();
    for (const auto& advice : steps(screening)) json.text(advice.action->id);
    json.end_array();
}

void write_answers(JsonWriter& json, const Screening& screening) {
    json.begin_array();
    for (const auto& answer : screening.interview().answers()) {
        json.begin_object();
        json.key("language").text(answer.language);
        json.key("name").text(screening.interview().address(answer.node));
        json.key("state").text(engine::name_of(answer.state));
        json.key("value").text(answer.value);
        json.end_object();
    }
    json.end_array();
}

void write_consent(JsonWriter& json, const Screening& screening) {
    json.begin_object();
    json.key("answer").text(name_of(screening.consent));
    if (screening.consent != Consent::NotAsked) {
        json.key("asked_as").begin_object();
        json.key("key").text(screening.consent_key);
        json.key("sha256").text(screening.consent_sha256);
        json.end_object();
    }
    json.key("scope").text(screening.form().id);
    json.key("tell_worker_now").boolean(screening.tell_worker_now);
    json.end_object();
}

void write_form(JsonWriter& json, const Screening& screening) {
    const auto& form = screening.form();
    json.begin_object();
    json.key("id").text(form.id);
    json.key("sha256").text(crypto::to_hex(form.sha256));
    json.key("version").text(form.form->version());
    json.end_object();
}

void write_indicators(JsonWriter& json, const Screening& screening) {
    json.begin_array();
    for (const auto& fired : screening.interview().indicators()) {
        json.begin_object();
        json.key("because");
        write_names(json, fired.because);
        json.key("dimension").text(fired.indicator->dimension);
        json.key("id").text(fired.indicator->id);
        json.key("strength").text(engine::name_of(fired.indicator->strength));
        json.end_object();
    }
    json.end_array();
}

void write_readings(JsonWriter& json, const Screening& screening) {
    json.begin_object();
    for (const auto& reading : screening.interview().readings()) {
        json.key(engine::name_of(reading.reading)).begin_object();
        json.key("level").text(engine::name_of(reading.level));
        json.key("rule").text(reading.rule == nullptr ? std::string_view() : reading.rule->id);
        json.end_object();
    }
    json.end_object();
}

void write_override(JsonWriter& json, const Raised& raised) {
    json.key("override").begin_object();
    json.key("level").text(engine::name_of(raised.level));
    json.key("reading").text(engine::name_of(raised.reading));
    json.key("reason").text(name_of(raised.reason));
    json.end_object();
}

struct Frame {
    const RecordMaker& maker;
    RecordKind kind;
    std::uint32_t revision;
    locales::Language language;
};

/// Members in the order of their names: JsonWriter refuses any other.
void write_members(JsonWriter& json, const Screening& screening, const Frame& frame) {
    const bool says = frame.kind != RecordKind::Withdrawn;
    json.begin_object();
    if (says) {
        json.key("actions");
        write_actions(json, screening);
    }
    json.key("amparo").number(record_format);
    if (says) {
        json.key("answers");
        write_answers(json, screening);
    }
    json.key("bundle").number(frame.maker.bundle);
    json.key("case_code").text(screening.origin().case_code);
    json.key("consent");
    write_consent(json, screening);
    json.key("day").text(screening.origin().day);
    json.key("deployment").text(frame.maker.deployment);
    json.key("device").text(frame.maker.device);
    if (screening.before) json.key("follows").text(screening.before->origin().record);
    json.key("form");
    write_form(json, screening);
    if (says) {
        json.key("indicators");
        write_indicators(json, screening);
    }
    json.key("kind").text(name_of(frame.kind));
    json.key("language").begin_object();
    json.key("end").text(locales::code(frame.language));
    json.key("start").text(locales::code(screening.language_at_start));
    json.end_object();
    json.key("mode").text(name_of(screening.mode));
    if (screening.interpreter_needed) json.key("notes").text("interpreter_needed");
    if (says && screening.raised) write_override(json, *screening.raised);
    if (says) {
        json.key("readings");
        write_readings(json, screening);
    }
    json.key("record").text(screening.origin().record);
    json.key("revision").number(frame.revision);
    json.key("role").text(engine::name_of(role_of(screening.worker.role)));
    json.key("training").boolean(screening.purpose == Purpose::Training);
    json.key("worker").number(screening.worker.number.value);
    json.end_object();
}

}  // namespace

std::string_view name_of(RaiseReason reason) noexcept {
    switch (reason) {
        case RaiseReason::Observed:
            return "observed";
        case RaiseReason::Told:
            return "told";
        case RaiseReason::OtherSource:
            return "other_source";
        case RaiseReason::Fear:
            return "fear";
    }
    return {};
}

std::optional<crypto::SecretBytes> write_record(crypto::SodiumReady ready, const Screening& screening,
                                                const RecordMaker& maker, RecordKind kind, std::uint32_t revision,
                                                locales::Language language) {
    try {
        JsonWriter json(screening.memory());
        write_members(json, screening, {maker, kind, revision, language});
        if (!json.good() || screening.interview().exhausted()) return std::nullopt;
        auto copy = crypto::SecretBytes::copy_of(ready, crypto::as_bytes(json.view()));
        if (!copy) return std::nullopt;
        return std::move(*copy);
    } catch (const std::bad_alloc&) {
        return std::nullopt;
    }
}

}  // namespace app::session

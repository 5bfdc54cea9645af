#include "app/session/visit/record.hpp"

#include <deque>
#include <new>

#include "app/record/write.hpp"
#include "app/session/visit/visit.hpp"
#include "crypto/bytes.hpp"

namespace app::session {

namespace {

/// Texts of a record that lie nowhere else while it is written.
struct Texts {
    explicit Texts(std::pmr::memory_resource* memory) : addresses(memory) {}
    std::string form_sha256;
    std::pmr::deque<std::pmr::string> addresses;  // of questions in repeats; their places never move
};

void fill_form(record::Record& said, const Screening& screening, Texts& texts) {
    const auto& form = screening.form();
    texts.form_sha256 = crypto::to_hex(form.sha256);
    said.form = form.id;
    said.form_version = form.form->version();
    said.form_sha256 = texts.form_sha256;
}

void fill_consent(record::Record& said, const Screening& screening) {
    said.consent = screening.consent;
    if (screening.consent != Consent::NotAsked) {
        said.consent_key = screening.consent_key;
        said.consent_sha256 = screening.consent_sha256;
    }
    said.consent_scope = screening.form().id;
    said.tell_worker_now = screening.tell_worker_now;
}

void fill_answers(record::Record& said, const Screening& screening, Texts& texts) {
    const auto answers = screening.interview().answers();
    said.answers.reserve(answers.size());
    for (const auto& answer : answers) {
        std::string_view name = answer.name;
        if (auto address = screening.interview().address(answer.node); address != name)
            name = texts.addresses.emplace_back(std::move(address));
        said.answers.push_back({name, answer.state, answer.value, answer.language});
    }
}

void fill_outcome(record::Record& said, const Screening& screening) {
    for (auto& fired : screening.interview().indicators())
        said.indicators.push_back(
            {fired.indicator->id, fired.indicator->dimension, fired.indicator->strength, std::move(fired.because)});
    for (const auto& reading : screening.interview().readings())
        said.reading(reading.reading) = {reading.level,
                                         reading.rule == nullptr ? std::string_view() : reading.rule->id};
    if (screening.raised)
        said.raised = {screening.raised->reading, screening.raised->level, record::to_word(screening.raised->reason)};
    for (const auto& advice : steps(screening)) said.actions.push_back(advice.action->id);
}

void fill_rest(record::Record& said, const Screening& screening, locales::Language language) {
    said.record = screening.origin().record;
    if (screening.before) said.follows = screening.before->origin().record;
    said.mode = screening.mode;
    said.role = role_of(screening.worker.role);
    said.worker = screening.worker.number.value;
    said.day = screening.origin().day;
    said.case_code = screening.origin().case_code;
    said.language_at_start = locales::code(screening.language_at_start);
    said.language_at_end = locales::code(language);
    if (screening.interpreter_needed) said.notes = record::interpreter_needed;
    said.training = screening.purpose == Purpose::Training;
}

}  // namespace

std::optional<crypto::SecretBytes> write_record(crypto::SodiumReady ready, const Screening& screening,
                                                const RecordMaker& maker, record::Kind kind, std::uint32_t revision,
                                                locales::Language language) {
    try {
        record::Record said(screening.memory());
        Texts texts(screening.memory());
        said.kind = kind;
        said.revision = revision;
        said.deployment = maker.deployment;
        said.device = maker.device;
        said.bundle = maker.bundle;
        fill_form(said, screening, texts);
        fill_consent(said, screening);
        fill_rest(said, screening, language);
        if (kind != record::Kind::Withdrawn) {
            fill_answers(said, screening, texts);
            fill_outcome(said, screening);
        }
        const auto json = record::write(said, screening.memory());
        if (!json || screening.interview().exhausted()) return std::nullopt;
        auto copy = crypto::SecretBytes::copy_of(ready, crypto::as_bytes(*json));
        if (!copy) return std::nullopt;
        return std::move(*copy);
    } catch (const std::bad_alloc&) {
        return std::nullopt;
    }
}

}  // namespace app::session

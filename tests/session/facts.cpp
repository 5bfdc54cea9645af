#include "tests/session/facts.hpp"

#include <type_traits>

namespace test {
namespace {

std::string text(const std::string& value) {
    return value;
}
std::string text(model::WorkerNumber number) {
    return std::to_string(number.value);
}
std::string text(const model::Worker& worker) {
    return std::to_string(worker.number.value) + " as " + std::to_string(static_cast<int>(worker.role));
}
std::string text(session::DeviceError error) {
    return std::string(session::catalogue_key(error));
}
std::string text(engine::NodeId node) {
    return "node " + std::to_string(node.index);
}
std::string text(const model::SignIn& outcome) {
    return std::visit([](const auto& one) { return std::string(type_name<std::decay_t<decltype(one)>>()); }, outcome);
}
std::string text(const crypto::SecretBytes& bytes) {
    return std::to_string(bytes.size()) + " bytes";
}
std::string text(const session::LockedText& words) {
    return std::string(std::string_view(words));
}
std::string text(const session::Digits& digits) {
    return std::string(crypto::as_text(digits.view()));
}
std::string text(const session::DeviceWords& words) {
    const auto letters = std::string(words.letters());
    return std::to_string(words.count()) + " words" + (letters.empty() ? letters : " and " + letters);
}
std::string text(const model::Counts& counts) {
    return std::to_string(counts.waiting) + " " + std::to_string(counts.batched) + " " +
           std::to_string(counts.batches) + " " + std::to_string(counts.confirmed());
}
std::string text(const session::FreshWords& fresh) {
    return std::to_string(static_cast<int>(fresh.use)) + " slot " + std::to_string(fresh.slot) + " " +
           text(fresh.words);
}
std::string text(const session::SlotWords& words) {
    return "slot " + std::to_string(words.slot);
}
std::string text(const model::News& news) {
    const auto confirmed = news.receipts.confirmed;
    return (news.any() ? "new " + news.id : "nothing new") +
           (confirmed > 0 ? " " + std::to_string(confirmed) + " confirmed" : "");
}
std::string text(const session::Sent& sent) {
    return sent.file + " " + std::to_string(sent.records);
}
std::string text(const session::Asked& asked) {
    return asked.words.substr(0, asked.words.find('-')) + " in " + asked.file;
}
std::string text(const session::KeysTold& told) {
    return "use " + std::to_string(static_cast<int>(told.use)) + " slot " + std::to_string(told.slot) +
           (told.failed ? " " + text(*told.failed) : std::string());
}
template <class T>
requires(std::is_arithmetic_v<T> || std::is_enum_v<T>) std::string text(T value) {
    if constexpr (std::is_same_v<T, bool>) return value ? "yes" : "no";
    return std::to_string(static_cast<long long>(value));
}
template <class Rep, class Period>
std::string text(std::chrono::duration<Rep, Period> time) {
    return std::to_string(time.count());
}
std::string text(const session::NotResumed& why);
template <class T>
std::string text(const std::vector<T>& many) {
    return std::to_string(many.size());
}
std::string text(const std::vector<model::WorkerNumber>& many) {
    std::string all;
    for (const auto number : many) all += text(number) + " ";
    return all;
}
template <class T>
std::string text(const std::optional<T>& value) {
    return value ? text(*value) : "-";
}
std::string text(const session::NotResumed& why) {
    return why.error ? text(*why.error) : "its time is over";
}

/// What a screen waits for: the effect that is under way.
std::string awaits(const session::Screen& screen, const session::State& state) {
    // This one may be left for the outcome while the longer form is made ready, and says no more than the state does.
    const bool asking = std::holds_alternative<session::AskingLonger>(screen);
    if (asking && screen.pending == session::Pending::Nothing && state.going_on()) return "Prepare";
    switch (screen.pending) {
        case session::Pending::Nothing:
        case session::Pending::SealPage:  // told as what the question waits for
            return "";
        case session::Pending::Unlock:
            return "Unlock";
        case session::Pending::CheckPin:
            return "CheckPin";
        case session::Pending::Prepare:
            return "Prepare";
        case session::Pending::SealRecord:
            return "SealRecord";
        case session::Pending::Withdraw:
            return "Withdraw";
        case session::Pending::FindPlaces:
            return "FindPlaces";
        case session::Pending::Export:
            return "Export";
        case session::Pending::StopExport:
            return "Export, to be stopped";
        case session::Pending::SaveWorker:
            return "SaveWorker";
        case session::Pending::DropWorker:
            return "DropWorker";
        case session::Pending::ChangePin:
            return "ChangePin";
        case session::Pending::ProveKey:
            return "ProveKey";
        case session::Pending::SaveWords:
            return "SaveWords";
        case session::Pending::Resume:
            return "Resume";
        case session::Pending::ListAudit:
            return "ListAudit";
        case session::Pending::RepairStore:
            return "RepairStore";
        case session::Pending::FindBundle:
            return "FindBundle";
        case session::Pending::LookForNews:
            return "LookForNews";
        case session::Pending::AcceptNews:
            return "AcceptNews";
        case session::Pending::MakeFirstWords:
            return "MakeFirstWords";
        case session::Pending::MakeDevice:
            return "MakeDevice";
        case session::Pending::WriteRequest:
            return "WriteRequest";
        case session::Pending::EnrolDevice:
            return "EnrolDevice";
        case session::Pending::SealTest:
            return "SealTest";
    }
    return "";
}

#define AMPARO_FACT(name) \
    if constexpr (requires { s.name; }) all[#name] = text(s.name)

/// Data of a screen or of an effect; no two that are looked at here mean different things by one name.
template <class S>
void add(Facts& all, const S& s) {
    AMPARO_FACT(error);
    AMPARO_FACT(can_retry);
    AMPARO_FACT(number);
    AMPARO_FACT(count);
    AMPARO_FACT(refused);
    AMPARO_FACT(not_resumed);
    AMPARO_FACT(purpose);
    AMPARO_FACT(page);
    AMPARO_FACT(refused_at);
    AMPARO_FACT(refused_message);
    AMPARO_FACT(unsettled);
    AMPARO_FACT(from_review);
    AMPARO_FACT(around);
    AMPARO_FACT(removing);
    AMPARO_FACT(then_lock);
    AMPARO_FACT(case_code);
    AMPARO_FACT(erased);
    AMPARO_FACT(minor);
    AMPARO_FACT(done);
    AMPARO_FACT(total);
    AMPARO_FACT(sent);
    AMPARO_FACT(failed);
    AMPARO_FACT(places);
    AMPARO_FACT(pin_changed);
    AMPARO_FACT(news);
    AMPARO_FACT(taken);
    AMPARO_FACT(id);
    AMPARO_FACT(added);
    AMPARO_FACT(removed);
    AMPARO_FACT(step);
    AMPARO_FACT(role);
    AMPARO_FACT(first);
    AMPARO_FACT(first_lead);
    AMPARO_FACT(error);
    AMPARO_FACT(worker);
    AMPARO_FACT(digits);
    AMPARO_FACT(slot);
    AMPARO_FACT(words);
    AMPARO_FACT(shown);
    AMPARO_FACT(proof);
    AMPARO_FACT(fresh);
    AMPARO_FACT(use);
    AMPARO_FACT(by_key_file);
    AMPARO_FACT(rows);
    AMPARO_FACT(why);
    AMPARO_FACT(counts);
    AMPARO_FACT(sequence);
    AMPARO_FACT(can_send);
    AMPARO_FACT(asked);
    AMPARO_FACT(sealed);
    AMPARO_FACT(kept);
    AMPARO_FACT(lost);
    AMPARO_FACT(damaged_file);
    AMPARO_FACT(again);
    AMPARO_FACT(name);
    AMPARO_FACT(value);
    AMPARO_FACT(record);
    AMPARO_FACT(revision);
    if constexpr (requires { s.typed; }) add(all, s.typed);
    if constexpr (requires { s.repaired; }) add(all, s.repaired);
}

void add(Facts& all, const session::Screening& s, std::string_view at) {
    const auto fact = [&](std::string_view name, std::string value) {
        all[std::string(at) + "." + std::string(name)] = std::move(value);
    };
    fact("record", s.origin().record.substr(0, 1));
    fact("revision", text(s.revision));
    fact("answered", text(s.answered));
    fact("stored", text(s.stored));
    fact("changed", text(s.changed));
    fact("finished", text(s.finished));
    fact("ending", text(s.ending));
    fact("mode", text(s.mode));
    fact("purpose", text(s.purpose));
    fact("consent", text(s.consent) + " " + s.consent_key + " " + s.consent_sha256.substr(0, 8));
    fact("tell_worker_now", text(s.tell_worker_now));
    fact("interpreter_needed", text(s.interpreter_needed));
    fact("worker", text(s.worker));
    fact("raised", s.raised ? text(s.raised->reading) + " to " + text(s.raised->level) : "-");
    std::string said;
    for (const auto& answer : s.interview().answers())
        said += std::string(answer.name) + "=" + std::string(answer.value) + "/" + text(answer.state) + " ";
    fact("answers", said);
    std::string page;
    for (const auto node : s.interview().page().nodes) page += text(node) + " ";
    fact("page", page);
    if (s.before) add(all, *s.before, std::string(at) + ".before");
}

void add_setup(Facts& all, const session::Setup& setup) {
    all["setup.workers"] = text(setup.workers);
    all["setup.removed"] = text(setup.removed);
    all["setup.keys"] = text(setup.keys);
    all["setup.keys_lost"] = text(setup.keys_lost);
    all["setup.counts"] = text(setup.counts);
    all["setup.bundle"] = setup.bundle ? text(setup.bundle->version.sequence) : "-";
}

/// The screen's own facts, under the name of where it lies.
void add_screen(Facts& all, const session::Screen& screen, const session::State& state, std::string_view at) {
    Facts own;
    std::visit([&](const auto& s) { add(own, s); }, screen);
    if (const auto* question = std::get_if<session::Question>(&screen))
        own["waiting"] = screen.pending == session::Pending::SealPage ? text(question->leaving) : "-";
    for (auto& [name, value] : own) all[std::string(at) + name] = std::move(value);
    all[std::string(at) + "awaits"] = awaits(screen, state);
}

}  // namespace

Facts facts(const session::State& s) {
    Facts all;
    add_screen(all, s.screen, s, "");
    all["under"] = s.under ? name_of(*s.under) : "-";
    if (s.under) add_screen(all, *s.under, s, "under.");
    all["language"] = text(s.language);
    all["text_percent"] = text(s.text_percent);
    all["theme"] = text(s.theme);
    all["setup"] = text(s.setup.has_value());
    if (s.setup) add_setup(all, *s.setup);
    all["lost_bundle"] = s.lost_bundle ? text(s.lost_bundle->counts) : "-";
    all["signed_in"] = text(s.worker);
    all["screening"] = text(s.screening.has_value());
    if (s.screening) add(all, *s.screening, "screening");
    all["mode"] = text(s.mode);
    all["for"] = text(s.purpose);
    all["preparing"] = s.outlasting.has(session::Pending::Prepare) ? text(static_cast<int>(s.preparing) + 1) : "0";
    all["resumable"] = text(s.resumable);
    all["accepting"] = text(s.outlasting.has(session::Pending::AcceptNews));
    all["saving_words"] = text(s.outlasting.has(session::Pending::SaveWords));
    all["closing"] = text(s.closing);
    all["unstored"] = std::to_string(s.unstored.size());
    std::size_t place = 0;
    for (const auto& one : s.unstored) {
        const auto at = "unstored" + std::to_string(place++);
        all[at + ".failed"] = text(one.failed);
        add(all, one.screening, at);
    }
    all["minors_with"] = text(s.minors_with);
    all["asked_for"] = text(s.asked_for);
    all["seal_error"] = text(s.seal_error);
    all["keys_told"] = text(s.keys_told);
    all["closes_at"] = text(s.closes_at);
    all["retry_at"] = text(s.retry_at);
    all["quiet_until"] = text(s.quiet_until);
    return all;
}

std::string told(const session::Effect& effect) {
    std::string all(std::visit([](const auto& e) { return type_name<std::decay_t<decltype(e)>>(); }, effect));
    Facts own;
    std::visit([&](const auto& e) { add(own, e); }, effect);
    for (auto& [name, value] : own) all += " " + name + "=" + value;
    return all;
}

}  // namespace test

#include "app/record/read.hpp"

#include <nlohmann/json.hpp>

#include "app/record/rules.hpp"

namespace app::record {
namespace {

using Json = nlohmann::json;

/// Keeps the first failure.
class FirstFailure {
  public:
    [[nodiscard]] bool good() const noexcept { return detail_.empty(); }
    [[nodiscard]] const std::string& detail() const noexcept { return detail_; }
    void add(std::string_view where, std::string_view rule) {
        if (good()) detail_ = std::string(where) + ": " + std::string(rule);
    }

  private:
    std::string detail_;
};

/// What is not needed counts as not said where it is missing: records of earlier versions stay readable.
enum class Needed : std::uint8_t { Yes, No };

/// The members of one object: what is asked for and not as it must be is a failure, what nobody asked for is counted.
class Members {
  public:
    /// `where`: path of the object, empty for the record itself.
    Members(const Json& object, std::string_view where, FirstFailure& failure)
        : object_(object), where_(where), failure_(failure) {}

    /// Null (of the pointer) when it is not there.
    const Json* find(const char* name, Needed needed = Needed::Yes) {
        const auto found = object_.find(name);
        if (found == object_.end()) {
            if (needed == Needed::Yes) failure_.add(path(name), "missing");
            return nullptr;
        }
        ++known_;
        return &*found;
    }

    std::string_view text(const char* name, std::size_t most = most_text, Needed needed = Needed::Yes) {
        const Json* value = find(name, needed);
        if (value == nullptr) return {};
        return text_of(*value, path(name), most, failure_);
    }

    /// A text that the rule allows. One that may be absent is never empty.
    template <class Rule>
    std::string_view text(const char* name, const Rule& is_allowed, std::string_view otherwise,
                          Needed needed = Needed::Yes) {
        const Json* value = find(name, needed);
        if (value == nullptr) return {};
        const auto text = text_of(*value, path(name), most_text, failure_);
        if (!is_allowed(text)) failure_.add(path(name), otherwise);
        return text;
    }

    template <class E>
    E word(const char* name, Needed needed = Needed::Yes) {
        if (needed == Needed::No && !object_.contains(name)) return {};
        const auto value = from_word<E>(text(name));
        if (!value) failure_.add(path(name), "not one of its words");
        return value.value_or(E{});
    }

    std::uint64_t number(const char* name, std::uint64_t least, std::uint64_t most, Needed needed = Needed::Yes) {
        const Json* value = find(name, needed);
        if (value == nullptr) return least;
        const bool whole = value->is_number_unsigned() && value->get<std::uint64_t>() >= least;
        if (whole && value->get<std::uint64_t>() <= most) return value->get<std::uint64_t>();
        failure_.add(path(name), "not a whole number in range");
        return least;
    }

    bool yes(const char* name, Needed needed = Needed::Yes) {
        const Json* value = find(name, needed);
        if (value == nullptr) return false;
        if (value->is_boolean()) return value->get<bool>();
        failure_.add(path(name), "not yes or no");
        return false;
    }

    const Json* object(const char* name, Needed needed = Needed::Yes) {
        const Json* value = find(name, needed);
        if (value == nullptr || value->is_object()) return value;
        failure_.add(path(name), "not an object");
        return nullptr;
    }

    const Json* list(const char* name, std::size_t most = most_listed, Needed needed = Needed::Yes) {
        const Json* value = find(name, needed);
        if (value == nullptr || (value->is_array() && value->size() <= most)) return value;
        failure_.add(path(name), "not a list in range");
        return nullptr;
    }

    [[nodiscard]] std::size_t unknown() const noexcept { return object_.size() - known_; }

    static std::string_view text_of(const Json& value, const std::string& where, std::size_t most,
                                    FirstFailure& failure) {
        if (value.is_string() && value.get_ref<const std::string&>().size() <= most)
            return value.get_ref<const std::string&>();
        failure.add(where, "not a text");
        return {};
    }

  private:
    [[nodiscard]] std::string path(const char* name) const {
        return where_.empty() ? std::string(name) : where_ + "." + name;
    }

    const Json& object_;
    std::string where_;
    FirstFailure& failure_;
    std::size_t known_ = 0;
};

/// Parses and notes what the library itself lets pass: members given twice, and depth.
Json parse_strictly(std::string_view text, FirstFailure& failure) {
    std::vector<std::size_t> members;  // given in each object that is open
    auto watch = [&](int depth, Json::parse_event_t event, Json& value) {
        if (depth > most_depth) failure.add("record", "too deep");
        if (event == Json::parse_event_t::object_start) members.push_back(0);
        if (event == Json::parse_event_t::key) ++members.back();
        if (event == Json::parse_event_t::object_end) {
            // One that is given twice is kept once.
            if (value.size() != members.back()) failure.add("record", "a member twice");
            members.pop_back();
        }
        return true;
    };
    try {
        Json parsed = Json::parse(text.begin(), text.end(), watch);
        if (!parsed.is_object()) failure.add("record", "not an object");
        return parsed;
    } catch (const std::exception&) {
        failure.add("record", "not JSON");  // the library's own text would quote what is in it
    }
    return {};
}

/// Fills in a record from the parsed JSON, which its texts lie in.
class Filling {
  public:
    Filling(const Json& parsed, Record& record, FirstFailure& failure)
        : failure_(failure), all_(parsed, {}, failure), record_(record) {}

    void fill() {
        heading();
        form();
        circumstances();
        consent();
        if (record_.kind == Kind::Withdrawn) {
            nothing_said();
        } else {
            answers();
            indicators();
            readings();
            names(all_.list("actions", most_listed, Needed::No), "actions", record_.actions);
            raised();
        }
        done(all_);
    }

  private:
    void heading() {
        if (all_.number("amparo", 0, most_revision) != format) failure_.add("amparo", "another format version");
        const auto is_id = [](std::string_view text) { return is_hex(text, id_digits); };
        record_.record = all_.text("record", is_id, "not 32 hexadecimal digits");
        const auto is_other = [&](std::string_view text) { return is_id(text) && text != record_.record; };
        record_.follows = all_.text("follows", is_other, "not another record", Needed::No);
        record_.kind = all_.word<Kind>("kind");
        record_.revision = static_cast<std::uint32_t>(all_.number("revision", 1, most_revision));
        record_.deployment = all_.text(
            "deployment", [](std::string_view text) { return is_hex(text, deployment_digits); },
            "not 16 hexadecimal digits");
        record_.device = all_.text("device", is_id, "not 32 hexadecimal digits");
        record_.bundle = all_.number("bundle", 1, most_bundle);
        record_.training = all_.yes("training", Needed::No);
    }

    void form() {
        const Json* found = all_.object("form");
        if (found == nullptr) return;
        Members of(*found, "form", failure_);
        record_.form = of.text("id", is_form_id, "not the id of a form");
        record_.form_version = of.text(
            "version", [](std::string_view text) { return is_label(text, most_version); }, "not a version");
        record_.form_sha256 = of.text("sha256", is_digest, not_digest);
        done(of);
    }

    void circumstances() {
        record_.mode = all_.word<Mode>("mode");
        record_.role = all_.word<engine::Role>("role");
        if (record_.role == engine::Role::Border && record_.mode == Mode::Assisted)
            failure_.add("mode", "assisted by the border role");
        record_.worker = static_cast<std::uint32_t>(all_.number("worker", 1, most_worker, Needed::No));
        record_.day = all_.text("day", is_day, "not a day");
        record_.case_code = all_.text("case_code", is_case_code, "not a case code");
        record_.notes = all_.text("notes", is_word, "not a word", Needed::No);
        const Json* found = all_.object("language", Needed::No);
        if (found == nullptr) return;
        Members of(*found, "language", failure_);
        record_.language_at_start = of.text("start", is_language, "not a language", Needed::No);
        record_.language_at_end = of.text("end", is_language, "not a language", Needed::No);
        done(of);
    }

    void consent() {
        const Json* found = all_.object("consent", Needed::No);
        if (found == nullptr) return;
        Members of(*found, "consent", failure_);
        record_.consent = of.word<Consent>("answer", Needed::No);
        record_.consent_scope = of.text("scope", is_form_id, "not the id of a form", Needed::No);
        record_.tell_worker_now = of.yes("tell_worker_now", Needed::No);
        const Json* words = of.object("asked_as", Needed::No);
        if (words != nullptr && record_.consent == Consent::NotAsked && found->contains("answer"))
            return failure_.add("consent.asked_as", "there although nobody was asked");
        if (words != nullptr) {
            Members as(*words, "consent.asked_as", failure_);
            record_.consent_key = as.text("key", is_key, "not a key", Needed::No);
            record_.consent_sha256 = as.text("sha256", is_digest, not_digest, Needed::No);
            done(as);
        }
        done(of);
    }

    /// Answers are what a withdrawn record must not have; the rest that it has no business with is not read.
    void nothing_said() {
        const Json* list = all_.list("answers", most_answers, Needed::No);
        if (list != nullptr && !list->empty()) failure_.add("answers", "there are some in a withdrawn record");
        for (const auto* const name : {"indicators", "readings", "actions", "override"}) all_.find(name, Needed::No);
    }

    void answers() {
        const Json* list = all_.list("answers", most_answers);
        if (list == nullptr) return;
        record_.answers.reserve(list->size());
        for (const Json& one : *list) {
            if (!one.is_object()) return failure_.add("answers", "not an object");
            Members of(one, "answers", failure_);
            Answer answer;
            answer.name = of.text("name", is_address, "not a name");
            answer.state = of.word<engine::AnswerState>("state");
            answer.value = of.text("value", most_bytes, Needed::No);
            answer.language = of.text(
                "language", [](std::string_view text) { return is_label(text, most_language); }, "not a language",
                Needed::No);
            done(of);
            if (!failure_.good()) return;
            record_.answers.push_back(answer);
        }
    }

    void indicators() {
        const Json* list = all_.list("indicators", most_listed, Needed::No);
        if (list == nullptr) return;
        for (const Json& one : *list) {
            if (!one.is_object()) return failure_.add("indicators", "not an object");
            Members of(one, "indicators", failure_);
            Indicator indicator;
            indicator.id = of.text("id", is_plain_name, "not a name");
            indicator.dimension = of.text("dimension", is_plain_name, "not a name", Needed::No);
            indicator.strength = of.word<engine::Strength>("strength", Needed::No);
            names(of.list("because", most_listed, Needed::No), "indicators.because", indicator.because);
            done(of);
            if (!failure_.good()) return;
            record_.indicators.push_back(std::move(indicator));
        }
    }

    void readings() {
        const Json* found = all_.object("readings");
        if (found == nullptr) return;
        Members of(*found, "readings", failure_);
        for (const auto kind : {engine::ReadingKind::Danger, engine::ReadingKind::Harm, engine::ReadingKind::Risk}) {
            const std::string name(engine::to_word(kind));
            const Json* one = of.object(name.c_str());
            if (one == nullptr) return;
            Members reading(*one, "readings." + name, failure_);
            record_.reading(kind).level = reading.word<engine::Level>("level");
            record_.reading(kind).rule = reading.text(
                "rule", [](std::string_view text) { return text.empty() || is_plain_name(text); },
                "not the name of a rule", Needed::No);
            done(reading);
        }
        done(of);
    }

    void raised() {
        const Json* found = all_.object("override", Needed::No);
        if (found == nullptr) return;
        Members of(*found, "override", failure_);
        auto& into = record_.raised.emplace();
        into.reading = of.word<engine::ReadingKind>("reading");
        into.level = of.word<engine::Level>("level");
        into.reason = of.text("reason", is_word, "not a word");
        done(of);
    }

    void names(const Json* list, const std::string& where, engine::Names& into) {
        if (list == nullptr) return;
        into.reserve(list->size());
        for (const Json& one : *list) {
            const auto name = Members::text_of(one, where, most_text, failure_);
            if (!is_address(name)) return failure_.add(where, "not a name");
            into.push_back(name);
        }
    }

    void done(const Members& members) noexcept { record_.unknown += members.unknown(); }

    static bool is_digest(std::string_view text) noexcept { return is_hex(text, digest_digits); }
    static constexpr std::string_view not_digest = "not 64 hexadecimal digits";

    FirstFailure& failure_;
    Members all_;
    Record& record_;
};

}  // namespace

tl::expected<Record, Failure> read(std::string_view text) {
    FirstFailure failure;
    if (text.size() > most_bytes) failure.add("record", "too large");
    text = text.substr(0, text.find_last_not_of(' ') + 1);
    if (text.empty() || text.front() != '{' || text.back() != '}') failure.add("record", "not an object");
    if (!failure.good()) return tl::unexpected(Failure{failure.detail()});
    Record record;
    try {
        const auto parsed = std::make_shared<const Json>(parse_strictly(text, failure));
        record.texts = parsed;
        if (failure.good()) Filling(*parsed, record, failure).fill();
    } catch (const std::exception&) {
        failure.add("record", "not readable");
    }
    if (!failure.good()) return tl::unexpected(Failure{failure.detail()});
    return record;
}

}  // namespace app::record

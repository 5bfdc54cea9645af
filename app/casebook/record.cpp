#include "app/casebook/record.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <vector>

#include "app/exchange/bundle.hpp"
#include "app/exchange/certificate.hpp"
#include "crypto/words.hpp"
#include "questionnaires/engine/text.hpp"
#include "questionnaires/engine/workbook.hpp"

namespace app::casebook {
namespace {

using nlohmann::json;

namespace engine = questionnaires::engine;

constexpr std::size_t most_text = 4096;
constexpr std::size_t most_version = 255;  // what the engine takes from a form
constexpr std::size_t most_language = 255;
constexpr std::size_t most_word = 32;
constexpr std::array dimensions{Dimension::Danger, Dimension::Harm, Dimension::Risk};
constexpr std::array levels{Level::NoneReported, Level::Some, Level::Strong};

/// Collects the first fault; every check after it is skipped by the caller.
class Checker {
  public:
    [[nodiscard]] bool good() const noexcept { return detail_.empty(); }
    [[nodiscard]] const std::string& detail() const noexcept { return detail_; }
    void fault(std::string_view where, std::string_view rule) {
        if (good()) detail_ = std::string(where) + ": " + std::string(rule);
    }
    /// Null (of the JSON library) when it is not there.
    const json* member(const json& of, const char* name, bool required, std::string_view where) {
        const auto found = of.find(name);
        if (found != of.end()) return &*found;
        if (required) fault(where, "missing");
        return nullptr;
    }
    std::string text(const json& of, const char* name, std::string_view where, bool required = true) {
        const json* value = member(of, name, required, where);
        if (value == nullptr) return {};
        if (!value->is_string() || value->get_ref<const std::string&>().size() > most_text) {
            fault(where, "not a text");
            return {};
        }
        return value->get<std::string>();
    }
    std::int64_t number(const json& of, const char* name, std::string_view where) {
        const json* value = member(of, name, true, where);
        if (value == nullptr) return 0;
        if (!value->is_number_integer() || (value->is_number_unsigned() && value->get<std::uint64_t>() > 0x7fffffffU)) {
            fault(where, "not a whole number in range");
            return 0;
        }
        return value->get<std::int64_t>();
    }
    const json* object(const json& of, const char* name, std::string_view where, bool required = true) {
        const json* value = member(of, name, required, where);
        if (value != nullptr && !value->is_object()) {
            fault(where, "not an object");
            return nullptr;
        }
        return value;
    }
    template <class Values>
    auto one_of(const std::string& text, const Values& values, std::string_view where) {
        for (const auto value : values)
            if (text == word(value)) return value;
        fault(where, "not one of its words");
        return values.front();
    }

  private:
    std::string detail_;
};

bool is_hex(std::string_view text, std::size_t digits) noexcept {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

/// As devices write it: the words in full, between hyphens.
bool is_case_code(std::string_view text) {
    return crypto::parse_case_code(text) == text;
}

/// What a form calls things by: a name of XLSForm without anything that steers or cannot be UTF-8.
bool is_plain_name(std::string_view text) {
    return engine::is_name(text) && engine::find_unsafe(text) == std::string_view::npos;
}

/// "age", or with the places in repeats "kid[2]/age".
bool is_address(std::string_view text) {
    while (true) {
        const auto slash = text.find('/');
        auto part = text.substr(0, slash);
        if (const auto bracket = part.find('['); bracket != std::string_view::npos) {
            const auto place = part.substr(bracket);
            const bool number = place.size() > 2 && place.size() < 12 && place.back() == ']' && place[1] != '0' &&
                                place.find_first_not_of("0123456789", 1) == place.size() - 1;
            if (!number) return false;
            part = part.substr(0, bracket);
        }
        if (!is_plain_name(part)) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

/// A word of ours, of this version or a later one.
bool is_word(std::string_view text) noexcept {
    return !text.empty() && text.size() <= most_word &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz_-") == std::string_view::npos;
}

/// What a form's author wrote on one line: no more than the engine takes from a form.
bool is_label(std::string_view text, std::size_t most) {
    return text.size() <= most && engine::find_unsafe(text) == std::string_view::npos;
}

/// Parses and notes what the library itself lets pass: members given twice, and depth.
std::optional<json> parse_strictly(std::string_view text, Checker& check) {
    std::vector<std::set<std::string>> keys;
    auto watch = [&](int depth, json::parse_event_t event, json& value) {
        if (depth > record_most_depth) check.fault("record", "too deep");
        if (event == json::parse_event_t::object_start) keys.emplace_back();
        if (event == json::parse_event_t::object_end && !keys.empty()) keys.pop_back();
        if (event == json::parse_event_t::key && !keys.empty() && !keys.back().insert(value.get<std::string>()).second)
            check.fault("record", "a member twice");
        return true;
    };
    try {
        json parsed = json::parse(text.begin(), text.end(), watch);
        if (!parsed.is_object()) check.fault("record", "not an object");
        return parsed;
    } catch (const std::exception&) {
        check.fault("record", "not JSON");  // the library's own text would quote what is in it
    }
    return std::nullopt;
}

void check_answers(const json& of, Kind kind, Checker& check) {
    const json* answers = check.member(of, "answers", kind != Kind::Withdrawn, "answers");
    if (answers == nullptr) return;
    if (!answers->is_array() || answers->size() > record_most_answers)
        return check.fault("answers", "not a list in range");
    if (kind == Kind::Withdrawn && !answers->empty())
        return check.fault("answers", "there are some in a withdrawn record");
    constexpr std::array<std::string_view, 5> states{"answered", "skipped", "refused", "unknown", "not_asked"};
    for (const json& answer : *answers) {
        if (!answer.is_object()) return check.fault("answers", "not an object");
        if (!is_address(check.text(answer, "name", "answers.name"))) check.fault("answers.name", "not a name");
        if (!is_label(check.text(answer, "language", "answers.language", false), most_language))
            check.fault("answers.language", "not a language");
        const std::string state = check.text(answer, "state", "answers.state");
        if (std::find(states.begin(), states.end(), state) == states.end())
            check.fault("answers.state", "not one of its words");
        if (!check.good()) return;
    }
}

void read_readings(const json& of, Kind kind, Record& record, Checker& check) {
    const json* readings = check.object(of, "readings", "readings", kind != Kind::Withdrawn);
    if (readings == nullptr) return;
    for (const auto dimension : dimensions) {
        const std::string where = "readings." + std::string(word(dimension));
        const json* reading = check.object(*readings, std::string(word(dimension)).c_str(), where);
        if (reading == nullptr) return;
        auto& into = record.readings.at(static_cast<std::size_t>(dimension));
        into.level = check.one_of(check.text(*reading, "level", where), levels, where);
        into.rule = check.text(*reading, "rule", where, false);
        if (!into.rule.empty() && !is_plain_name(into.rule)) check.fault(where, "not the name of a rule");
    }
}

/// A worker may raise a level, never lower one.
void apply_override(const json& of, Record& record, Checker& check) {
    const json* raised = check.object(of, "override", "override", false);
    if (raised == nullptr) return;
    const auto dimension =
        check.one_of(check.text(*raised, "reading", "override.reading"), dimensions, "override.reading");
    const auto level = check.one_of(check.text(*raised, "level", "override.level"), levels, "override.level");
    if (!is_word(check.text(*raised, "reason", "override.reason"))) check.fault("override.reason", "not a word");
    auto& reading = record.readings.at(static_cast<std::size_t>(dimension));
    if (!check.good() || level <= reading.level) return;
    reading.level = level;
    reading.raised = true;
}

void read_heading(const json& of, Record& record, Checker& check) {
    if (check.number(of, "amparo", "amparo") != record_format) check.fault("amparo", "another format version");
    record.record = check.text(of, "record", "record");
    if (!is_hex(record.record, 32)) check.fault("record", "not 32 hexadecimal digits");
    if (of.contains("follows")) {
        record.follows = check.text(of, "follows", "follows");
        if (!is_hex(record.follows, 32) || record.follows == record.record)
            check.fault("follows", "not another record");
    }
    record.kind =
        check.one_of(check.text(of, "kind", "kind"), std::array{Kind::Partial, Kind::Final, Kind::Withdrawn}, "kind");
    const auto revision = check.number(of, "revision", "revision");
    if (revision < 1) check.fault("revision", "not above zero");
    record.revision = static_cast<std::uint32_t>(std::max<std::int64_t>(revision, 0));
    record.deployment = check.text(of, "deployment", "deployment");
    if (!is_hex(record.deployment, exchange::deployment_id_digits))
        check.fault("deployment", "not 16 hexadecimal digits");
    record.device = check.text(of, "device", "device");
    if (!is_hex(record.device, 32)) check.fault("device", "not 32 hexadecimal digits");
    if (check.number(of, "bundle", "bundle") < 1) check.fault("bundle", "not above zero");
    if (const json* form = check.object(of, "form", "form")) {
        record.form = check.text(*form, "id", "form.id");
        if (!exchange::form_id_allowed(record.form)) check.fault("form.id", "not the id of a form");
        record.form_version = check.text(*form, "version", "form.version");
        if (!is_label(record.form_version, most_version)) check.fault("form.version", "not a version");
        if (!is_hex(check.text(*form, "sha256", "form.sha256"), 64))
            check.fault("form.sha256", "not 64 hexadecimal digits");
    }
    record.mode = check.one_of(check.text(of, "mode", "mode"),
                               std::array{Mode::Assisted, Mode::Private, Mode::Observation}, "mode");
    record.role =
        check.one_of(check.text(of, "role", "role"), std::array{RecordRole::Shelter, RecordRole::Border}, "role");
    if (record.role == RecordRole::Border && record.mode == Mode::Assisted)
        check.fault("mode", "assisted by the border role");
    record.day = check.text(of, "day", "day");
    if (!exchange::parse_day(record.day)) check.fault("day", "not a day");
    record.case_code = check.text(of, "case_code", "case_code");
    if (!is_case_code(record.case_code)) check.fault("case_code", "not a case code");
    if (const json* training = check.member(of, "training", false, "training")) {
        if (!training->is_boolean()) return check.fault("training", "not yes or no");
        record.training = training->get<bool>();
    }
}

}  // namespace

std::string_view word(Kind kind) noexcept {
    switch (kind) {
        case Kind::Partial:
            return "partial";
        case Kind::Final:
            return "final";
        case Kind::Withdrawn:
            return "withdrawn";
    }
    return "";
}

std::string_view word(Mode mode) noexcept {
    switch (mode) {
        case Mode::Assisted:
            return "assisted";
        case Mode::Private:
            return "private";
        case Mode::Observation:
            return "observation";
    }
    return "";
}

std::string_view word(RecordRole role) noexcept {
    switch (role) {
        case RecordRole::Shelter:
            return "shelter";
        case RecordRole::Border:
            return "border";
    }
    return "";
}

std::string_view word(Level level) noexcept {
    switch (level) {
        case Level::NoneReported:
            return "none-reported";
        case Level::Some:
            return "some";
        case Level::Strong:
            return "strong";
    }
    return "";
}

std::string_view word(Dimension dimension) noexcept {
    switch (dimension) {
        case Dimension::Danger:
            return "danger";
        case Dimension::Harm:
            return "harm";
        case Dimension::Risk:
            return "risk";
    }
    return "";
}

tl::expected<Record, RecordFault> parse_record(std::string_view text) {
    Checker check;
    if (text.size() > record_most_bytes) check.fault("record", "too large");
    text = text.substr(0, text.find_last_not_of(' ') + 1);
    if (text.empty() || text.front() != '{' || text.back() != '}') check.fault("record", "not an object");
    if (!check.good()) return tl::unexpected(RecordFault{check.detail()});
    Record record;
    try {
        const auto parsed = parse_strictly(text, check);
        if (check.good()) read_heading(*parsed, record, check);
        if (check.good()) check_answers(*parsed, record.kind, check);
        if (check.good()) read_readings(*parsed, record.kind, record, check);
        if (check.good()) apply_override(*parsed, record, check);
    } catch (const std::exception&) {
        check.fault("record", "not readable");
    }
    if (!check.good()) return tl::unexpected(RecordFault{check.detail()});
    return record;
}

}  // namespace app::casebook

#include "locales/catalogue.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

#include "locales/utf8.hpp"

namespace locales {
namespace {

constexpr std::size_t largest_file = 1U << 20U;
constexpr std::size_t most_keys = 5'000;
constexpr std::size_t longest_text = 4'096;
constexpr std::string_view one_suffix = "_one";
constexpr std::string_view other_suffix = "_other";
// Other plural suffixes of i18next: a key ending in one is a mistake here.
constexpr std::string_view unused_suffixes[] = {"_zero", "_two", "_few", "_many", "_plural"};

Failure problem(Error error, std::string_view key = {}) {
    return {error, std::string(key.substr(0, 80))};
}

/// Takes the flat object apart while it is read, so that duplicate keys are seen and depth costs nothing.
class FlatReader : public nlohmann::json_sax<nlohmann::json> {
  public:
    std::vector<std::pair<std::string, std::string>> texts;  // in file order, duplicates included
    std::optional<Failure> problem_found;

    bool null() override { return not_text(); }
    bool boolean(bool) override { return not_text(); }
    bool number_integer(number_integer_t) override { return not_text(); }
    bool number_unsigned(number_unsigned_t) override { return not_text(); }
    bool number_float(number_float_t, const string_t&) override { return not_text(); }
    bool binary(binary_t&) override { return not_text(); }
    bool start_array(std::size_t) override { return not_text(); }
    bool end_array() override { return not_text(); }
    bool string(string_t& value) override {
        if (!inside_) return stop(Error::Json);
        if (value.size() > longest_text) return stop(Error::Limit);
        texts.emplace_back(key_, std::move(value));
        return texts.size() <= most_keys || stop(Error::Limit);
    }
    bool start_object(std::size_t) override {
        if (inside_) return not_text();
        inside_ = true;
        return true;
    }
    bool key(string_t& value) override {
        key_ = std::move(value);
        return true;
    }
    bool end_object() override { return true; }
    bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
        return stop(Error::Json);
    }

  private:
    bool stop(Error error) {
        problem_found = problem(error, key_);
        return false;
    }
    bool not_text() { return stop(inside_ ? Error::NotText : Error::Json); }

    std::string key_;
    bool inside_ = false;
};

bool word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

bool good_name(std::string_view name) {
    return !name.empty() && name.front() >= 'a' && name.front() <= 'z' && name.back() != '_' &&
           std::all_of(name.begin(), name.end(), word_character);
}

/// Words joined by dots, at least two.
bool good_key(std::string_view key) {
    if (key.size() > 80 || key.find('.') == std::string_view::npos) return false;
    for (std::size_t from = 0; from <= key.size();) {
        const auto dot = std::min(key.find('.', from), key.size());
        if (!good_name(key.substr(from, dot - from))) return false;
        from = dot + 1;
    }
    return std::none_of(std::begin(unused_suffixes), std::end(unused_suffixes),
                        [key](std::string_view suffix) { return key.ends_with(suffix); });
}

/// Most of a text: what needs no decoding.
bool plain(char c) {
    return c >= ' ' && c < '\x7F';
}

std::optional<Error> check_characters(std::string_view text) {
    bool visible = false;
    while (!text.empty()) {
        if (plain(text.front())) {
            visible = visible || text.front() != ' ';
            text.remove_prefix(1);
            continue;
        }
        const auto character = first_character(text);
        if (!character || (character->code != U'\n' && invisible_or_unsafe(character->code))) return Error::Encoding;
        visible = visible || (character->code > U' ' && character->code != 0xA0);
        text.remove_prefix(character->bytes);
    }
    return visible ? std::nullopt : std::optional(Error::Empty);
}

/// Cuts "{{name}}" out of a text. Single braces, formats ("{{n, number}}"), unescaped values ("{{- n}}") and nesting
/// ("$t(key)") are mistakes here.
std::optional<Pieces> cut(std::string_view text) {
    Pieces pieces;
    if (text.find("$t(") != std::string_view::npos) return std::nullopt;
    while (!text.empty()) {
        const auto open = text.find("{{");
        const auto plain = text.substr(0, open);
        if (plain.find_first_of("{}") != std::string_view::npos) return std::nullopt;
        if (!plain.empty()) pieces.push_back({false, std::string(plain)});
        if (open == std::string_view::npos) break;
        const auto close = text.find("}}", open);
        if (close == std::string_view::npos) return std::nullopt;
        const auto name = text.substr(open + 2, close - open - 2);
        if (!good_name(name)) return std::nullopt;
        pieces.push_back({true, std::string(name)});
        text.remove_prefix(close + 2);
    }
    return pieces;
}

std::vector<std::string> names_in(const Pieces& pieces) {
    std::vector<std::string> names;
    for (const auto& piece : pieces)
        if (piece.placeholder) names.push_back(piece.text);
    return names;
}

void sort_unique(std::vector<std::string>& names) {
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
}

/// "one" may leave the number out ("one case"); every other placeholder stands in both forms.
bool forms_agree(const Entry& entry) {
    const auto without_count = [](const Pieces& pieces) {
        auto names = names_in(pieces);
        names.erase(std::remove(names.begin(), names.end(), "count"), names.end());
        sort_unique(names);
        return names;
    };
    return without_count(entry.one) == without_count(entry.other);
}

using Entries = std::map<std::string, Entry, std::less<>>;

tl::expected<void, Failure> take(Entries& entries, std::string_view key, std::string_view text) {
    const auto failed = [key](Error error) { return tl::make_unexpected(problem(error, key)); };
    if (!good_key(key)) return failed(Error::Key);
    if (const auto error = check_characters(text)) return failed(*error);
    auto pieces = cut(text);
    if (!pieces) return failed(Error::Placeholder);
    const bool one = key.ends_with(one_suffix);
    if (one) key.remove_suffix(one_suffix.size());
    if (key.ends_with(other_suffix)) key.remove_suffix(other_suffix.size());
    if (!good_key(key)) return failed(Error::Key);
    auto& entry = entries[std::string(key)];
    auto& form = one ? entry.one : entry.other;
    if (!form.empty()) return failed(Error::Plural);
    form = std::move(*pieces);
    return {};
}

using Texts = std::vector<std::pair<std::string, std::string>>;
using Keys = std::vector<std::string_view>;

Keys sorted_keys(const Texts& texts) {
    Keys keys;
    keys.reserve(texts.size());
    for (const auto& [key, text] : texts) keys.push_back(key);
    std::sort(keys.begin(), keys.end());
    return keys;
}

/// The stems of those of `keys` that end in _other, in order.
Keys with_other(const Keys& keys) {
    Keys stems;
    for (const auto key : keys)
        if (key.ends_with(other_suffix)) stems.push_back(key.substr(0, key.size() - other_suffix.size()));
    std::sort(stems.begin(), stems.end());
    return stems;
}

/// An entry that has _one has _other by name, and no entry has _other alone.
tl::expected<void, Failure> check_plurals(const Entries& entries, const Keys& keys) {
    const auto others = with_other(keys);
    for (const auto& [key, entry] : entries) {
        const bool named_other = std::binary_search(others.begin(), others.end(), std::string_view(key));
        if (entry.other.empty() || entry.plural() != named_other)
            return tl::make_unexpected(problem(Error::Plural, key));
        if (entry.plural() && !forms_agree(entry)) return tl::make_unexpected(problem(Error::Placeholder, key));
    }
    return {};
}

std::string_view sentence(Error error) {
    switch (error) {
        case Error::Json:
            return "not a flat JSON object";
        case Error::Encoding:
            return "not UTF-8, or a control or invisible character";
        case Error::Limit:
            return "too large";
        case Error::Key:
            return "not a key: lower_case words joined by dots";
        case Error::DuplicateKey:
            return "the key is there twice";
        case Error::NotText:
            return "the value is not a text";
        case Error::Empty:
            return "the text shows nothing";
        case Error::Placeholder:
            return "braces that are not {{name}}, or plural forms with different placeholders";
        case Error::Plural:
            return "_one and _other must both be there, and the plain key not";
        case Error::MissingKey:
            return "missing";
        case Error::Differs:
            return "placeholders or plural forms are not those of the other language";
    }
    return {};
}

}  // namespace

std::string to_text(const Failure& found) {
    return found.key.empty() ? std::string(sentence(found.error))
                             : found.key + ": " + std::string(sentence(found.error));
}

std::vector<std::string> Entry::placeholders() const {
    auto names = names_in(one);
    for (auto& name : names_in(other)) names.push_back(std::move(name));
    sort_unique(names);
    return names;
}

tl::expected<Catalogue, Failure> Catalogue::parse(std::string_view json) noexcept try {
    if (json.size() > largest_file) return tl::make_unexpected(problem(Error::Limit));
    for (auto rest = json; !rest.empty();) {  // the library accepts a byte order mark
        if (plain(rest.front())) {
            rest.remove_prefix(1);
            continue;
        }
        const auto character = first_character(rest);
        if (!character || character->code == 0xFEFF) return tl::make_unexpected(problem(Error::Encoding));
        rest.remove_prefix(character->bytes);
    }
    FlatReader reader;
    const bool read = nlohmann::json::sax_parse(json.begin(), json.end(), &reader);
    if (reader.problem_found) return tl::make_unexpected(*reader.problem_found);
    if (!read) return tl::make_unexpected(problem(Error::Json));
    Catalogue catalogue;
    const auto keys = sorted_keys(reader.texts);
    if (const auto twice = std::adjacent_find(keys.begin(), keys.end()); twice != keys.end())
        return tl::make_unexpected(problem(Error::DuplicateKey, *twice));
    for (const auto& [key, text] : reader.texts)
        if (auto taken = take(catalogue.entries_, key, text); !taken) return tl::make_unexpected(taken.error());
    if (auto plurals = check_plurals(catalogue.entries_, keys); !plurals) return tl::make_unexpected(plurals.error());
    return catalogue;
} catch (...) {  // memory, or the library
    return tl::make_unexpected(Failure{Error::Limit, {}});
}

const Entry* Catalogue::find(std::string_view key) const noexcept {
    const auto found = entries_.find(key);
    return found == entries_.end() ? nullptr : &found->second;
}

tl::expected<void, Failure> check_pair(const Catalogue& a, const Catalogue& b) {
    for (const auto& [key, entry] : a.entries()) {
        const auto* other = b.find(key);
        if (other == nullptr) return tl::make_unexpected(problem(Error::MissingKey, key));
        if (entry.plural() != other->plural() || entry.placeholders() != other->placeholders())
            return tl::make_unexpected(problem(Error::Differs, key));
    }
    for (const auto& [key, entry] : b.entries())
        if (a.find(key) == nullptr) return tl::make_unexpected(problem(Error::MissingKey, key));
    return {};
}

}  // namespace locales

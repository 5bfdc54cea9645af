#include "locales/translator.hpp"

#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "locales/screen_words.hpp"

namespace locales {
namespace {

std::string grouped(std::int64_t value) {
    // The magnitude without negating the smallest number.
    const auto magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    auto digits = std::to_string(magnitude);
    for (auto at = static_cast<std::ptrdiff_t>(digits.size()) - 3; at > 0; at -= 3)
        digits.insert(static_cast<std::size_t>(at), ",");
    return value < 0 ? "-" + digits : digits;
}

/// The rest are names of things: nobody looks for "persona 9,999" or for the file "bundle-1,000".
bool is_quantity(std::string_view placeholder) {
    return placeholder == "count" || placeholder == "total" || placeholder == "done";
}

std::string filled(const Pieces& pieces, const Values& values) {
    std::string text;
    for (const auto& piece : pieces) {
        if (!piece.placeholder) {
            text += piece.text;
        } else if (const auto* value = values.find(piece.text); value == nullptr) {
            text += "{{" + piece.text + "}}";
        } else if (const auto number = value->number()) {
            text += is_quantity(piece.text) ? grouped(*number) : std::to_string(*number);
        } else {
            text += value->text();
        }
    }
    return text;
}

/// CLDR plural rules for whole numbers, Spanish and English: "one" is 1. (Spanish "many", millions, does not occur.)
bool is_one(const Values& values) {
    const auto* count = values.find("count");
    return count != nullptr && count->number() == 1;
}

/// "casas e iglesias", but "agua y hielo": an i sound at the start, not the diphthong "hie".
bool sounds_like_i(std::string_view word) {
    const auto starts = [word](std::string_view with) { return word.starts_with(with); };
    if (starts("hie") || starts("Hie") || starts("hia") || starts("Hia")) return false;
    return starts("i") || starts("I") || starts("í") || starts("Í") || starts("hi") || starts("Hi") || starts("hí") ||
           starts("Hí");
}

/// Read when its language is first asked for: a command that speaks one does not wait for the other.
const Catalogue& shipped_catalogue(Language language) {
    const auto read = [](Language of) { return Catalogue::parse(shipped(of)).value_or(Catalogue()); };
    if (language == Language::En) {
        static const auto english = read(Language::En);
        return english;
    }
    static const auto spanish = read(Language::Es);
    return spanish;
}

}  // namespace

struct Translator::Given {
    Catalogue es;
    Catalogue en;
};

Translator::Translator(std::shared_ptr<const Given> given, Language language)
    : given_(std::move(given)), language_(language) {}

tl::expected<Translator, Failure> Translator::make(std::string_view es_json, std::string_view en_json,
                                                   Language language) noexcept try {
    auto es = Catalogue::parse(es_json);
    if (!es) return tl::make_unexpected(es.error());
    auto en = Catalogue::parse(en_json);
    if (!en) return tl::make_unexpected(en.error());
    if (auto pair = check_pair(*es, *en); !pair) return tl::make_unexpected(pair.error());
    const auto& needed = shipped_catalogue(Language::En).entries();
    if (needed.empty()) return tl::make_unexpected(Failure{Error::Limit, {}});
    for (const auto& [key, entry] : needed) {
        if (of_command_line(key)) continue;
        const auto* found = en->find(key);
        if (found == nullptr) return tl::make_unexpected(Failure{Error::MissingKey, key});
        if (found->plural() != entry.plural() || found->placeholders() != entry.placeholders())
            return tl::make_unexpected(Failure{Error::Differs, key});
    }
    return Translator(std::make_shared<const Given>(Given{std::move(*es), std::move(*en)}), language);
} catch (...) {  // memory
    return tl::make_unexpected(Failure{Error::Limit, {}});
}

Translator Translator::built_in(Language language) {
    return {nullptr, language};
}

const Catalogue& Translator::catalogue(Language language) const {
    if (!given_) return shipped_catalogue(language);
    return language == Language::En ? given_->en : given_->es;
}

bool Translator::has(std::string_view key) const {
    return catalogue(language_).find(key) != nullptr;
}

Text Translator::tr(std::string_view key, Values values) const {
    return tr_in(language_, key, values);
}

Text Translator::tr_in(Language language, std::string_view key, Values values) const {
    const auto* entry = catalogue(language).find(key);
    if (entry == nullptr) return Text("[" + std::string(key) + "]");
    return Text(filled(entry->plural() && is_one(values) ? entry->one : entry->other, values));
}

Text Translator::number(std::int64_t value) const {
    return Text(grouped(value));
}

Text Translator::tenths(std::int64_t tenths) const {
    const auto sign = tenths < 0 && tenths / 10 == 0 ? std::string("-") : std::string();
    return Text(sign + grouped(tenths / 10) + "." + std::to_string(std::abs(tenths % 10)));
}

Text Translator::percent(std::int64_t value) const {
    return tr("number.percent", {{"number", value}});
}

Text Translator::bytes(std::uint64_t value) const {
    if (value < 1000) return tr("number.bytes", {{"count", value}});
    constexpr std::string_view units[] = {"number.kb", "number.mb", "number.gb", "number.tb"};
    // In tenths of a unit, rounded half up; 999.95 KB and more is 1.0 MB.
    std::uint64_t tenth = 100;
    std::size_t unit = 0;
    const auto rounded = [value, &tenth] { return value / tenth + (value % tenth >= tenth / 2 ? 1 : 0); };
    while (rounded() >= 10'000 && unit + 1 < std::size(units)) {
        tenth *= 1000;
        ++unit;
    }
    return tr(units[unit], {{"number", tenths(static_cast<std::int64_t>(rounded()))}});
}

Text Translator::list(std::span<const std::string_view> items) const {
    if (items.empty()) return {};
    if (items.size() == 1) return Text(std::string(items[0]));
    std::string before(items[0]);
    for (const auto item : items.subspan(1, items.size() - 2)) before.append(", ").append(item);
    const auto last = items.back();
    const auto* key = items.size() == 2 ? "list.two" : "list.more";
    if (language_ == Language::Es && sounds_like_i(last)) key = "list.before_i";
    if (language_ == Language::En && items.size() == 2) key = "list.two";
    return tr(key, {{"before", before}, {"last", last}});
}

}  // namespace locales

#include "questionnaires/engine/expression/functions.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {
namespace {

using F = Function;
using T = Type;

constexpr std::array table{
    FunctionInfo{"abs", F::Abs, 1, 1, T::Number},
    FunctionInfo{"acos", F::Acos, 1, 1, T::Number},
    FunctionInfo{"asin", F::Asin, 1, 1, T::Number},
    FunctionInfo{"atan", F::Atan, 1, 1, T::Number},
    FunctionInfo{"atan2", F::Atan2, 2, 2, T::Number},
    FunctionInfo{"base64-decode", F::Base64Decode, 1, 1, T::String},
    FunctionInfo{"boolean", F::Boolean, 1, 1, T::Boolean},
    FunctionInfo{"boolean-from-string", F::BooleanFromString, 1, 1, T::Boolean},
    FunctionInfo{"ceiling", F::Ceiling, 1, 1, T::Number},
    FunctionInfo{"checklist", F::Checklist, 3, unbounded, T::Boolean},
    FunctionInfo{"coalesce", F::Coalesce, 2, 2, T::Any},
    FunctionInfo{"concat", F::Concat, 1, unbounded, T::String},
    FunctionInfo{"contains", F::Contains, 2, 2, T::Boolean},
    FunctionInfo{"cos", F::Cos, 1, 1, T::Number},
    FunctionInfo{"count", F::Count, 1, 1, T::Number},
    FunctionInfo{"count-non-empty", F::CountNonEmpty, 1, unbounded, T::Number},
    FunctionInfo{"count-selected", F::CountSelected, 1, 1, T::Number},
    FunctionInfo{"current", F::Current, 0, 0, T::Nodes},
    FunctionInfo{"date", F::Date, 1, 1, T::Date},
    FunctionInfo{"date-time", F::DateTime, 1, 1, T::Date},
    FunctionInfo{"decimal-date-time", F::DecimalDateTime, 1, 1, T::Number},
    FunctionInfo{"decimal-time", F::DecimalTime, 1, 1, T::Number},
    FunctionInfo{"digest", F::Digest, 2, 3, T::String},
    FunctionInfo{"ends-with", F::EndsWith, 2, 2, T::Boolean},
    FunctionInfo{"exp", F::Exp, 1, 1, T::Number},
    FunctionInfo{"exp10", F::Exp10, 1, 1, T::Number},
    FunctionInfo{"false", F::False, 0, 0, T::Boolean},
    FunctionInfo{"floor", F::Floor, 1, 1, T::Number},
    FunctionInfo{"format-date", F::FormatDate, 2, 2, T::String},
    FunctionInfo{"format-date-time", F::FormatDateTime, 2, 2, T::String},
    FunctionInfo{"id", F::Id, 1, 1, T::Nodes},
    FunctionInfo{"if", F::If, 3, 3, T::Any},
    FunctionInfo{"indexed-repeat", F::IndexedRepeat, 3, 33, T::Nodes},
    FunctionInfo{"instance", F::Instance, 1, 1, T::Nodes},
    FunctionInfo{"int", F::Int, 1, 1, T::Number},
    FunctionInfo{"join", F::Join, 2, unbounded, T::String},
    FunctionInfo{"jr:choice-name", F::ChoiceName, 2, 2, T::String},
    FunctionInfo{"jr:itext", F::Itext, 1, 1, T::String},
    FunctionInfo{"lang", F::Lang, 1, 1, T::Boolean},
    FunctionInfo{"last", F::Last, 0, 0, T::Number},
    FunctionInfo{"local-name", F::LocalName, 0, 1, T::String},
    FunctionInfo{"log", F::Log, 1, 1, T::Number},
    FunctionInfo{"log10", F::Log10, 1, 1, T::Number},
    FunctionInfo{"max", F::Max, 1, unbounded, T::Number},
    FunctionInfo{"medium", F::Medium, 1, 1, T::Number},
    FunctionInfo{"min", F::Min, 1, unbounded, T::Number},
    FunctionInfo{"name", F::Name, 0, 1, T::String},
    FunctionInfo{"namespace-uri", F::NamespaceUri, 0, 1, T::String},
    FunctionInfo{"normalize-space", F::NormalizeSpace, 0, 1, T::String},
    FunctionInfo{"not", F::Not, 1, 1, T::Boolean},
    FunctionInfo{"now", F::Now, 0, 0, T::Date},
    FunctionInfo{"number", F::Number, 0, 1, T::Number},
    FunctionInfo{"once", F::Once, 1, 1, T::Any},
    FunctionInfo{"pi", F::Pi, 0, 0, T::Number},
    FunctionInfo{"position", F::Position, 0, 1, T::Number},
    FunctionInfo{"positive", F::Positive, 1, 1, T::Boolean},
    FunctionInfo{"pow", F::Pow, 2, 2, T::Number},
    FunctionInfo{"pulldata", F::PullData, 4, 4, T::String},
    FunctionInfo{"random", F::Random, 0, 0, T::Number},
    FunctionInfo{"randomize", F::Randomize, 1, 2, T::Nodes},
    FunctionInfo{"regex", F::Regex, 2, 2, T::Boolean},
    FunctionInfo{"round", F::Round, 1, 2, T::Number},
    FunctionInfo{"selected", F::Selected, 2, 2, T::Boolean},
    FunctionInfo{"selected-at", F::SelectedAt, 2, 2, T::String},
    FunctionInfo{"sin", F::Sin, 1, 1, T::Number},
    FunctionInfo{"sqrt", F::Sqrt, 1, 1, T::Number},
    FunctionInfo{"starts-with", F::StartsWith, 2, 2, T::Boolean},
    FunctionInfo{"state", F::State, 1, 1, T::String},
    FunctionInfo{"string", F::String, 0, 1, T::String},
    FunctionInfo{"string-length", F::StringLength, 0, 1, T::Number},
    FunctionInfo{"strong", F::Strong, 1, 1, T::Number},
    FunctionInfo{"substr", F::Substr, 2, 3, T::String},
    FunctionInfo{"substring", F::Substring, 2, 3, T::String},
    FunctionInfo{"substring-after", F::SubstringAfter, 2, 2, T::String},
    FunctionInfo{"substring-before", F::SubstringBefore, 2, 2, T::String},
    FunctionInfo{"sum", F::Sum, 1, unbounded, T::Number},
    FunctionInfo{"tan", F::Tan, 1, 1, T::Number},
    FunctionInfo{"today", F::Today, 0, 0, T::Date},
    FunctionInfo{"translate", F::Translate, 3, 3, T::String},
    FunctionInfo{"true", F::True, 0, 0, T::Boolean},
    FunctionInfo{"uuid", F::Uuid, 0, 1, T::String},
    FunctionInfo{"weak", F::Weak, 1, 1, T::Number},
    FunctionInfo{"weighted-checklist", F::WeightedChecklist, 4, unbounded, T::Boolean},
};

}  // namespace

std::span<const FunctionInfo> functions() noexcept {
    return table;
}

const FunctionInfo* find_function(std::string_view name) noexcept {
    const auto* const found = std::lower_bound(
        table.begin(), table.end(), name, [](const FunctionInfo& info, std::string_view n) { return info.name < n; });
    return found != table.end() && found->name == name ? found : nullptr;
}

Sentence why_absent(std::string_view name) {
    if (name == "area" || name == "distance" || name == "enclosed-area" || name == "geofence") {
        return "it needs positions, and positions identify people and places; they are never recorded";
    }
    return {};
}

Sentence suggest_function(std::string_view name) {
    std::vector<std::string_view> names;
    names.reserve(table.size());
    for (const auto& info : table) names.push_back(info.name);
    return did_you_mean(name, names);
}

}  // namespace questionnaires::engine

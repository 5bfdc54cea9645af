// VERSION, and the small rules for names that several members share.
#include <algorithm>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/text.hpp"
#include "app/record/rules.hpp"
#include "locales/visible.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t label_limit = 64;
constexpr std::size_t detail_limit = 200;

}  // namespace

Result<AppVersion> parse_app_version(std::string_view text) {
    AppVersion version;
    for (std::size_t i = 0; i < version.part.size(); ++i) {
        const auto end = i + 1 < version.part.size() ? text.find('.') : text.size();
        const auto number = end == std::string_view::npos ? std::nullopt : number_of(text.substr(0, end));
        if (!number || *number > 65'535) return failed(Error::Content, Reason::ProgramVersionForm);
        version.part[i] = static_cast<std::uint32_t>(*number);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return version;
}

std::string app_version_text(AppVersion version) {
    return std::to_string(version.part[0]) + "." + std::to_string(version.part[1]) + "." +
           std::to_string(version.part[2]);
}

AppVersion this_app_version() {
    return parse_app_version(AMPARO_VERSION).value_or(AppVersion{});
}

bool label_allowed(std::string_view label) {
    return !label.empty() && label.size() <= label_limit && label.front() != ' ' && label.back() != ' ' &&
           locales::visible(label) == label;
}

std::string plain_detail(std::string_view text) {
    std::string plain(text.substr(0, detail_limit));
    std::replace_if(
        plain.begin(), plain.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return plain;
}

std::string bundle_comment(const BundleVersion& version) {
    return std::string(bundle_title) + " deployment=" + version.deployment + " seq=" + std::to_string(version.sequence);
}

std::string version_text(const BundleVersion& version) {
    std::string text(bundle_title);
    text += "\ndeployment " + version.deployment;
    text += "\nname " + version.name;
    text += "\nsequence " + std::to_string(version.sequence);
    text += "\nminimum-app " + app_version_text(version.minimum_app);
    text += "\nmade " + day_text(version.made);
    text += "\nexpires " + day_text(version.expires);
    text += std::string("\ndemo ") + (version.demo ? "yes" : "no") + "\n";
    return text;
}

Result<BundleVersion> parse_version(crypto::ByteView text) {
    const auto wrong = [] { return failed(Error::Content, Reason::VersionForm); };
    crypto::Reader reader(text);
    if (reader.line(text_line_limit) != bundle_title) return wrong();
    const auto deployment = value_of(reader, "deployment");
    const auto name = value_of(reader, "name");
    const auto sequence = value_of(reader, "sequence");
    const auto minimum = value_of(reader, "minimum-app");
    const auto made = value_of(reader, "made");
    const auto expires = value_of(reader, "expires");
    const auto demo = value_of(reader, "demo");
    if (!deployment || !name || !sequence || !minimum || !made || !expires || !demo || !reader.at_end()) return wrong();
    const auto number = number_of(*sequence);
    const auto app = parse_app_version(*minimum);
    const auto from = parse_day(*made);
    const auto until = parse_day(*expires);
    if (!record::is_hex(*deployment, record::deployment_digits) || !label_allowed(*name) || !number || *number == 0 ||
        !app || !from || !until || *until < *from || (*demo != "yes" && *demo != "no"))
        return wrong();
    return BundleVersion{std::string(*deployment), std::string(*name), *number, *app, *from, *until, *demo == "yes"};
}

}  // namespace app::exchange

#include "app/exchange/manifest.hpp"

#include <algorithm>
#include <set>

#include "app/exchange/text.hpp"
#include "app/exchange/ustar.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t hex_digits = 64;
constexpr std::string_view separator = "  ";
constexpr std::size_t line_limit = hex_digits + 2 + 100;

std::string line_text(const ManifestLine& line) {
    std::string text = crypto::to_hex(line.sha256);
    text += separator;
    text += line.name;
    return text;
}

}  // namespace

std::optional<Digest> parse_digest(std::string_view text) {
    const auto bytes = crypto::from_hex(text);
    Digest digest{};
    if (!bytes || bytes->size() != digest.size()) return std::nullopt;
    std::copy(bytes->begin(), bytes->end(), digest.begin());
    return digest;
}

void sort_lines(std::vector<ManifestLine>& lines) {
    std::sort(lines.begin(), lines.end(), [](const ManifestLine& a, const ManifestLine& b) {
        return a.sha256 != b.sha256 ? a.sha256 < b.sha256 : a.name < b.name;
    });
}

std::string manifest_text(std::string_view title, std::vector<ManifestLine> lines) {
    sort_lines(lines);
    std::string text(title);
    text += '\n';
    for (const auto& line : lines) {
        text += line_text(line);
        text += '\n';
    }
    return text;
}

Result<std::vector<ManifestLine>> parse_manifest(crypto::ByteView text, std::string_view title, std::size_t most) {
    crypto::Reader reader(text);
    if (reader.line(line_limit) != title) return failed(Error::Manifest, Reason::ManifestTitle);
    std::vector<ManifestLine> result;
    std::set<std::string_view> names;
    std::string_view before;
    while (!reader.at_end()) {
        const auto line = reader.line(line_limit);
        if (!line) return failed(Error::Manifest, Reason::ManifestLine);
        if (result.size() == most) return failed(Error::TooLarge, Reason::ManifestLong);
        const auto digest = parse_digest(line->substr(0, hex_digits));
        if (!digest || line->substr(hex_digits).substr(0, separator.size()) != separator)
            return failed(Error::Manifest, Reason::ManifestLine);
        const auto name = line->substr(hex_digits + separator.size());
        if (!ustar_name_allowed(name)) return failed(Error::Manifest, Reason::ManifestName);
        if (*line < before) return failed(Error::Manifest, Reason::ManifestUnsorted);
        if (!names.insert(name).second) return failed(Error::Manifest, Reason::ManifestTwice);
        before = *line;
        result.push_back({*digest, std::string(name)});
    }
    return result;
}

}  // namespace app::exchange

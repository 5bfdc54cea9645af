#include "app/backup/form.hpp"

namespace app::backup {
namespace {

constexpr std::string_view family = "amparo-backup ";

}  // namespace

// Refused files, and the six others.
const exchange::UstarLimits limits{most_refused_files + 6, (std::uint64_t{8} << 30U) - 1, std::uint64_t{10} << 30U};

std::string head_text(const Head& head) {
    return std::string(title) + "\ndeployment " + head.deployment + "\nmade " + exchange::day_text(head.made) + "\n";
}

std::optional<Head> parse_head(std::string_view text) {
    constexpr std::size_t id_at = title.size() + std::string_view("\ndeployment ").size();
    constexpr std::size_t day_at = id_at + 16 + std::string_view("\nmade ").size();
    if (text.size() != day_at + 11) return std::nullopt;
    const auto day = exchange::parse_day(text.substr(day_at, 10));
    if (!day) return std::nullopt;
    Head head{std::string(text.substr(id_at, 16)), *day};
    if (head_text(head) != text) return std::nullopt;
    return head;
}

bool is_newer(std::string_view text) {
    if (!text.starts_with(family)) return false;
    const auto number = text.substr(family.size(), text.find('\n') - family.size());
    return !number.empty() && number.size() <= 9 && number.front() != '0' && number != "1" &&
           number.find_first_not_of("0123456789") == std::string_view::npos;
}

std::string signed_comment(const Head& head) {
    return std::string(title) + " deployment=" + head.deployment + " made=" + exchange::day_text(head.made);
}

bool is_refused_name(std::string_view name) {
    constexpr std::string_view ending = ".age";
    if (!name.starts_with(refused_folder) || !name.ends_with(ending)) return false;
    name.remove_prefix(refused_folder.size());
    name.remove_suffix(ending.size());
    return name.size() == 65 && name.front() == '/' &&
           name.find_first_not_of("0123456789abcdef", 1) == std::string_view::npos;
}

}  // namespace app::backup

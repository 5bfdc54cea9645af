#include "app/store/known_slots.hpp"

#include <algorithm>

#include "crypto/try.hpp"

namespace app::store::detail {
namespace {

constexpr std::string_view known_setting = "known_slots";  // one line for each version, the newest first
constexpr std::size_t hex_digits = 64;
constexpr std::size_t line_size = hex_digits * crypto::slot_count;
constexpr std::size_t most_lines = 4;  // as many as a setting holds; two are needed

bool is_among(const std::vector<std::size_t>& slots, std::size_t slot) {
    return std::find(slots.begin(), slots.end(), slot) != slots.end();
}

std::string line_of(crypto::SodiumReady ready, const crypto::Slots& slots, const std::vector<std::size_t>& lost) {
    std::string line;
    for (std::size_t slot = 0; slot < crypto::slot_count; ++slot)
        line += is_among(lost, slot) ? std::string(hex_digits, '0') : crypto::to_hex(slots.digest_of(ready, slot));
    return line;
}

/// The versions that are remembered, the newest first.
std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (text.size() >= line_size && lines.size() < most_lines) {
        lines.emplace_back(text.substr(0, line_size));
        text.remove_prefix(std::min(line_size + 1, text.size()));
    }
    return lines;
}

bool matches(crypto::SodiumReady ready, const std::string& line, const crypto::Slots& slots, std::size_t slot) {
    return line.compare(slot * hex_digits, hex_digits, crypto::to_hex(slots.digest_of(ready, slot))) == 0;
}

/// Without anything that vouches for a copy: the slots in which the copies differ may be lost.
MendedSlots without_digests(crypto::SodiumReady ready, const std::vector<crypto::Slots>& copies,
                            const crypto::Slots& opened, bool other_key, const std::vector<std::size_t>& used) {
    MendedSlots mended{opened, {}, copies.size() == 1 || other_key};
    if (mended.sure) return mended;
    for (const auto slot : used)
        for (const auto& copy : copies)
            if (copy.digest_of(ready, slot) != opened.digest_of(ready, slot) && !is_among(mended.lost, slot))
                mended.lost.push_back(slot);
    return mended;
}

/// Takes the slot from the first copy that one of the versions knows. False: none does.
bool take_known(crypto::SodiumReady ready, const std::vector<std::string>& versions,
                const std::vector<crypto::Slots>& copies, std::size_t slot, crypto::Slots& into) {
    for (const auto& version : versions)
        for (const auto& copy : copies)
            if (matches(ready, version, copy, slot) && into.take(copy, slot)) return true;
    return false;
}

/// Whether every copy but the one that opened is, slot by slot, what was remembered before.
bool are_left_over(crypto::SodiumReady ready, const std::vector<std::string>& remembered,
                   const std::vector<crypto::Slots>& copies, const crypto::Slots& opened) {
    const auto line = line_of(ready, opened, {});
    return std::all_of(copies.begin(), copies.end(), [&](const auto& copy) {
        const auto its = line_of(ready, copy, {});
        return its == line || std::find(remembered.begin(), remembered.end(), its) != remembered.end();
    });
}

}  // namespace

Result<void> know_slots(crypto::SodiumReady ready, Settings& settings, const crypto::Slots& slots,
                        const std::vector<std::size_t>& lost) {
    const auto line = line_of(ready, slots, lost);
    const auto before = settings.get(known_setting);
    if (before && *before == line) return {};
    return settings.set(known_setting, line);
}

Result<std::string> know_next_slots(crypto::SodiumReady ready, Settings& settings, const crypto::Slots& next,
                                    const std::vector<std::size_t>& lost) {
    AMPARO_TRY(const before, settings.get(known_setting));
    auto text = line_of(ready, next, lost);
    auto lines = lines_of(before.value_or(""));
    if (lines.size() == most_lines) lines.pop_back();
    for (const auto& line : lines) text += "\n" + line;
    AMPARO_DO(settings.set(known_setting, text));
    return before.value_or("");
}

Result<void> forget_next_slots(Settings& settings, const std::string& before) {
    return settings.set(known_setting, before);
}

Result<MendedSlots> mend_slots(crypto::SodiumReady ready, Settings& settings, const std::vector<crypto::Slots>& copies,
                               const crypto::Slots& opened, std::size_t by, bool other_key,
                               const std::vector<std::size_t>& used) {
    AMPARO_TRY(const text, settings.get(known_setting));
    auto versions = lines_of(text.value_or(""));
    if (versions.empty()) return without_digests(ready, copies, opened, other_key, used);
    // A change of the database key replaces every slot: only a version with the slot that gave the key is this key's.
    const auto remembered = versions;
    std::erase_if(versions, [&](const auto& version) { return !matches(ready, version, opened, by); });
    if (versions.empty())  // such a change broke off before they were remembered
        return without_digests(ready, copies, opened, other_key || are_left_over(ready, remembered, copies, opened),
                               used);
    MendedSlots mended{opened, {}, true};
    for (std::size_t slot = 0; slot < crypto::slot_count; ++slot)
        if (!take_known(ready, versions, copies, slot, mended.slots) && is_among(used, slot))
            mended.lost.push_back(slot);
    return mended;
}

}  // namespace app::store::detail

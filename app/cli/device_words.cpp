#include "app/cli/device_words.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace app::cli {
namespace {

using casebook::Doubt;
using nlohmann::json;

constexpr std::size_t most_ranges = 20;

std::string_view doubt_key(Doubt doubt) {
    switch (doubt) {
        case Doubt::None:
            return "cli.doubt.other";
        case Doubt::Forked:
            return "cli.doubt.forked";
        case Doubt::Revoked:
            return "cli.doubt.revoked";
        case Doubt::AuditBroken:
            return "cli.doubt.audit_broken";
        case Doubt::CertificateEnded:
            return "cli.doubt.certificate_ended";
        case Doubt::Gap:
            return "cli.doubt.gap";
        case Doubt::EpochDoubt:
            return "cli.doubt.epoch_doubt";
        case Doubt::EpochStart:
            return "cli.doubt.epoch_start";
        case Doubt::EarlierEpoch:
            return "cli.doubt.earlier_epoch";
        case Doubt::OtherCase:
            return "cli.doubt.other_case";
        case Doubt::CameLater:
            return "cli.doubt.came_later";
    }
    return "cli.doubt.other";
}

/// "2-5, 9" and, where there are too many, that there are more.
std::string ranges(const Context& context, const std::vector<casebook::Gap>& gaps) {
    std::string text;
    for (std::size_t i = 0; i < gaps.size(); ++i) {
        if (i == most_ranges) return text + " " + context.text("cli.gap.more");
        text += (text.empty() ? "" : ", ") + std::to_string(gaps[i].first);
        if (gaps[i].last != gaps[i].first) text += "-" + std::to_string(gaps[i].last);
    }
    return text;
}

}  // namespace

std::vector<std::string> gap_sentences(const Context& context, const std::string& device,
                                       const std::vector<casebook::Gap>& gaps) {
    std::vector<std::string> sentences;
    for (std::size_t i = 0; i < gaps.size();) {
        const auto epoch = std::to_string(gaps[i].epoch);
        if (gaps[i].last == 0) {
            sentences.push_back(context.text(
                "cli.gap.open", {{"device", device}, {"epoch", epoch}, {"first", std::to_string(gaps[i].first)}}));
            ++i;
            continue;
        }
        std::vector<casebook::Gap> same;
        for (; i < gaps.size() && gaps[i].epoch == std::stoull(epoch) && gaps[i].last > 0; ++i) same.push_back(gaps[i]);
        sentences.push_back(context.text("cli.gap.batches",
                                         {{"device", device}, {"epoch", epoch}, {"missing", ranges(context, same)}}));
    }
    return sentences;
}

std::string gaps_json(const std::vector<casebook::Gap>& gaps) {
    auto all = json::array();
    for (const auto& gap : gaps)
        all.push_back({{"epoch", gap.epoch}, {"first", gap.first}, {"last", gap.last > 0 ? json(gap.last) : json()}});
    return all.dump();
}

std::string doubt_text(const Context& context, const std::string& word) {
    for (const auto doubt :
         {Doubt::Forked, Doubt::Revoked, Doubt::AuditBroken, Doubt::CertificateEnded, Doubt::Gap, Doubt::EpochDoubt,
          Doubt::EpochStart, Doubt::EarlierEpoch, Doubt::OtherCase, Doubt::CameLater})
        if (casebook::to_word(doubt) == word) return context.text(doubt_key(doubt));
    return context.text(doubt_key(Doubt::None));
}

std::string revoked_text(const Context& context, const casebook::Revocation& revoked) {
    return context.text(revoked.bundle == 0 ? "cli.devices.revoked_here"
                        : revoked.own       ? "cli.devices.revoked_both"
                                            : "cli.devices.revoked_by_bundle",
                        {{"number", std::to_string(revoked.bundle)}});
}

std::size_t digits_to_tell(const std::vector<casebook::Device>& devices) {
    std::vector<std::string> ids;
    for (const auto& device : devices) ids.push_back(device.device);
    std::sort(ids.begin(), ids.end());
    std::size_t digits = 8;
    for (std::size_t i = 1; i < ids.size(); ++i) {
        const auto& one = ids[i - 1];
        const auto& other = ids[i];
        const auto common = std::mismatch(one.begin(), one.end(), other.begin(), other.end()).first - one.begin();
        digits = std::max(digits, static_cast<std::size_t>(common) + 1);
    }
    return digits;
}

Outcome<std::string> which_device(const Context& context, const std::vector<casebook::Device>& devices,
                                  const std::string& typed) {
    if (exchange::device_id_allowed(typed)) return typed;
    std::string found;
    for (const auto& device : devices) {
        if (typed.empty() || !device.device.starts_with(typed)) continue;
        if (!found.empty()) return stop(context, "cli.devices.several", {{"device", shown(typed)}});
        found = device.device;
    }
    if (found.empty()) return stop(context, "cli.devices.unknown", {{"device", shown(typed)}});
    return found;
}

}  // namespace app::cli

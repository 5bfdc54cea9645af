#include "app/kiosk/queue.hpp"

#include <utility>

namespace app::kiosk {
namespace {

/// Whether `waiting` need not be done any more once `asked` is done. Only what nobody misses the answer of.
bool supersedes(const session::Effect& asked, const session::Effect& waiting) noexcept {
    if (asked.index() != waiting.index()) return false;
    if (const auto* newer = std::get_if<session::SealRecord>(&asked)) {
        const auto* older = std::get_if<session::SealRecord>(&waiting);
        return older->record == newer->record && older->revision < newer->revision;
    }
    if (const auto* newer = std::get_if<session::SavePreference>(&asked))
        return std::get_if<session::SavePreference>(&waiting)->name == newer->name;
    return std::holds_alternative<session::CheckPin>(asked) || std::holds_alternative<session::ListAudit>(asked) ||
           std::holds_alternative<session::FindPlaces>(asked) || std::holds_alternative<session::DropDraft>(asked);
}

/// Whether what waits before it may be dropped for what comes after it.
bool lets_through(const session::Effect& effect) noexcept {
    return std::holds_alternative<session::SealRecord>(effect) ||
           std::holds_alternative<session::SavePreference>(effect) ||
           std::holds_alternative<session::CheckPin>(effect) || std::holds_alternative<session::ListAudit>(effect) ||
           std::holds_alternative<session::FindPlaces>(effect) || std::holds_alternative<session::DropDraft>(effect);
}

}  // namespace

void enqueue(std::list<Job>& queue, std::list<Job>&& added) noexcept {
    shell::enqueue(queue, std::move(added), supersedes, lets_through);
}

}  // namespace app::kiosk

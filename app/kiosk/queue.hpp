// Which effects wait for the worker thread. It must not know what they do, only which of them make others superfluous.
#pragma once

#include <list>

#include "app/session/effect.hpp"
#include "app/shell/worker.hpp"

namespace app::kiosk {

/// An effect that waits, with the room for its answer.
using Job = shell::Job<session::Effect, session::Answer>;

/// Adds the one job of `added` at the end and drops a waiting one that it makes superfluous, which then is never
/// answered: an earlier revision of the same record, an earlier value of the same preference, an earlier try at a PIN,
/// an earlier look at the audit or for places, an earlier dropping of the draft. Nothing is moved, and nothing is
/// dropped from before an effect that needs it done: sending, withdrawing, resuming, a change of people or keys, or of
/// the store itself stay between what came before and after them.
void enqueue(std::list<Job>& queue, std::list<Job>&& added) noexcept;

}  // namespace app::kiosk

// Which system calls a program may make from now on (seccomp). It must not know why a program makes them.
#pragma once

#include "app/hardening/process.hpp"

namespace app::hardening {

/// From now on only the calls of a list are made, in every thread: reading and writing files, memory, threads, clocks;
/// in the kiosk also local (AF_UNIX) sockets and what the keeper of drafts asks of the kernel's keyring. Everything
/// else answers "not there" (ENOSYS; sockets of other families EAFNOSUPPORT), also calls newer than this program, so
/// that libraries fall back. A call that only an intruder makes ends the process: running a program, debugging another
/// process, io_uring, mounting, loading kernel code. Signals reach only this process; nothing is typed into a terminal.
/// There is one seam for a helper program (speech, when it comes): none is allowed today.
/// False when the kernel refuses: the program must not go on.
[[nodiscard]] bool allow_only_known_calls(Program program) noexcept;

/// From now on no thread makes or connects a socket: what is open (the one to the display) stays. False when refused.
[[nodiscard]] bool allow_no_more_sockets() noexcept;

}  // namespace app::hardening

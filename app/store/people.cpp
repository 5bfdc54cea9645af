// Workers and their PINs. What wrong ones cost is said by pin_rules.
#include "app/store/inside.hpp"
#include "app/store/keeping_rules.hpp"
#include "crypto/pin.hpp"

namespace app::store {
namespace {

using std::chrono::seconds;

constexpr std::string_view removed_value = "worker.removed";

std::int64_t count_of(std::chrono::sys_seconds time) noexcept {
    return time.time_since_epoch().count();
}

bool valid(Worker worker) noexcept {
    return worker.number.value >= 1 && worker.number.value <= worker_number_most;
}

}  // namespace

Result<void> Store::add_worker(Worker worker, const crypto::SecretBytes& pin, crypto::ArgonCost cost) {
    if (!valid(worker)) return tl::unexpected(Error::Input);
    auto verifier = crypto::make_pin_verifier(ready_, pin, cost);
    if (!verifier) return tl::unexpected(detail::error_of(verifier.error()));
    auto done = change_tables([&]() -> Result<void> {
        AMPARO_TRY(const removed, removed_workers());
        AMPARO_DO(rules::may_add(worker.number, removed));
        return database_.run(
            "INSERT INTO worker(number, role, verifier, wrong, wrong_at) "
            "VALUES(?1, ?2, ?3, 0, 0)",
            worker.number.value, worker.role, *verifier);
    });
    crypto::wipe(*verifier);
    return done;
}

Result<void> Store::change_pin(WorkerNumber number, const crypto::SecretBytes& pin, crypto::ArgonCost cost) {
    auto verifier = crypto::make_pin_verifier(ready_, pin, cost);
    if (!verifier) return tl::unexpected(detail::error_of(verifier.error()));
    auto done = change_tables([&]() -> Result<void> {
        AMPARO_DO(database_.run("UPDATE worker SET verifier = ?1, wrong = 0, wrong_at = 0 WHERE number = ?2", *verifier,
                                number.value));
        if (database_.changes() != 1) return tl::unexpected(Error::NotFound);
        return {};
    });
    crypto::wipe(*verifier);
    return done;
}

Result<void> Store::remove_worker(WorkerNumber number) {
    return change_tables([&]() -> Result<void> {
        AMPARO_TRY(all, workers());
        AMPARO_DO(rules::may_remove(number, all));
        AMPARO_DO(database_.run("DELETE FROM worker WHERE number = ?1", number.value));
        AMPARO_TRY(const before, value(removed_value));
        Bytes removed = before.value_or(Bytes());
        crypto::append_u64_le(removed, number.value);
        return put(removed_value, ByteView(removed));
    });
}

Result<std::vector<WorkerNumber>> Store::removed_workers() {
    AMPARO_TRY(const kept, value(removed_value));
    std::vector<WorkerNumber> removed;
    if (!kept) return removed;
    for (crypto::Reader reader(*kept); !reader.at_end();) {
        const auto number = reader.u64_le();
        if (!number || *number > worker_number_most) return tl::unexpected(Error::Damaged);
        removed.push_back({static_cast<std::uint32_t>(*number)});
    }
    return removed;
}

Result<std::vector<Worker>> Store::workers() {
    return database_.rows("SELECT number, role FROM worker ORDER BY number", [](database::Row row) {
        return Worker{WorkerNumber{row.number<std::uint32_t>(0)}, row.number<Role>(1)};
    });
}

Result<std::optional<Store::Tries>> Store::tries_of(WorkerNumber number) {
    const auto tries = [&](database::Row row) {
        return Tries{{number, row.number<Role>(0)},
                     row.copy_of(1),
                     {row.number<int>(2), rules::DeviceTime(seconds(row.integer(3)))}};
    };
    return database_.one("SELECT role, verifier, wrong, wrong_at FROM worker WHERE number = ?1", tries, number.value);
}

Result<bool> Store::device_locked() {
    AMPARO_TRY(flag, number_value("pin.device_locked"));
    return flag && *flag == 1;
}

Result<void> Store::set_device_locked(bool locked) {
    return put("pin.device_locked", locked ? 1U : 0U);
}

Result<void> Store::lift_device_lock() {
    return change_tables([&]() -> Result<void> {
        AMPARO_DO(database_.run("DELETE FROM wrong_pin"));
        return set_device_locked(false);
    });
}

/// Forgets tries older than the window; those of a time that is still to come (its page was lost) count from now.
Result<std::int64_t> Store::recent_wrong_pins(DeviceTime now) {
    AMPARO_DO(database_.run("UPDATE wrong_pin SET at = ?1 WHERE at > ?1", count_of(now)));
    AMPARO_DO(database_.run("DELETE FROM wrong_pin WHERE at <= ?1 - ?2", count_of(now),
                            seconds(device_tries_window).count()));
    return database_.number("SELECT count(*) FROM wrong_pin");
}

/// The number's own waiting. True when the PIN is not to be looked at.
Result<bool> Store::count_for_number(const Tries& tries, CountedTry& result) {
    const auto turn = rules::turn_of(tries.wrong, result.at);
    if (turn.wait) result.answer = MustWait{*turn.wait};
    if (turn.keep)
        AMPARO_DO(database_.run("UPDATE worker SET wrong = wrong + ?1, wrong_at = ?2 WHERE number = ?3",
                                turn.keep->count - tries.wrong.count, count_of(turn.keep->at),
                                tries.worker.number.value));
    return turn.wait.has_value();
}

/// Counts one try as wrong, on the medium, before the PIN is looked at.
Result<Store::CountedTry> Store::count_try(const std::optional<Tries>& tries, Now now) {
    CountedTry result;
    AMPARO_DO(change_tables([&]() -> Result<void> {
        AMPARO_TRY(const clock, clock_at(now));
        AMPARO_DO(put(clock));
        result.at = clock.time;
        AMPARO_TRY(const recent, recent_wrong_pins(result.at));
        AMPARO_TRY(const locked, device_locked());
        if (locked || rules::locks_device(recent)) {
            result.answer = DeviceLocked{};
            return set_device_locked(true);
        }
        if (tries) {
            AMPARO_TRY(const waits, count_for_number(*tries, result));
            if (waits) return {};
        }
        AMPARO_DO(database_.run("INSERT INTO wrong_pin(at) VALUES(?1)", count_of(result.at)));
        result.row = database_.last_row_id();
        return {};
    }));
    return result;
}

/// The number's tries become what `tries` says, and the counted one never was.
Result<void> Store::take_back(const CountedTry& counted, const Tries& tries) {
    return change_tables([&]() -> Result<void> {
        AMPARO_DO(database_.run("UPDATE worker SET wrong = ?1, wrong_at = ?2 WHERE number = ?3", tries.wrong.count,
                                count_of(tries.wrong.at), tries.worker.number.value));
        return database_.run("DELETE FROM wrong_pin WHERE id = ?1", counted.row);
    });
}

Result<SignIn> Store::after_wrong(int wrong, DeviceTime now) {
    bool locked = false;
    AMPARO_DO(change_tables([&]() -> Result<void> {
        AMPARO_TRY(const recent, recent_wrong_pins(now));
        locked = rules::locks_device(recent);
        return locked ? set_device_locked(true) : Result<void>{};
    }));
    return locked ? SignIn(DeviceLocked{}) : rules::answer_after(wrong);
}

Result<SignIn> Store::sign_in(WorkerNumber number, const crypto::SecretBytes& pin, Now now) {
    AMPARO_TRY(tries, tries_of(number));
    AMPARO_TRY(counted, count_try(tries, now));
    if (counted.answer) return std::move(*counted.answer);
    if (!tries) {
        // The same work as for a number that exists, so that its absence does not show in the time.
        static_cast<void>(crypto::make_pin_verifier(ready_, pin));
        return after_wrong(1, counted.at);
    }
    const auto right = crypto::check_pin(ready_, tries->verifier, pin);
    crypto::wipe(tries->verifier);
    if (!right && right.error() == crypto::Error::WrongSecret) return after_wrong(tries->wrong.count + 1, counted.at);
    if (right) tries->wrong = {};
    // When the machine failed and not the person, the number's tries stay as they were.
    AMPARO_DO(take_back(counted, *tries));
    if (!right) return tl::unexpected(detail::error_of(right.error()));
    return SignIn(SignedIn{tries->worker});
}

}  // namespace app::store

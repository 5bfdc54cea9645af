#include "app/store/people.hpp"

#include "app/store/keeping_rules.hpp"
#include "app/store/tables.hpp"
#include "crypto/pin.hpp"
#include "crypto/try.hpp"

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

Result<void> People::add(Worker worker, const crypto::SecretBytes& pin, crypto::ArgonCost cost) {
    if (!valid(worker)) return tl::unexpected(Error::Input);
    auto verifier = crypto::make_pin_verifier(tables_.ready(), pin, cost);
    if (!verifier) return tl::unexpected(detail::error_of(verifier.error()));
    auto done = tables_.change([&]() -> Result<void> {
        AMPARO_TRY(const gone, removed());
        AMPARO_DO(rules::may_add(worker.number, gone));
        return database_.run(
            "INSERT INTO worker(number, role, verifier, wrong, wrong_at) "
            "VALUES(?1, ?2, ?3, 0, 0)",
            worker.number.value, worker.role, *verifier);
    });
    crypto::wipe(*verifier);
    return done;
}

Result<void> People::change_pin(WorkerNumber number, const crypto::SecretBytes& pin, crypto::ArgonCost cost) {
    auto verifier = crypto::make_pin_verifier(tables_.ready(), pin, cost);
    if (!verifier) return tl::unexpected(detail::error_of(verifier.error()));
    auto done = tables_.change([&]() -> Result<void> {
        AMPARO_DO(database_.run("UPDATE worker SET verifier = ?1, wrong = 0, wrong_at = 0 WHERE number = ?2", *verifier,
                                number.value));
        if (database_.changes() != 1) return tl::unexpected(Error::NotFound);
        return {};
    });
    crypto::wipe(*verifier);
    return done;
}

Result<void> People::remove(WorkerNumber number) {
    return tables_.change([&]() -> Result<void> {
        AMPARO_TRY(all, workers());
        AMPARO_DO(rules::may_remove(number, all));
        AMPARO_DO(database_.run("DELETE FROM worker WHERE number = ?1", number.value));
        AMPARO_TRY(const before, tables_.value(removed_value));
        Bytes gone = before.value_or(Bytes());
        crypto::append_u64_le(gone, number.value);
        return tables_.put(removed_value, ByteView(gone));
    });
}

Result<std::vector<WorkerNumber>> People::removed() {
    AMPARO_TRY(const kept, tables_.value(removed_value));
    std::vector<WorkerNumber> gone;
    if (!kept) return gone;
    for (crypto::Reader reader(*kept); !reader.at_end();) {
        const auto number = reader.u64_le();
        if (!number || *number > worker_number_most) return tl::unexpected(Error::Damaged);
        gone.push_back({static_cast<std::uint32_t>(*number)});
    }
    return gone;
}

Result<std::vector<Worker>> People::workers() {
    return database_.rows("SELECT number, role FROM worker ORDER BY number", [](database::Row row) {
        return Worker{WorkerNumber{row.number<std::uint32_t>(0)}, row.number<Role>(1)};
    });
}

Result<std::optional<People::Tries>> People::tries_of(WorkerNumber number) {
    const auto tries = [&](database::Row row) {
        return Tries{{number, row.number<Role>(0)},
                     row.copy_of(1),
                     {row.number<int>(2), rules::DeviceTime(seconds(row.integer(3)))}};
    };
    return database_.one("SELECT role, verifier, wrong, wrong_at FROM worker WHERE number = ?1", tries, number.value);
}

Result<bool> People::device_locked() {
    AMPARO_TRY(flag, tables_.number("pin.device_locked"));
    return flag && *flag == 1;
}

Result<void> People::set_device_locked(bool locked) {
    return tables_.put("pin.device_locked", locked ? 1U : 0U);
}

Result<void> People::lift_device_lock() {
    return tables_.change([&]() -> Result<void> {
        AMPARO_DO(database_.run("DELETE FROM wrong_pin"));
        return set_device_locked(false);
    });
}

/// Forgets tries older than the window; those of a time that is still to come (its page was lost) count from now.
Result<std::int64_t> People::recent_wrong_pins(DeviceTime now) {
    AMPARO_DO(database_.run("UPDATE wrong_pin SET at = ?1 WHERE at > ?1", count_of(now)));
    AMPARO_DO(database_.run("DELETE FROM wrong_pin WHERE at <= ?1 - ?2", count_of(now),
                            seconds(device_tries_window).count()));
    return database_.number("SELECT count(*) FROM wrong_pin");
}

/// The number's own waiting. True when the PIN is not to be looked at.
Result<bool> People::count_for_number(const Tries& tries, CountedTry& result) {
    const auto turn = rules::turn_of(tries.wrong, result.at);
    if (turn.wait) result.answer = MustWait{*turn.wait};
    if (turn.keep)
        AMPARO_DO(database_.run("UPDATE worker SET wrong = wrong + ?1, wrong_at = ?2 WHERE number = ?3",
                                turn.keep->count - tries.wrong.count, count_of(turn.keep->at),
                                tries.worker.number.value));
    return turn.wait.has_value();
}

/// Counts one try as wrong, on the medium, before the PIN is looked at.
Result<People::CountedTry> People::count_try(const std::optional<Tries>& tries, Now now) {
    CountedTry result;
    AMPARO_DO(tables_.change([&]() -> Result<void> {
        AMPARO_TRY(const clock, clock_.at(now));
        AMPARO_DO(clock_.put(clock));
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
Result<void> People::take_back(const CountedTry& counted, const Tries& tries) {
    return tables_.change([&]() -> Result<void> {
        AMPARO_DO(database_.run("UPDATE worker SET wrong = ?1, wrong_at = ?2 WHERE number = ?3", tries.wrong.count,
                                count_of(tries.wrong.at), tries.worker.number.value));
        return database_.run("DELETE FROM wrong_pin WHERE id = ?1", counted.row);
    });
}

Result<SignIn> People::after_wrong(int wrong, DeviceTime now) {
    bool locked = false;
    AMPARO_DO(tables_.change([&]() -> Result<void> {
        AMPARO_TRY(const recent, recent_wrong_pins(now));
        locked = rules::locks_device(recent);
        return locked ? set_device_locked(true) : Result<void>{};
    }));
    return locked ? SignIn(DeviceLocked{}) : rules::answer_after(wrong);
}

Result<SignIn> People::sign_in(WorkerNumber number, const crypto::SecretBytes& pin, Now now) {
    AMPARO_TRY(tries, tries_of(number));
    AMPARO_TRY(counted, count_try(tries, now));
    if (counted.answer) return std::move(*counted.answer);
    if (!tries) {
        // The same work as for a number that exists, so that its absence does not show in the time.
        static_cast<void>(crypto::make_pin_verifier(tables_.ready(), pin));
        return after_wrong(1, counted.at);
    }
    const auto right = crypto::check_pin(tables_.ready(), tries->verifier, pin);
    crypto::wipe(tries->verifier);
    if (!right && right.error() == crypto::Error::WrongSecret) return after_wrong(tries->wrong.count + 1, counted.at);
    if (right) tries->wrong = {};
    // When the machine failed and not the person, the number's tries stay as they were.
    AMPARO_DO(take_back(counted, *tries));
    if (!right) return tl::unexpected(detail::error_of(right.error()));
    return SignIn(SignedIn{tries->worker});
}

}  // namespace app::store

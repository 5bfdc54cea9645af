// Sealed records become cases: opened one by one, each bad one set down with its reason.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "app/casebook/readers.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

using detail::Opened;
using detail::Unsealed;

namespace {

/// Memory error is the machine's and stops the import; everything else is the record's.
Result<Opened> refused_by(crypto::Error error) {
    switch (error) {
        case crypto::Error::LockedMemory:
        case crypto::Error::Memory:
            return tl::unexpected(Error::Memory);
        case crypto::Error::NoMatch:
            return Opened{Outcome::NotForUs, "no identity fits", {}, false};
        case crypto::Error::Header:
            return Opened{Outcome::Unopenable, "header malformed", {}, false};
        case crypto::Error::Mac:
            return Opened{Outcome::Unopenable, "header changed", {}, false};
        case crypto::Error::Payload:
            return Opened{Outcome::Unopenable, "content changed or cut", {}, false};
        case crypto::Error::SelfTest:
        case crypto::Error::Input:
        case crypto::Error::Malformed:
        case crypto::Error::TooMany:
        case crypto::Error::Mixed:
        case crypto::Error::Kind:
        case crypto::Error::Signature:
        case crypto::Error::OtherKey:
        case crypto::Error::WrongSecret:
        case crypto::Error::Protected:
        case crypto::Error::WorkFactor:
            return Opened{Outcome::Unopenable, "not openable", {}, false};
    }
    return tl::unexpected(Error::Internal);
}

/// Gives readers what waits, in its order, as far as they have room for it.
Result<void> give_ahead(Ledger& ledger, const std::vector<Kept>& waiting, std::size_t& given,
                        detail::Readers& readers) {
    while (given < waiting.size() && readers.has_room()) {
        AMPARO_TRY(sealed, ledger.sealed(waiting[given].sealed));
        if (!sealed) return tl::unexpected(Error::Internal);
        readers.give(std::move(*sealed));
        ++given;
    }
    return {};
}

}  // namespace

Result<Opened> Casebook::Parts::erased_as_it_came(std::int64_t sealed) {
    if (auto done = ledger.empty(sealed); !done) return tl::unexpected(done.error());
    return Opened{Outcome::Erased, "erased", {}, false};
}

/// What names another device is kept sealed, or goes with the erased record that it is a copy of. It notes nothing.
Result<Opened> Casebook::Parts::file_foreign(std::int64_t sealed, const Record& record) {
    AMPARO_TRY(const erased, erasures.was_erased(record.device, record.record));
    if (erased) return erased_as_it_came(sealed);
    return Opened{Outcome::OtherDevice, "names another device or deployment", {}, false};
}

Result<Opened> Casebook::Parts::file_read(std::int64_t sealed, const detail::ReadRecord& read) {
    AMPARO_TRY(const same, erasures.same_was_erased(sealed));
    if (same) return erased_as_it_came(sealed);
    if (!read.plain) return refused_by(read.plain.error());
    if (!read.said) return tl::unexpected(Error::Internal);
    const auto& record = *read.said;
    if (!record) return Opened{Outcome::Malformed, record.error().detail, {}, false};
    // Ids are drawn at random: a record under that of a device was made to be taken for it.
    AMPARO_TRY(const named_as_device, batches.device(record->record));
    if (named_as_device) return Opened{Outcome::Malformed, "record: the id of a device", {}, false};
    if (record->device != read.sealed.device || record->deployment != deployment_id)
        return file_foreign(sealed, *record);
    // The row learns whose it is before anything is compared, so that a withdrawal finds it.
    if (auto done = ledger.own(sealed, *record); !done) return tl::unexpected(done.error());
    const Unsealed one{sealed, read.sealed.batch, *record, read.json};
    auto erased = file_erased(one);
    if (!erased) return tl::unexpected(erased.error());
    if (*erased) return std::move(**erased);
    return file_record(one);
}

/// Inside a transaction. Another program may have opened the row since it was found waiting. Whether it is open now.
Result<bool> Casebook::Parts::file_and_mark(std::int64_t sealed, const detail::ReadRecord& read) {
    AMPARO_TRY(const waits, ledger.waits(sealed));
    if (!waits) return false;
    AMPARO_TRY(const opened, file_read(sealed, read));
    AMPARO_DO(ledger.mark(sealed, {opened.outcome, opened.detail}));
    return opened.outcome != Outcome::NotForUs;
}

/// Opens everything that was never tried, and what this batch holds that no identity opened before. `others` gets the
/// rows of other batches. Records are read by several threads and filed by this one, in their order: what comes of
/// them does not depend on how many there are. Where it is stopped, what was opened by then stands.
Result<void> Casebook::Parts::open_waiting(std::int64_t batch, std::span<const crypto::open::Identity> identities,
                                           std::vector<std::int64_t>* others, const ImportProgress& progress) {
    opened_now = 0;
    AMPARO_TRY(const waiting, ledger.waiting(batch));
    for (const auto& one : waiting)
        if (others != nullptr && one.batch != batch) others->push_back(one.sealed);
    detail::Readers readers(ready, identities, waiting.size() > 1 ? threads : 1);
    std::size_t given = 0;
    const auto go_on = [&](std::size_t at) {
        return at % detail::rows_between != 0 || !progress || progress(Stage::Opening, at, waiting.size());
    };
    for (std::size_t at = 0; at < waiting.size();) {
        AMPARO_TRY(const change, custody->begin());
        const auto end = std::min(at + detail::rows_at_once, waiting.size());
        bool stopped = false;
        for (; at < end; ++at) {
            stopped = !go_on(at);
            if (stopped) break;
            AMPARO_DO(give_ahead(ledger, waiting, given, readers));
            const auto opened = file_and_mark(waiting[at].sealed, readers.take());
            if (!opened) return tl::unexpected(opened.error());
            if (*opened) ++opened_now;
        }
        AMPARO_DO(change->commit());
        if (stopped) return tl::unexpected(Error::Stopped);
    }
    return {};
}

Result<void> Casebook::open_waiting(std::span<const crypto::open::Identity> identities,
                                    const ImportProgress& progress) {
    parts_->sources.clear();
    const Working working(*parts_->custody, 0);
    return parts_->open_waiting(0, identities, nullptr, progress);
}

}  // namespace app::casebook

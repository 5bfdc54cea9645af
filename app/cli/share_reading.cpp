#include "app/cli/share_reading.hpp"

#include <algorithm>

#include "app/cli/clock.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/failures.hpp"
#include "app/deployment/bundle_file.hpp"
#include "app/deployment/recovery_sheets.hpp"
#include "app/files/system.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

std::string_view unreadable_key(crypto::ShareError error) {
    using crypto::ShareError;
    switch (error) {
        case ShareError::Nothing:
            return "cli.shares.refused.nothing";
        case ShareError::TooLong:
            return "cli.shares.refused.too_long";
        case ShareError::TooShort:
            return "cli.shares.refused.too_short";
        case ShareError::UnknownWord:
            return "cli.shares.refused.unknown_word";
        case ShareError::RowNumber:
            return "cli.shares.refused.row_number";
        case ShareError::RowWords:
            return "cli.shares.refused.row_words";
        case ShareError::RowCheck:
            return "cli.shares.refused.row_check";
        case ShareError::Check:
        case ShareError::Range:
            return "cli.shares.refused.check";
        case ShareError::Code:
            return "cli.shares.refused.code";
        case ShareError::Version:
        case ShareError::Kind:
            return "cli.shares.refused.newer";
        case ShareError::LockedMemory:
            return "cli.failed";
    }
    return "cli.failed";
}

std::string_view refusal_key(const deployment::RefusedShare& refused) {
    using deployment::ShareRefusal;
    switch (refused.why) {
        case ShareRefusal::Unreadable:
            return unreadable_key(refused.typed.error);
        case ShareRefusal::OtherProgramme:
            return "cli.shares.refused.other_programme";
        case ShareRefusal::OtherKey:
            return "cli.shares.refused.other_key";
        case ShareRefusal::OtherSet:
            return "cli.shares.refused.other_set";
        case ShareRefusal::Twice:
            return "cli.shares.refused.twice";
        case ShareRefusal::SameNumber:
            return "cli.shares.refused.same_number";
    }
    return "cli.failed";
}

/// How much of a sheet stands in these bytes: the rows that are right, or why the last one is not.
tl::expected<std::size_t, crypto::ShareFailure> rows_in(const Context& context, crypto::ByteView typed) {
    const auto share = crypto::read_share(context.ready(), typed);
    if (share) return crypto::share_rows;
    const auto& why = share.error();
    if (why.error == crypto::ShareError::TooShort && why.word == 1) return why.row - std::size_t{1};
    return tl::unexpected(why);
}

/// The sentence for a sheet that was not taken; `file` says where it came from.
Exit say_refused(const Context& context, const deployment::RefusedShare& refused, const std::string& file) {
    return context.fail(refusal_key(refused), {{"file", file},
                                               {"row", std::to_string(refused.typed.row)},
                                               {"word", std::to_string(refused.typed.word)},
                                               {"words", crypto::programme_words(refused.head)},
                                               {"set", crypto::set_words(refused.head)},
                                               {"number", std::to_string(refused.head.number)}});
}

/// One sheet from the terminal, row by row and without showing it; a wrong row is said at once and asked for again. An
/// empty row ends it. Gives what was typed, to be taken as a whole.
Outcome<crypto::SecretBytes> ask_sheet(const Context& context, std::size_t sheet) {
    context.note("cli.shares.ask_sheet", {{"sheet", std::to_string(sheet)}});
    auto typed = crypto::SecretBytes::make(context.ready(), crypto::most_typed_share);
    if (!typed) return stop_crypto(context, typed.error());
    std::size_t length = 0;
    for (std::size_t row = 1; row <= crypto::share_rows;) {
        AMPARO_TRY(const line, ask_line(context, "cli.shares.ask_row", {{"row", std::to_string(row)}}));
        if (line.empty() || length + line.size() + 1 > typed->size()) return stop(context, "cli.stopped");
        const auto room = typed->writable().subspan(length);
        std::copy(line.view().begin(), line.view().end(), room.begin());
        room[line.size()] = std::byte{'\n'};
        const auto rows = rows_in(context, typed->view().first(length + line.size() + 1));
        if (!rows) {
            say_refused(context, {deployment::ShareRefusal::Unreadable, rows.error(), {}},
                        context.text("cli.shares.typed"));
            continue;
        }
        length += line.size() + 1;
        row = *rows + 1;
    }
    typed->shorten(length);
    return std::move(*typed);
}

Outcome<void> take(const Context& context, deployment::GatheredShares& gathered, crypto::ByteView typed,
                   const std::string& file) {
    const auto taken = gathered.take(context.ready(), typed);
    if (!taken) return tl::make_unexpected(Failure{say_refused(context, taken.error(), file)});
    return {};
}

Outcome<void> take_files(const Context& context, deployment::GatheredShares& gathered,
                         const std::vector<std::string>& files) {
    for (const auto& file : files) {
        AMPARO_TRY(const typed, read_secret_file(context, file));
        warn_when_open(context, file);
        AMPARO_DO(take(context, gathered, typed.view(), shown(file)));
    }
    return {};
}

/// A sheet that is refused as a whole is said, and another is asked for.
Outcome<void> ask_for_sheets(const Context& context, deployment::GatheredShares& gathered) {
    if (files::open_terminal().get() < 0) return stop(context, "cli.shares.no_terminal", {}, Exit::Usage);
    while (gathered.missing() != std::optional<std::size_t>(0)) {
        AMPARO_TRY(const typed, ask_sheet(context, gathered.taken() + 1));
        if (!take(context, gathered, typed.view(), context.text("cli.shares.typed")) && stop_requested())
            return stop(context, "cli.stopped");
    }
    return {};
}

}  // namespace

const crypto::Recipient& SharesProgramme::recovery() const {
    return std::find_if(bundle.recipients.begin(), bundle.recipients.end(),
                        [](const auto& one) { return one.recovery; })
        ->recipient;
}

Outcome<SharesProgramme> shares_programme(const Context& context, const std::string& folder) {
    AMPARO_TRY(programme, programme_folder(context, folder));
    auto newest = deployment::newest_bundle(context.ready(), programme.root, programme.key);
    if (!newest) return stop(context, "cli.programme.no_bundle", {{"folder", shown(programme.root)}});
    return SharesProgramme{std::move(programme), std::move(newest->bundle)};
}

Outcome<ReadSheets> read_sheets(const Context& context, const SharesProgramme& programme,
                                const std::vector<std::string>& files) {
    deployment::GatheredShares gathered({programme.bundle.version.deployment, programme.recovery(), std::nullopt});
    if (files.empty())
        AMPARO_DO(ask_for_sheets(context, gathered));
    else
        AMPARO_DO(take_files(context, gathered, files));
    auto joined = gathered.join(context.ready());
    if (joined) return ReadSheets{*gathered.set(), std::move(*joined)};
    switch (joined.error()) {
        case deployment::JoinError::TooFew:
            return tl::make_unexpected(Failure{context.fail_counted("cli.shares.missing", *gathered.missing())});
        case deployment::JoinError::Wrong:
            return stop(context, "cli.shares.wrong");
        case deployment::JoinError::LockedMemory:
            return stop_crypto(context, crypto::Error::LockedMemory);
    }
    return stop(context, "cli.failed");
}

std::string numbers_text(const std::vector<std::uint8_t>& numbers) {
    std::string text;
    for (const auto number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
    return text;
}

bool note_sheets(const Context& context, const SharesProgramme& programme, const crypto::ShareHead& set,
                 const crypto::open::Identity& recovery, std::vector<std::uint8_t> read) {
    const auto& [root, programme_key] = programme.folder;
    const auto file = deployment::sealed_key_of(root);
    const auto key = deployment::open_deployment_key(context.ready(), file, recovery, programme_key);
    if (!key) {
        context.note("cli.shares.not_kept", {{"file", shown(file)}});
        return false;
    }
    const exchange::SheetsNote note{programme.bundle.version.deployment,
                                    programme.recovery(),
                                    set.set,
                                    set.threshold,
                                    set.total,
                                    std::move(read),
                                    utc_today()};
    const auto kept = deployment::keep_sheets_note(context.ready(), root, note, *key);
    if (!kept) static_cast<void>(stop_deployment(context, kept.error()));
    return kept.has_value();
}

}  // namespace app::cli

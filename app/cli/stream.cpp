#include "app/cli/stream.hpp"

#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "app/cli/failures.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

constexpr std::int64_t redraw_ms = 100;
constexpr std::int64_t quiet_ms = 400;  // work shorter than this shows no bar
constexpr std::size_t bar_width = 30;

std::int64_t now_ms() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch())
        .count();
}

/// Empty where nobody knows how much there is.
std::string filled_bar(std::uint64_t done, std::uint64_t total) {
    if (total == 0) return {};
    const auto part = std::min(done, total);
    const auto filled = static_cast<std::size_t>(part * bar_width / total);
    return "[" + std::string(filled, '#') + std::string(bar_width - filled, ' ') + "] " +
           std::to_string(part * 100 / total) + " %  ";
}

bool standard(const std::filesystem::path& path) {
    return path.empty() || path == "-";
}

}  // namespace

Progress::Progress(const Context& context, std::uint64_t total)
    : context_(context), total_(total), next_ms_(now_ms() + quiet_ms) {}

Progress::~Progress() {
    hide();
}

void Progress::hide() {
    if (shown_) context_.bar("");
    shown_ = false;
}

/// Whether somebody looks and the line that stands there is old enough.
bool Progress::due() {
    if (!context_.terminal()) return false;
    const auto now = now_ms();
    if (now < next_ms_) return false;
    next_ms_ = now + redraw_ms;
    shown_ = true;
    return true;
}

void Progress::show(std::uint64_t done) {
    if (due()) context_.bar(filled_bar(done, total_) + std::to_string(done >> 20U) + " MiB");
}

void Progress::show(std::uint64_t done, std::uint64_t total, const std::string& words) {
    if (due()) context_.bar(filled_bar(done, total) + words);
}

Outcome<Input> Input::open(const Context& context, const std::filesystem::path& path) {
    if (standard(path)) return Input(std::nullopt, "-");
    auto file = app::files::InputFile::open(path, app::files::Kinds::PlainOrPipe);
    if (!file) return stop_file(context, file.error(), path);
    return Input(std::move(*file), shown(path));
}

tl::expected<std::size_t, app::files::Error> Input::read(std::span<std::byte> room) const {
    if (file_) return file_->read(room);
    const auto length = ::read(STDIN_FILENO, room.data(), room.size());
    if (length < 0) return tl::unexpected(errno == EINTR ? app::files::Error::Interrupted : app::files::Error::Io);
    return static_cast<std::size_t>(length);
}

Outcome<void> Input::each(const Context& context, const std::function<Outcome<void>(crypto::ByteView)>& take) const {
    crypto::Bytes room(1U << 18U);
    Progress progress(context, size());
    for (std::uint64_t done = 0;;) {
        if (stop_requested()) return stop(context, "cli.stopped");
        const auto length = read(room);
        if (!length && length.error() == app::files::Error::Interrupted) continue;
        if (!length) return stop(context, "cli.file.unreadable", {{"file", name_}});
        if (*length == 0) return {};
        AMPARO_DO(take(crypto::ByteView(room).first(*length)));
        done += *length;
        progress.show(done);
    }
}

Outcome<Output> Output::open(const Context& context, const std::filesystem::path& path, bool hold) {
    if (standard(path)) return Output(std::nullopt, hold);
    auto file = app::files::DurableFile::create(path);
    if (!file) return stop_exchange(context, exchange::failure_of(file.error()), shown(path));
    return Output(std::move(*file), false);
}

Outcome<void> Output::write(const Context& context, crypto::ByteView bytes) {
    if (file_) {
        if (auto written = file_->write(bytes); !written)
            return stop_exchange(context, exchange::failure_of(written.error()), shown(file_->destination()));
        return {};
    }
    if (hold_) {
        if (held_.size() + bytes.size() > hold_limit) return stop(context, "cli.open.name_output");
        held_.insert(held_.end(), bytes.begin(), bytes.end());
        return {};
    }
    if (!write_bytes(bytes)) return stop(context, "cli.file.output_closed");
    return {};
}

Outcome<void> Output::finish(const Context& context) {
    if (file_) {
        if (auto published = file_->publish(); !published)
            return stop_exchange(context, exchange::failure_of(published.error()), shown(file_->destination()));
        return {};
    }
    if (!write_bytes(held_)) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace app::cli

#include "app/files/small_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <optional>
#include <utility>

#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"

namespace app::files {

namespace fs = std::filesystem;

namespace {

Result<void> write_all(const Descriptor& out, std::span<const std::byte> content) noexcept {
    while (!content.empty()) {
        const ssize_t n = ::write(out.get(), content.data(), content.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return error_of_call();
        if (n == 0) return tl::unexpected(Error::Io);
        content = content.subspan(static_cast<std::size_t>(n));
    }
    return {};
}

/// An own file that is not there yet.
Descriptor make(const fs::path& file) {
    return Descriptor(::open(file.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0600));
}

}  // namespace

Result<std::vector<std::byte>> read_part(const fs::path& file, std::size_t size) {
    const auto in = InputFile::open(file, Kinds::Plain, Links::Refused);
    if (!in) return tl::unexpected(in.error());
    std::vector<std::byte> bytes(size);
    const auto length = in->fill(bytes);
    if (!length) return tl::unexpected(length.error());
    if (*length != size) return tl::unexpected(Error::Short);
    return bytes;
}

Result<void> each_piece(const fs::path& file, const std::function<Result<void>(std::span<const std::byte>)>& use) {
    const auto in = InputFile::open(file, Kinds::Plain, Links::Refused);
    if (!in) return tl::unexpected(in.error());
    constexpr std::size_t piece_bytes = 1U << 16U;
    std::vector<std::byte> piece(piece_bytes);
    for (;;) {
        const auto length = in->fill(piece);
        if (!length) return tl::unexpected(length.error());
        if (*length == 0) return {};
        if (auto done = use(std::span<const std::byte>(piece).first(*length)); !done) return done;
    }
}

Result<void> overwrite_start(const fs::path& file, std::span<const std::byte> bytes) {
    const Descriptor out(::open(file.c_str(), O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK));
    if (out.get() < 0) return error_of_call();
    return write_all(out, bytes);
}

Result<void> copy_plain_file(const fs::path& from, const fs::path& to) {
    std::optional<Descriptor> out;
    const auto copied = each_piece(from, [&](std::span<const std::byte> piece) -> Result<void> {
        if (!out) out.emplace(make(to));
        if (out->get() < 0) return error_of_call();
        return write_all(*out, piece);
    });
    if (!copied || out) return copied;
    const Descriptor empty = make(to);
    if (empty.get() < 0) return error_of_call();
    return {};
}

fs::path unfinished(const fs::path& file) {
    return file.string() + ".tmp";
}

Result<void> replace_small(const fs::path& file, std::span<const std::byte> content) {
    const fs::path temporary = unfinished(file);
    ::unlink(temporary.c_str());  // left behind by an interrupted write of this very file
    Descriptor out = make(temporary);
    if (out.get() < 0) return error_of_call();
    auto done = write_all(out, content);
    if (done && ::fsync(out.get()) != 0) done = error_of_call();
    if (done && ::close(out.release()) != 0) done = error_of_call();
    if (done) done = rename_over(temporary, file);
    if (done) return sync_name(file);
    ::unlink(temporary.c_str());
    return done;
}

}  // namespace app::files

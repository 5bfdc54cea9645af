#include "app/files/system.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

namespace app::files {

Result<std::string> read_kernel_file(const std::filesystem::path& file, std::size_t most) {
    const Descriptor in(::open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
    if (in.get() < 0) return error_of_call();
    std::string text(most, '\0');
    std::size_t length = 0;
    while (length < most) {
        const auto got = ::read(in.get(), text.data() + length, most - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return error_of_call();
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    text.resize(length);
    return text;
}

Descriptor open_terminal() noexcept {
    return Descriptor(::open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY));
}

}  // namespace app::files

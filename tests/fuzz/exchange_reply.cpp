// Replies: what parses is written as the same bytes. The first byte chooses, because no fuzzer gets behind a tag: the
// file as it lies on a stick, or the archive inside.
#include <array>
#include <cstdlib>

#include "app/exchange/reply.hpp"

using namespace app::exchange;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto ready = crypto::SodiumReady::init();
    if (!ready) std::abort();
    if (size == 0) return 0;
    static constexpr std::array<std::byte, crypto::return_secret_size> secret{};
    const auto input = std::as_bytes(std::span(data + 1, size - 1));
    if (data[0] % 2 == 0) {
        if (const auto files = load_reply(*ready, secret, input))
            if (*make_reply(*ready, secret, *files) != crypto::Bytes(input.begin(), input.end())) std::abort();
    } else if (const auto files = parse_reply_archive(input)) {
        if (*reply_archive(*files) != crypto::Bytes(input.begin(), input.end())) std::abort();
    }
    const auto text = crypto::as_text(input);
    if (is_reply_file_name(text) && text.size() != 22) std::abort();
    if (reply_kind_of(text) && text.size() > 100) std::abort();
    return 0;
}

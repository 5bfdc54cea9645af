// Receipts: what parses serialises to the same bytes, and nothing is believed that no pinned signer signed. The first
// byte chooses, because no fuzzer gets behind a signature.
#include <array>
#include <cstdlib>

#include "app/exchange/receipt.hpp"

using namespace app::exchange;

namespace {

constexpr std::string_view pinned_signer =
    "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";  // minisign's own

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto ready = crypto::SodiumReady::init();
    static const auto key = crypto::ReceiptPublicKey::parse_line(pinned_signer);
    if (!ready || !key) std::abort();
    if (size == 0) return 0;
    const auto input = std::as_bytes(std::span(data + 1, size - 1));
    if (data[0] % 2 == 0) {
        if (load_receipt(*ready, input, std::array{*key})) std::abort();
    } else if (const auto receipt = parse_receipt_text(input)) {
        if (receipt_text(*receipt) != crypto::as_text(input)) std::abort();
    }
    if (is_receipt_file_name(crypto::as_text(input)) && input.size() != 26) std::abort();
    return 0;
}

// The texts that signatures cover: what parses serialises to the same bytes.
#include <cstdlib>

#include "app/exchange/batch.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/coordinator_request.hpp"
#include "app/exchange/enrolment.hpp"
#include "app/exchange/manifest.hpp"

using namespace app::exchange;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto input = std::as_bytes(std::span(data, size));
    const auto text = crypto::as_text(input);
    const auto same = [text](const std::string& again) {
        if (again != text) std::abort();
    };
    if (auto lines = parse_manifest(input, batch_title, 1'000)) same(manifest_text(batch_title, *lines));
    if (auto comment = parse_batch_comment(text)) same(batch_comment(*comment));
    if (auto certificate = parse_certificate(input)) same(certificate_text(*certificate));
    if (auto day = parse_day(text)) same(day_text(*day));
    static const auto ready = crypto::SodiumReady::init();
    if (ready) (void)parse_enrolment_request(*ready, input);
    if (ready) (void)parse_coordinator_request(*ready, input);
    return 0;
}

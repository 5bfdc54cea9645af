// The header grammar: no crash, and what parses is written back as the same bytes.
#include "crypto/age_header.hpp"
#include "crypto_support.hpp"

using namespace crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView file = fuzzing::view(data, size);
    const auto header = age::parse_header(file);
    age::HeaderCollector collector;
    std::size_t fed = 0;
    bool complete = false;
    bool refused = false;
    for (ByteView rest = file; !rest.empty() && !complete && !refused;) {
        const std::size_t n = std::min(rest.size(), 1 + fed % 61);
        const auto added = collector.add(rest.first(n));
        refused = !added;
        complete = added && *added;
        fed += n;
        rest = rest.subspan(n);
    }
    if (!header) return 0;
    fuzzing::require(!refused);
    fuzzing::require(complete == (size >= header->size + age::nonce_size));
    Bytes again;
    append(again, age::version_line);
    for (const auto& stanza : header->stanzas) {
        std::string arguments;
        for (const auto one : stanza.arguments) arguments.append(arguments.empty() ? "" : " ").append(one);
        age::append_stanza(again, arguments, stanza.body);
    }
    append(again, "--- " + to_base64_unpadded(header->mac) + "\n");
    fuzzing::require(as_text(again) == as_text(file.first(header->size)));
    return 0;
}

// revoked.txt: which devices the programme does not trust any more.
#include <algorithm>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/text.hpp"

namespace app::exchange {

std::string revoked_text(const std::vector<std::string>& revoked) {
    std::string text;
    for (const auto& device : revoked) text += device + "\n";
    return text;
}

Result<std::vector<std::string>> parse_revoked(crypto::ByteView text) {
    std::vector<std::string> revoked;
    if (text.empty()) return failed(Error::Content, Reason::RevokedEmpty);
    crypto::Reader reader(text);
    while (!reader.at_end()) {
        if (revoked.size() == bundle_most_revoked) return failed(Error::TooLarge, Reason::RevokedMany);
        const auto number = std::to_string(revoked.size() + 1);
        const auto line = reader.line(text_line_limit);
        if (!line || !device_id_allowed(*line)) return failed(Error::Content, Reason::RevokedForm, {number});
        if (!revoked.empty() && *line == revoked.back()) return failed(Error::Content, Reason::RevokedTwice, {number});
        if (!revoked.empty() && *line < revoked.back())
            return failed(Error::Content, Reason::RevokedUnsorted, {number});
        revoked.emplace_back(*line);
    }
    return revoked;
}

bool Bundle::revokes(std::string_view device) const {
    return std::binary_search(revoked.begin(), revoked.end(), device);
}

}  // namespace app::exchange

#include "crypto/age_header.hpp"

#include <algorithm>

#include "crypto/raw.hpp"

namespace crypto::age {
namespace {

constexpr std::size_t columns = 64;

bool visible(char c) noexcept {
    return c > ' ' && c <= '~';
}

// One or more arguments of visible ASCII, exactly one space between, after `-> `.
std::optional<std::vector<std::string_view>> split_arguments(std::string_view line) {
    if (line.substr(0, 3) != "-> ") return std::nullopt;
    line.remove_prefix(3);
    std::vector<std::string_view> arguments;
    while (true) {
        const std::size_t end = std::min(line.find(' '), line.size());
        const std::string_view one = line.substr(0, end);
        if (one.empty() || !std::all_of(one.begin(), one.end(), visible)) return std::nullopt;
        arguments.push_back(one);
        if (end == line.size()) return arguments;
        line.remove_prefix(end + 1);
    }
}

// Full lines of 64 columns, then a shorter one, which may be empty; each line is canonical base64.
std::optional<Bytes> read_body(Reader& reader) {
    Bytes body;
    while (true) {
        const auto line = reader.line(columns);
        if (!line) return std::nullopt;
        const auto part = from_base64_unpadded(*line);
        if (!part) return std::nullopt;
        append(body, *part);
        if (line->size() < columns) return body;
    }
}

std::optional<Digest> read_mac(std::string_view line) {
    const auto mac = from_base64_unpadded(line.substr(4));
    Digest out;
    if (line.substr(0, 4) != "--- " || !mac || mac->size() != out.size()) return std::nullopt;
    std::copy(mac->begin(), mac->end(), out.begin());
    return out;
}

}  // namespace

Result<Header> parse_header(ByteView file) {
    const auto malformed = tl::unexpected(Error::Header);
    const ByteView limited = file.first(std::min(file.size(), header_limit));
    Reader reader(limited);
    if (!reader.skip(version_line)) return malformed;
    Header header;
    while (true) {
        const std::size_t line_start = limited.size() - reader.rest().size();
        const auto line = reader.line(header_limit);
        if (!line) return malformed;
        if (line->substr(0, 3) == "---") {
            const auto mac = line->size() > 4 ? read_mac(*line) : std::nullopt;
            if (!mac || header.stanzas.empty()) return malformed;
            header.maced = file.first(line_start + 3);
            header.mac = *mac;
            header.size = limited.size() - reader.rest().size();
            return header;
        }
        auto arguments = split_arguments(*line);
        if (!arguments) return malformed;
        auto body = read_body(reader);
        if (!body) return malformed;
        header.stanzas.push_back({std::move(*arguments), std::move(*body)});
    }
}

Result<bool> HeaderCollector::add(ByteView piece) {
    std::size_t seen = bytes_.size();
    append(bytes_, piece);
    const std::string_view text = as_text(bytes_);
    if (text.substr(0, version_line.size()) != version_line.substr(0, text.size()))
        return tl::unexpected(Error::Header);
    for (; end_ == 0 && seen < text.size(); ++seen) {
        if (seen >= header_limit) return tl::unexpected(Error::Header);
        if (text[seen] != '\n') continue;
        if (text.substr(line_start_, 3) == "---") end_ = seen + 1;
        line_start_ = seen + 1;
    }
    return end_ != 0 && bytes_.size() >= end_ + nonce_size;
}

void append_stanza(Bytes& out, std::string_view arguments, ByteView body) {
    append(out, "-> ");
    append(out, arguments);
    const std::string text = to_base64_unpadded(body);
    std::string_view rest = text;
    while (true) {
        append(out, "\n");
        append(out, rest.substr(0, columns));
        if (rest.size() < columns) break;
        rest.remove_prefix(columns);
    }
    append(out, "\n");
}

Digest header_mac(SodiumReady ready, ByteView file_key, ByteView maced) noexcept {
    Scratch<32> key;
    hkdf_into(key.writable(), file_key, {}, "header");
    return hmac_sha256(ready, key.view(), maced);
}

bool mac_fits(SodiumReady ready, const Header& header, ByteView file_key) noexcept {
    return equal_constant_time(header_mac(ready, file_key, header.maced), header.mac);
}

void append_end(SodiumReady ready, Bytes& out, ByteView file_key, ByteView nonce) {
    append(out, "---");
    const Digest mac = header_mac(ready, file_key, out);
    append(out, " " + to_base64_unpadded(mac) + "\n");
    append(out, nonce);
}

}  // namespace crypto::age

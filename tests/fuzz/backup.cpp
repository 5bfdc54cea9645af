// Backups of a casebook: what is unpacked is what the archive holds, under the names that a backup may have, and
// nothing else is written. The first byte chooses, because no fuzzer gets behind a tag: the file as it lies on a disk,
// the archive inside, or what a backup says of itself.
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "app/backup/opening.hpp"
#include "app/exchange/manifest.hpp"
#include "crypto/age.hpp"
#include "crypto/open/identity.hpp"
#include "tests/support/folder.hpp"

namespace backup = app::backup;

namespace {

namespace fs = std::filesystem;
namespace exchange = app::exchange;

void must_hold(bool holds) {
    if (!holds) std::abort();
}

crypto::SodiumReady library() {
    static const auto ready = crypto::SodiumReady::init();
    must_hold(ready.has_value());
    return *ready;
}

const std::vector<crypto::open::Identity>& readers() {
    static const auto all = [] {
        std::vector<crypto::open::Identity> one;
        one.push_back(std::move(crypto::open::Identity::generate(library()).value()));
        return one;
    }();
    return all;
}

std::string content_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void put(const fs::path& file, crypto::ByteView bytes) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << crypto::as_text(bytes);
}

/// `archive` is what was sealed, and it was taken.
void is_what_was_sealed(const backup::Unpacked& unpacked, crypto::ByteView archive, const fs::path& folder) {
    const auto members = exchange::read_ustar(archive, backup::limits);
    must_hold(members.has_value());
    std::size_t in_folder = 0;
    std::vector<exchange::ManifestLine> lines;
    for (const auto& [name, content] : *members) {
        const auto text = crypto::as_text(content);
        if (name == backup::manifest_name) {
            must_hold(text == unpacked.manifest);
            continue;
        }
        if (name == backup::signature_name) {
            must_hold(text == unpacked.signature);
            continue;
        }
        lines.push_back({crypto::sha256(library(), content), name});
        if (name == backup::head_name) {
            must_hold(text == backup::head_text(unpacked.head));
        } else if (name == unpacked.bundle_name) {
            must_hold(text == crypto::as_text(unpacked.bundle));
        } else {
            must_hold(name == backup::key_name || name == backup::book_name || backup::is_refused_name(name));
            must_hold(content_of(folder / name) == text);
            ++in_folder;
        }
    }
    must_hold(exchange::manifest_text(backup::title, lines) == unpacked.manifest);
    std::size_t there = 0;
    for (const auto& entry : fs::recursive_directory_iterator(folder)) there += entry.is_regular_file() ? 1U : 0U;
    must_hold(there == in_folder);
}

void unpack(crypto::ByteView file, const crypto::ByteView* archive) {
    static const test::Folder place;
    const auto out = place.path() / "out";
    fs::remove_all(out);
    fs::create_directory(out);
    put(place.path() / "all.age", file);
    const auto unpacked = backup::unpack(library(), place.path() / "all.age", readers(), out, {});
    if (!unpacked) return;
    must_hold(archive != nullptr);  // nobody but us seals to a key that was drawn a moment ago
    is_what_was_sealed(*unpacked, *archive, out);
    for (const auto& entry : fs::directory_iterator(place.path()))
        must_hold(entry.path() == out || entry.path().filename() == "all.age");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const crypto::ByteView input = std::as_bytes(std::span(data + 1, size - 1));
    const auto text = crypto::as_text(input);
    switch (data[0] % 3) {
        case 0:
            unpack(input, nullptr);
            break;
        case 1: {
            const std::array to{readers().front().recipient()};
            const auto sealed = crypto::seal(library(), input, to);
            must_hold(sealed.has_value());
            unpack(sealed->bytes, &input);
            break;
        }
        default:
            if (const auto head = backup::parse_head(text)) must_hold(backup::head_text(*head) == text);
            must_hold(!backup::parse_head(text) || !backup::is_newer(text));
            must_hold(!backup::is_refused_name(text) || text.size() == backup::refused_folder.size() + 69);
            break;
    }
    return 0;
}

// What is no batch from outside: not a file, not age, cut, changed, or sealed to others.
#include <fcntl.h>
#include <sys/stat.h>

#include <catch2/catch_all.hpp>

#include "crypto/age.hpp"
#include "crypto/open/open.hpp"
#include "tests/hostile/kinds.hpp"

namespace hostile {
namespace {

using Put = std::function<void(const Place&)>;

const std::string damaged_said = "it was damaged on the way; copy it again from the device.";

Reaction damaged() {
    return try_again("outer-damaged", "sealed_damaged", damaged_said);
}

Reaction no_key() {
    return try_again("no-identity", "no_key_fits",
                     "no key given here opens it: copy it again from the device, or ask the other coordinators.");
}

Reaction unreadable(const std::string& word, const std::string& why) {
    return try_again("unreadable", word, "it cannot be read (" + why + "); check the medium and try again.");
}

/// The honest next batch, its bytes changed.
Put changed(const std::function<void(Bytes&)>& change) {
    return [change](const Place& place) {
        auto file = place.forge.file(place.forge.next());
        change(file);
        place.write(file);
    };
}

/// Where the text begins in the file.
std::size_t find(const Bytes& file, std::string_view text) {
    const auto at = crypto::as_text(file).find(text);
    REQUIRE(at != std::string_view::npos);
    return at;
}

void insert(Bytes& file, std::size_t at, std::string_view text) {
    const auto view = crypto::as_bytes(text);
    file.insert(file.begin() + static_cast<std::ptrdiff_t>(at), view.begin(), view.end());
}

void with_passphrase(const Place& place) {
    const auto passphrase = crypto::SecretBytes::copy_of(outside::ready(), crypto::as_bytes("tortuga lluvia"));
    REQUIRE(passphrase);
    const auto sealed = crypto::open::seal_with_passphrase(outside::ready(), place.forge.first(), *passphrase, 10);
    REQUIRE(sealed);
    place.write(*sealed);
}

void sealed_to_others(const Place& place) {
    auto order = place.forge.next();
    const auto stranger = crypto::open::Identity::generate(outside::ready());
    REQUIRE(stranger);
    order.recipients = {stranger->recipient()};
    place.write(place.forge.file(order));
}

void link_to_batch(const Place& place) {
    test::write(place.stick / "real", place.forge.file(place.forge.next()));
    fs::create_symlink("real", place.file);
}

Kinds changed_kinds() {
    return {
        {"cut within the header", changed([](Bytes& b) { b.resize(60); }), damaged()},
        {"cut at the end of the header", changed([](Bytes& b) { b.resize(find(b, "\n---") + 1); }), damaged()},
        {"cut within the payload", changed([](Bytes& b) { b.resize(b.size() / 2); }), damaged()},
        {"cut at a border of chunks",
         changed([](Bytes& b) { b.resize(b.size() - (b.size() - find(b, "\n---") - 64) % 65'552 - 65'552); }),
         damaged()},
        {"cut by one byte", changed([](Bytes& b) { b.pop_back(); }), damaged()},
        {"one byte more", changed([](Bytes& b) { b.push_back(std::byte{0}); }), damaged()},
        {"a bit flipped in the MAC of the header", changed([](Bytes& b) { b[find(b, "\n--- ") + 10] ^= std::byte{1}; }),
         damaged()},
        {"a bit flipped in the payload", changed([](Bytes& b) { b[b.size() / 2] ^= std::byte{1}; }), damaged()},
        {"a bit flipped in its last byte", changed([](Bytes& b) { b.back() ^= std::byte{0x80}; }), damaged()},
        {"every stanza of the header changed", changed([](Bytes& b) {
             const auto end = find(b, "\n--- ");
             for (auto at = find(b, "-> X25519 "); at < end;) {
                 auto& letter = b[at + 10];
                 letter = letter == std::byte{'A'} ? std::byte{'B'} : std::byte{'A'};
                 at = std::min(end, crypto::as_text(b).find("-> X25519 ", at + 1));
             }
         }),
         no_key()},
        {"another version of age", changed([](Bytes& b) { b[find(b, "/v1") + 2] = std::byte{'2'}; }), damaged()},
        {"line ends of another system", changed([](Bytes& b) { insert(b, find(b, "\n->"), "\r"); }), damaged()},
        {"a header of thousands of stanzas", changed([](Bytes& b) {
             std::string stanzas;
             for (int i = 0; i < 5'000; ++i) stanzas += "-> grease\nAAAA\n";
             insert(b, find(b, "->"), stanzas);
         }),
         damaged()},
        {"a header that never ends", changed([](Bytes& b) {
             b.resize(find(b, "->"));
             insert(b, b.size(), "-> " + std::string(4U << 20U, 'a'));
         }),
         damaged()},
    };
}

}  // namespace

Kinds outer_kinds() {
    auto kinds = changed_kinds();
    Kinds more{
        {"an empty file", [](const Place& p) { p.write({}); }, damaged()},
        {"a file of zeros", [](const Place& p) { p.write(Bytes(4096)); }, damaged()},
        {"armored", [](const Place& p) { p.write(test::bytes("-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n")); },
         damaged()},
        {"an archive that is not sealed", [](const Place& p) { p.write(test::raw_archive(p.forge.members())); },
         damaged()},
        {"control sequences for a terminal", [](const Place& p) { p.write(test::bytes("\x1b[2J\x1b]0;x\x07")); },
         damaged()},
        {"a receipt in place of a batch", [](const Place& p) { p.write(test::bytes("amparo-receipt 1\ndevice x\n")); },
         damaged()},
        {"sealed to others", sealed_to_others, no_key()},
        {"sealed with a passphrase", with_passphrase, no_key()},
        {"nothing there", [](const Place&) {}, unreadable("file_missing", "there is none")},
        {"a folder", [](const Place& p) { fs::create_directory(p.file); },
         unreadable("file_kind", "it is no ordinary file")},
        {"a FIFO", [](const Place& p) { REQUIRE(::mkfifo(p.file.c_str(), 0600) == 0); },
         unreadable("file_kind", "it is no ordinary file")},
        {"a link to a device file", [](const Place& p) { fs::create_symlink("/dev/zero", p.file); },
         unreadable("file_kind", "it is no ordinary file")},
        {"a link to nothing", [](const Place& p) { fs::create_symlink("nothing", p.file); },
         unreadable("file_missing", "there is none")},
        {"a link to itself", [](const Place& p) { fs::create_symlink(p.file.filename(), p.file); },
         unreadable("file_kind", "it is no ordinary file")},
        {"a link to a file that is no batch", [](const Place& p) { fs::create_symlink("/etc/passwd", p.file); },
         damaged()},
        {"a link to a batch, which a person named", link_to_batch, taken_in()},
        {"a terabyte that is not there",
         [](const Place& p) {
             p.write(test::bytes("age-encryption.org/v1\n"));
             fs::resize_file(p.file, std::uint64_t{1} << 40U);
         },
         {Fate::Noted, 1, "too-large", "archive_large",
          "it is larger than a batch may be (the file is larger than allowed)."}},
    };
    kinds.insert(kinds.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    return kinds;
}

}  // namespace hostile

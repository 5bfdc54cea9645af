#include "app/backup/opening.hpp"

#include "app/exchange/manifest.hpp"
#include "app/files/durable_file.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/hash.hpp"
#include "crypto/open/open.hpp"
#include "crypto/try.hpp"

namespace app::backup {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_head = 1024;
constexpr std::size_t most_manifest = 512U << 10U;
constexpr std::size_t most_signature = 16U << 10U;
constexpr std::size_t unpack_piece = 1U << 16U;

/// Takes the members of a backup in the one order that they may have: into a folder, or into memory what is not of the
/// casebook's folder.
class Unpacking final : public exchange::UstarHandler {
  public:
    Unpacking(crypto::SodiumReady ready, fs::path folder) : ready_(ready), folder_(std::move(folder)), digest_(ready) {}

    exchange::Result<void> begin(const std::string& name, std::uint64_t size) override {
        const auto place = place_of(name);
        if (!place || newer || *place < last_ || (*place == last_ && *place != Place::Refused)) return refuse();
        // Each is there; refused files need not be.
        const auto step = static_cast<int>(*place) - static_cast<int>(last_);
        if (step > 1 && !(last_ == Place::Book && *place == Place::Manifest)) return refuse();
        if (size > most_of(*place)) return refuse();
        if (*place == Place::Refused && last_ != Place::Refused)
            if (const auto made = files::make_folder(folder_ / refused_folder); !made)
                return tl::make_unexpected(exchange::failure_of({made.error(), {}}));
        last_ = *place;
        name_ = name;
        memory_.clear();
        digest_ = crypto::Sha256(ready_);
        if (!in_folder()) return {};
        auto file = files::DurableFile::create(folder_ / name);
        if (!file) return tl::make_unexpected(exchange::failure_of(file.error()));
        file_.emplace(std::move(*file));
        return {};
    }
    exchange::Result<void> content(crypto::ByteView piece) override {
        digest_.update(piece);
        if (!file_) {
            memory_.insert(memory_.end(), piece.begin(), piece.end());
            return {};
        }
        if (const auto written = file_->write(piece); !written)
            return tl::make_unexpected(exchange::failure_of(written.error()));
        return {};
    }
    exchange::Result<void> end() override {
        if (last_ < Place::Manifest) lines_.push_back({digest_.finish(), name_});
        if (!file_) return keep();
        if (const auto published = file_->publish(); !published)
            return tl::make_unexpected(exchange::failure_of(published.error()));
        file_.reset();
        return {};
    }
    [[nodiscard]] bool complete() const { return last_ == Place::Signature; }

    Unpacked backup;
    bool newer = false;  ///< made by a later version

  private:
    enum class Place : std::uint8_t { Nothing, Head, Bundle, Key, Book, Refused, Manifest, Signature };

    static std::optional<Place> place_of(std::string_view name) {
        if (name == head_name) return Place::Head;
        if (name == key_name) return Place::Key;
        if (name == book_name) return Place::Book;
        if (name == manifest_name) return Place::Manifest;
        if (name == signature_name) return Place::Signature;
        if (is_refused_name(name)) return Place::Refused;
        if (exchange::bundle_file_sequence(name)) return Place::Bundle;
        return std::nullopt;
    }
    static std::uint64_t most_of(Place place) {
        switch (place) {
            case Place::Head:
                return most_head;
            case Place::Bundle:
                return exchange::bundle_most_bytes;
            case Place::Manifest:
                return most_manifest;
            case Place::Signature:
                return most_signature;
            case Place::Nothing:
            case Place::Key:
            case Place::Book:
            case Place::Refused:
                break;
        }
        return limits.member_bytes;
    }
    [[nodiscard]] bool in_folder() const {
        return last_ == Place::Key || last_ == Place::Book || last_ == Place::Refused;
    }
    static exchange::Result<void> refuse() {
        return exchange::failed(exchange::Error::Members, exchange::Reason::NotOfBatch);
    }
    exchange::Result<void> keep() {
        const std::string text(crypto::as_text(memory_));
        if (last_ == Place::Head) {
            const auto head = parse_head(text);
            newer = is_newer(text);
            if (!head) return refuse();
            backup.head = *head;
        } else if (last_ == Place::Bundle) {
            backup.bundle_name = name_;
            backup.bundle = std::move(memory_);
        } else if (last_ == Place::Manifest) {
            if (text != exchange::manifest_text(title, lines_)) return refuse();
            backup.manifest = text;
        } else {
            backup.signature = text;
        }
        return {};
    }

    crypto::SodiumReady ready_;
    fs::path folder_;
    Place last_ = Place::Nothing;
    std::string name_;
    crypto::Bytes memory_;
    crypto::Sha256 digest_;
    std::vector<exchange::ManifestLine> lines_;
    std::optional<files::DurableFile> file_;
};

/// The medium is at fault, or the person stopped; else the file.
tl::unexpected<Failure> not_unpacked(const exchange::Failure& why, bool newer) {
    using exchange::Error;
    if (why.error == Error::NoSpace || why.error == Error::Io || why.error == Error::Cancelled) return failed(why);
    return failed(newer ? Refusal::Newer : Refusal::NotABackup);
}

tl::unexpected<Failure> not_opened(crypto::Error error) {
    switch (error) {
        case crypto::Error::NoMatch:
            return failed(Refusal::NotForUs);
        case crypto::Error::Header:
            return failed(Refusal::NotABackup);
        case crypto::Error::Mac:
        case crypto::Error::Payload:
            return failed(Refusal::Changed);
        default:
            return failed(error);
    }
}

}  // namespace

Result<Unpacked> unpack(crypto::SodiumReady ready, const fs::path& file,
                        std::span<const crypto::open::Identity> identities, const fs::path& folder,
                        const Progress& progress) {
    AMPARO_TRY(const input, files::InputFile::open(file));
    Unpacking unpacking(ready, folder);
    exchange::UstarParser parser(limits, unpacking);
    crypto::open::OpenStream stream(ready, {.identities = identities});
    crypto::Bytes sealed(unpack_piece);
    crypto::Bytes plain;
    std::optional<exchange::Failure> why;
    for (std::uint64_t done = 0;;) {
        const auto length = input.fill(sealed);
        if (!length) return failed(length.error());
        plain.clear();
        const auto opened =
            *length > 0 ? stream.update(crypto::ByteView(sealed).first(*length), plain) : stream.finish(plain);
        if (!opened) return not_opened(opened.error());
        // What is wrong inside is said only of a file that is as it was sealed.
        if (!why)
            if (auto fed = parser.feed(plain); !fed) why = fed.error();
        if (why && why->error != exchange::Error::Members && why->error != exchange::Error::Archive) break;
        if (*length == 0) break;
        done += *length;
        if (progress && !progress(done, input.size().value_or(0)))
            return failed(exchange::Failure{exchange::Error::Cancelled, {exchange::Reason::Stopped, {}, {}}});
    }
    if (!why)
        if (auto ended = parser.finish(); !ended) why = ended.error();
    if (why) return not_unpacked(*why, unpacking.newer);
    if (!unpacking.complete()) return failed(Refusal::NotABackup);
    return std::move(unpacking.backup);
}

std::optional<exchange::Bundle> bundle_of(crypto::SodiumReady ready, const Unpacked& backup,
                                          const exchange::BundleTrust& trust) {
    auto bundle = exchange::load_bundle(ready, backup.bundle, trust);
    if (!bundle || exchange::bundle_file_name(bundle->version.sequence) != backup.bundle_name) return std::nullopt;
    return std::move(*bundle);
}

std::optional<std::string> signer_of(crypto::SodiumReady ready, const Unpacked& backup,
                                     std::optional<exchange::Bundle> known, std::optional<exchange::Bundle> brought) {
    if (brought && (!known || brought->version.sequence > known->version.sequence)) known = std::move(brought);
    if (!known) return std::nullopt;
    for (const auto& one : known->signers) {
        const auto comment = crypto::verify(ready, crypto::as_bytes(backup.manifest), backup.signature, one.key);
        if (comment && *comment == signed_comment(backup.head)) return one.label;
    }
    return std::nullopt;
}

}  // namespace app::backup

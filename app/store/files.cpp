#include "app/store/files.hpp"

#include "app/files/small_file.hpp"

namespace app::store::detail {

Error error_of(files::Error error) noexcept {
    switch (error) {
        case files::Error::Missing:
            return Error::Missing;
        case files::Error::Kind:
            return Error::NotPlain;
        case files::Error::TooLarge:
        case files::Error::Short:
            return Error::Damaged;
        case files::Error::Exists:
            return Error::Exists;
        case files::Error::Denied:
            return Error::ReadOnly;
        case files::Error::NoSpace:
            return Error::NoSpace;
        case files::Error::Memory:
            return Error::Memory;
        case files::Error::Unsupported:
        case files::Error::Interrupted:
        case files::Error::Io:
            return Error::Io;
    }
    return Error::Internal;
}

Error error_of_errno(int code) noexcept {
    return error_of(files::error_of_errno(code));
}

Result<crypto::Digest> digest_of_file(crypto::SodiumReady ready, const std::filesystem::path& file) {
    crypto::Sha256 digest(ready);
    const auto read = files::each_piece(file, [&](crypto::ByteView piece) -> files::Result<void> {
        digest.update(piece);
        return {};
    });
    if (!read) return tl::unexpected(error_of(read.error()));
    return digest.finish();
}

}  // namespace app::store::detail

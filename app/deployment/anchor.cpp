#include "app/deployment/anchor.hpp"

#include "app/deployment/files.hpp"
#include "app/files/inside.hpp"
#include "app/files/replaceable.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace {

constexpr std::size_t most_key_bytes = 4096;

}  // namespace

Result<void> check_apart(const std::filesystem::path& file, const std::filesystem::path& state) {
    if (!file.empty() && files::lies_in(file, state)) return failed(Error::AnchorInside, file.string());
    return {};
}

Result<crypto::DeploymentPublicKey> read_programme_key(const std::filesystem::path& file) {
    AMPARO_TRY(const text, read_plain(file, most_key_bytes));
    if (files::replaceable(file, false)) return failed(Error::KeyReplaceable, file.string());
    const auto key = crypto::DeploymentPublicKey::parse(crypto::as_text(text));
    if (!key) return failed(Error::NotAKey, file.string());
    return *key;
}

Result<Anchor> anchor_of(OpenCasebook open, const std::optional<crypto::DeploymentPublicKey>& named,
                         const std::filesystem::path& casebook) {
    const auto programme = open.book.deployment();
    if (named && !(*named == programme)) return failed(Error::ProgrammesDiffer, casebook.string());
    AMPARO_TRY(known, about(casebook.string(), open.book.devices()));
    return Anchor{programme, std::move(known), std::move(open.identities)};
}

}  // namespace app::deployment

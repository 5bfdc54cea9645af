// Creating and opening a casebook, and what failures below mean here.
#include "app/casebook/casebook.hpp"

#include <algorithm>

#include "app/casebook/key_file.hpp"
#include "app/casebook/parts.hpp"
#include "app/casebook/schema.hpp"
#include "app/casebook/sqlcipher/listing.hpp"

namespace app::casebook {
namespace detail {

Error error_of(app::database::Error error) noexcept {
    switch (error) {
        case app::database::Error::Missing:
            return Error::Missing;
        case app::database::Error::Exists:
            return Error::Exists;
        case app::database::Error::InUse:
            return Error::InUse;
        case app::database::Error::WrongKey:
            return Error::KeyDamaged;
        case app::database::Error::Damaged:
        case app::database::Error::Unreadable:
        case app::database::Error::RolledBack:
        case app::database::Error::NotPlain:
            return Error::Damaged;
        case app::database::Error::ReadOnly:
            return Error::ReadOnly;
        case app::database::Error::NoSpace:
            return Error::NoSpace;
        case app::database::Error::Io:
            return Error::Io;
        case app::database::Error::Library:
            return Error::Library;
        case app::database::Error::Newer:
            return Error::Newer;
        case app::database::Error::Memory:
            return Error::Memory;
        case app::database::Error::NotFound:
            return Error::NotFound;
        case app::database::Error::Foreign:
        case app::database::Error::Refused:
        case app::database::Error::Input:
        case app::database::Error::Internal:
            return Error::Internal;
    }
    return Error::Internal;
}

Error error_of(files::Error error) noexcept {
    switch (error) {
        case files::Error::NoSpace:
            return Error::NoSpace;
        case files::Error::Exists:
            return Error::Exists;
        case files::Error::Memory:
            return Error::Memory;
        case files::Error::Missing:
        case files::Error::Kind:
        case files::Error::TooLarge:
        case files::Error::Short:
        case files::Error::Denied:
        case files::Error::Unsupported:
        case files::Error::Interrupted:
        case files::Error::Io:
            return Error::Io;
    }
    return Error::Internal;
}

Error error_of(exchange::Error fault) noexcept {
    switch (fault) {
        case exchange::Error::NoSpace:
            return Error::NoSpace;
        case exchange::Error::Exists:
            return Error::Exists;
        case exchange::Error::Signature:
        case exchange::Error::Certificate:
        case exchange::Error::Deployment:
            return Error::Deployment;
        case exchange::Error::Crypto:
            return Error::Memory;
        case exchange::Error::Io:
        case exchange::Error::Cancelled:
        case exchange::Error::TooLarge:
        case exchange::Error::Archive:
        case exchange::Error::Members:
        case exchange::Error::Manifest:
        case exchange::Error::Rollback:
        case exchange::Error::AppTooOld:
        case exchange::Error::Recipients:
        case exchange::Error::Content:
            return Error::Io;
    }
    return Error::Internal;
}

Error error_of(crypto::Error error) noexcept {
    switch (error) {
        case crypto::Error::LockedMemory:
        case crypto::Error::Memory:
            return Error::Memory;
        case crypto::Error::SelfTest:
        case crypto::Error::Input:
        case crypto::Error::Malformed:
        case crypto::Error::TooMany:
        case crypto::Error::Mixed:
        case crypto::Error::Kind:
        case crypto::Error::NoMatch:
        case crypto::Error::Header:
        case crypto::Error::Mac:
        case crypto::Error::Payload:
        case crypto::Error::Signature:
        case crypto::Error::OtherKey:
        case crypto::Error::WrongSecret:
        case crypto::Error::Protected:
        case crypto::Error::WorkFactor:
            return Error::Internal;
    }
    return Error::Internal;
}

Result<bool> next_row(app::database::Statement& statement) {
    auto there = statement.step();
    if (!there) return passed_on(there.error());
    return *there;
}

Result<std::uint64_t> number_in(app::database::Statement& statement) {
    auto there = next_row(statement);
    if (!there) return tl::unexpected(there.error());
    return *there && !statement.is_null(0) ? static_cast<std::uint64_t>(statement.integer(0)) : 0;
}

exchange::Digest digest_of(crypto::ByteView bytes) noexcept {
    exchange::Digest digest{};
    if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
    return digest;
}

std::string_view repair_word() noexcept {
    return exchange::audit_word(exchange::AuditType::DatabaseRepaired);
}

}  // namespace detail

namespace {

namespace fs = std::filesystem;
using detail::passed_on;

/// A casebook that another program is writing to is waited for.
constexpr app::database::DatabaseOptions options{.wait_ms = 3000};

Result<crypto::DeploymentPublicKey> read_deployment(app::database::Database& database) {
    auto row = database.prepare("SELECT bytes FROM value WHERE name = 'deployment'");
    if (!row) return passed_on(row.error());
    auto there = row->step();
    if (!there) return passed_on(there.error());
    if (!*there) return tl::unexpected(Error::Damaged);
    const auto key = crypto::DeploymentPublicKey::parse(crypto::as_text(row->bytes(0)));
    if (!key) return tl::unexpected(Error::Damaged);
    return *key;
}

Result<void> write_deployment(app::database::Database& database, const crypto::DeploymentPublicKey& deployment) {
    auto transaction = app::database::Transaction::begin(database);
    if (!transaction) return passed_on(transaction.error());
    auto row = database.prepare("INSERT INTO value(name, bytes) VALUES('deployment', ?1)");
    if (!row) return passed_on(row.error());
    const std::string text = deployment.to_text();
    if (auto done = row->bind(1, crypto::as_bytes(text)).finish(); !done) return passed_on(done.error());
    if (auto done = sqlcipher::note_filled(database); !done) return done;
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    return {};
}

}  // namespace

fs::path key_file_of(const fs::path& casebook) {
    return casebook.string() + ".key.age";
}
fs::path quarantine_of(const fs::path& casebook) {
    return casebook.string() + ".quarantine";
}

Casebook::Casebook(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {}
Casebook::Casebook(Casebook&&) noexcept = default;
Casebook& Casebook::operator=(Casebook&&) noexcept = default;
Casebook::~Casebook() = default;

Result<Casebook> Casebook::create(crypto::SodiumReady ready, const fs::path& file,
                                  std::span<const crypto::Recipient> recipients,
                                  const crypto::DeploymentPublicKey& deployment) {
    std::error_code failure;
    if (fs::exists(fs::symlink_status(file, failure))) return tl::unexpected(Error::Exists);
    const auto key = detail::make_key_file(ready, key_file_of(file), recipients);
    if (!key) return tl::unexpected(key.error());
    auto database = app::database::Database::create(ready, file, *key, schema::migrations, options);
    if (!database) {
        fs::remove(key_file_of(file), failure);  // made a moment ago, for a database that does not exist
        return passed_on(database.error());
    }
    if (auto done = write_deployment(*database, deployment); !done) return tl::unexpected(done.error());
    return Casebook(std::make_unique<Parts>(ready, file, std::move(*database), deployment,
                                            exchange::deployment_id(ready, deployment)));
}

Result<Casebook> Casebook::open(crypto::SodiumReady ready, const fs::path& file,
                                std::span<const crypto::open::Identity> identities) {
    std::error_code failure;
    if (!fs::exists(file, failure)) return tl::unexpected(Error::Missing);
    const auto key = detail::read_key_file(ready, key_file_of(file), identities);
    if (!key) return tl::unexpected(key.error());
    auto database = app::database::Database::open(ready, file, *key, schema::migrations, schema::expected, options);
    if (!database) return passed_on(database.error());
    if (auto done = sqlcipher::fill_columns(*database); !done) return tl::unexpected(done.error());
    const auto deployment = read_deployment(*database);
    if (!deployment) return tl::unexpected(deployment.error());
    auto parts = std::make_unique<Parts>(ready, file, std::move(*database), *deployment,
                                         exchange::deployment_id(ready, *deployment));
    for (const auto& identity : identities)
        if (parts->opened_by.empty() && detail::read_key_file(ready, key_file_of(file), std::span(&identity, 1)))
            parts->opened_by = identity.recipient().to_string();
    return Casebook(std::move(parts));
}

const crypto::DeploymentPublicKey& Casebook::deployment() const noexcept {
    return parts_->deployment;
}

}  // namespace app::casebook

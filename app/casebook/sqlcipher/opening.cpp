#include "app/casebook/sqlcipher/opening.hpp"

#include "app/casebook/sqlcipher/calls.hpp"
#include "app/casebook/sqlcipher/custody.hpp"
#include "app/casebook/sqlcipher/key_file.hpp"
#include "app/casebook/sqlcipher/listing.hpp"
#include "app/casebook/sqlcipher/schema.hpp"

namespace app::casebook::sqlcipher {

namespace {

namespace fs = std::filesystem;

/// A casebook that another program is writing to is waited for.
constexpr app::database::DatabaseOptions options{.wait_ms = 3000};

Result<crypto::DeploymentPublicKey> read_deployment(app::database::Database& database) {
    const auto text_in = [](const Row& row) { return std::string(crypto::as_text(row.bytes(0))); };
    AMPARO_TRY(const text, ours(database.one("SELECT bytes FROM value WHERE name = 'deployment'", text_in)));
    if (!text) return tl::unexpected(Error::Damaged);
    const auto key = crypto::DeploymentPublicKey::parse(*text);
    if (!key) return tl::unexpected(Error::Damaged);
    return *key;
}

Result<void> write_deployment(app::database::Database& database, const crypto::DeploymentPublicKey& deployment) {
    AMPARO_TRY(transaction, ours(app::database::Transaction::begin(database)));
    const std::string text = deployment.to_text();
    AMPARO_DO(ours(database.run("INSERT INTO value(name, bytes) VALUES('deployment', ?1)", crypto::as_bytes(text))));
    AMPARO_DO(note_filled(database));
    return ours(transaction.commit());
}

}  // namespace

Result<Casebook> create(crypto::SodiumReady ready, const fs::path& file, std::span<const crypto::Recipient> recipients,
                        const crypto::DeploymentPublicKey& deployment) {
    std::error_code failure;
    if (fs::exists(fs::symlink_status(file, failure))) return tl::unexpected(Error::Exists);
    const auto key = make_key_file(ready, key_file_of(file), recipients);
    if (!key) return tl::unexpected(key.error());
    auto database = app::database::Database::create(ready, file, *key, schema::migrations, options);
    if (!database) {
        fs::remove(key_file_of(file), failure);  // made a moment ago, for a database that does not exist
        return tl::unexpected(error_of(database.error()));
    }
    AMPARO_DO(write_deployment(*database, deployment));
    return Casebook(ready, file, std::make_unique<Custody>(ready, std::move(*database)), deployment);
}

Result<Casebook> open(crypto::SodiumReady ready, const fs::path& file,
                      std::span<const crypto::open::Identity> identities) {
    std::error_code failure;
    if (!fs::exists(file, failure)) return tl::unexpected(Error::Missing);
    const auto key = read_key_file(ready, key_file_of(file), identities);
    if (!key) return tl::unexpected(key.error());
    AMPARO_TRY(database,
               ours(app::database::Database::open(ready, file, *key, schema::migrations, schema::expected, options)));
    AMPARO_DO(fill_columns(database));
    AMPARO_TRY(const deployment, read_deployment(database));
    std::string opened_by;
    for (const auto& identity : identities)
        if (opened_by.empty() && read_key_file(ready, key_file_of(file), std::span(&identity, 1)))
            opened_by = identity.recipient().to_string();
    return Casebook(ready, file, std::make_unique<Custody>(ready, std::move(database)), deployment,
                    std::move(opened_by));
}

}  // namespace app::casebook::sqlcipher

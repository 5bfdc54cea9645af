#pragma once
// Inside of Casebook, shared by its source files only.

#include "app/casebook/casebook.hpp"
#include "app/exchange/failure.hpp"
#include "app/store/database.hpp"

namespace app::casebook {

namespace detail {

[[nodiscard]] Error error_of(store::Error error) noexcept;
[[nodiscard]] Error error_of(exchange::Fault fault) noexcept;
[[nodiscard]] Error error_of(crypto::Error error) noexcept;

/// A failure of the layer below as one of ours.
template <class E>
[[nodiscard]] tl::unexpected<Error> passed_on(E error) {
    return tl::make_unexpected(error_of(error));
}

/// What was found out about one sealed record when it was opened.
struct Opened {
    Outcome outcome = Outcome::New;
    std::string detail;
    std::string case_code;
    bool interrupted = false;
};

}  // namespace detail

struct Casebook::Parts {
    Parts(crypto::SodiumReady is_ready, std::filesystem::path at, store::Database opened,
          crypto::DeploymentPublicKey key, std::string id)
        : ready(is_ready),
          file(std::move(at)),
          database(std::move(opened)),
          deployment(key),
          deployment_id(std::move(id)) {}

    crypto::SodiumReady ready;
    std::filesystem::path file;
    store::Database database;
    crypto::DeploymentPublicKey deployment;
    std::string deployment_id;

    // import.cpp
    struct Place {
        std::int64_t batch = 0;  ///< row of the batch
        Standing standing = Standing::InOrder;
    };
    [[nodiscard]] Result<Place> take_in(const exchange::VerifiedBatch& batch);
    [[nodiscard]] Result<Standing> judge(const exchange::BatchHeader& header, const exchange::Digest& manifest);
    [[nodiscard]] Result<std::int64_t> insert_batch(const exchange::VerifiedBatch& batch);
    [[nodiscard]] Result<void> insert_sealed(std::int64_t batch, const exchange::VerifiedBatch& from,
                                             std::vector<bool>& known);
    [[nodiscard]] Result<bool> is_revoked(std::string_view device);
    [[nodiscard]] Result<std::vector<std::uint64_t>> missing(std::string_view device, std::uint64_t epoch);
    std::vector<bool> known;  ///< of the batch being imported: which records were here before

    // audit.cpp
    [[nodiscard]] Result<void> take_audit(const exchange::VerifiedBatch& batch);
    [[nodiscard]] Result<AuditStanding> standing_of_audit(std::string_view device);

    // opening.cpp
    [[nodiscard]] Result<void> open_waiting(std::int64_t batch, std::span<const crypto::open::Identity> identities);
    [[nodiscard]] Result<detail::Opened> open_one(std::int64_t sealed,
                                                  std::span<const crypto::open::Identity> identities);
    [[nodiscard]] Result<detail::Opened> file_record(std::int64_t sealed, const Record& record, std::string_view json);
    [[nodiscard]] Result<detail::Opened> withdraw(std::int64_t sealed, const Record& record, std::string_view json);
    [[nodiscard]] Result<void> erase_sealed(std::string_view device, std::string_view record, std::int64_t but);
    [[nodiscard]] Result<void> list_record(std::int64_t sealed, const Record& record, std::string_view json);
};

}  // namespace app::casebook

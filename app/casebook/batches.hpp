#pragma once
// What the rules need of a database about batches and the devices that sent them: which are here, by device, epoch and
// sequence, and what each says of the one before. Speaks in the values of the rules; knows neither SQL nor what
// follows.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/error.hpp"
#include "app/casebook/rules/sequence.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"
#include "crypto/minisign.hpp"

namespace app::casebook {

/// A verified batch as it comes: what is kept of it besides its members.
struct ArrivedBatch {
    std::string_view device;
    rules::Batch is;
    crypto::ByteView manifest;
    crypto::ByteView signature;
    crypto::ByteView certificate;
    crypto::ByteView certificate_signature;
    const crypto::Digest& file_sha256;
};

/// Who does not trust a device any more: this casebook, the programme, or both. Neither takes back what the other said.
struct Revocation {
    bool own = false;
    std::uint64_t bundle = 0;  ///< number of the newest bundle that was heeded, where it revokes the device; else 0

    [[nodiscard]] explicit operator bool() const noexcept { return own || bundle > 0; }
};

struct KnownDevice {
    std::string device;
    bool forked = false;
    Revocation revoked = {};
};

/// The last bundle whose revocations hold here, and who has to have signed the next one.
struct Heeded {
    std::uint64_t bundle = 0;  ///< its number; 0: none was heeded yet
    std::uint32_t signatures = 1;
    std::vector<crypto::ReceiptPublicKey> signers = {};
};

/// A batch that is here, as the source of what it brought.
struct BatchOrigin {
    KnownDevice device;
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    bool certificate_ended = false;  ///< when it came
    crypto::Bytes certificate;       ///< that came with it
};

class Batches {
  public:
    Batches() = default;
    Batches(const Batches&) = delete;
    Batches& operator=(const Batches&) = delete;
    virtual ~Batches() = default;

    // Devices. Errors, here and below: NoSpace, Io, Damaged, Memory.

    /// Nothing for one that nobody has heard of.
    [[nodiscard]] virtual Result<std::optional<KnownDevice>> device(std::string_view device) = 0;
    /// By name.
    [[nodiscard]] virtual Result<std::vector<KnownDevice>> devices() = 0;
    /// It is known from now on, and once forked it stays so.
    [[nodiscard]] virtual Result<void> note(std::string_view device, bool forked) = 0;
    /// By this casebook; what the programme says stays.
    [[nodiscard]] virtual Result<void> revoke(std::string_view device, bool revoked) = 0;
    [[nodiscard]] virtual Result<Heeded> heeded() = 0;
    /// Exactly these devices are revoked by the programme from now on; what this casebook said itself stays.
    [[nodiscard]] virtual Result<void> heed(const Heeded& bundle, const std::vector<std::string>& revoked) = 0;

    // Batches. Every one that is kept has a number, which is its own for good.

    [[nodiscard]] virtual Result<std::int64_t> keep(const ArrivedBatch& batch) = 0;
    /// Whether its certificate had ended when it came.
    [[nodiscard]] virtual Result<void> mark_ended(std::int64_t batch, bool ended) = 0;
    [[nodiscard]] virtual Result<std::optional<std::int64_t>> number_of(std::string_view device,
                                                                        const rules::Batch& batch) = 0;
    [[nodiscard]] virtual Result<std::optional<BatchOrigin>> origin(std::int64_t batch) = 0;
    /// By its manifest; what it names as the one before is left out.
    [[nodiscard]] virtual Result<std::optional<rules::Batch>> named(std::string_view device,
                                                                    const crypto::Digest& manifest) = 0;
    /// Of the same epoch: under its number, one before and one after.
    [[nodiscard]] virtual Result<std::vector<rules::Batch>> beside(std::string_view device,
                                                                   const rules::Batch& batch) = 0;
    /// Of all epochs, by epoch and sequence, one for each place; manifests are left out.
    [[nodiscard]] virtual Result<std::vector<rules::Batch>> places(std::string_view device) = 0;
    /// The one of the highest epoch and sequence.
    [[nodiscard]] virtual Result<std::optional<BatchOrigin>> last(std::string_view device) = 0;

    // Epochs.

    /// 0 when nothing of it is here.
    [[nodiscard]] virtual Result<std::uint64_t> last_sequence(std::string_view device, std::uint64_t epoch) = 0;
    /// How many numbers of the epoch up to `sequence` are here.
    [[nodiscard]] virtual Result<std::uint64_t> count_up_to(std::string_view device, std::uint64_t epoch,
                                                            std::uint64_t sequence) = 0;
    /// The highest below; 0 for none.
    [[nodiscard]] virtual Result<std::uint64_t> epoch_before(std::string_view device, std::uint64_t epoch) = 0;
    /// What the first batches of the lowest epoch above name as the one before them.
    [[nodiscard]] virtual Result<std::vector<crypto::Digest>> named_by_next_epoch(std::string_view device,
                                                                                  std::uint64_t epoch) = 0;
    /// Those whose first batch is here, ascending.
    [[nodiscard]] virtual Result<std::vector<std::uint64_t>> begun_epochs(std::string_view device) = 0;
    [[nodiscard]] virtual Result<bool> has_begun(std::string_view device, std::uint64_t epoch) = 0;
    /// Whether nothing of an earlier epoch is here, and the first batch of this one, as far as it is, names none.
    [[nodiscard]] virtual Result<bool> names_nothing_before(std::string_view device, std::uint64_t epoch) = 0;
    /// Shows the certificate of every batch of the epoch.
    using SeeCertificate = std::function<void(crypto::ByteView certificate)>;
    [[nodiscard]] virtual Result<void> each_certificate(std::string_view device, std::uint64_t epoch,
                                                        const SeeCertificate& see) = 0;
    /// Whether a batch is here that says nothing of what came before it, though something did, or that was taken in
    /// without its audit.
    [[nodiscard]] virtual Result<bool> audit_unknown(std::string_view device) = 0;
};

}  // namespace app::casebook

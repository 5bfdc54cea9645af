// What waits on a device becomes batches: frozen, signed, written. Who reads them is given: the recipients of a
// verified bundle, or whom the coordinator names where the device has no bundle any more.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/device/audit.hpp"
#include "app/exchange/batch.hpp"
#include "app/exchange/manifest.hpp"
#include "app/store/store.hpp"

namespace app::device {

/// Everything a batch is made of. What is referred to must outlive the Sender.
struct SendingFrom {
    store::Store& store;
    const std::string& device;                          ///< 32 hex digits
    const exchange::SignedCertificate& certificate;     ///< of the device, for batches that are frozen now
    const std::vector<crypto::Recipient>& recipients;   ///< of the outer layer of batches, and of nothing else
    std::uint64_t size = exchange::batch_sizes.back();  ///< of a batch that is frozen now, at the most
};

/// One sending into one folder. A batch whose writing was cut short is remembered in the store.
/// Errors of all: those of exchange::write_batch(); Content when the store cannot give or keep something.
class Sender {
  public:
    /// After each batch that is on the medium under its name.
    using Written = std::function<void(const store::FrozenBatch&, const exchange::WrittenBatch&)>;

    /// `progress` as in exchange::write_batch(), and once before each freezing with zeros.
    Sender(crypto::SodiumReady ready, const SendingFrom& from, std::filesystem::path folder,
           exchange::Progress progress, Written written);

    /// The batch that was frozen but whose file was never confirmed, if there is one.
    [[nodiscard]] exchange::Result<void> finish_unfinished();
    /// Freezes what waits, but not `open_record`, and writes it, in as many batches as it takes.
    [[nodiscard]] exchange::Result<void> send_waiting(const std::string& open_record);
    /// Freezes and writes a batch without a record: what the audit has still to tell, and the place in the sequence.
    [[nodiscard]] exchange::Result<void> send_empty();
    /// A batch of before once more, identical inside.
    [[nodiscard]] exchange::Result<void> send_again(store::BatchKey key);

  private:
    [[nodiscard]] exchange::Result<std::vector<exchange::BatchRecord>> audit_of(
        const std::vector<exchange::ManifestLine>& lines);
    [[nodiscard]] exchange::Result<crypto::SecretBytes> way_back_of(const store::FrozenBatch& frozen,
                                                                    const std::vector<exchange::ManifestLine>& lines);
    [[nodiscard]] exchange::Result<store::FrozenBatch> freeze(const store::BatchPlan& plan);
    [[nodiscard]] exchange::Result<void> write(const store::FrozenBatch& frozen);
    [[nodiscard]] exchange::Result<void> confirm();

    crypto::SodiumReady ready_;
    SendingFrom from_;
    std::filesystem::path folder_;
    exchange::Progress progress_;
    Written written_;
};

}  // namespace app::device

// Keeps the draft of the interview that is under way, so that it may go on after a crash: encrypted in the store, its
// key only in the kernel's memory and here. It must not know what is in one.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/model/resuming.hpp"
#include "app/store/store.hpp"

namespace app::device {

class DraftKeeper {
  public:
    /// Whose a draft is, from its bytes; nothing when it is no draft.
    using OwnerOf = std::optional<model::DraftOwner> (*)(crypto::ByteView draft) noexcept;

    /// `device`: 32 hex digits; `minutes`: of the policy, 0 for never; `bundle`: its sequence.
    DraftKeeper(crypto::SodiumReady ready, const std::string& device, std::uint32_t minutes, std::uint64_t bundle,
                OwnerOf owner_of);

    [[nodiscard]] model::Resuming resuming() const noexcept { return resuming_; }

    /// The draft as it may lie in the store; empty when it must not. A record that is not the last one's gets a new
    /// key; the key's time begins anew.
    [[nodiscard]] crypto::Bytes keep(std::string_view record, std::uint32_t revision,
                                     const crypto::SecretBytes& draft) noexcept;

    struct Found {
        crypto::SecretBytes draft;
        model::DraftOwner owner;
        std::string record;
    };
    /// What can be gone on with: the kernel still has the key, and the draft belongs to the newest revision and to this
    /// bundle. Anything else is dropped.
    [[nodiscard]] std::optional<Found> find(store::Store& store) noexcept;
    /// The same for one worker in one role.
    [[nodiscard]] std::optional<Found> find_for(store::Store& store, store::Worker worker) noexcept;

    /// The key, then the draft.
    void drop(store::Store& store) noexcept;

  private:
    crypto::SodiumReady ready_;
    std::string name_;  ///< of the key
    std::chrono::seconds time_;
    std::uint64_t bundle_;
    OwnerOf owner_of_;
    model::Resuming resuming_;
    std::string record_;  ///< whose key `key_` is
    crypto::SecretBytes key_;
};

}  // namespace app::device

#include "app/device/draft_keeper.hpp"

#include <new>

#include "app/device/keyring.hpp"
#include "crypto/draft.hpp"

namespace app::device {

DraftKeeper::DraftKeeper(crypto::SodiumReady ready, const std::string& device, std::uint32_t minutes,
                         std::uint64_t bundle, OwnerOf owner_of)
    : ready_(ready),
      name_(device.substr(0, 16)),
      time_(std::chrono::minutes(minutes)),
      bundle_(bundle),
      owner_of_(owner_of),
      resuming_(minutes == 0                     ? model::Resuming::OffByPolicy
                : keyring::allowed(ready, name_) ? model::Resuming::On
                                                 : model::Resuming::OffBySystem) {}

crypto::Bytes DraftKeeper::keep(std::string_view record, std::uint32_t revision,
                                const crypto::SecretBytes& draft) noexcept {
    if (resuming_ != model::Resuming::On || draft.empty()) return {};
    try {
        if (record_ != record || !keyring::renew(ready_, name_, crypto::draft_key_size, time_)) {
            auto key = crypto::SecretBytes::random(ready_, crypto::draft_key_size);
            if (!key || !keyring::keep(ready_, name_, *key, time_)) return {};
            key_ = std::move(*key);
            record_ = record;
        }
        auto sealed = crypto::seal_draft(ready_, key_, record, revision, draft.view());
        return sealed ? std::move(*sealed) : crypto::Bytes();
    } catch (const std::bad_alloc&) {
        return {};
    }
}

std::optional<DraftKeeper::Found> DraftKeeper::find(store::Store& store) noexcept {
    try {
        const auto kept = store.records().draft();
        if (!kept || !*kept) return std::nullopt;
        const auto& draft = **kept;
        auto key = keyring::read(ready_, name_, crypto::draft_key_size);
        const auto last = store.records().last_revision(draft.record);
        if (resuming_ == model::Resuming::On && key && last && *last == draft.revision) {
            auto content = crypto::open_draft(ready_, *key, draft.record, draft.revision, draft.bytes);
            const auto owner = content ? owner_of_(content->view()) : std::nullopt;
            if (owner && owner->bundle == bundle_) {
                key_ = std::move(*key);
                record_ = draft.record;
                return Found{std::move(*content), *owner, draft.record};
            }
        }
        drop(store);
    } catch (const std::bad_alloc&) {  // it is still there, for the next try
    }
    return std::nullopt;
}

std::optional<DraftKeeper::Found> DraftKeeper::find_for(store::Store& store, store::Worker worker) noexcept {
    auto found = find(store);
    if (found && found->owner.worker.number == worker.number && found->owner.worker.role == worker.role) return found;
    return std::nullopt;
}

void DraftKeeper::drop(store::Store& store) noexcept {
    keyring::forget(name_);
    key_ = {};
    record_.clear();
    static_cast<void>(store.records().drop_draft());  // without its key it says nothing; the next start removes it
}

}  // namespace app::device

#include "app/casebook/readers.hpp"

#include <algorithm>
#include <new>
#include <system_error>

#include "crypto/open/open.hpp"

namespace app::casebook::detail {

namespace {

constexpr std::size_t ahead_of_each = 4;          ///< so that no thread waits for the next
constexpr std::size_t most_bytes_held = 512'000;  ///< sealed; as many are locked when they are opened

bool wants_memory(crypto::Error error) noexcept {
    return error == crypto::Error::Memory || error == crypto::Error::LockedMemory;
}

}  // namespace

Readers::Readers(crypto::SodiumReady ready, std::span<const crypto::open::Identity> identities, unsigned threads)
    : ready_(ready), identities_(identities), most_(threads > 1 ? threads * ahead_of_each : 1) {
    try {
        for (unsigned i = 1; i < threads; ++i) threads_.emplace_back([this] { work(); });
    } catch (const std::system_error&) {  // no thread can be had: whoever takes works alone
    }
}

Readers::~Readers() {
    {
        const std::lock_guard lock(mutex_);
        ends_ = true;
    }
    given_.notify_all();
    for (auto& thread : threads_) thread.join();
}

bool Readers::has_room() const noexcept {
    return items_.empty() || (items_.size() < most_ && bytes_ < most_bytes_held);
}

void Readers::give(Sealed sealed) {
    auto item = std::make_unique<Item>();
    item->record.sealed = std::move(sealed);
    bytes_ += item->record.sealed.bytes.size();
    {
        const std::lock_guard lock(mutex_);
        items_.push_back(std::move(item));
    }
    given_.notify_one();
}

ReadRecord Readers::take() {
    std::unique_lock lock(mutex_);
    while (items_.front()->at != At::Done)
        if (!read_next(lock)) done_.wait(lock);
    const auto item = std::move(items_.front());
    items_.pop_front();
    lock.unlock();
    bytes_ -= item->record.sealed.bytes.size();
    // What the others hold may have been too much for this one: alone there is room for it, or for nothing.
    if (!item->record.plain && wants_memory(item->record.plain.error())) read(item->record);
    return std::move(item->record);
}

void Readers::read(ReadRecord& record) const noexcept {
    try {
        record.plain = crypto::open::open(ready_, record.sealed.bytes, identities_);
        if (!record.plain) return;
        const auto padded = crypto::as_text(record.plain->view());
        record.json = padded.substr(0, padded.find_last_not_of(' ') + 1);
        record.said.emplace(record::read(record.json));
    } catch (const std::bad_alloc&) {
        record.said.reset();
        record.plain = tl::unexpected(crypto::Error::Memory);
    }
}

/// False where there is none.
bool Readers::read_next(std::unique_lock<std::mutex>& lock) noexcept {
    const auto next =
        std::find_if(items_.begin(), items_.end(), [](const auto& one) { return one->at == At::Waiting; });
    if (next == items_.end()) return false;
    auto& item = **next;
    item.at = At::Opening;
    lock.unlock();
    read(item.record);
    lock.lock();
    item.at = At::Done;
    done_.notify_one();
    return true;
}

void Readers::work() noexcept {
    std::unique_lock lock(mutex_);
    while (!ends_)
        if (!read_next(lock)) given_.wait(lock);
}

}  // namespace app::casebook::detail

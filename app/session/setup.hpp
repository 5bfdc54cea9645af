// What an unlocked kiosk works with: everything the signed bundle and the store say, read once; it must not hold keys
// or answers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/exchange/bundle.hpp"
#include "app/store/store.hpp"
#include "locales/translator.hpp"

namespace app::session {

namespace engine = questionnaires::engine;

/// How large the text is: 100, 125, 150, 200 %.
enum class TextSize : std::uint8_t { normal, larger, large, largest };
enum class Contrast : std::uint8_t { light, dark, high };

/// How this device looks, kept in the store.
struct Preferences {
    TextSize text_size = TextSize::normal;
    Contrast contrast = Contrast::light;
    friend bool operator==(const Preferences&, const Preferences&) = default;
};

/// What waits on the device, in numbers; nothing else about it can be read here.
struct Queue {
    std::uint64_t waiting = 0;               ///< sealed and not yet written to any stick or folder
    std::uint64_t unconfirmed = 0;           ///< written at least once, no receipt yet: can be written again
    std::optional<exchange::Day> last_sent;  ///< the day of the last batch that was written
    friend bool operator==(const Queue&, const Queue&) = default;
};

/// A verified bundle and an open store, as values. Immutable and shared.
struct Setup {
    std::string deployment;        ///< id, 16 hex digits
    std::string deployment_words;  ///< eight words of its key
    std::string device;            ///< id, 32 hex digits
    exchange::BundleVersion version;
    exchange::Policy policy;
    std::vector<exchange::BundleForm> forms;    ///< those this kiosk offers, in order; the first starts a screening
    std::vector<exchange::Referral> referrals;  ///< in the order of the bundle
    std::size_t recipients = 0;                 ///< whom records are sealed to; 0 means no interview may start
    std::vector<store::Worker> workers;         ///< by number
    std::shared_ptr<const locales::Translator> texts;  ///< the words of the bundle
};

}  // namespace app::session

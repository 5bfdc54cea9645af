#include "app/session/visit/draft.hpp"

#include <algorithm>
#include <new>

namespace app::session {
namespace {

constexpr std::string_view magic = "amparo visit 1\n";

/// Writes into a span, or only counts when there is none.
class Sink {
  public:
    Sink() noexcept = default;
    explicit Sink(std::span<std::byte> out) noexcept : out_(out), writing_(true) {}
    void number(std::uint64_t value, std::size_t size) noexcept {
        for (std::size_t i = 0; i < size; ++i) put(static_cast<std::byte>((value >> (8 * i)) & 0xFFU));
    }
    void bytes(crypto::ByteView bytes) noexcept {
        for (const std::byte b : bytes) put(b);
    }
    void text(std::string_view text) noexcept {
        number(text.size(), 1);
        bytes(crypto::as_bytes(text));
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

  private:
    void put(std::byte b) noexcept {
        if (writing_) out_[size_] = b;
        ++size_;
    }
    std::span<std::byte> out_;
    bool writing_ = false;
    std::size_t size_ = 0;
};

struct Part {
    const Screening* screening;
    std::pmr::vector<std::byte> answers;
};
using Parts = std::vector<Part>;

void write_one(Sink& out, const Part& part) noexcept {
    const auto& s = *part.screening;
    const auto& origin = s.origin();
    out.text(origin.record);
    out.text(origin.case_code);
    out.number(origin.seed, 8);
    out.text(origin.day);
    out.number(static_cast<std::uint32_t>(origin.today.year), 4);
    out.number(origin.today.month, 1);
    out.number(origin.today.day, 1);
    out.text(s.form().id);
    out.bytes(s.form().sha256);
    out.number(static_cast<std::uint8_t>(s.mode), 1);
    out.number(static_cast<std::uint8_t>(s.purpose), 1);
    out.number(static_cast<std::uint8_t>(s.language_at_start), 1);
    out.text(s.consent_key);
    out.text(s.consent_sha256);
    out.number(static_cast<std::uint8_t>(s.consent), 1);
    out.number((s.tell_worker_now ? 1U : 0U) | (s.interpreter_needed ? 2U : 0U) | (s.finished ? 4U : 0U) |
                   (s.raised ? 8U : 0U),
               1);
    if (s.raised) {
        out.number(static_cast<std::uint8_t>(s.raised->reading), 1);
        out.number(static_cast<std::uint8_t>(s.raised->level), 1);
        out.number(static_cast<std::uint8_t>(s.raised->reason), 1);
    }
    out.number(s.revision, 4);
    out.number(part.answers.size(), 4);
    out.bytes(part.answers);
}

void write_all(Sink& out, const Parts& parts, std::uint64_t bundle, locales::Language language) noexcept {
    const auto& worker = parts.front().screening->worker;
    out.bytes(crypto::as_bytes(magic));
    out.number(worker.number.value, 4);
    out.number(static_cast<std::uint8_t>(worker.role), 1);
    out.number(bundle, 8);
    out.number(static_cast<std::uint8_t>(language), 1);
    out.number(parts.size(), 1);
    for (const auto& part : parts) write_one(out, part);
}

/// Numbers beyond the last of an enumeration are no draft of ours.
class Source {
  public:
    explicit Source(crypto::ByteView bytes) noexcept : in_(bytes) {}
    std::uint64_t number(std::size_t size) noexcept {
        std::uint64_t value = 0;
        const auto bytes = in_.take(size);
        for (std::size_t i = 0; bytes && i < size; ++i) value |= std::to_integer<std::uint64_t>((*bytes)[i]) << (8 * i);
        return value;
    }
    template <class E>
    E one_of(E last) noexcept {
        const auto value = number(1);
        if (value > static_cast<std::uint64_t>(last)) good_ = false;
        return good_ ? static_cast<E>(value) : E{};
    }
    std::string text() {
        const auto bytes = in_.take(number(1));
        return bytes ? std::string(crypto::as_text(*bytes)) : std::string();
    }
    crypto::ByteView bytes(std::size_t size) noexcept { return in_.take(size).value_or(crypto::ByteView()); }
    [[nodiscard]] bool starts_with(std::string_view text) noexcept { return in_.skip(text); }
    [[nodiscard]] bool good() const noexcept { return good_ && !in_.failed(); }
    [[nodiscard]] bool at_end() const noexcept { return in_.at_end(); }

  private:
    crypto::Reader in_;
    bool good_ = true;
};

DraftOwner read_owner(Source& in) noexcept {
    DraftOwner owner;
    owner.worker.number.value = static_cast<std::uint32_t>(in.number(4));
    owner.worker.role = in.one_of(model::Role::ShiftLead);
    owner.bundle = in.number(8);
    return owner;
}

std::optional<Screening> read_one(Source& in, const exchange::Bundle& bundle, model::Worker worker,
                                  std::unique_ptr<crypto::LockedArena> arena) {
    Origin origin;
    origin.record = in.text();
    origin.case_code = in.text();
    origin.seed = in.number(8);
    origin.day = in.text();
    origin.today.year = static_cast<std::int32_t>(in.number(4));
    origin.today.month = static_cast<std::uint8_t>(in.number(1));
    origin.today.day = static_cast<std::uint8_t>(in.number(1));
    origin.arena = std::move(arena);
    const auto* form = bundle.form(in.text());
    const auto sha256 = in.bytes(sizeof(exchange::Digest));
    if (!in.good() || form == nullptr || !std::equal(sha256.begin(), sha256.end(), form->sha256.begin()))
        return std::nullopt;
    const auto mode = in.one_of(Mode::Observation);
    const auto purpose = in.one_of(Purpose::Training);
    const auto language = in.one_of(locales::Language::En);
    auto consent_key = in.text();
    auto consent_sha256 = in.text();
    const auto consent = in.one_of(Consent::Declined);
    const auto flags = in.number(1);
    std::optional<Raised> raised;
    if ((flags & 8U) != 0) {
        raised.emplace();
        raised->reading = in.one_of(engine::ReadingKind::Risk);
        raised->level = in.one_of(engine::Level::Strong);
        raised->reason = in.one_of(RaiseReason::Fear);
    }
    const auto revision = static_cast<std::uint32_t>(in.number(4));
    const auto answers = in.bytes(in.number(4));
    if (!in.good() || flags > 15) return std::nullopt;
    auto restored = Screening::restore(*form, std::move(origin), answers);
    if (!restored) return std::nullopt;
    restored->mode = mode;
    restored->purpose = purpose;
    restored->worker = worker;
    restored->language_at_start = language;
    restored->consent_key = std::move(consent_key);
    restored->consent_sha256 = std::move(consent_sha256);
    restored->consent = consent;
    restored->tell_worker_now = (flags & 1U) != 0;
    restored->interpreter_needed = (flags & 2U) != 0;
    restored->finished = (flags & 4U) != 0;
    restored->raised = raised;
    restored->revision = restored->answered = restored->stored = revision;
    return std::move(*restored);
}

std::optional<Restored> read_all(crypto::ByteView draft, const exchange::Bundle& bundle,
                                 std::vector<std::unique_ptr<crypto::LockedArena>> arenas) {
    Source in(draft);
    if (!in.starts_with(magic)) return std::nullopt;
    const auto owner = read_owner(in);
    const auto language = in.one_of(locales::Language::En);
    const auto forms = in.number(1);
    if (!in.good() || owner.bundle != bundle.version.sequence || forms == 0 || forms != arenas.size())
        return std::nullopt;
    auto last = read_one(in, bundle, owner.worker, std::move(arenas[0]));
    if (!last) return std::nullopt;
    Screening* newer = &*last;
    for (std::size_t i = 1; i < forms; ++i) {
        auto before = read_one(in, bundle, owner.worker, std::move(arenas[i]));
        if (!before) return std::nullopt;
        newer->before = std::make_unique<Screening>(std::move(*before));
        newer = newer->before.get();
    }
    if (!in.good() || !in.at_end() || !may_resume(*last)) return std::nullopt;
    return Restored{std::move(*last), language};
}

}  // namespace

bool may_resume(const Screening& screening) noexcept {
    return screening.mode == Mode::Assisted && screening.purpose == Purpose::Screening && !screening.ending;
}

std::optional<crypto::SecretBytes> write_draft(crypto::SodiumReady ready, const Screening& screening,
                                               std::uint64_t bundle, locales::Language language) noexcept {
    try {
        Parts parts;
        for (const auto* one = &screening; one != nullptr; one = one->before.get()) {
            auto answers = one->interview().save();
            if (!answers || parts.size() == draft_most_forms) return std::nullopt;
            parts.push_back({one, std::move(*answers)});
        }
        Sink count;
        write_all(count, parts, bundle, language);
        auto draft = crypto::SecretBytes::make(ready, count.size());
        if (!draft) return std::nullopt;
        Sink out(draft->writable());
        write_all(out, parts, bundle, language);
        return std::move(*draft);
    } catch (const std::bad_alloc&) {
        return std::nullopt;
    }
}

std::optional<DraftOwner> draft_owner(crypto::ByteView draft) noexcept {
    Source in(draft);
    if (!in.starts_with(magic)) return std::nullopt;
    auto owner = read_owner(in);
    static_cast<void>(in.number(1));
    owner.forms = in.number(1);
    if (!in.good() || owner.forms == 0 || owner.forms > draft_most_forms) return std::nullopt;
    return owner;
}

std::optional<Restored> restore_draft(crypto::ByteView draft, const exchange::Bundle& bundle,
                                      std::vector<std::unique_ptr<crypto::LockedArena>> arenas) noexcept {
    try {
        return read_all(draft, bundle, std::move(arenas));
    } catch (const std::bad_alloc&) {
        return std::nullopt;
    }
}

}  // namespace app::session

#pragma once
// A custody under test, and what comes to it.

#include "app/record/read.hpp"
#include "tests/contract/kinds.hpp"

namespace test {

inline constexpr auto seven = "de000000000000000000000000000007";
inline constexpr auto eight = "de000000000000000000000000000008";

/// A custody under test with one batch in it, and records to put into it.
class Scene {
  public:
    explicit Scene(const Kind& kind) : opened_(kind.make()) { batch_ = arrive(seven, 1, 1); }
    casebook::Custody& custody() { return *opened_.custody; }
    casebook::Ledger& ledger() { return custody().ledger(); }
    casebook::Reversals& reversals() { return custody().reversals(); }
    casebook::Batches& batches() { return custody().batches(); }
    casebook::Erasures& erasures() { return custody().erasures(); }
    casebook::Refusals& refusals() { return custody().refusals(); }
    casebook::AuditBook& audits() { return custody().audits(); }

    /// A batch of a device; gives its number. `text` makes it another one under the same number.
    std::int64_t arrive(const std::string& device, std::uint64_t epoch, std::uint64_t sequence,
                        const crypto::Digest& previous = {}, const std::string& text = "batch") {
        REQUIRE(batches().note(device, false));
        const auto bytes = crypto::as_bytes(text);
        const auto digest = manifest(epoch, sequence, text);
        const auto kept =
            batches().keep({device, {epoch, sequence, digest, previous}, bytes, bytes, bytes, bytes, digest});
        REQUIRE(kept);
        return *kept;
    }
    static crypto::Digest manifest(std::uint64_t epoch, std::uint64_t sequence, const std::string& text = "batch") {
        const auto all = text + " " + std::to_string(epoch) + " " + std::to_string(sequence);
        return crypto::sha256(ready(), crypto::as_bytes(all));
    }
    /// What later records come with.
    void come_with(std::int64_t batch) { batch_ = batch; }

    /// Keeps a sealed record; gives its number.
    std::int64_t keep(const std::string& device) {
        const auto text = "sealed " + std::to_string(++kept_);
        const auto kept = ledger().keep(
            {batch_, name(kept_), device, crypto::sha256(ready(), crypto::as_bytes(text)), crypto::as_bytes(text)});
        REQUIRE(kept);
        return *kept;
    }
    /// A record that came and was opened. `put`: what becomes of it.
    template <class Put>
    std::int64_t add(const std::string& device, unsigned number, const Said& said, const Put& put) {
        const auto json = json_of(device, number, said);
        const auto record = app::record::read(json);
        REQUIRE(record);
        const auto sealed = keep(device);
        REQUIRE(ledger().own(sealed, *record));
        REQUIRE((ledger().*put)({sealed, *record, json}));
        return sealed;
    }
    std::int64_t list(const std::string& device, unsigned number, const Said& said = {}) {
        return add(device, number, said, &casebook::Ledger::list);
    }
    std::int64_t hold(const std::string& device, unsigned number, const Said& said = {}) {
        return add(device, number, said, &casebook::Ledger::hold);
    }
    std::vector<casebook::Case> cases(const casebook::CaseQuery& query = {.practice = casebook::Practice::Included}) {
        auto page = ledger().cases(query);
        REQUIRE(page);
        return std::move(page->cases);
    }
    static std::string name(unsigned number) { return digits(number); }

  private:
    std::string json_of(const std::string& device, unsigned number, Said said) {
        said.device = device;
        return kiosk_.json(number, said);
    }

    Opened opened_;
    std::int64_t batch_ = 0;
    crypto::DeploymentSecretKey key_ = must(crypto::DeploymentSecretKey::generate(ready()));
    Kiosk kiosk_{key_, {}};
    unsigned kept_ = 0;
};

}  // namespace test

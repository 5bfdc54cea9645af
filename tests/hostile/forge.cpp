#include "tests/hostile/forge.hpp"

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <chrono>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/age.hpp"
#include "crypto/hash.hpp"
#include "crypto/open/open.hpp"
#include "crypto/random.hpp"

namespace hostile {
namespace {

using outside::ready;

exchange::Day now_day() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

template <class T, class E>
T must(tl::expected<T, E> result) {
    REQUIRE(result);
    return std::move(*result);
}

Bytes sealed_record(std::string_view text, const crypto::Recipient& recipient) {
    const std::vector recipients{recipient};
    return must(crypto::seal_record(ready(), crypto::as_bytes(text), recipients)).bytes;
}

}  // namespace

Forge::Forge()
    : key_(must(crypto::DeviceSecretKey::generate(ready()))),
      other_key_(must(crypto::DeviceSecretKey::generate(ready()))),
      other_deployment_(must(crypto::DeploymentSecretKey::generate(ready()))),
      other_(must(crypto::open::Identity::generate(ready()))),
      identities_(
          must(crypto::open::parse_identity_file(ready(), crypto::as_bytes(desk_.read("keys/coordinator.identity"))))) {
    const auto receipt = must(crypto::ReceiptSecretKey::generate(ready()));
    desk_.write("keys/receipt.key", crypto::as_text(must(receipt.to_text(ready())).view()));
    signer_ = receipt.public_key();
    auto text = record(1);
    text["revision"] = 3;
    sealed_of_first_ = sealed(text.dump());
    Order order;
    order.sequence = 1;
    order.sealed.emplace_back(std::string(32, '1'), sealed_of_first_);
    order.recipients = deployment_.recipients();
    first_ = file(order);
    import_first();
    order = next();
    plain_ = members_of(order);
    order.way_back = Bytes(crypto::return_secret_size, std::byte{7});
    returning_ = members_of(order);
}

/// And a backup is said to have been made, so that receipts do not wait.
void Forge::import_first() {
    desk_.write("first.age", crypto::as_text(first_));
    auto book = must(app::casebook::sqlcipher::open(ready(), programme() / outside::casebook_file, identities_));
    const auto batch = must(exchange::open_batch(ready(), desk_.path() / "first.age", identities_,
                                                 deployment_.key().public_key(), now_day()));
    previous_ = batch.manifest_sha256;
    const auto report = must(book.import_batch(batch, identities_));
    REQUIRE(report.count(app::casebook::Outcome::New) == 1);
    REQUIRE(book.note_backup(now_day()));
    fs::remove(desk_.path() / "first.age");
}

Bytes Forge::sealed(std::string_view record) const {
    return sealed_record(record, deployment_.recipients().front());
}

Bytes Forge::sealed_to_others(std::string_view record) const {
    return sealed_record(record, other_.recipient());
}

Order Forge::next() const {
    return with({});
}

Order Forge::with(std::vector<Bytes> more) const {
    Order order;
    order.previous = previous_;
    order.recipients = deployment_.recipients();
    order.sealed.emplace_back(std::string(32, '2'), sealed(record(2).dump()));
    char letter = 'a';
    for (auto& one : more) order.sealed.emplace_back(std::string(32, letter++), std::move(one));
    return order;
}

void Forge::note_repair(Order& order) const {
    const exchange::AuditName name{1, now_day(),
                                   std::string(exchange::audit_word(exchange::AuditType::DatabaseRepaired))};
    auto entry = must(exchange::seal_audit(ready(), name, {}, order.recipients));
    order.audit = exchange::audit_head(ready(), order.audit, name, entry);
    order.sealed.emplace_back(exchange::audit_name(name), std::move(entry));
}

exchange::Certificate Forge::certificate(std::uint64_t epoch, int days) const {
    return {exchange::deployment_id(ready(), deployment_.key().public_key()), device(), epoch, key_.public_key(),
            now_day() + std::chrono::days(days)};
}

Bytes Forge::file(const Order& order) const {
    std::vector<exchange::BatchRecord> records;
    for (const auto& [name, bytes] : order.sealed)
        records.push_back({name, crypto::sha256(ready(), bytes), bytes.size()});
    const auto manifest = must(
        exchange::make_batch_manifest(ready(), {device(), order.epoch, order.sequence, order.previous, 0, order.audit},
                                      records, key_, order.way_back));
    const auto certificate = must(
        exchange::sign_certificate(ready(), order.certificate.value_or(this->certificate(1, 365)), deployment_.key()));
    const auto source = [&](const std::string& name) -> exchange::Result<Bytes> {
        return std::find_if(order.sealed.begin(), order.sealed.end(),
                            [&](const auto& one) { return one.first == name; })
            ->second;
    };
    const test::Folder folder;
    const auto written = must(exchange::write_batch(
        ready(), {manifest, records, certificate, order.recipients, order.way_back}, source, folder.path()));
    return test::read(written.path);
}

Members Forge::members_of(const Order& order) const {
    const auto archive = must(crypto::open::open_bytes(ready(), file(order), {identities_, {}}));
    Members members;
    for (const auto& one : must(exchange::read_ustar(archive, {100, archive.size(), archive.size()}))) {
        if (one.name == "FILL") continue;
        RawMember member;
        member.name = one.name;
        member.content.assign(one.content.begin(), one.content.end());
        members.push_back(std::move(member));
    }
    return members;
}

Bytes Forge::outer(crypto::ByteView archive) const {
    auto stream = must(crypto::SealStream::start(ready(), deployment_.recipients(), crypto::Stanzas::Filled));
    Bytes all(stream.header().begin(), stream.header().end());
    REQUIRE(stream.update(archive, all));
    REQUIRE(stream.finish(all));
    return all;
}

Bytes Forge::filled(Members members) const {
    members.push_back(test::fill_for(members));
    return outer(test::raw_archive(members));
}

exchange::BatchHeader Forge::header() const {
    return {device(), 1, 2, previous_, 1, Digest{}};
}

void Forge::sign(Members& members, const std::string& comment) const {
    member(members, "MANIFEST.minisig").content =
        test::bytes(must(crypto::sign(ready(), member(members, "MANIFEST").content, key_,
                                      comment.empty() ? exchange::batch_comment(header()) : comment)));
}

RawMember& member(Members& members, std::string_view name) {
    const auto found =
        std::find_if(members.begin(), members.end(), [name](const auto& one) { return one.name == name; });
    REQUIRE(found != members.end());
    return *found;
}

void edit(RawMember& member, const std::function<void(std::string&)>& change) {
    auto text = test::text(member.content);
    change(text);
    member.content = test::bytes(text);
}

void replace(std::string& text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

std::string line_of(const std::string& text, std::size_t number) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < number; ++i) at = text.find('\n', at) + 1;
    return text.substr(at, text.find('\n', at) + 1 - at);
}

}  // namespace hostile

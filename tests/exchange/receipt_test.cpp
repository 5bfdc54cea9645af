// What a coordinator signs about a batch: one encoding, believed of pinned signers only.
#include "app/exchange/receipt.hpp"

#include <catch2/catch_all.hpp>

#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

crypto::ReceiptSecretKey a_key() {
    auto key = crypto::ReceiptSecretKey::generate(ready());
    REQUIRE(key);
    return std::move(*key);
}

Receipt receipt_of(const crypto::ReceiptSecretKey& key, std::vector<RefusedRecord> refused = {}) {
    return {std::string(32, 'a'), 3, 12, crypto::sha256(ready(), bytes("manifest")), std::move(refused),
            key.public_key()};
}

RefusedRecord refused(unsigned char first, RefusedWhy why = RefusedWhy::Damaged) {
    RefusedRecord one{{}, why};
    one.sha256[0] = static_cast<std::byte>(first);
    return one;
}

/// A text that is signed as it is.
crypto::Bytes signed_as_is(const std::string& text, const crypto::ReceiptSecretKey& key, const std::string& comment) {
    const auto signature = crypto::sign(ready(), bytes(text), key, comment);
    REQUIRE(signature);
    return bytes(text + *signature);
}

}  // namespace

TEST_CASE("a receipt comes back as it was signed, and issued again it is the same file") {
    const auto key = a_key();
    const auto other = a_key();
    const std::array pinned{other.public_key(), key.public_key()};
    for (const auto& list :
         {std::vector<RefusedRecord>{}, std::vector{refused(1), refused(2, RefusedWhy::NotKept), refused(255)}}) {
        const auto file = sign_receipt(ready(), receipt_of(key, list), key);
        REQUIRE(file);
        const auto loaded = load_receipt(ready(), *file, pinned);
        REQUIRE(loaded);
        CHECK(receipt_text(*loaded) == receipt_text(receipt_of(key, list)));
        CHECK(loaded->refused.size() == list.size());
        CHECK(loaded->signer == key.public_key());
        const auto again = sign_receipt(ready(), receipt_of(key, list), key);
        REQUIRE(again);
        CHECK(*again == *file);
        CHECK(receipt_file_name(ready(), *again) == receipt_file_name(ready(), *file));
        CHECK(is_receipt_file_name(receipt_file_name(ready(), *file)));
    }
}

TEST_CASE("every altered, cut or lengthened receipt is refused") {
    const auto key = a_key();
    const std::array pinned{key.public_key()};
    const auto file = sign_receipt(ready(), receipt_of(key, {refused(7)}), key);
    REQUIRE(file);
    for (std::size_t at = 0; at < file->size(); ++at) {
        auto changed = *file;
        changed[at] ^= std::byte{1};
        CHECK_FALSE(load_receipt(ready(), changed, pinned));
        CHECK_FALSE(load_receipt(ready(), crypto::ByteView(*file).first(at), pinned));
    }
    auto longer = *file;
    longer.push_back(std::byte{'\n'});
    CHECK_FALSE(load_receipt(ready(), longer, pinned));
}

TEST_CASE("a receipt by somebody who is not pinned is told from a forged one") {
    const auto key = a_key();
    const auto stranger = a_key();
    const std::array pinned{key.public_key()};
    const auto file = sign_receipt(ready(), receipt_of(stranger), stranger);
    REQUIRE(file);
    const auto loaded = load_receipt(ready(), *file, pinned);
    REQUIRE_FALSE(loaded);
    CHECK(loaded.error().why.reason == Reason::ReceiptSigner);
    CHECK_FALSE(load_receipt(ready(), *file, {}));
    // The signature of one batch under the words of another.
    const auto ours = sign_receipt(ready(), receipt_of(key), key);
    REQUIRE(ours);
    auto other = receipt_of(key);
    other.sequence = 13;
    const auto whole = test::text(*ours);
    const auto forged = receipt_text(other) + whole.substr(whole.find("untrusted comment: "));
    const auto refusal = load_receipt(ready(), bytes(forged), pinned);
    REQUIRE_FALSE(refusal);
    CHECK(refusal.error().why.reason == Reason::ReceiptUnsigned);
}

TEST_CASE("only the one encoding is read, though a signer signed another") {
    const auto key = a_key();
    const std::array pinned{key.public_key()};
    const auto text = receipt_text(receipt_of(key));
    const auto comment = "amparo-receipt 1 dev=" + std::string(32, 'a') + " ep=3 seq=12";
    CHECK(load_receipt(ready(), signed_as_is(text, key, comment), pinned));
    CHECK_FALSE(load_receipt(ready(), signed_as_is(text, key, comment + "0"), pinned));
    const auto with = [&](const std::string& from, const std::string& to) {
        auto changed = text;
        changed.replace(changed.find(from), from.size(), to);
        CHECK_FALSE(load_receipt(ready(), signed_as_is(changed, key, comment), pinned));
    };
    with("sequence 12", "sequence 012");
    with("sequence 12", "sequence +12");
    with("sequence 12\n", "sequence 12\r\n");
    with("epoch 3\n", "epoch 3\nepoch 3\n");
    with("accepted all\n", "accepted all-but\n");
    with("accepted all\n", "accepted most\n");
    with("signer ", "signer  ");
    with(public_key_line(key.public_key()), public_key_line(a_key().public_key()));
    const auto hex = [](char digit) { return std::string(64, digit); };
    const auto line = [&](char digit, const std::string& word) { return "refused " + hex(digit) + " " + word + "\n"; };
    with("accepted all\n", "accepted all\n" + line('1', "damaged"));
    with("accepted all\n", "accepted all-but\n" + line('1', "lost"));
    with("accepted all\n", "accepted all-but\n" + line('2', "damaged") + line('1', "damaged"));
    with("accepted all\n", "accepted all-but\n" + line('1', "damaged") + line('1', "not-kept"));
    with("accepted all\n", "accepted all-but\nrefused " + hex('A') + " damaged\n");
}

TEST_CASE("what could not be read back is not signed") {
    const auto key = a_key();
    const auto wrong = [&](auto change) {
        auto receipt = receipt_of(key);
        change(receipt);
        CHECK_FALSE(sign_receipt(ready(), receipt, key));
    };
    wrong([](Receipt& receipt) { receipt.device = "a"; });
    wrong([](Receipt& receipt) { receipt.epoch = 0; });
    wrong([](Receipt& receipt) { receipt.sequence = 0; });
    wrong([](Receipt& receipt) { receipt.sequence = 1'000'000'001; });
    wrong([](Receipt& receipt) { receipt.refused = {refused(2), refused(1)}; });
    wrong([](Receipt& receipt) { receipt.refused.assign(receipt_most_refused + 1, refused(1)); });
}

TEST_CASE("receipts have names of one form") {
    for (const auto* name : {"r-0123456789abcdef.receipt"}) CHECK(is_receipt_file_name(name));
    for (const auto* name : {"r-0123456789abcdef.receipt.tmp", "r-0123456789ABCDEF.receipt", "r-.receipt", ".receipt",
                             "r-0123456789abcde.receipt", "r-0123456789abcdef.reply", "b-0123456789abcdef.receipt"})
        CHECK_FALSE(is_receipt_file_name(name));
}

// A proper archive whose list, signature, certificate or RETURN is not what it has to be.
#include <algorithm>
#include <catch2/catch_all.hpp>

#include "crypto/hash.hpp"
#include "crypto/reply.hpp"
#include "tests/hostile/kinds.hpp"

namespace hostile {
namespace {

using outside::ready;
using Put = std::function<void(const Place&)>;

const std::string two = std::string(32, '2');

Reaction list(const std::string& detail, const std::string& why) {
    return quarantined("manifest-invalid", detail, "its list is malformed (" + why + ").");
}
Reaction set(const std::string& detail, const std::string& why) {
    return quarantined("member-set", detail, "its records are not the ones listed (" + why + ").");
}
Reaction changed_record() {
    return quarantined("record-changed", "record_changed: " + two,
                       "a record was changed (the record " + two + " is not what was signed).");
}
Reaction signature(const std::string& detail) {
    return quarantined("signature-invalid", detail, "the device's signature does not fit.");
}
Reaction label(const std::string& detail, const std::string& why) {
    return quarantined("comment-invalid", detail, "its signed label does not fit (" + why + ").");
}
Reaction no_label() {
    return label("batch_comment", "what was signed is not of a batch");
}
Reaction uncertified(const std::string& detail) {
    return quarantined("certificate-invalid", detail, "the device is not certified by this programme.");
}
Reaction newer() {
    return try_again("newer-format", "batch_newer",
                     "it was made by a newer version of Amparo; update this program, then import it again.");
}

/// MANIFEST changed, and signed again by the device.
Put listed(const std::function<void(std::string&)>& change) {
    return spoiled([change](const Forge& forge, Members& members) {
        edit(members[0], change);
        forge.sign(members);
    });
}
/// The device's honest MANIFEST under another comment.
Put labelled(const std::function<void(exchange::BatchHeader&)>& change) {
    return spoiled([change](const Forge& forge, Members& members) {
        auto header = forge.header();
        change(header);
        forge.sign(members, exchange::batch_comment(header));
    });
}
Put commented(const std::function<void(std::string&)>& change) {
    return spoiled([change](const Forge& forge, Members& members) {
        auto comment = exchange::batch_comment(forge.header());
        change(comment);
        forge.sign(members, comment);
    });
}
/// Another certificate, signed by `key` of this or another programme.
Put certified(const std::function<void(const Forge&, exchange::Certificate&)>& change, bool by_other = false) {
    return spoiled([change, by_other](const Forge& forge, Members& members) {
        auto certificate = forge.certificate(1, 365);
        change(forge, certificate);
        const auto text = exchange::certificate_text(certificate);
        const auto& key = by_other ? forge.other_deployment_key() : forge.deployment_key();
        const auto comment = "amparo-cert 1 dev=" + certificate.device + " ep=" + std::to_string(certificate.epoch);
        member(members, "CERT").content = test::bytes(text);
        member(members, "CERT.minisig").content = test::bytes(*crypto::sign(ready(), test::bytes(text), key, comment));
    });
}
Put member_changed(const std::string& name, const std::function<void(Bytes&)>& change) {
    return spoiled([name, change](const Forge&, Members& members) { change(member(members, name).content); });
}

Kinds list_kinds() {
    return {
        {"a line for a record that is not there",
         listed([](std::string& t) { t += std::string(64, 'f') + "  records/" + std::string(32, 'f') + ".age\n"; }),
         set("records_differ", "the records are others than those listed")},
        {"a record that has no line", spoiled([](const Forge&, Members& m) {
             m.push_back(m.back());
             m.back().name = "records/" + std::string(32, '0') + ".age";
         }),
         set("records_differ", "the records are others than those listed")},
        {"a record under another name than the listed one",
         spoiled([](const Forge&, Members& m) { m.back().name = "records/" + std::string(32, '0') + ".age"; }),
         set("record_unlisted: " + std::string(32, '0'),
             "the record " + std::string(32, '0') + " is not the one listed")},
        {"a record with a bit flipped",
         spoiled([](const Forge&, Members& m) { m.back().content.back() ^= std::byte{1}; }), changed_record()},
        {"a record emptied", spoiled([](const Forge&, Members& m) { m.back().content.clear(); }), changed_record()},
        {"another digest in a line", listed([](std::string& t) { t.replace(t.find('\n') + 1, 64, 64, 'e'); }),
         changed_record()},
        {"lines out of order",
         listed([](std::string& t) { t = line_of(t, 0) + std::string(64, 'f') + "  RETURN\n" + line_of(t, 1); }),
         list("manifest_unsorted", "its list is not in order")},
        {"a line twice", listed([](std::string& t) { t += line_of(t, 1); }),
         list("manifest_twice", "its list names something twice")},
        {"a digest in capitals", listed([](std::string& t) { t.replace(t.find('\n') + 1, 64, 64, 'E'); }),
         list("manifest_line", "a line of its list is malformed")},
        {"line ends of another system in the list", listed([](std::string& t) { replace(t, ".age\n", ".age\r\n"); }),
         list("manifest_name", "a name in its list is not allowed")},
        {"an empty list", listed([](std::string& t) { t.clear(); }),
         list("manifest_title", "its list is of another kind of file")},
        {"the list of a bundle", listed([](std::string& t) { replace(t, "amparo-batch 1", "amparo-bundle 1"); }),
         list("manifest_title", "its list is of another kind of file")},
        {"a list that does not end", listed([](std::string& t) { t.pop_back(); }),
         list("manifest_line", "a line of its list is malformed")},
        {"a name in the list that climbs out", listed([](std::string& t) { replace(t, "records/", "../../../"); }),
         list("manifest_name", "a name in its list is not allowed")},
        {"a control character in the list", listed([](std::string& t) { replace(t, "records/", "record\x1b/"); }),
         list("manifest_name", "a name in its list is not allowed")},
        {"the list of a later version", listed([](std::string& t) { replace(t, "amparo-batch 1", "amparo-batch 2"); }),
         newer()},
    };
}

Kinds signature_kinds() {
    const auto other_key = spoiled([](const Forge& forge, Members& members) {
        member(members, "MANIFEST.minisig").content = test::bytes(*crypto::sign(
            ready(), members[0].content, forge.other_device_key(), exchange::batch_comment(forge.header())));
    });
    // "RUSu…" is base64 of "ED", "RWSu…" of "Ed": the kind of signature that minisign made before it hashed.
    const auto legacy = member_changed("MANIFEST.minisig", [](Bytes& content) {
        auto text = test::text(content);
        replace(text, "\nRU", "\nRW");
        content = test::bytes(text);
    });
    return {
        {"an empty signature", member_changed("MANIFEST.minisig", [](Bytes& c) { c.clear(); }), signature("key_form")},
        {"the signature of another key", other_key, signature("signature_wrong")},
        {"a signature that was not hashed before", legacy, signature("key_form")},
        {"two signatures",
         member_changed("MANIFEST.minisig",
                        [](Bytes& c) {
                            const auto twice = c;
                            crypto::append(c, twice);
                        }),
         signature("key_form")},
        {"something after the signature",
         member_changed("MANIFEST.minisig", [](Bytes& c) { c.push_back(std::byte{'x'}); }), signature("key_form")},
        {"a comment changed after it was signed",
         spoiled([](const Forge&, Members& m) { edit(m[1], [](std::string& t) { replace(t, "seq=2", "seq=3"); }); }),
         signature("signature_wrong")},
        {"a list changed after it was signed",
         spoiled([](const Forge&, Members& m) { edit(m[0], [](std::string& t) { t += "\n"; }); }),
         signature("signature_wrong")},
        {"the device of another", labelled([](auto& h) { h.device = std::string(32, 'd'); }),
         label("comment_device", "what was signed names another device or an earlier epoch")},
        {"sequence 0", labelled([](auto& h) { h.sequence = 0; }), no_label()},
        {"a sequence beyond the largest", labelled([](auto& h) { h.sequence = exchange::batch_most_sequence + 1; }),
         no_label()},
        {"a sequence of 64 bits", labelled([](auto& h) { h.sequence = ~std::uint64_t{0}; }), no_label()},
        {"epoch 0", labelled([](auto& h) { h.epoch = 0; }), no_label()},
        {"an epoch beyond the largest", labelled([](auto& h) { h.epoch = exchange::most_epoch + 1; }), no_label()},
        {"more records than there are", labelled([](auto& h) { h.count = 2; }),
         label("comment_count", "what was signed counts other records")},
        {"fewer records than there are", labelled([](auto& h) { h.count = 0; }),
         label("comment_count", "what was signed counts other records")},
        {"a batch before that is no digest", commented([](auto& c) { replace(c, "prev=", "prev=x"); }), no_label()},
        {"an audit that is no digest", commented([](auto& c) { replace(c, "audit=0", "audit=G"); }), no_label()},
        {"a word more in the comment", commented([](auto& c) { c += " more=1"; }), no_label()},
        {"a number with a leading zero", commented([](auto& c) { replace(c, "seq=2", "seq=02"); }), no_label()},
        {"a direction character in the comment", commented([](auto& c) { c += "\xe2\x80\xae"; }), no_label()},
        {"the comment of a later version", commented([](auto& c) { replace(c, "v=1", "v=2"), c += " new=1"; }),
         newer()},
    };
}

Kinds certificate_kinds() {
    return {
        {"a certificate of another programme", certified([](const Forge&, auto&) {}, true),
         uncertified("certificate_unsigned")},
        {"a certificate that names another programme", certified([](const Forge& forge, auto& c) {
             c.deployment = exchange::deployment_id(ready(), forge.other_deployment_key().public_key());
         }),
         uncertified("other_deployment")},
        {"a certificate changed after it was signed", spoiled([](const Forge&, Members& m) {
             edit(m[2], [](std::string& t) { replace(t, "epoch 1", "epoch 2"); });
         }),
         uncertified("certificate_unsigned")},
        {"an empty certificate", member_changed("CERT", [](Bytes& c) { c.clear(); }),
         uncertified("certificate_unsigned")},
        {"a certificate that is signed and malformed", spoiled([](const Forge& forge, Members& m) {
             const std::string text = "amparo-cert 1\n\x1b[2J\n";
             m[2].content = test::bytes(text);
             m[3].content =
                 test::bytes(*crypto::sign(ready(), test::bytes(text), forge.deployment_key(), "amparo-cert 1"));
         }),
         uncertified("certificate_form")},
        {"the signature of MANIFEST under the certificate",
         spoiled([](const Forge&, Members& m) { m[3].content = m[1].content; }), uncertified("certificate_unsigned")},
        {"the certificate of another device", certified([](const Forge& forge, auto& c) {
             c.device = std::string(32, 'd'), c.key = forge.other_device_key().public_key();
         }),
         signature("signature_wrong")},
        {"another device's name over the same key",
         certified([](const Forge&, auto& c) { c.device = std::string(32, 'd'); }),
         label("comment_device", "what was signed names another device or an earlier epoch")},
        {"an epoch before that of the certificate", certified([](const Forge&, auto& c) { c.epoch = 2; }),
         label("comment_device", "what was signed names another device or an earlier epoch")},
    };
}

/// RETURN of any length, listed and signed for, or not.
Put with_return(std::size_t length, bool listed, bool there) {
    return spoiled([=](const Forge& forge, Members& members) {
        RawMember answer;
        answer.name = exchange::return_member;
        answer.content = Bytes(length, std::byte{7});
        auto lines = *exchange::parse_manifest(members[0].content, exchange::batch_title, 10);
        if (listed) lines.push_back({crypto::sha256(ready(), answer.content), answer.name});
        members[0].content = test::bytes(exchange::manifest_text(exchange::batch_title, lines));
        forge.sign(members);
        lines = *exchange::parse_manifest(members[0].content, exchange::batch_title, 10);
        const auto at = lines.front().name == answer.name ? first_record : first_record + 1;
        if (there) members.insert(members.begin() + static_cast<std::ptrdiff_t>(at), answer);
    });
}

Kinds return_kinds() {
    const auto no_part = quarantined("member-order", "not_of_batch",
                                     "its inside is not a proper batch (it holds something that is not of a batch).");
    return {
        {"RETURN that is too short", with_return(crypto::return_secret_size - 1, true, true), no_part},
        {"RETURN that is too long", with_return(crypto::return_secret_size + 1, true, true), no_part},
        {"RETURN that is empty", with_return(0, true, true), no_part},
        {"RETURN that is not listed", with_return(crypto::return_secret_size, false, true),
         set("records_differ", "the records are others than those listed")},
        {"RETURN that is listed and missing", with_return(crypto::return_secret_size, true, false),
         set("records_differ", "the records are others than those listed")},
        {"RETURN twice", spoiled([](const Forge&, Members& m) { m.push_back(member(m, "RETURN")); }, true),
         quarantined("archive", "member_twice: RETURN",
                     "its inside is not a proper batch (the part RETURN is there twice).")},
        {"RETURN with another content",
         spoiled([](const Forge&, Members& m) { member(m, "RETURN").content[0] ^= std::byte{1}; }, true),
         quarantined("record-changed", "record_changed: RETURN",
                     "a record was changed (the record RETURN is not what was signed).")},
    };
}

}  // namespace

Kinds signed_kinds() {
    auto kinds = list_kinds();
    for (auto&& more : {signature_kinds(), certificate_kinds(), return_kinds()})
        kinds.insert(kinds.end(), more.begin(), more.end());
    return kinds;
}

}  // namespace hostile

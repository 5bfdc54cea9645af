// What is sealed as a batch is, but no strict ustar archive of a batch's members inside.
#include "app/exchange/batch.hpp"
#include "tests/hostile/kinds.hpp"

namespace hostile {
namespace {

using Put = std::function<void(const Place&)>;

const std::string record_name = "records/" + std::string(32, '2') + ".age";

Reaction inside(const std::string& word, const std::string& detail, const std::string& why) {
    return quarantined(word, detail, "its inside is not a proper batch (" + why + ").");
}
Reaction archive(const std::string& detail, const std::string& why) {
    return inside("archive", detail, why);
}
Reaction no_part() {
    return archive("member_kind: " + record_name, record_name + " is no part as this program writes them");
}
Reaction bad_name() {
    return archive("member_name", "a part has a name that is not allowed");
}
Reaction bad_size() {
    return archive("member_size", "a part does not say its size rightly");
}
Reaction foreign() {
    return inside("member-order", "not_of_batch", "it holds something that is not of a batch");
}
Reaction missing(const std::string& name) {
    return inside("member-order", "member_missing: " + name, name + " is missing");
}
Reaction too_large(const std::string& detail, const std::string& why) {
    return quarantined("too-large", detail, "it is larger than a batch may be (" + why + ").");
}

/// The record's member changed.
Put record(const std::function<void(RawMember&)>& change) {
    return spoiled([change](const Forge&, Members& members) { change(members.at(first_record)); });
}
Put named(const std::string& name) {
    return record([name](RawMember& member) { member.name = name; });
}
Put typed(char type) {
    return record([type](RawMember& member) { member.type = type, member.link = "/etc/passwd"; });
}
/// The whole archive, as bytes.
Put whole(const std::function<void(Bytes&)>& change, std::size_t end_blocks = 2) {
    return [change, end_blocks](const Place& place) {
        auto members = place.forge.members();
        members.push_back(test::fill_for(members));
        auto bytes = test::raw_archive(members, end_blocks);
        change(bytes);
        place.write(place.forge.outer(bytes));
    };
}

Kinds header_kinds() {
    return {
        {"a symbolic link inside", typed('2'), no_part()},
        {"a hard link inside", typed('1'), no_part()},
        {"a folder inside", typed('5'), no_part()},
        {"a character device inside", typed('3'), no_part()},
        {"a block device inside", typed('4'), no_part()},
        {"a FIFO inside", typed('6'), no_part()},
        {"a pax header", typed('x'), no_part()},
        {"a global pax header", typed('g'), no_part()},
        {"a GNU long name", typed('L'), no_part()},
        {"a GNU sparse file", typed('S'), no_part()},
        {"the mode of others", record([](RawMember& m) { m.mode = "0000644"; }), no_part()},
        {"set-user-id", record([](RawMember& m) { m.mode = "0004600"; }), no_part()},
        {"an owner", record([](RawMember& m) { m.uid = "0001750"; }), no_part()},
        {"the name of an owner", record([](RawMember& m) { m.user = "root"; }), no_part()},
        {"a time", record([](RawMember& m) { m.mtime = "14675432100"; }), no_part()},
        {"a prefix", record([](RawMember& m) { m.prefix = "/etc"; }), no_part()},
        {"a wrong checksum", record([](RawMember& m) { m.good_checksum = false; }), no_part()},
        {"an archive of GNU tar", record([](RawMember& m) { m.magic = std::string("ustar  \0", 8); }), no_part()},
        {"a size that is no octal number", record([](RawMember& m) { m.size = "0000000009x"; }), bad_size()},
        {"a size in base 256", record([](RawMember& m) { m.size = "\x80zzzzzzzzzz"; }), bad_size()},
        {"a negative size", record([](RawMember& m) { m.size = "-0000000001"; }), bad_size()},
        {"a member of eight gigabytes", record([](RawMember& m) { m.size = "77777777777"; }),
         too_large("member_large: " + record_name, "the part " + record_name + " is too large")},
        {"a record of more than a megabyte",
         record([](RawMember& m) { m.content.resize(exchange::batch_most_record_bytes + 1); }),
         too_large("member_large: " + record_name, "the part " + record_name + " is too large")},
        {"a size that swallows what follows", record([](RawMember& m) { m.size = "00000200000"; }),
         archive("archive_tail", "something follows the end of the file")},
        {"bytes in the padding", record([](RawMember& m) { m.content.pop_back(), m.padding = std::byte{7}; }),
         archive("archive_fill", "the fill of the file is not empty")},
    };
}

Kinds name_kinds() {
    return {
        {"an absolute name", [](const Place& p) { named((p.stick / "x").string().substr(0, 99))(p); }, bad_name()},
        {"a name that climbs out", named("records/../../../x.age"), bad_name()},
        {"a name that begins with a dot", named("./" + record_name), bad_name()},
        {"a hidden name", named(".bashrc"), bad_name()},
        {"a name with a drive", named("C:\\x.age"), bad_name()},
        {"a name with control characters", named("records/\x1b[2Jx.age"), bad_name()},
        {"a name with a direction character", named("records/\xe2\x80\xae.age"), bad_name()},
        {"a name that is empty", named(""), bad_name()},
        {"a name of a hundred bytes", named(std::string(100, 'a')), foreign()},
        {"a foreign member", named("autorun.inf"), foreign()},
        {"a record's name in capitals", named("records/" + std::string(32, 'A') + ".age"), foreign()},
        {"two names that differ by capitals",
         spoiled([](const Forge&, Members& m) { m.push_back(m[0]), m.back().name = "Manifest"; }), foreign()},
        {"a member twice", spoiled([](const Forge&, Members& m) { m.push_back(m.back()); }),
         archive("member_twice: " + record_name, "the part " + record_name + " is there twice")},
    };
}

Kinds place_kinds() {
    const auto wrong_fill = [](const char* detail, const char* why) {
        return quarantined("fill-invalid", detail, "its padding is not proper (" + std::string(why) + ").");
    };
    const auto fill = [](const std::function<void(RawMember&)>& change, std::uint64_t size = exchange::batch_sizes[0]) {
        return [change, size](const Place& place) {
            auto members = place.forge.members();
            members.push_back(test::fill_for(members, size));
            change(members.back());
            place.write(place.forge.outer(test::raw_archive(members)));
        };
    };
    return {
        {"no end", whole([](Bytes&) {}, 0), archive("archive_end", "the file lacks its end")},
        {"half an end", whole([](Bytes&) {}, 1), archive("archive_end", "the file lacks its end")},
        {"more end than there is", whole([](Bytes&) {}, 3),
         archive("archive_tail", "something follows the end of the file")},
        {"something after the end", whole([](Bytes& b) { b.push_back(std::byte{'x'}); }),
         archive("archive_tail", "something follows the end of the file")},
        {"cut within a member", whole([](Bytes& b) { b.resize(5'000); }),
         archive("archive_cut", "the file is cut short")},
        {"nothing inside", whole([](Bytes& b) { b.clear(); }), archive("archive_end", "the file lacks its end")},
        {"only an end inside", whole([](Bytes& b) { b.assign(1024, std::byte{0}); }),
         inside("member-order", "fill_missing", "the fill is missing")},
        {"a sealed record in place of a batch",
         [](const Place& p) { p.write(p.forge.sealed(p.forge.record(2).dump())); }, bad_name()},
        {"no MANIFEST", spoiled([](const Forge&, Members& m) { m.erase(m.begin()); }), missing("MANIFEST")},
        {"no signature", spoiled([](const Forge&, Members& m) { m.erase(m.begin() + 1); }),
         missing("MANIFEST.minisig")},
        {"no certificate", spoiled([](const Forge&, Members& m) { m.erase(m.begin() + 2, m.begin() + 4); }),
         missing("CERT")},
        {"an unsigned certificate", spoiled([](const Forge&, Members& m) { m.erase(m.begin() + 3); }),
         missing("CERT.minisig")},
        {"members out of order", spoiled([](const Forge&, Members& m) { std::swap(m[0], m[2]); }), missing("MANIFEST")},
        {"FILL that hides something", fill([](RawMember& m) { m.content[1000] = std::byte{1}; }),
         wrong_fill("archive_fill", "the fill of the file is not empty")},
        {"FILL that is too short", fill([](RawMember& m) { m.content.resize(m.content.size() - 512); }),
         wrong_fill("fill_size", "the fill does not bring it to its size")},
        {"FILL that is empty", fill([](RawMember& m) { m.content.clear(); }),
         wrong_fill("fill_size", "the fill does not bring it to its size")},
        {"FILL up to a larger size than is needed", fill([](RawMember&) {}, exchange::batch_sizes[1]),
         wrong_fill("fill_size", "the fill does not bring it to its size")},
        {"no FILL", [](const Place& p) { p.write(p.forge.outer(test::raw_archive(p.forge.members()))); },
         inside("member-order", "fill_missing", "the fill is missing")},
        {"a record after FILL",
         [](const Place& p) {
             auto members = p.forge.members();
             members.push_back(test::fill_for(members));
             members.push_back(members[first_record]);
             members.back().name = "records/" + std::string(32, 'a') + ".age";
             p.write(p.forge.outer(test::raw_archive(members)));
         },
         inside("member-order", "archive_tail", "something follows the end of the file")},
    };
}

}  // namespace

Kinds archive_kinds() {
    auto kinds = header_kinds();
    for (auto&& more : {name_kinds(), place_kinds()}) kinds.insert(kinds.end(), more.begin(), more.end());
    return kinds;
}

}  // namespace hostile

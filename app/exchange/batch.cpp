// Writes a batch: the strict archive, sealed while it is written, made durable and read back.
#include "app/exchange/batch.hpp"

#include <algorithm>
#include <map>

#include "app/exchange/sealed_archive.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t fill_piece = 1U << 16U;

/// A member of the archive, in its place. Records are fetched when their turn comes.
struct Planned {
    std::string name;
    std::uint64_t size;
    crypto::ByteView content;  // of the small members
    const BatchRecord* record = nullptr;
};

struct Plan {
    std::vector<Planned> members;
    std::uint64_t fill;
    std::uint64_t total;
};

Result<Plan> plan_of(crypto::SodiumReady ready, const BatchOrder& order) {
    AMPARO_TRY(const lines, parse_manifest(order.manifest.text, batch_title, batch_most_lines));
    std::map<std::string, const BatchRecord*, std::less<>> by_name;
    for (const auto& record : order.records) by_name.emplace(batch_member_name(record.name), &record);
    const std::size_t listed = order.records.size() + (order.way_back.empty() ? 0 : 1);
    if (by_name.size() != order.records.size() || listed != lines.size())
        return failed(Error::Manifest, Reason::RecordsOther);

    Plan plan{};
    const auto add = [&plan](std::string name, crypto::ByteView content) {
        plan.members.push_back({std::move(name), content.size(), content, nullptr});
    };
    add("MANIFEST", order.manifest.text);
    add("MANIFEST.minisig", order.manifest.signature);
    add("CERT", order.certificate.text);
    add("CERT.minisig", order.certificate.signature);
    for (const auto& line : lines) {
        if (line.name == return_member && crypto::sha256(ready, order.way_back) == line.sha256) {
            add(line.name, order.way_back);
            continue;
        }
        const auto found = by_name.find(line.name);
        if (found == by_name.end() || found->second->sha256 != line.sha256)
            return failed(Error::Manifest, Reason::RecordsOther);
        plan.members.push_back({line.name, found->second->size, {}, found->second});
    }
    std::uint64_t used = ustar_block + ustar_end_bytes;
    for (const auto& member : plan.members) used += ustar_member_bytes(member.size);
    const auto* const size = std::find_if(batch_sizes.begin(), batch_sizes.end(), [used](auto s) { return s >= used; });
    if (size == batch_sizes.end()) return failed(Error::TooLarge, Reason::BatchLarge);
    plan.fill = *size - used;
    plan.total = *size;
    return plan;
}

Result<void> write_record(crypto::SodiumReady ready, SealedArchive& output, const Planned& member,
                          const RecordSource& source) {
    AMPARO_TRY(const sealed, source(member.record->name));
    if (sealed.size() != member.size || crypto::sha256(ready, sealed) != member.record->sha256)
        return failed(Error::Manifest, Reason::RecordChanged, {member.record->name});
    return output.add(member.name, sealed);
}

/// FILL and the end of the archive.
Result<void> write_fill(SealedArchive& output, std::uint64_t size) {
    AMPARO_TRY(const header, ustar_header("FILL", size));
    AMPARO_DO(output.write(header));
    const crypto::Bytes zeros(fill_piece);
    for (auto left = size + ustar_end_bytes; left > 0;) {
        const auto piece =
            crypto::ByteView(zeros).first(static_cast<std::size_t>(std::min<std::uint64_t>(left, fill_piece)));
        AMPARO_DO(output.write(piece));
        left -= piece.size();
    }
    return {};
}

}  // namespace

Result<WrittenBatch> write_batch(crypto::SodiumReady ready, const BatchOrder& order, const RecordSource& source,
                                 const std::filesystem::path& folder, const Progress& progress) {
    AMPARO_TRY(const plan, plan_of(ready, order));
    AMPARO_TRY(output, SealedArchive::start(ready, folder / ("b-" + crypto::random_hex(ready, 8) + ".age"),
                                            order.recipients, plan.total, progress));
    const auto write_all = [&]() -> Result<void> {
        for (const auto& member : plan.members) {
            auto done = member.record != nullptr ? write_record(ready, output, member, source)
                                                 : output.add(member.name, member.content);
            if (!done) return done;
        }
        AMPARO_DO(write_fill(output, plan.fill));
        return output.publish();
    };
    AMPARO_DO(write_all());
    return WrittenBatch{output.destination(), output.bytes(), output.digest()};
}

}  // namespace app::exchange

// The strict archive: whatever is accepted is written again byte for byte, and pieces of any size give the same
// members.
#include <cstdlib>

#include "app/exchange/ustar.hpp"

using namespace app::exchange;

namespace {

constexpr UstarLimits limits{64, 1U << 20U, 4U << 20U};

/// Notes everything that is delivered.
class Notes final : public UstarHandler {
  public:
    crypto::Bytes all;
    Result<void> begin(const std::string& name, std::uint64_t size) override {
        crypto::append(all, "[" + name + ":" + std::to_string(size) + ":");
        return {};
    }
    Result<void> content(crypto::ByteView piece) override {
        crypto::append(all, piece);
        return {};
    }
    Result<void> end() override {
        crypto::append(all, "]");
        return {};
    }
};

void require(bool holds) {
    if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto archive = std::as_bytes(std::span(data, size));
    const auto members = read_ustar(archive, limits);
    Notes whole;
    UstarParser at_once(limits, whole);
    const bool accepted = at_once.feed(archive) && at_once.finish();
    require(accepted == members.has_value());
    if (!members) return 0;
    UstarWriter writer;
    for (const auto& member : *members) require(writer.add(member.name, member.content).has_value());
    const auto again = std::move(writer).finish();
    require(std::equal(again.begin(), again.end(), archive.begin(), archive.end()));
    Notes pieces;
    UstarParser parser(limits, pieces);
    for (auto rest = archive; !rest.empty();) {
        const auto piece = rest.first(std::min<std::size_t>(rest.size(), 1 + rest.size() % 700));
        require(parser.feed(piece).has_value());
        rest = rest.subspan(piece.size());
    }
    require(parser.finish().has_value());
    require(pieces.all == whole.all);
    return 0;
}

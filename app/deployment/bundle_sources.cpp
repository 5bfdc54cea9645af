#include "app/deployment/bundle_sources.hpp"

#include <algorithm>
#include <set>

#include "app/deployment/files.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

using Kind = BuildRefusal::Kind;

/// Whether a bundle may hold a member of this name. The folders of people hold more: notes, copies, spreadsheets.
bool belongs(const fs::path& name) {
    const auto parts = std::distance(name.begin(), name.end());
    const auto first = name.begin()->string();
    if (parts == 1)
        return first == "policy.json" || first == "recipients.txt" || first == "signers.txt" ||
               first == "revoked.txt" || first == "intake.txt" || first == "referrals.csv";
    if (name.filename().string().starts_with('.')) return false;
    return (parts == 3 && first == "forms" && name.extension() == ".csv") ||
           (parts == 3 && first == "audio" && name.extension() == ".opus") ||
           (parts == 2 && first == "locales" && name.extension() == ".json");
}

/// What a command that was killed while it replaced a source leaves beside it, until that file is written again.
bool left_unfinished(const fs::path& name) {
    return name.extension() == ".tmp" && belongs(fs::path(name).replace_extension());
}

/// Goes through the folder and takes what belongs.
class SourceReader {
  public:
    SourceReader(fs::path root, bool leave_out, BuildRefusals& refusals)
        : root_(std::move(root)), leave_out_(leave_out), refusals_(refusals) {}

    void go_through(const fs::path& inside, int depth) {
        auto names = files::names_in(root_ / inside);
        if (!names) return refusals_.add(Kind::SourceUnreadable, shown_name(inside));
        std::sort(names->begin(), names->end());
        for (const auto& name : *names) {
            if (full_) return;
            if (++seen_ > most_entries) {
                full_ = true;
                return refusals_.add(Kind::TooManySources, {}, {}, exchange::bundle_most_members);
            }
            look_at(inside / name, depth);
        }
    }

    /// Nothing of a folder that holds too much.
    [[nodiscard]] Content take() { return full_ ? Content{} : std::move(files_); }

  private:
    // A folder full of other things is not gone through for ever.
    static constexpr std::size_t most_entries = 4 * exchange::bundle_most_members;
    static constexpr int deepest = 3;

    [[nodiscard]] static std::string shown_name(const fs::path& inside) {
        return inside.empty() ? "." : inside.string();
    }

    void look_at(const fs::path& name, int depth) {
        std::error_code error;
        const auto type = fs::symlink_status(root_ / name, error).type();
        if (type == fs::file_type::directory) {
            if (depth < deepest) return go_through(name, depth + 1);
            if (!leave_out_) refusals_.add(Kind::NotBelonging, name.string());
        } else if (type != fs::file_type::regular) {
            refusals_.add(Kind::SourceNotPlain, name.string());
        } else if (belongs(name)) {
            read(name);
        } else if (!leave_out_ && !left_unfinished(name)) {
            refusals_.add(Kind::NotBelonging, name.string());
        }
    }

    void read(const fs::path& name) {
        auto bytes = files::read_plain(root_ / name, exchange::bundle_most_member_bytes, files::Links::Refused);
        if (!bytes) {
            const bool large = bytes.error() == files::Error::TooLarge;
            const bool other = bytes.error() == files::Error::Kind;
            return refusals_.add(large   ? Kind::SourceTooLarge
                                 : other ? Kind::SourceNotPlain
                                         : Kind::SourceUnreadable,
                                 name.string());
        }
        size_ += bytes->size();
        if (size_ > exchange::bundle_most_bytes || files_.size() + made_here > exchange::bundle_most_members) {
            full_ = true;
            const bool large = size_ > exchange::bundle_most_bytes;
            return refusals_.add(large ? Kind::SourcesTooLarge : Kind::TooManySources, {}, {},
                                 exchange::bundle_most_members);
        }
        files_.emplace(name.generic_string(), std::move(*bytes));
    }

    static constexpr std::size_t made_here = 3;  ///< MANIFEST, its signature and VERSION count too

    fs::path root_;
    bool leave_out_;
    BuildRefusals& refusals_;
    Content files_;
    std::size_t seen_ = 0;
    std::size_t size_ = 0;
    bool full_ = false;
};

}  // namespace

fs::path sources_of(const fs::path& programme) {
    return programme / "content";
}

Content read_sources(const fs::path& folder, bool leave_out, BuildRefusals& refusals) {
    std::error_code error;
    if (fs::symlink_status(folder, error).type() != fs::file_type::directory) {
        refusals.add(Kind::SourceMissing, "content");
        return {};
    }
    SourceReader reader(folder, leave_out, refusals);
    reader.go_through({}, 1);
    return reader.take();
}

Result<void> write_sources(const fs::path& folder, const Content& members) {
    AMPARO_DO(make_folder(folder));
    std::set<fs::path> made{folder};
    for (const auto& [name, content] : members) {
        const auto file = folder / name;
        fs::path at = folder;
        for (const auto& part : fs::path(name).parent_path()) {
            at /= part;
            if (made.insert(at).second) AMPARO_DO(make_folder(at));
        }
        AMPARO_DO(write_new(file, content));
    }
    return {};
}

}  // namespace app::deployment

// A programme whose casebook is backed up, and its backups as somebody on the way would change them.
#pragma once

#include <algorithm>

#include "app/deployment/identities.hpp"
#include "app/exchange/manifest.hpp"
#include "app/exchange/sealed_archive.hpp"
#include "crypto/open/open.hpp"
#include "tests/cli/desk_demo.hpp"

namespace test {

namespace fs = std::filesystem;

inline bool tells(const std::string& text, const std::string& what) {
    return text.find(what) != std::string::npos;
}

/// Two cases and one refused file, and what remains of a programme when the disk is gone: its keys, elsewhere.
struct BackupDesk : DeskDemo {
    BackupDesk() {
        const auto first = send("radio-hotel-canal-482", "strong");
        good("amparo import " + first + " " + send("hotel-radio-canal-100", "some") + book);
        take_programme("other", "Otra");
        fs::create_directory(path() / "new");
        fs::copy(path() / "demo/keys", path() / "new/keys", fs::copy_options::recursive);
    }
    [[nodiscard]] std::vector<std::string> in(const std::string& folder) const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(path() / folder))
            names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
    [[nodiscard]] std::string listed(const std::string& folder) const {
        return good("amparo cases list --json --casebook " + folder + "/casebook/cases.db").out;
    }
    void change(const std::string& file, std::size_t at) const {
        auto altered = read(file);
        altered.at(at) = static_cast<char>(altered.at(at) ^ 1);
        write(file, altered);
    }
};

/// What is in a backup, sealed again after somebody on the way did something to it.
template <class Change>
void repack(const BackupDesk& desk, const std::string& to, Change change) {
    const auto text = desk.read("demo/keys/recovery.identity");
    const auto identities = app::deployment::parse_identities(ready(), crypto::as_bytes(text), nullptr, "");
    REQUIRE(identities);
    const auto sealed = desk.read("all.age");
    const auto plain = crypto::open::open(ready(), crypto::as_bytes(sealed), *identities);
    REQUIRE(plain);
    const auto read = exchange::read_ustar(plain->view(), {100, 1U << 30U, 1U << 30U});
    REQUIRE(read);
    std::vector<std::pair<std::string, std::string>> members;
    for (const auto& one : *read) members.emplace_back(one.name, crypto::as_text(one.content));
    change(members);
    const std::vector<crypto::Recipient> recipients{identities->front().recipient()};
    auto archive = exchange::SealedArchive::start(ready(), desk.path() / to, recipients, plain->size());
    REQUIRE(archive);
    for (const auto& [name, content] : members) REQUIRE(archive->add(name, crypto::as_bytes(content)));
    REQUIRE(archive->write(crypto::Bytes(exchange::ustar_end_bytes)));
    REQUIRE(archive->publish());
}

template <class Members>
std::string& member(Members& members, std::string_view name) {
    const auto found = std::find_if(members.begin(), members.end(), [&](const auto& one) { return one.first == name; });
    REQUIRE(found != members.end());
    return found->second;
}

/// MANIFEST names what is there now.
template <class Members>
void list_anew(Members& members) {
    std::vector<exchange::ManifestLine> lines;
    for (const auto& [name, content] : members)
        if (!name.starts_with("MANIFEST")) lines.push_back({crypto::sha256(ready(), crypto::as_bytes(content)), name});
    member(members, "MANIFEST") = exchange::manifest_text("amparo-backup 1", std::move(lines));
}

/// As whoever has a key of their own would sign it.
template <class Members>
void sign_anew(Members& members, const crypto::ReceiptSecretKey& key = *crypto::ReceiptSecretKey::generate(ready())) {
    const auto& head = member(members, "VERSION");
    const auto id = head.substr(head.find("deployment ") + 11, 16);
    const auto day = head.substr(head.find("made ") + 5, 10);
    member(members, "MANIFEST.minisig") = *crypto::sign(ready(), crypto::as_bytes(member(members, "MANIFEST")), key,
                                                        "amparo-backup 1 deployment=" + id + " made=" + day);
}

inline constexpr const char* recovering = " --identity demo/keys/recovery.identity";
inline constexpr const char* reader = " --identity demo/keys/coordinator.identity";

}  // namespace test

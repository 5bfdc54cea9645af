// Every path of every command, with what others may have put there: a sentence, and never a wait.
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "tests/outside/sender.hpp"

namespace fs = std::filesystem;
using outside::Deployment;
using outside::Desk;
using outside::Sender;

namespace {

constexpr const char* here = "HERE";  ///< the argument that names what others put there

struct Place {
    std::vector<std::string> line;
    bool empty_is_good = false;  ///< an empty file is a file like any other
};

const std::vector<std::string> kinds{"fifo",     "link to fifo", "folder",     "device",
                                     "dangling", "empty",        "unreadable", "socket"};

void put(const Desk& desk, const fs::path& at, const std::string& kind) {
    fs::remove_all(at);
    if (kind == "fifo") REQUIRE(::mkfifo(at.c_str(), 0600) == 0);
    if (kind == "link to fifo") {
        const auto fifo = desk.path() / "real-fifo";
        if (!fs::exists(fifo)) REQUIRE(::mkfifo(fifo.c_str(), 0600) == 0);
        fs::create_symlink(fifo, at);
    }
    if (kind == "folder") fs::create_directory(at);
    if (kind == "device") fs::create_symlink("/dev/zero", at);
    if (kind == "dangling") fs::create_symlink("nothing", at);
    if (kind == "empty") desk.write(fs::relative(at, desk.path()).string(), "");
    if (kind == "unreadable") {
        desk.write(fs::relative(at, desk.path()).string(), "x");
        fs::permissions(at, fs::perms::none);
    }
    if (kind == "socket") {
        const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        REQUIRE(at.string().size() < sizeof address.sun_path);
        std::strncpy(address.sun_path, at.c_str(), sizeof address.sun_path - 1);
        // NOLINTNEXTLINE(cppcoreguidelines-pro-type-reinterpret-cast): as bind(2) wants it
        REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
        ::close(socket);
    }
}

bool is_one_sentence(const std::string& text) {
    return text.starts_with("amparo: ") && outside::lines_of(text) == 1 && text.ends_with("\n");
}

/// Whether it may be well: an empty file where that is something, and for whoever may read everything also one without
/// permissions.
bool may_be_good(const Place& place, const std::string& kind) {
    return place.empty_is_good && (kind == "empty" || (kind == "unreadable" && ::geteuid() == 0));
}

const std::vector<Place> places{
    {{"age", "open", "-i", here, "sealed.age"}},
    {{"age", "open", "-i", "id", here}},
    {{"age", "open", "--passphrase-file", here, "sealed.age"}},
    {{"age", "seal", "-r", "RECIPIENT", here}, true},
    {{"age", "seal", "-R", here, "plain"}},
    {{"age", "keygen", "-o", "new.id", "--passphrase-file", here}},
    {{"sign", "-s", here, "plain"}},
    {{"sign", "-s", "sign.key", here}, true},
    {{"verify", "-p", here, "plain"}},
    {{"verify", "-p", "sign.pub", "-x", here, "plain"}},
    {{"verify", "-p", "sign.pub", "-x", "plain.minisig", here}},
    {{"form", "check", here}},
    {{"form", "eval", "1", "--answers", here}},
    {{"form", "eval", "1", "--form", here}},
    {{"form", "run", here, "--script", "script"}},
    {{"form", "run", "form", "--script", here}, true},
    {{"form", "xform", here}},
    {{"form", "import", here, "new-form"}},
    {{"form", "export", here, "new.xlsx"}},
    {{"form", "check", "sheets"}},  // with HERE among the sheets
    {{"deployment", "new", "new", "--name", "x", "--content", here, "--passphrase-file", "long"}},
    {{"deployment", "new", "new", "--name", "x", "--passphrase-file", here}},
    {{"device", "recover", "--state", here, "-i", "id"}},
    {{"device", "recover", "--state", "state", "-i", here}},
    {{"device", "recover", "--state", "state", "-i", "id", "--passphrase-file", here}},
    {{"cases", "list", "--casebook", here}},
    {{"cases", "list", "--casebook", "casebook/cases.db", "--identity", here}},
    {{"deployment", "device", "audit", here}},
    {{"import", "b-1.age", "--casebook", here}},
    {{"casebook", "backup", here, "-o", "new.age"}},
    {{"casebook", "backup", ".", "-o", "new.age", "--secret-key", here}},
    {{"casebook", "backup", ".", "-o", here}},
    {{"casebook", "verify", here, "--identity", "id"}},
    {{"casebook", "restore", here, "empty", "--identity", "id"}},
    {{"casebook", "restore", "sealed.age", "empty", "--identity", here}},
};

/// Everything else that the lines name, good.
void furnish(const Desk& desk, const Deployment& deployment, std::string& recipient) {
    desk.write("plain", "content");
    recipient = deployment.recipients().front().to_string();
    fs::copy_file(desk.path() / "keys/coordinator.identity", desk.path() / "id");
    const auto sealed = crypto::seal(outside::ready(), crypto::as_bytes("content"), deployment.recipients());
    REQUIRE(sealed);
    desk.write("sealed.age", crypto::as_text(sealed->bytes));
    const auto key = crypto::PlainSecretKey::generate(outside::ready());
    REQUIRE(key);
    desk.write("sign.key", crypto::as_text(key->to_text(outside::ready())->view()));
    fs::permissions(desk.path() / "sign.key", fs::perms::owner_read | fs::perms::owner_write);
    desk.write("sign.pub", key->public_key().to_text());
    desk.write("plain.minisig", *crypto::sign(outside::ready(), crypto::as_bytes("content"), *key, "good"));
    fs::create_directory(desk.path() / "form");
    desk.write("form/survey.csv", "type,name,label\ntext,a,b\n");
    desk.write("form/settings.csv", "form_id,version\nf,1\n");
    fs::create_directory(desk.path() / "sheets");
    desk.write("sheets/survey.csv", "type,name,label\ntext,a,b\n");
    desk.write("sheets/settings.csv", "form_id,version\nf,1\n");
    desk.write("script", "{\"do\":\"next\"}\n");
    desk.write("long", "turtle rainfall window hammer comet blanket\n");
    fs::create_directory(desk.path() / "state");
    fs::create_directories(desk.path() / "empty/keys");
    desk.write("empty/keys/deployment.pub", deployment.key().public_key().to_text());
    Sender sender(deployment, 7);
    sender.add(sender.record(1));
    sender.write(desk, "b-1.age");
}

}  // namespace

TEST_CASE("whatever stands at a path of a command, the answer is a sentence and comes at once") {
    const Desk desk;
    const Deployment deployment(desk);
    std::string recipient;
    furnish(desk, deployment, recipient);
    std::size_t tried = 0;
    for (const auto& place : places)
        for (const auto& kind : kinds) {
            const bool among_sheets = place.line.back() == "sheets";
            const auto at = desk.path() / (among_sheets ? "sheets/choices.csv" : "what");
            put(desk, at, kind);
            std::vector<std::string> words;
            std::string said;
            for (const auto& word : place.line) {
                words.push_back(word == here ? "what" : word == "RECIPIENT" ? recipient : word);
                said += words.back() + " ";
            }
            const auto ran = desk.run("amparo", words);
            INFO(kind << ": amparo " << said << "\n" << ran.err);
            CHECK_FALSE(ran.hung);
            CHECK(outside::danger_in(ran.err).empty());
            if (ran.code == 0)
                CHECK(may_be_good(place, kind));
            else
                CHECK(is_one_sentence(ran.err));
            fs::remove_all(at);
            for (const auto* const made : {"new.id", "new", "new-form", "new.xlsx", "what.minisig"})
                fs::remove_all(desk.path() / made);
            ++tried;
        }
    std::printf("paths of commands with what others put there: %zu, every one answered\n", tried);
}

TEST_CASE("what stands beside a casebook under the names of its journals and its key is answered at once") {
    const Desk desk;
    const Deployment deployment(desk);
    for (const auto* const ending : {"-journal", "-wal", "-shm", ".key.age"})
        for (const auto& kind : kinds) {
            if (kind == "empty" || kind == "unreadable") continue;  // plain files: the database's own matter
            if (kind == "dangling" && std::string_view(ending) == ".key.age") continue;
            const auto at = desk.path() / (std::string(outside::casebook_file) + ending);
            const auto aside = desk.path() / "aside";
            if (fs::exists(at)) fs::rename(at, aside);
            put(desk, at, kind);
            const auto ran = desk.run("amparo", {"cases", "list", "--casebook", outside::casebook_file});
            INFO(kind << " as " << ending << "\n" << ran.err);
            CHECK_FALSE(ran.hung);
            CHECK(ran.code == 1);
            CHECK(is_one_sentence(ran.err));
            fs::remove_all(at);
            if (fs::exists(aside)) fs::rename(aside, at);
        }
    CHECK(desk.run("amparo", {"cases", "list", "--casebook", outside::casebook_file}).code == 0);
}

TEST_CASE("secrets and streams come through pipes of the shell, and no pipe with a name is waited for") {
    const Desk desk;
    const Deployment deployment(desk);
    std::string recipient;
    furnish(desk, deployment, recipient);
    const std::string amparo = AMPARO_BIN_DIR "/amparo";
    const auto bash = [&](const std::string& line) {
        return std::system(("cd '" + desk.path().string() + "' && exec bash -c '" + line + "' 2>.said/err").c_str());
    };
    CHECK(bash("test \"$(" + amparo + " age open -i <(cat id) <(cat sealed.age))\" = content") == 0);
    CHECK(bash("test \"$(cat sealed.age | " + amparo + " age open -i id)\" = content") == 0);
    CHECK(bash("test \"$(cat sealed.age | " + amparo + " age open -i id -)\" = content") == 0);
    CHECK(bash("test \"$(cat id | " + amparo + " age open -i /dev/stdin sealed.age)\" = content") == 0);
    CHECK(bash(amparo +
               " age keygen -o locked.id --passphrase-file <(echo turtle rainfall window hammer comet blanket)") == 0);
    CHECK(bash("test \"$(" + amparo + " age seal -r " + recipient + " <(cat plain) | " + amparo +
               " age open -i id)\" = content") == 0);
    CHECK(bash(amparo + " verify -p sign.pub -x plain.minisig <(cat plain) >.said/out") == 0);
}

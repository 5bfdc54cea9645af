// amparo age: exit codes, nothing half-written, and the stock tool on the other side.
#include <catch2/catch_all.hpp>

#include "crypto/recipient.hpp"
#include "tests/cli/support.hpp"
#include "tests/support/needs.hpp"

using test::Desk;

namespace {

/// A desk with an identity `id` and its recipient.
struct KeyDesk : Desk {
    std::string recipient;
    KeyDesk() {
        good("amparo age keygen -o id");
        const auto text = read("id");
        recipient = text.substr(text.find("age1"), 62);
    }
};

}  // namespace

TEST_CASE("what is sealed opens again, at every size that matters") {
    const KeyDesk desk;
    for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 1'000'000U}) {
        desk.write("plain", std::string(size, 'q'));
        desk.good("rm -f sealed opened; amparo age seal -r " + desk.recipient + " -o sealed plain");
        desk.good("amparo age open -i id -o opened sealed");
        CHECK(desk.read("opened") == desk.read("plain"));
    }
}

TEST_CASE("a post-quantum identity opens what is sealed to it, or the build says that it has none") {
    const KeyDesk desk;
    if (!crypto::hybrid_available) {
        CHECK(desk.run("amparo age keygen --pq -o pq").err.find("1.0.22") != std::string::npos);
        CHECK_FALSE(desk.has("pq"));
        return;
    }
    desk.good("amparo age keygen --pq -o pq");
    const auto text = desk.read("pq");
    CHECK(text.find("\nAGE-SECRET-KEY-PQ-1") != std::string::npos);
    const auto recipient = text.substr(text.find("age1pq1"), 1959);
    desk.write("who", recipient + "\n");
    CHECK(desk.good("echo hola | amparo age seal -R who | amparo age open -i pq").out == "hola\n");
    CHECK(desk.run("echo hola | amparo age seal -r " + recipient + " -o sealed; amparo age open -i id sealed").code !=
          0);
    CHECK(desk.run("echo hola | amparo age seal -R who -r " + desk.recipient + " -o both").code != 0);
    CHECK_FALSE(desk.has("both"));
}

TEST_CASE("sealing and opening work in a pipe") {
    const KeyDesk desk;
    const auto ran = desk.good("echo hola | amparo age seal -r " + desk.recipient + " | amparo age open -i id");
    CHECK(ran.out == "hola\n");
}

TEST_CASE("age opens what amparo sealed and the other way round") {
    support::need_programs({"age"});
    const KeyDesk desk;
    desk.write("plain", std::string(200'000, 'z'));
    desk.good("amparo age seal -r " + desk.recipient + " -o ours plain && age -d -i id ours | cmp - plain");
    desk.good("age -r " + desk.recipient + " -o theirs plain && amparo age open -i id theirs | cmp - plain");
}

TEST_CASE("a recipients file holds one recipient in each line, with comments") {
    const KeyDesk desk;
    desk.write("who", "# coordinator Ana\n" + desk.recipient + "\n\n");
    CHECK(desk.good("echo x | amparo age seal -R who | amparo age open -i id").out == "x\n");
    desk.write("bad", "age1nonsense\n");
    const auto ran = desk.run("echo x | amparo age seal -R bad -o out");
    CHECK(ran.code == 1);
    CHECK(test::is_one_sentence(ran.err));
    CHECK_FALSE(desk.has("out"));
}

TEST_CASE("every way an opening fails has its exit code, one sentence, and leaves no output") {
    const KeyDesk desk;
    desk.good("amparo age keygen -o other");
    desk.write("plain", std::string(100'000, 'q'));
    desk.good("amparo age seal -r " + desk.recipient + " -o sealed plain");
    const auto sealed = desk.read("sealed");
    const auto damaged = [&desk, &sealed](const std::function<void(std::string&)>& spoil) {
        auto copy = sealed;
        spoil(copy);
        desk.write("damaged", copy);
        return "amparo age open -i id -o out damaged";
    };
    const auto check = [&desk](const std::string& line, int code) {
        const auto before = desk.names();
        const auto ran = desk.run(line);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == code);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.out.empty());
        CHECK_FALSE(desk.has("out"));
        CHECK(desk.names() == before);
    };
    check("amparo age open -i other -o out sealed", 2);
    check("amparo age open -i other sealed", 2);
    check("amparo age open -i id -o out plain", 3);
    check(damaged([](auto& s) { s[0] = 'A'; }), 3);
    check(damaged([](auto& s) { s.clear(); }), 3);
    check(damaged([](auto& s) { s = "-----BEGIN AGE ENCRYPTED FILE-----\n"; }), 3);
    check(damaged([](auto& s) {  // another letter, so that the MAC stays well written
              char& letter = s[s.find("\n--- ") + 6];
              letter = letter == 'B' ? 'C' : 'B';
          }),
          4);
    check(damaged([](auto& s) { s.pop_back(); }), 5);
    check(damaged([](auto& s) { s += "x"; }), 5);
    check(damaged([](auto& s) { s[s.size() - 30] ^= 1; }), 5);
    check(damaged([](auto& s) { s.resize(70'000); }), 5);
    damaged([](auto& s) { s.resize(70'000); });
    check("amparo age open -i id damaged", 5);  // nothing comes out of a pipe either
    check("amparo age open -i missing -o out sealed", 1);
    check("amparo age open -i plain -o out sealed", 1);
    check("amparo age open -i id -o out missing", 1);
    check("amparo age open -i id -o nowhere/out sealed", 1);
    check("amparo age open -o out sealed", 64);
}

TEST_CASE("nothing is ever overwritten") {
    const KeyDesk desk;
    desk.write("plain", "x");
    desk.good("amparo age seal -r " + desk.recipient + " -o sealed plain");
    desk.write("there", "mine");
    for (const auto& line : {"amparo age open -i id -o there sealed", "amparo age keygen -o there"}) {
        const auto ran = desk.run(line);
        CHECK(ran.code == 1);
        CHECK(test::is_one_sentence(ran.err));
    }
    CHECK(desk.run("amparo age seal -r " + desk.recipient + " -o there plain").code == 1);
    CHECK(desk.read("there") == "mine");
}

TEST_CASE("a full disk is named and nothing is left") {
    const KeyDesk desk;
    const auto ran = desk.run("echo x | amparo age seal -r " + desk.recipient + " > /dev/full");
    CHECK(ran.code == 1);
    CHECK(test::is_one_sentence(ran.err));
}

TEST_CASE("sealing to nobody, or to what is no recipient, says so") {
    const Desk desk;
    CHECK(desk.run("echo x | amparo age seal -o out").code == 64);
    CHECK(desk.run("echo x | amparo age seal -r age1x -o out").code == 1);
    CHECK(desk.names().empty());
}

TEST_CASE("an identity under a passphrase opens only with it") {
    const Desk desk;
    desk.write("words", test::passphrase_line);
    desk.write("wrong", "otra frase larga de prueba\n");
    desk.write("short", "corta\n");
    const auto made = desk.good("chmod 600 words wrong short; amparo age keygen -o id --passphrase-file words");
    CHECK(desk.read("id").find("AGE-SECRET") == std::string::npos);
    const auto recipient = made.err.substr(made.err.find("age1"), 62);
    desk.good("echo hola | amparo age seal -r " + recipient + " -o sealed");
    CHECK(desk.good("amparo age open -i id --passphrase-file words sealed").out == "hola\n");
    const auto wrong = desk.run("amparo age open -i id --passphrase-file wrong -o out sealed");
    CHECK(wrong.code == 2);
    CHECK(test::is_one_sentence(wrong.err));
    CHECK(desk.run("amparo age keygen -o weak --passphrase-file short").code == 1);
    CHECK(desk.run("amparo age open -i id sealed").code == 1);  // no terminal to ask on
    CHECK_FALSE(desk.has("weak"));
    CHECK_FALSE(desk.has("out"));
}

TEST_CASE("an identity that others can read is used with a warning") {
    const KeyDesk desk;
    desk.good("chmod 644 id; echo x | amparo age seal -r " + desk.recipient + " -o sealed");
    const auto ran = desk.good("amparo age open -i id sealed");
    CHECK(ran.out == "x\n");
    CHECK(ran.err.find("chmod 600") != std::string::npos);
}

TEST_CASE("stopping in the middle leaves nothing", "[long]") {
    const KeyDesk desk;
    const auto ran =
        desk.run("(printf x; sleep 5) | timeout -s INT 1 amparo age seal -r " + desk.recipient + " -o out");
    CHECK(ran.code != 0);
    CHECK(desk.names() == std::vector<std::string>{"id"});
}

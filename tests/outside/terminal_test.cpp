// What others wrote never steers the terminal of whoever reads it (P18).
#include <algorithm>
#include <array>
#include <catch2/catch_all.hpp>
#include <cstdio>
#include <set>
#include <sstream>

#include "tests/outside/sender.hpp"

namespace fs = std::filesystem;
namespace exchange = app::exchange;
using nlohmann::json;
using outside::Deployment;
using outside::Desk;
using outside::Ran;
using outside::Sender;

namespace {

/// Every string member of a record that has a rule, and some that have none.
const std::vector<std::string> record_members{"/record",
                                              "/follows",
                                              "/kind",
                                              "/deployment",
                                              "/device",
                                              "/form/id",
                                              "/form/version",
                                              "/form/sha256",
                                              "/mode",
                                              "/role",
                                              "/day",
                                              "/case_code",
                                              "/language/end",
                                              "/language/start",
                                              "/notes",
                                              "/answers/0/name",
                                              "/answers/0/state",
                                              "/answers/0/value",
                                              "/answers/0/language",
                                              "/readings/danger/level",
                                              "/readings/danger/rule",
                                              "/override/level",
                                              "/override/reading",
                                              "/override/reason",
                                              "/consent/answer",
                                              "/consent/scope",
                                              "/consent/asked_as/key",
                                              "/actions/0",
                                              "/indicators/0/id",
                                              "/indicators/0/dimension",
                                              "/indicators/0/because/0",
                                              "/unknown",
                                              "/unknown_object/text"};
/// Those in which a member of that name is put.
const std::vector<std::string> named_in{"", "/answers/0", "/form", "/consent", "/unknown_object"};
/// What no rule bounds: it is taken in, and only printing stands before the terminal.
const std::set<std::string> free_members{"/answers/0/value", "/unknown", "/unknown_object/text"};
/// Where nothing of the kind is ever taken in.
const std::set<std::string> ruled_members{"/record",
                                          "/follows",
                                          "/kind",
                                          "/deployment",
                                          "/device",
                                          "/form/id",
                                          "/form/sha256",
                                          "/mode",
                                          "/role",
                                          "/day",
                                          "/case_code",
                                          "/language/end",
                                          "/language/start",
                                          "/notes",
                                          "/answers/0/name",
                                          "/answers/0/state",
                                          "/readings/danger/level",
                                          "/readings/danger/rule",
                                          "/override/level",
                                          "/override/reading",
                                          "/override/reason",
                                          "/consent/answer",
                                          "/consent/scope",
                                          "/consent/asked_as/key"};

std::size_t checked = 0;

void check_clean(const Ran& ran, const std::string& what) {
    INFO(what << "\n" << ran.err.substr(0, 2000));
    CHECK(outside::danger_in(ran.out).empty());
    CHECK(outside::danger_in(ran.err).empty());
    CHECK_FALSE(ran.hung);
    CHECK(ran.code >= 0);
    ++checked;
}

Ran run(const Desk& desk, const std::vector<std::string>& words) {
    auto ran = desk.run("amparo", words);
    std::string line = "amparo";
    for (const auto& word : words) line += " " + word;
    check_clean(ran, line);
    return ran;
}

/// The comment of a signature is one line without control characters of one byte.
bool can_be_signed(const std::string& text) {
    return std::none_of(text.begin(), text.end(), [](unsigned char c) { return (c < ' ' && c != '\t') || c == 127; });
}

bool is_ascii(const std::string& text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

/// Lines in which `cases show` says a record: one for each of its own answers that has nothing but what an answer has.
std::size_t shown_lines(const json& value, const std::string& name, int depth = 0, bool answers = false) {
    const bool answer = answers && value.is_object() && value.contains("name") && value.contains("state");
    if (answer && value.size() == 2 + value.count("value") + value.count("language")) return 1;
    if (!value.is_structured() || value.empty()) return 1;
    std::size_t lines = name.empty() ? 0 : 1;
    for (const auto& [key, item] : value.items())
        lines += shown_lines(item, value.is_object() ? key : "", depth + 1,
                             depth == 1 && name == "answers" && value.is_array());
    return lines;
}

/// Adds a record for every member and danger; gives back how many.
std::size_t add_everything(Sender& sender, unsigned& number) {
    std::size_t count = 0;
    for (const auto& [name, danger] : outside::dangers()) {
        for (const auto& member : record_members) {
            auto record = sender.record(++number);
            record[json::json_pointer(member)] = "a" + danger + "b";
            sender.add(record);
            ++count;
        }
        for (const auto& place : named_in) {
            auto record = sender.record(++number);
            record[json::json_pointer(place)]["m" + danger + "n"] = "x";
            sender.add(record);
            ++count;
        }
    }
    // What JSON cannot hold is put in raw.
    for (const auto* const raw : {"\xff\xfe", "\xc0\x9b", "\xed\xa0\x80", "\x1b[2J", "\xc2"}) {
        auto text = sender.record(++number).dump();
        text.replace(text.find("interpreter_needed"), 18, raw);
        sender.add_raw(text);
        ++count;
    }
    return count;
}

}  // namespace

TEST_CASE("P18 every text of a record is written out and not carried out, in every command that shows records") {
    checked = 0;
    const Desk desk;
    const Deployment deployment(desk);
    Sender first(deployment, 90'007);  // a device has no id of a record
    Sender second(deployment, 90'008);
    unsigned number = 0;
    const auto sent = add_everything(first, number);
    first.write(desk, "b-1.age");
    add_everything(second, number);
    second.write(desk, "b-2.age");
    const std::vector<std::string> book{"--casebook", outside::casebook_file};
    const auto with_book = [&](std::vector<std::string> words) {
        words.insert(words.end(), book.begin(), book.end());
        return run(desk, words);
    };

    const auto told = with_book({"import", "b-1.age"});
    const auto reports = with_book({"import", "--json", "b-2.age"});
    CHECK(is_ascii(reports.out));
    const auto report = json::parse(reports.out)[0]["records"];
    REQUIRE(report.size() == sent);
    const auto taken = static_cast<std::size_t>(
        std::count_if(report.begin(), report.end(), [](const json& one) { return one["outcome"] == "new"; }));
    INFO(report.dump(1).substr(0, 600));
    CHECK(taken >= free_members.size() * outside::dangers().size());
    CHECK(taken <= sent - ruled_members.size() * outside::dangers().size());
    // One line for the batch, one for every refused record.
    CHECK(outside::lines_of(told.out) == 1);
    CHECK(outside::lines_of(told.err) == sent - taken + 1);  // and one about the receipt

    const auto listed = with_book({"cases", "list"});
    CHECK(outside::lines_of(listed.out) == 2 * taken + 3);  // the heading, how many there are, and how many are not
    with_book({"cases", "list", "--lang", "es", "--training"});
    const auto list = with_book({"cases", "list", "--json"});
    CHECK(is_ascii(list.out));
    CHECK(json::parse(list.out)["cases"].size() == 2 * taken);

    const auto raw = with_book({"cases", "show", "radio-hotel-canal-482", "--json"});
    CHECK(is_ascii(raw.out));
    CHECK(outside::lines_of(raw.out) == 2 * taken);
    std::size_t lines = 0;
    std::istringstream rows(raw.out);
    for (std::string row; std::getline(rows, row);) {
        auto record = json::parse(row);
        // What coordinators did and may do, which is said beside the record.
        for (const auto* const said : {"steps", "links", "may_belong_together"}) record.erase(said);
        lines += shown_lines(record, "");
    }
    const auto shown = with_book({"cases", "show", "radio-hotel-canal-482"});
    CHECK(outside::lines_of(shown.out) == lines + 2 * taken - 1);  // an empty one between two
    CHECK(shown.out.find("\\x1B[2J") != std::string::npos);
    CHECK(shown.out.find("\\u{202E}") != std::string::npos);
    std::printf("P18 texts of records fed to import, list and show: %zu, %zu of them taken in, none printed raw\n",
                2 * sent, 2 * taken);
}

TEST_CASE("P18 an entry of the audit adds no line and names no record but one") {
    const Desk desk;
    const Deployment deployment(desk);
    Sender sender(deployment, 7);
    for (const auto& [name, danger] : outside::dangers()) {
        const auto quoted = json("a" + danger + "b").dump();
        sender.note(quoted.substr(1, quoted.size() - 2));
    }
    const auto good = std::string(32, 'a');
    sender.note(good);
    sender.note(good + R"(","worker":7,"other\u001b[2J":"x)");
    sender.add(sender.record(1));
    sender.write(desk, "b-1.age");
    const auto count = outside::dangers().size() + 2;
    run(desk, {"import", "b-1.age", "--casebook", outside::casebook_file});
    const auto text = run(desk, {"deployment", "device", "audit", "."});
    CHECK(text.code == 0);
    CHECK(outside::lines_of(text.out) == count);
    const auto list = run(desk, {"deployment", "device", "audit", "--json", "."});
    CHECK(is_ascii(list.out));
    const auto entries = json::parse(list.out);
    REQUIRE(entries.size() == count);
    for (const auto& entry : entries) {
        INFO(entry.dump());
        if (entry.contains("record"))
            CHECK(entry["record"] == good);
        else
            CHECK(entry.contains("unreadable"));
    }
    std::printf("P18 texts of audit entries: %zu, none printed raw\n", count);
}

TEST_CASE("P18 a comment, a certificate and the name of a batch say nothing raw when they are refused or taken in") {
    const Desk desk;
    const Deployment deployment(desk);
    std::size_t tried = 0;
    unsigned number = 100;
    for (const auto& [name, danger] : outside::dangers()) {
        INFO(name);
        Sender sender(deployment, ++number);
        // A sentence about the file; of one that is taken in also one about its receipt.
        const auto import = [&](const std::string& file, std::size_t sentences = 1) {
            const auto ran = run(desk, {"import", file, "--casebook", outside::casebook_file});
            CHECK(outside::lines_of(ran.out) + outside::lines_of(ran.err) == sentences);
            const auto as_json = run(desk, {"import", "--json", file, "--casebook", outside::casebook_file});
            CHECK(is_ascii(as_json.out));
            CHECK(json::parse(as_json.out).size() == 1);
            fs::remove(desk.path() / file);
            ++tried;
        };
        // A signature's comment is one line: only what may stand in it can be signed.
        const bool one_line = can_be_signed(danger);
        if (one_line) {
            sender.add(sender.record(1));
            sender.comment = "v=1 dev=" + sender.device() + danger + " ep=1 seq=1 prev=0 n=1 audit=0";
            sender.write(desk, "b-comment.age");
            sender.comment.reset();
            import("b-comment.age");
        }
        constexpr std::array places{"deployment ", "device ", "epoch ", "key ", "not-after ", "amparo-cert 1"};
        for (const auto* const line : {places[tried % places.size()], "device "}) {
            std::string text = "amparo-cert 1\ndeployment 0123456789abcdef\ndevice " + sender.device() +
                               "\nepoch 1\nkey x\nnot-after 2030-01-01\n";
            const auto at = text.find(line) + std::string_view(line).size();
            text.insert(at, danger);
            const auto signature = crypto::sign(outside::ready(), crypto::as_bytes(text), deployment.key(),
                                                one_line ? "amparo-cert 1" + danger : "amparo-cert 1");
            REQUIRE(signature);
            const auto text_bytes = crypto::as_bytes(text);
            const auto signature_bytes = crypto::as_bytes(*signature);
            sender.certificate = exchange::SignedCertificate{{text_bytes.begin(), text_bytes.end()},
                                                             {signature_bytes.begin(), signature_bytes.end()}};
            sender.add(sender.record(1));
            sender.write(desk, "b-certificate.age");
            sender.certificate.reset();
            import("b-certificate.age");
        }
        Sender honest(deployment, 1000 + number);
        honest.add(honest.record(1));
        auto file = "b-" + danger + ".age";
        std::replace(file.begin(), file.end(), '/', '_');
        honest.write(desk, file);
        import(file, 2);
    }
    std::printf("P18 comments, certificates and names of batches: %zu, none printed raw\n", tried);
}

TEST_CASE("P18 arguments, names of files and the cells of a form are said without being carried out") {
    const Desk desk;
    std::size_t tried = 0;
    for (const auto& [name, danger] : outside::dangers()) {
        INFO(name);
        const auto bad = "a" + danger + "b";
        const std::vector<std::vector<std::string>> lines{
            {bad},
            {"--" + bad},
            {"--lang", bad},
            {"age", bad},
            {"age", "open", "-i", bad, bad},
            {"age", "seal", "-r", bad},
            {"age", "seal", "-R", bad},
            {"age", "keygen", "-o", "folder/" + bad},
            {"sign", "-s", bad, bad},
            {"verify", "-P", bad, bad},
            {"verify", "-p", bad, bad},
            {"form", "check", bad},
            {"form", "check", bad, "--json"},
            {"form", "import", bad, bad},
            {"form", "export", bad, bad},
            {"form", "run", bad, "--script", bad},
            {"form", "xform", bad},
            {"form", "eval", bad},
            {"form", "eval", "1", "--form", bad},
            {"form", "eval", "1", "--self", bad},
            {"form", "eval", "1", "--today", bad},
            {"deployment", "new", "new", "--name", bad, "--demo", "--content", bad},
            {"device", "recover", "--state", bad, "-i", bad},
            {"device", "recover", "--state", "x", "-i", "x", "--slot", bad},
            {"import", bad, "--casebook", bad},
            {"cases", "list", "--casebook", bad},
            {"cases", "show", bad, "--casebook", bad},
            {"deployment", "device", "audit", "--device", bad, bad},
        };
        for (const auto& line : lines) {
            const auto ran = run(desk, line);
            CHECK(ran.code != 0);
            CHECK(outside::lines_of(ran.err) == 1);
            ++tried;
        }
        for (const auto* const option : {"--size", "--scale", "--lang", "--text-size", "--theme", "--tour", "--fonts",
                                         "--state", "--deployment"}) {
            const auto ran = desk.run("amparo-kiosk", {option, bad});
            check_clean(ran, option);
            CHECK(ran.code != 0);
            CHECK(outside::lines_of(ran.err) == 1);
            ++tried;
        }
        fs::create_directory(desk.path() / bad);
        desk.write(bad + "/survey.csv", "type,name,label\ntext,\"a" + danger + "\",b\n" + danger + ",c,d\n");
        desk.write(bad + "/sheet" + danger + ".csv", "type\n");
        desk.write(bad + "/settings.csv", "form_id,version\n\"" + danger + "\",1\n");
        for (const auto* const language : {"en", "es"}) {
            run(desk, {"form", "check", bad, "--lang", language});
            ++tried;
        }
        CHECK(is_ascii(run(desk, {"form", "check", bad, "--json"}).out));
        fs::remove_all(desk.path() / bad);
    }
    std::printf("P18 arguments, file names and forms: %zu, none printed raw\n", tried);
}

TEST_CASE("P18 the signed comment of a good signature is said on one line") {
    const Desk desk;
    const auto key = crypto::PlainSecretKey::generate(outside::ready());
    REQUIRE(key);
    desk.write("file", "content");
    desk.write("key.pub", key->public_key().to_text());
    for (const auto& [name, danger] : outside::dangers()) {
        if (!can_be_signed(danger)) continue;
        const auto signature = crypto::sign(outside::ready(), crypto::as_bytes("content"), *key, "by" + danger + "us");
        REQUIRE(signature);
        desk.write("file.minisig", *signature);
        const auto ran = run(desk, {"verify", "-p", "key.pub", "file"});
        INFO(name);
        CHECK(ran.code == 0);
        CHECK(outside::lines_of(ran.out) == 1);
        const auto by = ran.out.find("by");
        REQUIRE(by != std::string::npos);
        CHECK(ran.out.find('\\', by) != std::string::npos);  // of a stack of marks the first few stand on a letter
    }
}

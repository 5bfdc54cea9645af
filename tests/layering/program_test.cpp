// Looks at the kiosk program itself: it must be unable to open a record or to reach a network.
#include <catch2/catch_all.hpp>

#include <array>
#include <cstdio>
#include <memory>
#include <string>

namespace {

std::string output_of(const std::string& command) {
    const std::unique_ptr<FILE, int (*)(FILE*)> pipe(popen(command.c_str(), "r"), pclose);
    REQUIRE(pipe);
    std::string all;
    std::array<char, 4096> part{};
    while (const auto n = std::fread(part.data(), 1, part.size(), pipe.get())) all.append(part.data(), n);
    return all;
}

const std::string kiosk = std::string(AMPARO_BIN_DIR) + "/amparo-kiosk";
[[maybe_unused]] const std::string command_line = std::string(AMPARO_BIN_DIR) + "/amparo";

}  // namespace

TEST_CASE("the kiosk program has no code that opens a sealed record") {
    const auto symbols = output_of("nm -C '" + kiosk + "'");
    REQUIRE(symbols.find("crypto::seal_record") != std::string::npos);  // the list is really there
    CHECK(symbols.find("crypto::open::") == std::string::npos);
    CHECK(symbols.find("app::exchange::open") == std::string::npos);
    CHECK(symbols.find("app::casebook::") == std::string::npos);
}

TEST_CASE("the kiosk program has no code for spreadsheets") {
    CHECK(output_of("nm -C '" + kiosk + "'").find("workbook::read_xlsx") == std::string::npos);
    CHECK(output_of("readelf -d '" + kiosk + "'").find("libxlsxwriter") == std::string::npos);
}

TEST_CASE("the kiosk program has no code that plays a journey, draws without a window or writes a picture") {
    const auto driving = [](const std::string& program) {
        const auto symbols = output_of("nm -C '" + program + "'");
        REQUIRE(symbols.find("app::kiosk::Program") != std::string::npos);
        return symbols.find("driver::") != std::string::npos;
    };
    CHECK(driving(std::string(AMPARO_BIN_DIR) + "/amparo-driver"));  // the names are those that are looked for
    CHECK_FALSE(driving(kiosk));
    CHECK(output_of("readelf -d '" + kiosk + "'").find("libpng") == std::string::npos);
    CHECK(output_of("nm -D --undefined-only '" + kiosk + "'").find(" glReadPixels") == std::string::npos);
    for (const char* word : {"--tour", "--screenshots", "--headless", "--measure"}) {
        INFO(word);
        CHECK(output_of("strings -a '" + kiosk + "' | grep -cFx -e '" + word + "'") == "0\n");
    }
}

TEST_CASE("the kiosk program calls no network function and links no network library") {
    const auto imported = output_of("nm -D --undefined-only '" + kiosk + "'");
    REQUIRE(imported.find(" sqlite3_") != std::string::npos);
    for (const char* name : {" connect@", " socket@", " bind@", " listen@", " accept@", " sendto@", " getaddrinfo@",
                             " gethostbyname@", " curl_", " SSL_"}) {
        INFO(name);
        CHECK(imported.find(name) == std::string::npos);
    }
    CHECK(output_of("readelf -d '" + kiosk + "'").find("libcurl") == std::string::npos);
}

#if !defined(AMPARO_SANITIZED)
TEST_CASE("every program is position independent, with all relocations read-only and no executable stack") {
    for (const auto& program : {kiosk, command_line}) {
        INFO(program);
        const auto header = output_of("readelf -hW '" + program + "'");
        const auto dynamic = output_of("readelf -dW '" + program + "'");
        const auto segments = output_of("readelf -lW '" + program + "'");
        CHECK(header.find("DYN") != std::string::npos);
        CHECK(dynamic.find("NOW") != std::string::npos);
        CHECK(segments.find("GNU_RELRO") != std::string::npos);
        CHECK(segments.find("RWE") == std::string::npos);
        CHECK(dynamic.find("RPATH") == std::string::npos);
        CHECK(dynamic.find("RUNPATH") == std::string::npos);
        CHECK(output_of("nm -D --undefined-only '" + program + "'").find("__stack_chk_fail") != std::string::npos);
    }
}

TEST_CASE("what draws the screens is built with the stack protected, as our own code is") {
    const auto code = output_of(
        "objdump -dC --no-show-raw-insn '--disassemble=ImGui::Begin(char const*, bool*, int)' '" + kiosk + "'");
    REQUIRE(code.find("<ImGui::Begin(") != std::string::npos);
    CHECK(code.find("__stack_chk_fail") != std::string::npos);
}

TEST_CASE("control-flow marks are in the whole of a program, or the build does not ask for them") {
    for (const auto& program : {kiosk, command_line}) {
        INFO(program);
        const auto notes = output_of("readelf -nW '" + program + "'");
        REQUIRE(notes.find("Build ID") != std::string::npos);
#ifdef AMPARO_CONTROL_FLOW
        CHECK(notes.find("IBT") != std::string::npos);
        CHECK(notes.find("SHSTK") != std::string::npos);
#else
        CHECK(notes.find("IBT") == std::string::npos);
        CHECK(output_of("objdump -d '--disassemble=main' '" + program + "'").find("endbr") == std::string::npos);
#endif
    }
}
#endif

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

TEST_CASE("the kiosk program calls no network function and links no network library") {
    const auto imported = output_of("nm -D --undefined-only '" + kiosk + "'");
    REQUIRE(imported.find("sodium") != std::string::npos);
    for (const char* name : {" connect@", " socket@", " bind@", " listen@", " accept@", " sendto@", " getaddrinfo@",
                             " gethostbyname@", " curl_", " SSL_"}) {
        INFO(name);
        CHECK(imported.find(name) == std::string::npos);
    }
    CHECK(output_of("readelf -d '" + kiosk + "'").find("libcurl") == std::string::npos);
}

#if !defined(AMPARO_SANITIZED)
TEST_CASE("the program is position independent, with all relocations read-only and no executable stack") {
    const auto header = output_of("readelf -hW '" + kiosk + "'");
    const auto dynamic = output_of("readelf -dW '" + kiosk + "'");
    const auto segments = output_of("readelf -lW '" + kiosk + "'");
    CHECK(header.find("DYN") != std::string::npos);
    CHECK(dynamic.find("NOW") != std::string::npos);
    CHECK(segments.find("GNU_RELRO") != std::string::npos);
    CHECK(segments.find("RWE") == std::string::npos);
    CHECK(dynamic.find("RPATH") == std::string::npos);
}
#endif

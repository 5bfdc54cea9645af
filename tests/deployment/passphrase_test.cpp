// What a new passphrase is worth, and what is said of one that would not hold.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <fstream>
#include <sstream>

#include "app/deployment/passphrase.hpp"
#include "crypto/words.hpp"
#include "tests/deployment/support.hpp"

using app::deployment::judge_passphrase;
using app::deployment::PassphraseRefusal;
using test::must;
using test::ready;

namespace {

const std::vector<std::string> around{"Casa Refugio", "Norteña"};

crypto::SecretBytes secret(std::string_view text) {
    return must(crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(text)));
}

std::optional<PassphraseRefusal> refusal(std::string_view text) {
    const auto judged = judge_passphrase(ready(), secret(text), around);
    if (judged) return std::nullopt;
    REQUIRE(std::holds_alternative<PassphraseRefusal>(judged.error().cause));
    return std::get<PassphraseRefusal>(judged.error().cause);
}

double bits(std::string_view text) {
    return must(app::deployment::passphrase_worth(ready(), secret(text), around)).bits;
}

std::string again(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

}  // namespace

TEST_CASE("a passphrase that would not hold is refused for what is wrong with it") {
    const std::vector<std::pair<std::string, PassphraseRefusal>> all{
        {"", PassphraseRefusal::Short},
        {"x7 Kp q!9dLz", PassphraseRefusal::Short},
        {"ñandúñandúñandú", PassphraseRefusal::Short},  // 15 characters, 21 bytes
        {"casarefugio casarefugio", PassphraseRefusal::Names},
        {"Casa Refugio 2026 Norteña", PassphraseRefusal::Names},
        {"casa.refugio.norteña!", PassphraseRefusal::Names},
        {"correct horse battery staple", PassphraseRefusal::Words},
        {"una frase larga de prueba", PassphraseRefusal::Words},
        {"la mesa roja de mi abuela", PassphraseRefusal::Words},
        {"unafraselargadeprueba", PassphraseRefusal::Words},
        {"martillo martillo cometa cometa lluvia", PassphraseRefusal::Repeats},
        {"aaaaaaaaaaaaaaaaaaaaaaaaaaaa", PassphraseRefusal::Repeats},
        {"abcdefghijklmnopqrstuvwxyz", PassphraseRefusal::Sequence},
        {"0123456789876543210", PassphraseRefusal::Sequence},
        {"24/12/1998 31/01/2004", PassphraseRefusal::Date},
    };
    for (const auto& [text, why] : all) {
        INFO(text);
        CHECK(refusal(text) == why);
    }
}

TEST_CASE("words that have nothing to do with each other hold, and so do random characters") {
    for (const auto* text : {"tortuga lluvia ventana martillo cometa", "turtle rainfall window hammer comet blanket",
                             "Tortuga-Lluvia-Ventana-Martillo", "lámpara jardín corazón azúcar balcón",
                             "x7Kpq!9dLz#4vRt2", "qpveaCjwIBspiimLyvRA"}) {
        INFO(text);
        CHECK_FALSE(refusal(text));
    }
}

TEST_CASE("what is drawn for people to remember holds") {
    for (int i = 0; i < 200; ++i) {
        const auto words = must(crypto::generate_passphrase(ready()));
        CHECK(judge_passphrase(ready(), words, around));
    }
}

TEST_CASE("what separates words, and words that zxcvbn does not know, count for no more than they are worth") {
    CHECK(bits("tortuga lluvia ventana") <= 3 * 13.0);
    CHECK(bits("tortuga lluvia ventana martillo") == bits("tortuga - lluvia - ventana - martillo"));
    CHECK(bits("tortuga lluvia ventana martillo de la el") == bits("tortuga lluvia ventana martillo"));
    CHECK(bits("tortuga lluvia ventana norteña") == bits("tortuga lluvia ventana"));
}

TEST_CASE("what cannot be typed again everywhere protects nothing") {
    using namespace std::string_view_literals;
    for (const auto text : {"tortuga lluvia\0ventana martillo cometa"sv, "tortuga lluvia\tventana martillo cometa"sv,
                            "tortuga lluvia \xF1 ventana martillo cometa"sv, "tortuga lluvia ventana martillo \xC3"sv,
                            "tortuga lluvia\x1B[2Jventana martillo cometa"sv, "tortuga lluvia ventana martillo\x7F"sv})
        CHECK(refusal(text) == PassphraseRefusal::Unwritable);
}

TEST_CASE("a very long passphrase is judged at once, and by its beginning") {
    const auto before = std::chrono::steady_clock::now();
    CHECK(refusal(again("a", 10'000)) == PassphraseRefusal::Repeats);
    CHECK(refusal(again("ab c", 2'500)));
    CHECK_FALSE(refusal(again("tortuga lluvia ventana martillo cometa ", 256)));
    CHECK(bits(again("1!|7l(4@a8b", 900)) > 0);  // each of them stands for several letters
    // Measured: a fiftieth of a second. A count that grows with the square of the length takes minutes.
    CHECK(std::chrono::steady_clock::now() - before < std::chrono::seconds(5));
}

namespace {

/// The writable memory that is ordinary, as it is now: the heap and the stack.
std::vector<std::string> ordinary_memory() {
    std::vector<std::string> all;
    std::ifstream maps("/proc/self/maps");
    std::ifstream memory("/proc/self/mem", std::ios::binary);
    for (std::string line; std::getline(maps, line);) {
        if (line.find("[heap]") == std::string::npos && line.find("[stack]") == std::string::npos) continue;
        std::uintptr_t from = 0;
        std::uintptr_t to = 0;
        char dash = 0;
        std::istringstream(line) >> std::hex >> from >> dash >> to;
        std::string content(to - from, '\0');
        memory.seekg(static_cast<std::streamoff>(from));
        REQUIRE(memory.read(content.data(), static_cast<std::streamsize>(content.size())));
        all.push_back(std::move(content));
    }
    REQUIRE(all.size() == 2);
    return all;
}

/// Forty characters of sixty-four, drawn in locked memory.
crypto::SecretBytes drawn() {
    constexpr std::string_view all = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+!";
    auto text = must(crypto::SecretBytes::random(ready(), 40));
    for (auto& one : text.writable()) one = static_cast<std::byte>(all[std::to_integer<std::size_t>(one) % all.size()]);
    return text;
}

/// True when eight bytes of the secret, forwards or backwards, lie anywhere in ordinary memory.
bool lies_open(const crypto::SecretBytes& passphrase) {
    constexpr std::size_t piece = 8;
    auto backwards = must(crypto::SecretBytes::copy_of(ready(), passphrase.view()));
    std::reverse(backwards.writable().begin(), backwards.writable().end());
    for (const auto& content : ordinary_memory())
        for (const auto one : {passphrase.view(), backwards.view()})
            for (std::size_t start = 0; start + piece <= one.size(); ++start)
                if (content.find(crypto::as_text(one.subspan(start, piece))) != std::string::npos) return true;
    return false;
}

}  // namespace

TEST_CASE("nothing that could be read back is left of a judged passphrase in ordinary memory") {
#ifdef AMPARO_SANITIZED
    SKIP("sanitizers keep freed memory, and have heaps of their own");
#endif
    // Once with another one: when a library calls a function of another for the first time, the loader puts all
    // registers on the stack, with what was copied last.
    const auto other = drawn();
    CHECK(judge_passphrase(ready(), other, around));
    static_cast<void>(lies_open(other));
    const auto secret_text = drawn();
    REQUIRE_FALSE(lies_open(secret_text));
    CHECK(judge_passphrase(ready(), secret_text, around));
    CHECK_FALSE(lies_open(secret_text));
    std::array<char, 8> copied{};
    std::memcpy(copied.data(), secret_text.view().data(), copied.size());
    CHECK(lies_open(secret_text));  // it would have been found
    CHECK(copied.front() == static_cast<char>(secret_text.view().front()));
}

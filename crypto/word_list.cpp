// The words themselves. Changing, adding or reordering one changes every fingerprint and case code: only with a new
// format version.
#include "crypto/words.hpp"

namespace crypto {
namespace {

// clang-format off
constexpr std::array<std::string_view, 256> words = {
    "acacia", "actor", "adagio", "agave", "alfalfa", "aloe", "alpaca", "angular", "anorak", "armadillo", "aroma",
    "astral", "atlas", "audio", "aura", "aurora", "azalea", "ballet", "banana", "banjo", "baobab", "barista", "begonia",
    "bingo", "bolero", "bonanza", "boreal", "cable", "cacao", "cactus", "canal", "cantata", "ceiba", "celestial",
    "central", "cereal", "ceviche", "chalet", "charango", "chayote", "chef", "chip", "chocolate", "cilantro",
    "circular", "coda", "color", "combo", "compost", "conga", "copal", "coral", "cordial", "cosmos", "crucial",
    "cumbia", "curry", "cursor", "decimal", "delta", "diagonal", "dial", "digital", "diploma", "eclipse", "emoji",
    "empanada", "enchilada", "enigma", "eureka", "euro", "extra", "factor", "fandango", "fauna", "festival", "fiesta",
    "flamenco", "flan", "flash", "flexible", "floral", "folio", "foxtrot", "fractal", "funicular", "gala", "gardenia",
    "gaucho", "gazpacho", "glacial", "global", "golf", "gong", "gradual", "granola", "guacamole", "habanero", "halo",
    "hexagonal", "hobby", "hockey", "hotel", "humor", "idea", "iguana", "impala", "internet", "iris", "jacaranda",
    "jade", "jaguar", "jazz", "jojoba", "jovial", "judo", "karate", "kayak", "kimono", "kiwi", "koala", "laurel",
    "lava", "liana", "logo", "macadamia", "magenta", "magma", "magnolia", "mambo", "mandala", "mango", "mantra",
    "manual", "maraca", "marimba", "mentor", "merengue", "metal", "metro", "mimosa", "mineral", "modular", "monitor",
    "motor", "mural", "musical", "nacho", "natural", "neutral", "nopal", "notable", "nova", "oasis", "oboe", "ocarina",
    "okapi", "omega", "orbital", "origami", "oval", "paella", "pagoda", "pampa", "panda", "panel", "panorama",
    "parasol", "parka", "pasta", "patio", "pedal", "perfume", "pesto", "petunia", "piano", "pizza", "plan", "plaza",
    "plural", "polar", "polenta", "polo", "poncho", "popular", "portal", "puma", "quena", "quetzal", "quinoa", "radar",
    "radio", "ravioli", "reggae", "regional", "risotto", "robot", "rotor", "rugby", "rumba", "rural", "safari", "salsa",
    "samba", "sector", "sensor", "sepia", "sierra", "siesta", "sigma", "silo", "sisal", "soda", "solar", "sombrero",
    "sonata", "soprano", "sudoku", "surf", "sushi", "taco", "tango", "tapir", "tatami", "taxi", "tempura", "tenor",
    "teriyaki", "tiara", "tofu", "tortilla", "tour", "tractor", "triple", "tropical", "tuba", "tundra", "universal",
    "vapor", "vector", "veranda", "verbena", "vertical", "video", "virtual", "vista", "visual", "vocal", "wasabi",
    "yeti", "yoga", "yogurt", "yuca", "zarzuela", "zigzag", "zinc",
};
// clang-format on

}  // namespace

const std::array<std::string_view, 256>& word_list() noexcept {
    return words;
}

}  // namespace crypto

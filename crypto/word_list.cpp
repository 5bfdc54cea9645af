// The words themselves. Changing, adding or reordering one changes every fingerprint and case code: only with a new
// format version.
#include "crypto/words.hpp"

namespace crypto {
namespace {

// clang-format off
constexpr std::array<std::string_view, 256> words = {
    "acacia", "actor", "agenda", "alfalfa", "alpaca", "animal", "anorak", "armadillo", "aroma", "atlas", "audio",
    "aura", "azalea", "ballet", "balsa", "banana", "bandana", "banjo", "barista", "beta", "bingo", "bolero",
    "bonanza", "bonus", "buffet", "bungalow", "cable", "cacao", "canal", "cantata", "ceiba", "central", "cereal",
    "chalet", "chef", "chip", "chocolate", "cilantro", "circular", "clip", "collage", "color", "combo", "compost",
    "coral", "cordial", "cosmos", "curry", "cursor", "debate", "decimal", "delta", "digital", "diploma", "director",
    "dorado", "editor", "emoji", "enigma", "eureka", "euro", "exterior", "extra", "fandango", "fauna", "ferry",
    "festival", "fiesta", "flamenco", "flash", "floral", "flotilla", "folio", "foxtrot", "fractal", "gala", "gaucho",
    "gazpacho", "glacial", "global", "golf", "gong", "gradual", "granola", "grill", "guacamole", "habanero", "halo",
    "hockey", "honor", "hotel", "hummus", "humor", "idea", "iguana", "impala", "internet", "iris", "jacaranda",
    "jade", "jaguar", "jazz", "jersey", "jockey", "jojoba", "jovial", "judo", "jumbo", "karate", "kayak", "kimono",
    "kiwi", "koala", "laurel", "lava", "llama", "lobby", "local", "logo", "lunar", "macadamia", "maestro", "magenta",
    "magma", "magnolia", "mambo", "mandala", "mango", "manta", "manual", "maraca", "marimba", "material", "mentor",
    "merengue", "mesa", "metal", "metro", "mineral", "monitor", "motor", "mural", "musical", "nacho", "natural",
    "neutral", "nopal", "normal", "nova", "oasis", "oboe", "ocarina", "okapi", "omega", "orbital", "orca", "origami",
    "oval", "paella", "pagoda", "pampa", "panda", "panel", "panorama", "papaya", "parasol", "parka", "pasta",
    "patio", "pedal", "petunia", "piano", "pita", "pizza", "plan", "plural", "polar", "polo", "poncho", "popular",
    "portal", "postal", "pretzel", "puma", "quetzal", "quinoa", "radar", "radio", "rally", "ramen", "ravioli",
    "reggae", "risotto", "robot", "rodeo", "rugby", "rumba", "rural", "safari", "salami", "salsa", "samba", "sector",
    "sensor", "sepia", "sierra", "siesta", "sigma", "silo", "simple", "soda", "solar", "solo", "sombrero", "sonata",
    "soprano", "sudoku", "surf", "sushi", "taco", "tango", "tapir", "tatami", "taxi", "tenor", "tiara", "tofu",
    "toga", "tortilla", "tour", "tractor", "triple", "tropical", "tuba", "tundra", "ultra", "universal", "vapor",
    "vector", "veranda", "vertical", "video", "virtual", "visible", "vista", "visual", "vocal", "waffle", "yeti",
    "yoga", "yogurt", "yuca", "zigzag", "zinc", "zoom", "zucchini",
};
// clang-format on

}  // namespace

const std::array<std::string_view, 256>& word_list() noexcept {
    return words;
}

}  // namespace crypto

#include "app/cli/eight_words.hpp"

#include <algorithm>

#include "app/cli/confirm.hpp"
#include "app/files/system.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"

namespace app::cli {
namespace {

/// As fingerprint_words() writes them; words that are none stay as they were typed, and then differ.
std::string canonical_words(const std::string& typed) {
    std::string all;
    for (std::size_t at = 0; at < typed.size();) {
        const auto end = std::min(typed.find_first_of("- ", at), typed.size());
        const auto word = typed.substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        const auto index = crypto::word_index(word);
        all += all.empty() ? "" : "-";
        all += index ? std::string(crypto::word_list()[std::to_integer<std::size_t>(*index)]) : word;
    }
    return all;
}

}  // namespace

Outcome<void> compare_words(const Context& context, const std::string& words, const std::string& given) {
    context.note("cli.words.are", {{"words", words}});
    if (!given.empty()) {
        if (canonical_words(given) == words) return {};
        return stop(context, "cli.words.differ");
    }
    if (files::open_terminal().get() < 0) return stop(context, "cli.words.no_terminal", {}, Exit::Usage);
    return confirm(context, "cli.words.question");
}

}  // namespace app::cli

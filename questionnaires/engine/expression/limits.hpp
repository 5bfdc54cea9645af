// How large a form, its expressions and its interviews may be; what every part of the engine and its readers keep to.
#pragma once

#include <cstddef>

namespace questionnaires::engine {

/// Limits of a form: a signed one may still be careless or hostile.
struct Limits {
    static constexpr std::size_t file_bytes = 4U << 20U;  ///< of a sheet as CSV
    static constexpr std::size_t rows = 10'000;
    static constexpr std::size_t columns = 256;
    static constexpr std::size_t label_bytes = 4096;
    static constexpr std::size_t expression_bytes = 65'536;
    static constexpr std::size_t nesting = 16;
    static constexpr std::size_t expression_depth = 64;
    static constexpr std::size_t evaluation_steps = 200'000;
    static constexpr std::size_t answer_bytes = 4096;
    static constexpr std::size_t nodes = 16'384;             ///< of one interview, all repeat instances together
    static constexpr std::size_t instances = 2'000;          ///< of one interview, all repeats together
    static constexpr std::size_t change_steps = 20'000'000;  ///< of all evaluations that one change leads to
    static constexpr std::size_t languages = 16;
};

}  // namespace questionnaires::engine

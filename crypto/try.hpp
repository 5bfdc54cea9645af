#pragma once
// The one way to pass an error on: the value of an expected, or a return of its error from the function. Where a layer
// is crossed, the error is mapped by hand instead.

#include <tl/expected.hpp>
#include <utility>

/// `AMPARO_TRY(row, database.one(…));` declares `row`, which may be written `const row`; on failure the function
/// returns that error. It is two statements: never the body of an `if` without braces.
#define AMPARO_TRY(name, ...) AMPARO_TRY_AS(AMPARO_TRY_JOIN(tried_, __COUNTER__), name, __VA_ARGS__)

/// `AMPARO_DO(write(…));` does the same for what gives no value, or whose value nobody wants.
#define AMPARO_DO(...) AMPARO_DO_AS(AMPARO_TRY_JOIN(done_, __COUNTER__), __VA_ARGS__)

#define AMPARO_TRY_AS(tried, name, ...)                            \
    auto tried = __VA_ARGS__;                                      \
    if (!(tried)) return tl::unexpected(std::move(tried).error()); \
    auto name = *std::move(tried)
#define AMPARO_DO_AS(done, ...)                                                             \
    do {                                                                                    \
        if (auto done = __VA_ARGS__; !done) return tl::unexpected(std::move(done).error()); \
    } while (false)
#define AMPARO_TRY_JOIN(first, second) AMPARO_TRY_JOIN_NOW(first, second)
#define AMPARO_TRY_JOIN_NOW(first, second) first##second

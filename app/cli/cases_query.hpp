// What a coordinator asks of the list of cases: which of them, in which order, and which page.
#pragma once

#include <string>

#include "app/casebook/cases.hpp"
#include "app/cli/files.hpp"

namespace CLI {
class App;
}

namespace app::cli {

/// As it was typed.
struct QueryOptions {
    std::string status;
    std::string assigned;
    bool unassigned = false;
    std::string referred;
    std::string sort;
    std::size_t most = 0;  ///< of a page; 0: all in one
    std::size_t page = 1;
    bool training = false;

    /// Whether it leaves out cases for what was done about them.
    [[nodiscard]] bool narrowed() const {
        return !status.empty() || !assigned.empty() || unassigned || !referred.empty();
    }
};

/// --status, --assigned, --unassigned, --referred, --sort, --most, --page, --training.
void add_query_options(CLI::App& command, const Context& context, QueryOptions& options);

/// Says so when a word is none, or when two of them contradict each other.
[[nodiscard]] Outcome<casebook::CaseQuery> query_of(const Context& context, const QueryOptions& options);

/// Of how many pages, at least one.
[[nodiscard]] std::size_t pages_of(const QueryOptions& options, std::size_t total);

/// Words for people.
[[nodiscard]] std::string status_text(const Context& context, casebook::CaseStatus status);
[[nodiscard]] std::string referral_text(const Context& context, casebook::ReferralState state);

}  // namespace app::cli

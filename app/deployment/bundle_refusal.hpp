#pragma once
// Why no bundle is made of a programme's sources: every reason, as values. Nothing is worded here.

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "app/exchange/policy_judge.hpp"
#include "app/exchange/reason.hpp"
#include "locales/catalogue.hpp"
#include "questionnaires/workbook/judge.hpp"

namespace app::deployment {

/// One reason that is about neither the policy's members nor the sheets of a form.
struct BuildRefusal {
    enum class Kind : std::uint8_t {
        SourceMissing,     ///< `about` must be there
        SourceNotPlain,    ///< `about` is a link, a device, a pipe …
        SourceUnreadable,  ///< `about` cannot be read
        SourceTooLarge,    ///< `about` is larger than a member may be
        TooManySources,    ///< more files than a bundle holds
        SourcesTooLarge,   ///< more bytes than a bundle holds
        NotBelonging,      ///< `about` has no place in a bundle
        Malformed,         ///< `about` is not what it must be; `why`
        OneCoordinator,    ///< `count` coordinators, and two are asked for
        RecoveryUnproven,  ///< no set of recovery sheets was read back; `about` is the recovery recipient's label
        FormMissing,       ///< the policy names the form `about`, and there is none
        FormUnnamed,       ///< the policy does not name the form `about`
        FormLanguage,      ///< the form `about` is not in the language `detail`
        LanguageUnknown,   ///< a kiosk of this version does not speak `about`
        LanguageLacking,   ///< a kiosk of this version always speaks `about`, and the policy does not name it
        WordsMissing,      ///< `count` texts are not in the catalogue `about`; `detail` names the first
        WordsDiffer,       ///< `count` texts of `about` have other placeholders; `detail` names the first
        CatalogueUnnamed,  ///< the policy does not name the language of `about`
        PromptName,        ///< a sound of a bundle is not called as `about` is
        PromptsUnnamed,    ///< the policy does not name the language of the sounds in `about`
        NameMissing,       ///< no bundle says what the programme is called, and no name was given
        NumbersSpent,      ///< there is no higher number
        MadeEarlier,       ///< the bundle before was made on `about`, which is to come
        ExpiresEarlier,    ///< `about` is before today
        KioskRefuses,      ///< a kiosk would not take it; `why`
    };
    Kind kind;
    std::string about = {};
    std::string detail = {};
    std::uint64_t count = 0;
    std::variant<std::monostate, exchange::Why, locales::Failure> why = {};
};

/// A form with errors, and all that is said of it.
struct FormRefusal {
    questionnaires::workbook::FormSource source;
    questionnaires::engine::Diagnostics faults;
};

struct BuildRefusals {
    std::vector<exchange::PolicyFault> policy;
    std::vector<FormRefusal> forms;
    std::vector<BuildRefusal> others;

    [[nodiscard]] bool empty() const { return policy.empty() && forms.empty() && others.empty(); }
    void add(BuildRefusal::Kind kind, std::string about = {}, std::string detail = {}, std::uint64_t count = 0) {
        others.push_back({kind, std::move(about), std::move(detail), count});
    }
    void add_why(BuildRefusal::Kind kind, std::string about, exchange::Why why) {
        others.push_back({kind, std::move(about), {}, 0, std::move(why)});
    }
    void add_why(BuildRefusal::Kind kind, std::string about, locales::Failure why) {
        others.push_back({kind, std::move(about), {}, 0, std::move(why)});
    }
};

}  // namespace app::deployment

#include "app/session/visit/visit.hpp"

#include <algorithm>
#include <new>

namespace app::session {

namespace {

using engine::AnswerState;

constexpr std::string_view age_question = "age_group";
constexpr std::string_view adult = "adult";  ///< the answer, and the form
constexpr std::string_view child = "child";
constexpr std::string_view trained_row = "trained";
constexpr std::string_view taken_over = "fc_";

bool trained_for_children(const exchange::Bundle& bundle, model::WorkerNumber number) {
    const auto& trained = bundle.policy.child_workers;
    return std::find(trained.begin(), trained.end(), number.value) != trained.end();
}

bool has_hidden_row(const engine::Form& form, std::string_view name) {
    const auto row = form.find(name);
    return row && form.kind(*row) == engine::Kind::Hidden;
}

/// What `fc_…` holds: the value, or what became of the question; empty when it was not asked.
std::string_view said(const engine::Interview& first, engine::NodeId node) {
    switch (first.state(node)) {
        case AnswerState::NotAsked:
            return {};
        case AnswerState::Answered:
            return first.value(node);
        case AnswerState::Skipped:
            return "-skipped";
        case AnswerState::Refused:
            return "-refused";
        case AnswerState::Unknown:
            return "-unknown";
    }
    return {};
}

tl::expected<void, engine::RefusalKind> preset(engine::Interview& interview, std::string_view row,
                                               std::string_view value) {
    const auto node = interview.find(row);
    if (!node) return {};
    if (auto done = interview.preset(*node, value); !done) return tl::unexpected(done.error().kind);
    return {};
}

tl::expected<void, engine::RefusalKind> take_over(const engine::Interview& first, const LongerForm& longer,
                                                  engine::Interview& interview) {
    const auto& form = *longer.form->form;
    for (std::uint32_t i = 0; i < form.size(); ++i) {
        const auto name = form.name(engine::QuestionId{i});
        if (!name.starts_with(taken_over) || form.kind(engine::QuestionId{i}) != engine::Kind::Hidden) continue;
        const auto asked = first.find(name.substr(taken_over.size()));
        if (!asked) continue;
        if (auto done = preset(interview, name, said(first, *asked)); !done) return done;
    }
    if (!has_hidden_row(form, trained_row)) return {};
    // An empty one would count as trained.
    return preset(interview, trained_row, longer.trained ? "yes" : "no");
}

/// What was known may have made the first pages needless.
void to_first_page(engine::Interview& interview) {
    for (const auto node : interview.nodes())
        if (interview.jump(node)) return;
}

engine::Level own_level(const Screening& screening, engine::ReadingKind kind) noexcept {
    for (const auto& reading : screening.interview().readings())
        if (reading.reading == kind) return reading.level;
    return engine::Level::NoneReported;
}

/// Whether somebody answers this row: what only tells, or is worked out, is not handed over.
bool is_asked(engine::Kind kind) noexcept {
    switch (kind) {
        case engine::Kind::Group:
        case engine::Kind::Repeat:
        case engine::Kind::Note:
        case engine::Kind::Calculate:
        case engine::Kind::Hidden:
            return false;
        case engine::Kind::Text:
        case engine::Kind::Integer:
        case engine::Kind::Decimal:
        case engine::Kind::Date:
        case engine::Kind::Time:
        case engine::Kind::DateTime:
        case engine::Kind::SelectOne:
        case engine::Kind::SelectMultiple:
        case engine::Kind::Rank:
        case engine::Kind::Acknowledge:
            return true;
    }
    return true;
}

bool takes_over(const engine::Form& longer, std::string_view question) noexcept {
    for (std::uint32_t i = 0; i < longer.size(); ++i) {
        const auto name = longer.name(engine::QuestionId{i});
        if (longer.kind(engine::QuestionId{i}) == engine::Kind::Hidden && name.starts_with(taken_over) &&
            name.substr(taken_over.size()) == question)
            return true;
    }
    return false;
}

}  // namespace

engine::Role role_of(model::Role role) noexcept {
    switch (role) {
        case model::Role::Shelter:
        case model::Role::ShiftLead:
            return engine::Role::Shelter;
        case model::Role::Border:
            return engine::Role::Border;
    }
    return engine::Role::Border;
}

const exchange::BundleForm* form_for(const exchange::Bundle& bundle, Purpose purpose) {
    switch (purpose) {
        case Purpose::Screening:
            return bundle.forms.empty() ? nullptr : &bundle.forms.front();
        case Purpose::Observation:
            return bundle.form("observation");
        case Purpose::Training:
            return bundle.form("training");
    }
    return nullptr;
}

std::optional<LongerForm> longer_form(const Screening& first, const exchange::Bundle& bundle) {
    if (first.purpose != Purpose::Screening || first.before || first.consent != Consent::Given) return std::nullopt;
    if (role_of(first.worker.role) != engine::Role::Shelter) return std::nullopt;
    const auto age = first.interview().find(age_question);
    if (!age) return std::nullopt;
    LongerForm longer;
    longer.child = first.interview().value(*age) != adult;
    longer.form = bundle.form(longer.child ? child : adult);
    if (longer.form == nullptr) return std::nullopt;
    if (!longer.child) return longer;
    longer.trained = trained_for_children(bundle, first.worker.number);
    if (first.mode != Mode::Assisted) return std::nullopt;
    if (!longer.trained && !has_hidden_row(*longer.form->form, trained_row)) return std::nullopt;
    return longer;
}

tl::expected<Screening, engine::RefusalKind> start_longer(const Screening& first, const LongerForm& longer,
                                                          Origin origin, locales::Language language) {
    origin.case_code = first.origin().case_code;
    auto started = Screening::start(*longer.form, std::move(origin), first.mode, first.worker, language);
    if (!started) return tl::unexpected(started.error());
    if (auto done = take_over(first.interview(), longer, started->interview()); !done)
        return tl::unexpected(done.error());
    to_first_page(started->interview());
    started->consent = first.consent;
    started->consent_key = first.consent_key;
    started->consent_sha256 = first.consent_sha256;
    return started;
}

bool asks_for_notice(const Screening& screening) noexcept {
    if (screening.purpose != Purpose::Screening || screening.mode != Mode::Private) return false;
    if (role_of(screening.worker.role) != engine::Role::Border) return false;
    const auto age = screening.interview().find(age_question);
    if (!age || screening.interview().state(*age) != AnswerState::Answered) return false;
    return screening.interview().value(*age) != adult;
}

bool speaks_for_both(const Screening& longer) noexcept {
    if (!longer.before) return false;
    const auto& first = longer.before->interview().form();
    const auto& form = longer.interview().form();
    for (std::uint32_t i = 0; i < first.size(); ++i)
        if (is_asked(first.kind(engine::QuestionId{i})) && !takes_over(form, first.name(engine::QuestionId{i})))
            return false;
    return true;
}

engine::Level said_level(const Screening& screening, engine::ReadingKind reading) noexcept {
    const auto own = own_level(screening, reading);
    if (!screening.before || speaks_for_both(screening)) return own;
    return std::max(own, said_level(*screening.before, reading));
}

engine::Level standing_level(const Screening& screening, engine::ReadingKind reading) noexcept {
    const auto said = said_level(screening, reading);
    if (!screening.raised || screening.raised->reading != reading) return said;
    return std::max(screening.raised->level, said);
}

std::pmr::vector<engine::Advice> steps(const Screening& screening) noexcept {
    auto own = screening.interview().actions(role_of(screening.worker.role));
    if (!screening.before || speaks_for_both(screening)) return own;
    auto earlier = steps(*screening.before);
    const auto danger = engine::ReadingKind::Danger;
    const bool earlier_leads = said_level(*screening.before, danger) > own_level(screening, danger);
    auto& all = earlier_leads ? earlier : own;
    try {
        for (auto& one : earlier_leads ? own : earlier) {
            const auto same = [&](const engine::Advice& known) { return known.action->id == one.action->id; };
            if (std::none_of(all.begin(), all.end(), same)) all.push_back(std::move(one));
        }
    } catch (const std::bad_alloc&) {  // the leading form's own are there
    }
    return std::move(all);
}

}  // namespace app::session

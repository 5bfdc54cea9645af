// The small questionnaires that a rig asks, and what a device with a bundle of them tells once it is open.
#include "tests/session/support.hpp"
#include "tests/support/scenario.hpp"

namespace test {

std::shared_ptr<const engine::Form> form() {
    static const auto loaded = [] {
        scenario::Sheets sheets;
        sheets.settings("form_id | version | default_language\n small | 7 | Español (es)")
            .survey(
                R"(type | name | label::Español (es) | label::English (en) | constraint | constraint_message::Español (es) | constraint_message::English (en)
                select_one yn | danger_now | ¿Corre peligro? | Are you in danger? | | |
                text | words | ¿Qué quiere decir? | What do you want to say? | | |
                integer | number | ¿Cuántos? | How many? | . < 100 | Demasiados después de ${words} | Too many after ${words}
                select_multiple kinds | marks | ¿Cuáles? | Which ones? | not(selected(., 'none') and count-selected(.) > 1) | Quite las otras | Unmark the others
                select_one yn | wants_help | ¿Quiere hablar? | Do you want to talk? | | |)")
            .choices(R"(list_name | name | label::Español (es) | label::English (en)
                yn | yes | Sí | Yes
                yn | no | No | No
                kinds | a | A | A
                kinds | b | B | B
                kinds | none | Nada | None)")
            .indicators(
                R"(indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source
                near | danger | strong | ${danger_now} = 'yes' | Peligro | Danger | design | a test)")
            .levels(
                R"(reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | explanation::English (en)
                danger | strong | strong('danger') > 0 | Peligro | Danger | Lo dice | Says so
                danger | none-reported | | Nada | None | Nada | None)")
            .actions(
                R"(action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | detail::English (en)
                stay_close | strong('danger') > 0 | both | Quédese | Stay | Cerca | Close
                help_today | ${wants_help} = 'yes' | shelter | Hable | Talk | Hoy | Today)");
        auto made = sheets.load();
        if (!made) FAIL(scenario::all_text(made.error()));
        return *made;
    }();
    return loaded;
}

namespace {

exchange::BundleForm load(const scenario::Sheets& sheets, std::string id) {
    auto made = sheets.load();
    if (!made) FAIL(scenario::all_text(made.error()));
    return {std::move(id), *made, {}};
}

constexpr std::string_view yes_and_no = R"(list_name | name | label::Español (es) | label::English (en)
                yn | yes | Sí | Yes
                yn | no | No | No
                age | adult | 18 o más | 18 or more
                age | teen | 12 a 17 | 12 to 17
                when | now | Ahora | Now
                when | way | En el camino | On the way
                when | no | No | No)";

constexpr std::string_view near =
    R"(indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source
                near | danger | strong | ${danger_now} = 'yes' | Peligro | Danger | design | a test
                held | coercion | strong | selected(${held}, 'now') | No sale | Kept | design | a test)";

exchange::BundleForm first_contact_form() {
    static const auto form = [] {
        scenario::Sheets sheets;
        sheets.settings("form_id | version | default_language\n first-contact | 1 | Español (es)")
            .survey(R"(type | name | label::Español (es) | label::English (en)
                select_one yn | danger_now | ¿Corre peligro? | Are you in danger?
                select_one age | age_group | ¿Edad? | Age?
                select_multiple when | held | ¿Puede salir? | Can you leave?
                text | words | ¿Qué más? | What else?
                select_one yn | help | ¿Quiere hablar? | Do you want to talk?)")
            .choices(std::string(yes_and_no))
            .indicators(std::string(near))
            .levels(
                R"(reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | explanation::English (en)
                danger | strong | strong('danger') > 0 | Peligro | Danger | Lo dice | Says so
                harm | some | strong('coercion') > 0 | Daño | Harm | Lo dice | Says so)")
            .actions(
                R"(action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | detail::English (en)
                stay_close | strong('danger') > 0 | both | Quédese | Stay | Cerca | Close
                talk | strong('coercion') > 0 | both | Hable | Talk | Hoy | Today
                help_today | ${help} = 'yes' | shelter | Escuche | Listen | Hoy | Today
                inform | | both | Dé los teléfonos | Give the numbers | A todos | To all)");
        return load(sheets, "first-contact");
    }();
    return form;
}

/// Knows what was said before, and has no rule for danger of its own.
exchange::BundleForm adult_form() {
    static const auto form = [] {
        scenario::Sheets sheets;
        sheets.settings("form_id | version | default_language\n adult | 1 | Español (es)")
            .survey(R"(type | name | label::Español (es) | label::English (en) | relevant
                hidden | fc_danger_now | | |
                hidden | fc_held | | |
                hidden | fc_words | | |
                hidden | fc_help | | |
                hidden | fc_elsewhere | | |
                select_one yn | danger_now | ¿Corre peligro? | Are you in danger? | ${fc_danger_now} = ''
                select_one yn | worked | ¿Trabajó? | Did you work? |
                select_one yn | help | ¿Quiere hablar? | Do you want to talk? | ${fc_help} = '')")
            .choices(std::string(yes_and_no))
            .indicators(
                R"(indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source
                worked | work | strong | ${worked} = 'yes' | Trabajo | Work | design | a test
                kept | coercion | strong | selected(${fc_held}, 'now') | No sale | Kept | design | a test)")
            .levels(
                R"(reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | explanation::English (en)
                harm | strong | strong('coercion') > 0 and strong('work') > 0 | Daño | Harm | Lo dice | Says so)")
            .actions(
                R"(action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | detail::English (en)
                specialist | strong('work') > 0 | both | Llame | Call | Hoy | Today
                inform | | both | Dé los teléfonos | Give the numbers | A todos | To all)");
        return load(sheets, "adult");
    }();
    return form;
}

exchange::BundleForm small(const std::string& id, std::string_view rows) {
    scenario::Sheets sheets;
    sheets.settings("form_id | version | default_language\n " + id + " | 1 | Español (es)")
        .survey("type | name | label::Español (es) | label::English (en) | relevant\n" + std::string(rows))
        .choices(std::string(yes_and_no))
        .indicators(
            R"(indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source
                near | danger | strong | ${danger_now} = 'yes' | Peligro | Danger | design | a test)")
        .levels(
            R"(reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | explanation::English (en)
                danger | strong | strong('danger') > 0 | Peligro | Danger | Lo dice | Says so)")
        .actions(
            R"(action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | detail::English (en)
                apart | strong('danger') > 0 | border | Aparte | Apart | Hoy | Today
                stay_close | strong('danger') > 0 | shelter | Quédese | Stay | Cerca | Close)");
    return load(sheets, id);
}

exchange::BundleForm child_form() {
    static const auto form = small("child", R"(hidden | trained | | |
                hidden | fc_age_group | | |
                hidden | fc_danger_now | | |
                select_one yn | danger_now | ¿Corre peligro? | Are you in danger? | ${fc_danger_now} = ''
                select_one yn | safe | ¿Está bien? | Are you well? |
                select_one yn | detail | ¿Qué pasó? | What happened? | ${trained} != 'no')");
    return form;
}

exchange::BundleForm seen_form() {
    static const auto form = small("observation",
                                   "select_one yn | danger_now | ¿Ve peligro? | Do you see danger? |\n"
                                   "select_one yn | beside | ¿Contestan por él? | Do they answer for him? |");
    return form;
}

exchange::BundleForm practice_form() {
    static const auto form = small("training",
                                   "select_one yn | danger_now | ¿Hay un dragón? | Is there a dragon? |\n"
                                   "select_one yn | hat | ¿Y el sombrero? | And the hat? |");
    return form;
}

}  // namespace

session::Setup setup(const std::shared_ptr<const engine::Form>& asked) {
    exchange::Bundle bundle{};
    bundle.version.deployment = "0123456789abcdef";
    bundle.version.name = "Test";
    bundle.version.sequence = 3;
    bundle.policy.roles = {"shelter", "border"};
    bundle.policy.languages = {"es", "en"};
    bundle.policy.forms = {std::string(asked->id())};
    bundle.policy.idle_minutes = 3;
    bundle.policy.retention_days = 365;
    bundle.forms = {{std::string(asked->id()), asked, {}}, seen_form(), practice_form()};
    crypto::Bytes point(32);
    point[0] = std::byte{9};  // the base point: a key whose secret nobody here needs
    const auto recipient = crypto::Recipient::from_key(point);
    REQUIRE(recipient);
    bundle.recipients.push_back({"coordinator", *recipient, false});
    session::Setup made;
    made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    made.workers = {{{1}, model::Role::Shelter}, {{2}, model::Role::Border}, {{3}, model::Role::ShiftLead}};
    made.device = std::string(32, 'd');
    return made;
}

session::Setup visit_setup() {
    auto made = setup();
    auto bundle = *made.bundle;
    bundle.forms = {first_contact_form(), adult_form(), child_form(), seen_form(), practice_form()};
    bundle.policy.child_workers = {1};
    made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    return made;
}

}  // namespace test

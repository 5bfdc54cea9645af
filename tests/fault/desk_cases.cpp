// A casebook while the disk fails: a batch is taken in once, a step about a case stands whole or not at all, what was
// erased is gone, and an export is whole under its name or not there, and noted before a word of it is written.
#include <algorithm>

#include "app/deployment/casebook_check.hpp"
#include "app/deployment/import.hpp"
#include "app/deployment/receipts.hpp"
#include "app/deployment/replies.hpp"
#include "tests/fault/desk.hpp"

namespace fault::desk {
namespace {

namespace casebook = app::casebook;
using casebook::Case;

constexpr std::string_view first_code = "radio-hotel-canal-101";
constexpr std::string_view second_code = "radio-hotel-canal-202";

const auto all_the_way = [](auto, auto, auto) { return true; };

fs::path stick_of(const Deployment& at) {
    return place(at) / "stick";
}

/// What the kiosk of the deployment seals.
void seal_case(const Deployment& at, app::kiosk::Device& device, char record, std::string_view code) {
    const auto said =
        screening({exchange::deployment_id(ready(), programme(at)), device.enrolment.device, std::string(32, record),
                   std::string(code), crypto::to_hex(newest(at).bundle.forms.front().sha256)});
    REQUIRE(app::kiosk::seal(ready(), device, test::order(record, 1, said)));
}

/// A batch of two screenings on a stick, and a casebook without any.
void bring_batch(const Deployment& at) {
    take_programme(at);
    make_book(at);
    fs::create_directory(stick_of(at));
    fs::permissions(stick_of(at), fs::perms::owner_all);
    auto device = at.open();
    seal_case(at, device, 'a', first_code);
    seal_case(at, device, 'b', second_code);
    app::session::Place stick;
    stick.path = stick_of(at).string();
    REQUIRE(app::kiosk::send(ready(), device, {stick, false}, [](auto, auto) { return true; }));
}

bool import(const Deployment& at, const Begin& begin) {
    auto open = open_book(at, book_folder(at));
    const auto key =
        must(crypto::ReceiptSecretKey::parse(ready(), crypto::as_bytes(test::read(root(at) / "keys" / "receipt.key"))));
    fs::path batch;
    for (const auto& entry : fs::directory_iterator(stick_of(at)))
        if (entry.path().filename().string().starts_with("b-")) batch = entry.path();
    begin();
    const auto imported = deployment::import_batch(ready(), open, batch, test::today(), all_the_way);
    const auto* const taken = std::get_if<deployment::BatchTaken>(&imported);
    if (taken == nullptr || !deployment::calls_for_receipt(taken->report)) return false;
    auto receipt = must(deployment::issue_receipt(ready(), taken->report, taken->batch.manifest_sha256, key));
    return deployment::put_reply(ready(), stick_of(at), taken->batch.way_back->view(), {{receipt.name, receipt.file}})
        .has_value();
}

std::size_t replies_on_stick(const Deployment& at) {
    std::size_t count = 0;
    for (const auto& entry : fs::directory_iterator(stick_of(at)))
        count += exchange::is_reply_file_name(entry.path().filename().string()) ? 1U : 0U;
    return count;
}

casebook::CasePage all_cases(deployment::OpenCasebook& open) {
    return must(open.book.cases({.order = casebook::CaseOrder::Code}));
}

Case case_of(deployment::OpenCasebook& open, std::string_view code) {
    const auto page = must(open.book.cases({.name = std::string(code)}));
    REQUIRE(page.cases.size() == 1);
    return page.cases.front();
}

/// Each once, and no page of it is torn.
void has_both(const Deployment& at) {
    auto open = open_book(at, book_folder(at));
    const auto check = must(deployment::check_casebook(ready(), book_folder(at) / "cases.db", open, {}));
    CHECK(check.whole());
    CHECK(check.originals == 2);
    CHECK(all_cases(open).cases.size() == 2);
}

Scenario importing() {
    return scenario("importing a batch", bring_batch, import, [](const Deployment& at, Told told) {
        {
            auto open = open_book(at, book_folder(at));
            const auto check = must(deployment::check_casebook(ready(), book_folder(at) / "cases.db", open, {}));
            CHECK(check.whole());
            CHECK((check.originals == 0 || check.originals == 2));
            // Who was given a receipt may erase: then it is here.
            if (told == Told::Done || replies_on_stick(at) > 0) CHECK(check.originals == 2);
        }
        if (told == Told::Done) CHECK(replies_on_stick(at) == 1);
        CHECK(import(at, [] {}));
        has_both(at);
        CHECK(replies_on_stick(at) == 1);
    });
}

/// Made once: every deployment of this program has the same keys.
void take_cases(const Deployment& at) {
    static const Deployment first;
    static const bool made = [] {
        bring_batch(first);
        return import(first, [] {});
    }();
    REQUIRE(made);
    fs::copy(place(first), place(at), fs::copy_options::recursive);
}

// ---- steps ----------------------------------------------------------------------------------------------------------

using Step = std::function<bool(deployment::OpenCasebook& open, const Case& of)>;

bool take(const Deployment& at, const Step& step, const Begin& begin) {
    auto open = open_book(at, book_folder(at));
    const auto of = case_of(open, first_code);
    begin();
    return step(open, of);
}

/// What is known of a case of what was done about it.
struct Known {
    std::size_t steps = 0;
    std::size_t linked = 0;
    Case listed;
};

Known known_of(const Deployment& at, std::string_view code) {
    auto open = open_book(at, book_folder(at));
    const auto listed = case_of(open, code);
    return {must(open.book.steps(listed)).size(), must(open.book.linked(listed)).size(), listed};
}

/// `stands`: whether the list says what the latest step says. `both`: the step is noted on the other case as well.
Scenario step_scenario(std::string_view name, const Step& before, const Step& step, bool (*stands)(const Known& known),
                       bool both = false) {
    return scenario(
        name,
        [before](const Deployment& at) {
            take_cases(at);
            if (before) REQUIRE(take(at, before, [] {}));
        },
        [step](const Deployment& at, const Begin& begin) { return take(at, step, begin); },
        [step, stands, both, first = std::size_t{before ? 1U : 0U}](const Deployment& at, Told told) {
            has_both(at);
            const auto here = known_of(at, first_code);
            CHECK((here.steps == first || here.steps == first + 1));
            CHECK(stands(here) == (here.steps > first));
            if (both) CHECK(known_of(at, second_code).steps == here.steps);
            if (told == Told::Done) CHECK(here.steps == first + 1);
            if (here.steps > first) return;
            CHECK(take(at, step, [] {}));
            CHECK(stands(known_of(at, first_code)));
        });
}

Step taking(casebook::StepKind kind, const std::string& text) {
    return [=](deployment::OpenCasebook& open, const Case& of) {
        return open.book.take_step(of, kind, text, test::today()).has_value();
    };
}

Step linking(bool linked) {
    return [=](deployment::OpenCasebook& open, const Case& of) {
        return open.book.change_link(of, case_of(open, second_code), linked, test::today()).value_or(false);
    };
}

bool refer(deployment::OpenCasebook& open, const Case& of) {
    return open.book.refer(of, {"Casa de paso", casebook::ReferralScope::Contact, true}, test::today()).value_or(false);
}

std::vector<Scenario> steps() {
    using casebook::StepKind;
    return {
        step_scenario("noting something about a case", {}, taking(StepKind::Note, "She called."),
                      [](const Known& known) { return known.steps == 1; }),
        step_scenario("giving a case to somebody", {}, taking(StepKind::Assigned, "Ana"),
                      [](const Known& known) { return known.listed.assigned == "Ana"; }),
        step_scenario("setting the status of a case", taking(StepKind::Status, "working"),
                      taking(StepKind::Status, "closed"),
                      [](const Known& known) { return known.listed.status == casebook::CaseStatus::Closed; }),
        step_scenario("referring a case", {}, refer,
                      [](const Known& known) { return known.listed.referred == casebook::ReferralState::Referred; }),
        step_scenario(
            "linking cases", {}, linking(true), [](const Known& known) { return known.linked == 1; }, true),
        step_scenario(
            "unlinking cases", linking(true), linking(false), [](const Known& known) { return known.linked == 0; },
            true)};
}

// ---- erasing --------------------------------------------------------------------------------------------------------

/// As `cases erase` does.
bool erase(const Deployment& at, const Begin& begin) {
    auto open = open_book(at, book_folder(at));
    begin();
    auto found = open.book.erasable(first_code, open.identities);
    if (!found) return false;
    std::erase_if(*found, [](const auto& one) { return one.erased && one.sealed == 0; });
    const auto traces = open.book.traces(*found, first_code, open.identities);
    if (!traces) return false;
    const casebook::Erasure how{casebook::ErasedFor::Request, test::today(), "she asked", true};
    if (!found->empty() && !open.book.erase(*found, *traces, how)) return false;
    return open.book.compact().has_value();
}

/// Whether it is gone, with all that was done about it; the other one stays as it was.
bool is_erased(const Deployment& at) {
    auto open = open_book(at, book_folder(at));
    const auto check = must(deployment::check_casebook(ready(), book_folder(at) / "cases.db", open, {}));
    CHECK(check.whole());
    CHECK(check.originals + check.erased == 2);
    CHECK(must(open.book.erased()).size() == check.erased);
    const auto other = case_of(open, second_code);
    const auto page = must(open.book.cases({.name = std::string(first_code)}));
    CHECK(page.cases.size() == 1 - check.erased);
    CHECK(must(open.book.steps(other)).size() == (check.erased == 0 ? 1U : 0U));  // the link goes with either
    return check.erased == 1;
}

Scenario erasing() {
    return scenario(
        "erasing a case",
        [](const Deployment& at) {
            take_cases(at);
            REQUIRE(take(at, linking(true), [] {}));
        },
        erase,
        [](const Deployment& at, Told told) {
            if (const bool gone = is_erased(at); told == Told::Done) CHECK(gone);
            CHECK(erase(at, [] {}));
            CHECK(is_erased(at));
            CHECK(import(at, [] {}));  // the batch of before brings nothing back
            CHECK(is_erased(at));
        });
}

// ---- exports --------------------------------------------------------------------------------------------------------

fs::path output(const Deployment& at) {
    return place(at) / "out";
}

std::vector<std::string> export_words(const Deployment& at, const std::string& format, const fs::path& to) {
    return {AMPARO_BIN_DIR "/amparo",
            "cases",
            "export",
            "--format",
            format,
            "-o",
            to.string(),
            "--casebook",
            (book_folder(at) / "cases.db").string()};
}

std::size_t noted(const Deployment& at) {
    auto open = open_book(at, book_folder(at));
    return must(open.book.accesses({}, 100)).size();
}

/// Both cases, and nothing less.
void is_whole_export(const fs::path& out, const std::string& format) {
    const auto text = test::read(format == "csv" ? out / "cases.csv" : out);
    if (format == "csv") {
        CHECK(text.find(first_code) != std::string::npos);
        CHECK(text.find(second_code) != std::string::npos);
        CHECK(fs::exists(out / "dictionary.csv"));
        CHECK(fs::exists(out / "left-out.csv"));
    } else {
        // A spreadsheet is a ZIP file: what is missing at its end is all that says where its parts are.
        CHECK(text.starts_with("PK\003\004"));
        CHECK(text.substr(text.size() - 22).starts_with("PK\005\006"));
    }
}

int run_export(const Deployment& at, const std::string& format) {
    std::string line;
    const auto words = export_words(at, format, output(at));
    for (auto word = words.begin() + 1; word != words.end(); ++word) line += " '" + *word + "'";
    return at.run_amparo(line).code;
}

Scenario exporting(std::string_view name, const std::string& format) {
    auto made = scenario(name, take_cases, {}, [format](const Deployment& at, Told told) {
        const bool there = fs::exists(output(at));
        if (told == Told::Done) CHECK(there);
        if (there) is_whole_export(output(at), format);
        if (there) CHECK(noted(at) == 2);
        CHECK((run_export(at, format) == 0) == !there);
        is_whole_export(output(at), format);
        fs::remove_all(output(at));
        CHECK(run_export(at, format) == 0);
        has_both(at);
    });
    made.program = [format](const Deployment& at) { return export_words(at, format, output(at)); };
    return made;
}

}  // namespace

std::vector<Scenario> case_scenarios() {
    auto all = steps();
    all.push_back(importing());
    all.push_back(erasing());
    all.push_back(exporting("exporting cases as CSV", "csv"));
    all.push_back(exporting("exporting cases as a spreadsheet", "xlsx"));
    return all;
}

}  // namespace fault::desk

#pragma once
// Casebooks with many cases of every kind, and a list of them that was made without asking the database.

#include <algorithm>
#include <random>
#include <tuple>

#include "app/casebook/sqlcipher/key_file.hpp"
#include "app/casebook/sqlcipher/schema.hpp"
#include "app/database/database.hpp"
#include "tests/casebook/support.hpp"

namespace test {

/// The database behind a casebook, which is closed for it.
inline app::database::Database database_of(Deployment& deployment) {
    const auto key = app::casebook::sqlcipher::read_key_file(
        ready(), app::casebook::sqlcipher::key_file_of(deployment.file()), deployment.identities());
    REQUIRE(key);
    deployment.close();
    auto database =
        app::database::Database::open(ready(), deployment.file(), *key, app::casebook::sqlcipher::schema::migrations,
                                      app::casebook::sqlcipher::schema::expected);
    REQUIRE(database);
    return std::move(*database);
}

/// As if an earlier version, which allowed more, had listed it: what is listed is filled anew from what cannot be read.
inline void make_unreadable(Deployment& deployment, std::string_view table, unsigned record) {
    {
        auto database = database_of(deployment);
        auto transaction = app::database::Transaction::begin(database);
        REQUIRE(transaction);
        REQUIRE(database.run("UPDATE " + std::string(table) + " SET json = ?1 WHERE record = ?2",
                             crypto::as_bytes(R"({"amparo":1})"), digits(record)));
        CHECK(database.changes() == 1);
        REQUIRE(database.run("DELETE FROM value WHERE name = 'listed_by'"));
        REQUIRE(transaction->commit());
    }
    REQUIRE(deployment.open());
}

/// The order of a list, said without numbers: what cannot be read and danger first, then the higher of harm and risk,
/// then the newer day, then the case code; withdrawn ones last, and practice after them.
inline bool more_urgent(const casebook::Case& a, const casebook::Case& b) {
    using app::casebook::engine::Level;
    if (a.training != b.training) return b.training;
    if (a.withdrawn != b.withdrawn) return b.withdrawn;
    const auto level = [](const casebook::Case& one, std::size_t reading) {
        return one.unreadable ? Level::Strong : one.readings.at(reading).level;
    };
    if (level(a, 0) != level(b, 0)) return level(a, 0) > level(b, 0);
    const auto other_a = std::max(level(a, 1), level(a, 2));
    const auto other_b = std::max(level(b, 1), level(b, 2));
    if (other_a != other_b) return other_a > other_b;
    if (a.day != b.day) return a.day > b.day;
    return std::tie(a.case_code, a.device, a.record, a.key) < std::tie(b.case_code, b.device, b.record, b.key);
}

/// A filter without a database.
inline bool passes(const casebook::CaseQuery& query, const casebook::Case& one) {
    using app::casebook::Practice;
    using app::casebook::engine::Level;
    const auto level = [&](std::size_t i) { return one.unreadable ? Level::Strong : one.readings.at(i).level; };
    const auto kind = one.withdrawn     ? app::casebook::Kind::Withdrawn
                      : one.interrupted ? app::casebook::Kind::Partial
                                        : app::casebook::Kind::Final;
    if (query.danger && level(0) < *query.danger) return false;
    if (query.worst && std::max({level(0), level(1), level(2)}) < *query.worst) return false;
    if (!query.first_day.empty() && !one.unreadable && one.day < query.first_day) return false;
    if (!query.last_day.empty() && !one.unreadable && one.day > query.last_day) return false;
    if (!query.form.empty() && !one.unreadable && one.form != query.form) return false;
    if (query.mode && !one.unreadable && one.mode != *query.mode) return false;
    if (!query.device.empty() && one.device != query.device) return false;
    if (query.state && kind != *query.state) return false;
    if (!query.name.empty() && one.case_code != query.name && one.record != query.name) return false;
    if (query.status && (one.withdrawn || one.status != *query.status)) return false;
    if (query.assigned && (one.withdrawn || one.assigned != *query.assigned)) return false;
    if (query.referred && (one.withdrawn || one.referred != *query.referred)) return false;
    switch (query.practice) {
        case Practice::LeftOut:
            return !one.training;
        case Practice::Included:
            return true;
        case Practice::Only:
            return one.training;
    }
    return false;
}

inline bool newer(const casebook::Case& a, const casebook::Case& b) {
    return std::tie(a.day, a.key) > std::tie(b.day, b.key);
}
inline bool code_before(const casebook::Case& a, const casebook::Case& b) {
    return std::tie(a.case_code, a.device, a.record, a.key) < std::tie(b.case_code, b.device, b.record, b.key);
}

/// Which of two cases an order puts first.
inline bool (*comparison(casebook::CaseOrder order))(const casebook::Case&, const casebook::Case&) {
    switch (order) {
        case casebook::CaseOrder::Urgency:
            return more_urgent;
        case casebook::CaseOrder::Newest:
            return newer;
        case casebook::CaseOrder::Code:
            return code_before;
    }
    return more_urgent;
}

/// Everything that tells one case from another, so that a difference shows.
inline std::string text_of(const casebook::Case& one) {
    std::string text;
    for (const auto& part : {one.record, one.follows, one.case_code, one.day, one.device, one.form, one.form_version,
                             one.doubt, one.version, one.assigned})
        text += part + " ";
    for (const auto& reading : one.readings)
        text += std::to_string(static_cast<int>(reading.level)) + reading.rule + (reading.raised ? "raised " : " ");
    for (const bool flag : {one.interrupted, one.withdrawn, one.training, one.withdrawal_held, one.unreadable})
        text += flag ? "1" : "0";
    text.append(" ").append(to_word(one.status)).append(" ").append(to_word(one.referred));
    return text + " " + std::to_string(static_cast<int>(one.mode)) + std::to_string(static_cast<int>(one.role)) + " " +
           std::to_string(one.revision);
}

inline std::vector<std::string> texts_of(const std::vector<casebook::Case>& cases) {
    std::vector<std::string> texts;
    for (const auto& one : cases) texts.push_back(text_of(one));
    return texts;
}

/// Cases of two devices under every level, day, state and code; some held beside others, some unreadable.
inline void fill_at_random(Deployment& deployment, unsigned seed) {
    std::mt19937 random(seed);
    const auto one_of = [&](const std::vector<std::string>& words) { return words[random() % words.size()]; };
    const std::vector<std::string> levels{"none-reported", "some", "strong"};
    const std::vector<std::string> codes{"radio-hotel-canal-482", "hotel-radio-canal-100", "canal-radio-hotel-200"};
    auto first = deployment.kiosk(7);
    auto second = deployment.kiosk(8);
    for (auto* kiosk : {&first, &second}) {
        for (unsigned i = 1; i <= 60; ++i) {
            Said said{.kind = one_of({"final", "final", "partial", "withdrawn"}),
                      .danger = one_of(levels),
                      .harm = one_of(levels),
                      .risk = one_of(levels),
                      .code = one_of(codes),
                      .day = one_of({"2026-11-20", "2026-11-24", "2027-01-02"}),
                      .training = random() % 5 == 0};
            if (said.kind != "withdrawn" && random() % 4 == 0)
                said.more = R"("override":{"level":"strong","reading":"risk","reason":"told"},)";
            kiosk->add(i, said);
        }
        deployment.import(*kiosk);
        kiosk->roll_back_to(0, {});  // a copy of the device: what it says of the same records is set beside them
        for (unsigned i = 50; i <= 65; ++i)
            kiosk->add(i, {.kind = one_of({"final", "withdrawn"}), .revision = 2, .danger = one_of(levels)});
        CHECK(deployment.import(*kiosk).standing == Standing::Forked);
    }
}

/// What coordinators could have done about a case of which something is listed, at random.
inline void handle_at_random(Deployment& deployment, unsigned seed) {
    using app::casebook::StepKind;
    std::mt19937 random(seed);
    auto page = deployment.book().cases({.practice = casebook::Practice::Included});
    REQUIRE(page);
    for (const auto& one : page->cases) {
        if (one.withdrawn || !one.doubt.empty() || random() % 8 != 0) continue;
        const auto take = [&](StepKind kind, const std::string& text) {
            REQUIRE(deployment.book().take_step(one, kind, text, today));
        };
        take(StepKind::Status, random() % 2 == 0 ? "working" : "closed");
        if (random() % 2 == 0) take(StepKind::Assigned, random() % 2 == 0 ? "Ana" : "Beto");
        if (random() % 2 == 0) take(random() % 2 == 0 ? StepKind::Referred : StepKind::Declined, "summary");
    }
}

/// The whole list, in the order of the query.
inline std::vector<casebook::Case> all_of(Deployment& deployment, const casebook::CaseQuery& query) {
    auto page = deployment.book().cases(query);
    REQUIRE(page);
    return std::move(page->cases);
}

}  // namespace test

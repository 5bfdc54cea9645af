// Writer and reader are of one mind: what one writes the other reads, with nothing lost on the way.
#include "tests/record/support.hpp"

namespace {

using test::record::Record;

bool same(const Record& a, const Record& b) {
    const auto heading = [](const Record& r) {
        return std::tie(r.record, r.follows, r.kind, r.revision, r.deployment, r.device, r.bundle, r.form,
                        r.form_version, r.form_sha256, r.mode, r.role, r.worker, r.day, r.case_code);
    };
    const auto rest = [](const Record& r) {
        return std::tie(r.language_at_start, r.language_at_end, r.consent, r.consent_key, r.consent_sha256,
                        r.consent_scope, r.tell_worker_now, r.notes, r.training, r.actions, r.unknown);
    };
    const auto list = [](const auto& left, const auto& right, const auto& equal) {
        return std::equal(left.begin(), left.end(), right.begin(), right.end(), equal);
    };
    return heading(a) == heading(b) && rest(a) == rest(b) && a.raised.has_value() == b.raised.has_value() &&
           list(a.answers, b.answers,
                [](const auto& x, const auto& y) {
                    return std::tie(x.name, x.state, x.value, x.language) ==
                           std::tie(y.name, y.state, y.value, y.language);
                }) &&
           list(a.indicators, b.indicators,
                [](const auto& x, const auto& y) {
                    return std::tie(x.id, x.dimension, x.strength, x.because) ==
                           std::tie(y.id, y.dimension, y.strength, y.because);
                }) &&
           list(a.readings, b.readings,
                [](const auto& x, const auto& y) { return std::tie(x.level, x.rule) == std::tie(y.level, y.rule); }) &&
           (!a.raised || std::tie(a.raised->reading, a.raised->level, a.raised->reason) ==
                             std::tie(b.raised->reading, b.raised->level, b.raised->reason));
}

}  // namespace

TEST_CASE("a record with every member reads back as it was written") {
    for (const auto& said : {test::full(), test::withdrawal()}) {
        const auto text = test::written(said);
        const auto read = test::record::read(text);
        if (!read) FAIL(read.error().detail);
        CHECK(same(*read, said));
        CHECK(test::written(*read) == text);
    }
}

TEST_CASE("random records read back as they were written, and are written again as the same bytes") {
    test::RandomRecords random(20261124);
    for (int i = 0; i < 2000; ++i) {
        const auto said = random.next();
        const auto text = test::written(said);
        const auto read = test::record::read(text + std::string(static_cast<std::size_t>(i), ' '));
        INFO(text);
        if (!read) FAIL(read.error().detail);
        CHECK(same(*read, said));
        CHECK(test::written(*read) == text);
    }
}

// referrals.csv: whom a person can call, with who answers.
#include "app/exchange/bundle_parts.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t most_referrals = 1'000;

struct Column {
    std::string_view name;
    std::string Referral::*field;
};

constexpr Column columns[] = {
    {"country", &Referral::country},
    {"service", &Referral::service},
    {"channel", &Referral::channel},
    {"number", &Referral::number},
    {"hours", &Referral::hours},
    {"languages", &Referral::languages},
    {"who_answers", &Referral::who_answers},
    {"verified_on", &Referral::verified_on},
    {"source", &Referral::source},
    {"note", &Referral::note},
};

bool country_allowed(std::string_view code) {
    return code.size() == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z';
}

}  // namespace

Result<std::vector<Referral>> parse_referrals(crypto::ByteView csv) {
    const auto sheet = questionnaires::workbook::read_csv("referrals.csv", csv);
    if (!sheet) {
        const auto& first = sheet.error();
        return failed(Error::Content, Reason::ReferralsFaulty, {},
                      first.empty() ? questionnaires::engine::Sentence() : first.front().message);
    }
    if (sheet->rows() == 0 || sheet->rows() > most_referrals) return failed(Error::Content, Reason::ReferralsRows);
    for (std::size_t column = 0; column < std::size(columns); ++column)
        if (sheet->cell(0, column) != columns[column].name) return failed(Error::Content, Reason::ReferralsColumns);
    if (sheet->width(0) != std::size(columns)) return failed(Error::Content, Reason::ReferralsColumns);
    std::vector<Referral> referrals;
    for (std::size_t row = 1; row < sheet->rows(); ++row) {
        Referral referral;
        for (std::size_t column = 0; column < std::size(columns); ++column)
            referral.*columns[column].field = sheet->cell(row, column);
        if (!country_allowed(referral.country))
            return failed(Error::Content, Reason::ReferralsCountry, {std::to_string(row + 1)});
        if (!referral.verified_on.empty() && !parse_day(referral.verified_on))
            return failed(Error::Content, Reason::ReferralsDay, {std::to_string(row + 1)});
        referrals.push_back(std::move(referral));
    }
    return referrals;
}

}  // namespace app::exchange

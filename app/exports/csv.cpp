// Exports that are tables in CSV: screenings, and statistics.
#include <array>

#include "app/exports/format.hpp"
#include "app/exports/screening_table.hpp"
#include "app/exports/statistics.hpp"

namespace app::exports {
namespace {

std::string csv_of(const std::vector<std::vector<Cell>>& rows) {
    std::string text(byte_order_mark);
    for (const auto& row : rows) text += csv_line(row);
    return text;
}

const char* meaning_of(LeftOut reason) {
    switch (reason) {
        case LeftOut::Training:
            return "cli.export.left.training";
        case LeftOut::Withdrawn:
            return "cli.export.left.withdrawn";
        case LeftOut::Withdrawal:
            return "cli.export.left.withdrawal";
        case LeftOut::Doubt:
            return "cli.export.left.doubt";
        case LeftOut::Unreadable:
            return "cli.export.left.unreadable";
        case LeftOut::Declined:
            return "cli.export.left.declined";
        case LeftOut::NotAsked:
            return "cli.export.left.not_asked";
        case LeftOut::NotAgreed:
            return "cli.export.left.not_agreed";
        case LeftOut::NoForm:
            return "cli.export.left.no_form";
        case LeftOut::NotFit:
            return "cli.export.left.not_fit";
    }
    return "cli.failed";
}

class Csv : public Format {
  public:
    explicit Csv(const locales::Translator& translator) : translator_(translator), table_(translator, Wording::Names) {}

    Taken add(const Screening& screening, const Said& said, const engine::Workbook& /*sheets*/, Sink& sink) override {
        const auto row = table_.add(screening, said);
        if (!row) return Taken::NotFit;
        return sink.set_aside(*row) ? Taken::Yes : Taken::Failed;
    }
    bool end(const Tally& tally, Sink& sink) override {
        table_.settle();
        if (!sink.append("cases.csv", std::string(byte_order_mark) + csv_line(table_.header()))) return false;
        bool written = true;
        const bool given = sink.each_aside([&](std::string_view row) {
            written = sink.append("cases.csv", csv_line(table_.row(row)));
            return written;
        });
        return given && written && sink.whole("dictionary.csv", csv_of(table_.dictionary())) &&
               sink.whole("left-out.csv", left_out_csv(translator_, tally));
    }

  private:
    const locales::Translator& translator_;
    ScreeningTable table_;
};

class StatisticsCsv : public Format {
  public:
    explicit StatisticsCsv(const locales::Translator& translator) : translator_(translator) {}

    Taken add(const Screening& screening, const Said& /*said*/, const engine::Workbook& /*sheets*/,
              Sink& /*sink*/) override {
        counted_.add(screening);
        return Taken::Yes;
    }
    bool end(const Tally& tally, Sink& sink) override {
        const auto report = counted_.report();
        rows_ = {{text_cell("table"), text_cell("row"), text_cell("column"), text_cell("count"), text_cell("hidden")}};
        add_row("all", "", "", report.screenings);
        for (const auto& table : report.tables) add_table(table);
        return sink.whole("statistics.csv", csv_of(rows_)) && sink.whole("dictionary.csv", csv_of(dictionary())) &&
               sink.whole("left-out.csv", left_out_csv(translator_, tally, least_said));
    }

  private:
    void add_row(std::string_view table, std::string_view row, std::string_view column,
                 const std::optional<std::uint64_t>& count) {
        rows_.push_back({text_cell(table), text_cell(row), text_cell(column), count ? number_cell(*count) : Cell{},
                         yes_no_cell(!count)});
    }
    void add_table(const StatTable& table) {
        for (std::size_t row = 0; row < table.rows.size(); ++row) {
            for (std::size_t column = 0; column < table.columns.size(); ++column)
                add_row(table.name, table.rows[row], table.columns[column],
                        table.cells[row * table.columns.size() + column]);
            add_row(table.name, table.rows[row], "", table.row_totals[row]);
        }
        for (std::size_t column = 0; column < table.column_totals.size(); ++column)
            add_row(table.name, "", table.columns[column], table.column_totals[column]);
    }
    [[nodiscard]] std::vector<std::vector<Cell>> dictionary() const {
        std::vector<std::vector<Cell>> rows{dictionary_header(translator_)};
        for (const auto& [name, key, type] : {std::array{"table", "cli.export.statistics.table", "word"},
                                              std::array{"row", "cli.export.statistics.row", "text"},
                                              std::array{"column", "cli.export.statistics.column", "text"},
                                              std::array{"count", "cli.export.statistics.count", "number"},
                                              std::array{"hidden", "cli.export.statistics.hidden", "yes no"},
                                              std::array{"all", "cli.export.statistics.all", "table"},
                                              std::array{"site_month", "cli.export.statistics.site_month", "table"},
                                              std::array{"form_month", "cli.export.statistics.form_month", "table"},
                                              std::array{"kind_month", "cli.export.statistics.kind_month", "table"},
                                              std::array{"danger_month", "cli.export.statistics.danger_month", "table"},
                                              std::array{"harm_month", "cli.export.statistics.harm_month", "table"},
                                              std::array{"risk_month", "cli.export.statistics.risk_month", "table"},
                                              std::array{"indicators", "cli.export.statistics.indicators", "table"},
                                              std::array{"questions", "cli.export.statistics.questions", "table"}})
            rows.push_back({text_cell(name), text_cell(translator_.tr(key).view()), text_cell(type), text_cell("")});
        return rows;
    }

    const locales::Translator& translator_;
    Statistics counted_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace

std::vector<std::vector<Cell>> left_out_rows(const locales::Translator& translator, const Tally& tally,
                                             std::size_t least) {
    std::vector<std::vector<Cell>> rows{
        {text_cell("reason"), text_cell("count"), text_cell(translator.tr("cli.export.dictionary.meaning").view())}};
    const auto add = [&](std::string_view word, std::size_t count, const char* key) {
        rows.push_back({text_cell(word), count > 0 && count < least ? Cell{} : number_cell(count),
                        text_cell(translator.tr(key).view())});
    };
    add("out", tally.out, "cli.export.left.out");
    for (std::size_t i = 0; i < left_out_reasons; ++i)
        add(to_word(static_cast<LeftOut>(i)), tally.left[i], meaning_of(static_cast<LeftOut>(i)));
    add("kept_back", tally.kept_back, "cli.export.left.kept_back");
    add("foreign", tally.foreign, "cli.export.left.foreign");
    return rows;
}

std::string left_out_csv(const locales::Translator& translator, const Tally& tally, std::size_t least) {
    return csv_of(left_out_rows(translator, tally, least));
}

std::unique_ptr<Format> make_csv(const locales::Translator& translator) {
    return std::make_unique<Csv>(translator);
}

std::unique_ptr<Format> make_statistics(const locales::Translator& translator) {
    return std::make_unique<StatisticsCsv>(translator);
}

}  // namespace app::exports

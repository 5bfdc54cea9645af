// Screenings as a spreadsheet for people: typed, with labels in their language, a dictionary and what was left out.
#include "app/exports/format.hpp"
#include "app/exports/screening_table.hpp"
#include "crypto/bytes.hpp"
#include "locales/visible.hpp"
#include "questionnaires/workbook/xlsx_tables.hpp"

namespace app::exports {
namespace {

namespace workbook = questionnaires::workbook;

workbook::TypedCell::Type type_of(CellType type) {
    switch (type) {
        case CellType::Text:
            return workbook::TypedCell::Type::Text;
        case CellType::Number:
            return workbook::TypedCell::Type::Number;
        case CellType::Day:
            return workbook::TypedCell::Type::Day;
        case CellType::YesNo:
            return workbook::TypedCell::Type::YesNo;
    }
    return workbook::TypedCell::Type::Text;
}

std::vector<workbook::TypedCell> typed(const std::vector<Cell>& row) {
    std::vector<workbook::TypedCell> cells;
    for (const auto& cell : row) cells.push_back({type_of(cell.type), locales::visible(cell.text)});
    return cells;
}

class Xlsx : public Format {
  public:
    Xlsx(const locales::Translator& translator, std::filesystem::path scratch)
        : translator_(translator), scratch_(std::move(scratch)), table_(translator, Wording::Labels) {}

    Taken add(const Screening& screening, const Said& said, const engine::Workbook& /*sheets*/, Sink& sink) override {
        for (const auto& line : said.lines)
            // Room for what is written out of it.
            if (line.value.size() > workbook::most_cell_bytes / 8) return Taken::NotFit;
        if (rows_ + 2 > workbook::most_table_rows) return Taken::NotFit;
        const auto row = table_.add(screening, said);
        if (!row) return Taken::NotFit;
        ++rows_;
        return sink.set_aside(*row) ? Taken::Yes : Taken::Failed;
    }
    bool end(const Tally& tally, Sink& sink) override {
        table_.settle();
        std::vector<workbook::TypedTable> tables(3);
        bool given = true;
        tables[0].name = translator_.tr("cli.export.sheet.screenings").view();
        tables[0].rows.push_back(typed(table_.header()));
        tables[0].more = [&](const workbook::TakeRow& take) {
            bool taken = true;
            given = sink.each_aside([&](std::string_view row) { return taken = take(typed(table_.row(row))); });
            return given && taken;
        };
        tables[1].name = translator_.tr("cli.export.sheet.dictionary").view();
        for (const auto& row : table_.dictionary()) tables[1].rows.push_back(typed(row));
        tables[2].name = translator_.tr("cli.export.sheet.left_out").view();
        for (const auto& row : left_out_rows(translator_, tally)) tables[2].rows.push_back(typed(row));
        const auto bytes = workbook::write_tables(tables, scratch_);
        if (!given) return false;
        return bytes ? sink.whole("cases.xlsx", crypto::as_text(*bytes)) : sink.no_room();
    }

  private:
    const locales::Translator& translator_;
    std::filesystem::path scratch_;
    ScreeningTable table_;
    std::size_t rows_ = 0;
};

}  // namespace

std::unique_ptr<Format> make_xlsx(const locales::Translator& translator, const std::filesystem::path& scratch) {
    return std::make_unique<Xlsx>(translator, scratch);
}

}  // namespace app::exports

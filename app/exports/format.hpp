// What every export is to whoever writes it: screenings in, one after the other, and named bytes out. Knows no file.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "app/exports/left_out.hpp"
#include "app/exports/screening.hpp"
#include "app/exports/sheet.hpp"
#include "locales/translator.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace app::exports {

/// Where bytes go. False: they could not be written, and nothing more is wanted.
class Sink {
  public:
    Sink() = default;
    Sink(const Sink&) = delete;
    Sink(Sink&&) noexcept = default;
    Sink& operator=(const Sink&) = delete;
    Sink& operator=(Sink&&) noexcept = default;
    virtual ~Sink() = default;
    /// More of a file that is added to until the end.
    [[nodiscard]] virtual bool append(std::string_view name, std::string_view bytes) = 0;
    /// A whole file.
    [[nodiscard]] virtual bool whole(std::string_view name, std::string_view bytes) = 0;
    /// Keeps a piece for each_aside(): in nobody's reach, and not in memory.
    [[nodiscard]] virtual bool set_aside(std::string_view piece) = 0;
    /// The pieces that were set aside, in their order, until `use` says false. They are gone afterwards.
    [[nodiscard]] virtual bool each_aside(const std::function<bool(std::string_view piece)>& use) = 0;
    /// The bytes could not be made, for want of room. False.
    [[nodiscard]] virtual bool no_room() = 0;
};

enum class Taken : std::uint8_t { Yes, NotFit, Failed };

/// One kind of export. It is given what may leave, see kept_here().
class Format {
  public:
    Format() = default;
    Format(const Format&) = delete;
    Format& operator=(const Format&) = delete;
    virtual ~Format() = default;
    /// `sheets`: what the form was made of. NotFit: the format cannot hold it, and nothing of it was written.
    [[nodiscard]] virtual Taken add(const Screening& screening, const Said& said, const engine::Workbook& sheets,
                                    Sink& sink) = 0;
    /// The dictionary, what was left out, and what could only be written with everything known.
    [[nodiscard]] virtual bool end(const Tally& tally, Sink& sink) = 0;
};

/// cases.csv, dictionary.csv, left-out.csv.
[[nodiscard]] std::unique_ptr<Format> make_csv(const locales::Translator& translator);
/// One spreadsheet. `scratch`: see workbook::write_tables().
[[nodiscard]] std::unique_ptr<Format> make_xlsx(const locales::Translator& translator,
                                                const std::filesystem::path& scratch);
/// statistics.csv, dictionary.csv, left-out.csv.
[[nodiscard]] std::unique_ptr<Format> make_statistics(const locales::Translator& translator);

/// Questionnaire-<form>-<digest>.json of each form, QuestionnaireResponse.ndjson, dictionary.csv, left-out.csv.
[[nodiscard]] std::unique_ptr<Format> make_fhir(const locales::Translator& translator);

/// cases.csv, dictionary.csv, left-out.csv. Of the shipped questionnaires alone.
[[nodiscard]] std::unique_ptr<Format> make_htcds(const locales::Translator& translator);

/// <form>-<digest>.xml of each form, submission-<device>-<record>.xml, states.csv, dictionary.csv, left-out.csv.
[[nodiscard]] std::unique_ptr<Format> make_odk(const locales::Translator& translator);

/// left-out.csv of any export. Counts from 1 to below `least` are not said.
[[nodiscard]] std::string left_out_csv(const locales::Translator& translator, const Tally& tally,
                                       std::size_t least = 0);
/// The same as rows, with a header: reason, how many, what it means.
[[nodiscard]] std::vector<std::vector<Cell>> left_out_rows(const locales::Translator& translator, const Tally& tally,
                                                           std::size_t least = 0);

}  // namespace app::exports

#pragma once
// What erasing needs of a database: what there is to erase, where else its bytes lie, and the notes that stay of what
// was erased. Knows neither SQL nor rules. Everything is known by device and record.

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/erasing.hpp"
#include "app/casebook/error.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

namespace app::casebook {

/// Under which code a revision that is held can be found, and its day.
struct HeldName {
    std::string case_code;
    std::string day;
};

class Erasures {
  public:
    Erasures() = default;
    Erasures(const Erasures&) = delete;
    Erasures& operator=(const Erasures&) = delete;
    virtual ~Erasures() = default;

    // What there is. Errors, here and below: NoSpace, Io, Damaged, Memory.

    /// Every record of which something is kept or was; code, form and day of what is listed, else of what is held
    /// first, else the code that was noted when it was erased.
    [[nodiscard]] virtual Result<std::vector<Erasable>> kept() = 0;
    [[nodiscard]] virtual Result<std::vector<HeldName>> held(std::string_view device, std::string_view record) = 0;
    /// Of everything that was sealed of a record.
    [[nodiscard]] virtual Result<std::vector<crypto::Digest>> digests(std::string_view device,
                                                                      std::string_view record) = 0;
    /// Shows sealed records that belong to nothing that is listed or held, as they came, until `see` fails.
    using SeeStray = std::function<Result<void>(const Stray& stray, crypto::ByteView sealed)>;
    [[nodiscard]] virtual Result<void> each_stray(const SeeStray& see) = 0;
    /// Whether the same sealed bytes were erased as a record of the device that they are of, whoever brings them now.
    /// Of what another device brought of them, and was erased there, nothing follows.
    [[nodiscard]] virtual Result<bool> same_was_erased(std::int64_t sealed) = 0;

    // What is done. Nothing of it stays to be read.

    /// Nothing of the record is listed or held any more, and the bytes of all that was sealed of it are gone, whoever
    /// else brought the same as no record of theirs.
    [[nodiscard]] virtual Result<void> erase(std::string_view device, std::string_view record) = 0;

    // The notes that stay.

    /// Once: a later note of the same record says neither another day nor another person. A request for the whole
    /// visit counts even when the record was erased before.
    [[nodiscard]] virtual Result<void> note(const Erased& erased, bool whole_visit) = 0;
    /// The same note as that of its visit, for a record that was not known then.
    [[nodiscard]] virtual Result<void> note_with_visit(std::string_view device, std::string_view record,
                                                       std::string_view case_code) = 0;
    [[nodiscard]] virtual Result<bool> was_erased(std::string_view device, std::string_view record) = 0;
    /// Whether a whole visit of this device and code was.
    [[nodiscard]] virtual Result<bool> visit_was_erased(std::string_view device, std::string_view case_code) = 0;
    /// The latest first.
    [[nodiscard]] virtual Result<std::vector<Erased>> erased() = 0;
};

}  // namespace app::casebook

// Runs the program as people do, in a folder of its own, and looks at what it says and leaves behind.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"
#include "crypto/ready.hpp"
#include "tests/support/folder.hpp"

namespace test {

/// libsodium, after its self-test.
[[nodiscard]] crypto::SodiumReady ready();
/// A copy of the text's bytes.
[[nodiscard]] crypto::Bytes bytes(const std::string& text);

/// A passphrase file that holds: new keys are made with no lesser one.
inline const std::string passphrase_line = "tortuga lluvia ventana martillo cometa\n";

struct Ran {
    int code;
    std::string out;
    std::string err;
};

/// A folder with the program in reach; removed with everything in it.
class Desk {
  public:
    Desk();
    Desk(const Desk&) = delete;
    Desk& operator=(const Desk&) = delete;

    [[nodiscard]] const std::filesystem::path& path() const { return folder_.path(); }
    /// Runs a shell line in which `amparo` is the program; English unless the line says otherwise, no terminal.
    [[nodiscard]] Ran run(const std::string& line) const;
    /// Runs and expects success.
    Ran good(const std::string& line) const;
    void write(const std::string& name, std::string_view content) const;
    [[nodiscard]] std::string read(const std::string& name) const;
    [[nodiscard]] bool has(const std::string& name) const;
    /// A demo deployment in a new folder of the desk. It is made once for each name while the tests run, and copied:
    /// the same name is the same programme, another name another one.
    void take_programme(const std::string& folder, const std::string& name) const;
    /// Names directly in the folder, sorted.
    [[nodiscard]] std::vector<std::string> names() const;

  private:
    Folder folder_;
};

/// True when it is one line that begins with the program's name and ends like a sentence.
[[nodiscard]] bool is_one_sentence(const std::string& text);

/// Whether a part is in a text.
inline bool has(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace test

// What `amparo form import` takes for workbooks of 2,500 and 10,000 rows, against a floor of the same run: the same
// file unpacked and parsed by the bare libraries, nothing of it looked at.
#include <archive.h>
#include <archive_entry.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <pugixml.hpp>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "bench_form_import: %s\n", what);
    std::exit(2);
}

/// Middle of five, in milliseconds.
double median(const std::function<void()>& work) {
    std::vector<double> all;
    for (int i = 0; i < 5; ++i) {
        const auto from = std::chrono::steady_clock::now();
        work();
        all.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - from).count());
    }
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

void run(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    std::fflush(stdout);  // or the child would say it once more
    const auto child = ::fork();
    if (child == 0) {
        if (std::freopen("/dev/null", "w", stdout) == nullptr) ::_exit(126);
        ::execv(argv.front(), argv.data());
        ::_exit(127);
    }
    int status = 0;
    if (child < 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
        give_up("the program did not end well");
}

/// Questions with texts in two languages, as many choices: a third relevant on an earlier answer, a tenth calculated.
void write_sheets(const fs::path& folder, int rows) {
    fs::create_directories(folder);
    std::ofstream(folder / "settings.csv") << "form_id,version,default_language\nbench,1,es\n";
    std::ofstream survey(folder / "survey.csv");
    std::ofstream choices(folder / "choices.csv");
    survey << "type,name,label::Español (es),label::English (en),relevant,constraint,calculation\n";
    choices << "list_name,name,label::Español (es),label::English (en),region\n";
    for (int i = 0; i < rows; ++i) {
        const auto n = std::to_string(i);
        const auto list = "l" + std::to_string(i / 20 * 20);
        if (i % 10 == 9) {
            survey << "calculate,q" << n << ",,,,,\"if(${q" << i - 1 << "} > 3 and ${q" << i - 2
                   << "} != '', 1, 0)\"\n";
        } else {
            survey << (i % 10 == 8 ? "integer" : "select_one " + list) << ",q" << n << ",¿Le pasó la cosa número " << n
                   << "?,Did thing number " << n << " happen to you?,"
                   << (i % 3 == 1 ? "${q" + std::to_string(i - 1) + "} != ''" : "") << ','
                   << (i % 10 == 8 ? ". < 100" : "") << ",\n";
        }
        choices << list << ",c" << n << ",Opción " << n << ",Choice " << n << ",r" << i % 7 << '\n';
    }
}

/// Every part unpacked, every XML part parsed.
void unpack_and_parse(const std::string& file) {
    archive* const reader = archive_read_new();
    archive_read_support_format_zip(reader);
    if (archive_read_open_filename(reader, file.c_str(), 65'536) != ARCHIVE_OK) give_up("the spreadsheet");
    archive_entry* entry = nullptr;
    std::vector<char> block(65'536);
    while (archive_read_next_header(reader, &entry) == ARCHIVE_OK) {
        std::string content;
        for (;;) {
            const auto got = archive_read_data(reader, block.data(), block.size());
            if (got < 0) give_up("a part");
            if (got == 0) break;
            content.append(block.data(), static_cast<std::size_t>(got));
        }
        pugi::xml_document document;
        if (!document.load_buffer_inplace(content.data(), content.size())) give_up("the XML");
    }
    archive_read_free(reader);
}

struct Row {
    double floor = 0;
    double import = 0;
};

Row measure(const fs::path& folder, int rows) {
    const auto sheets = folder / std::to_string(rows);
    const auto file = sheets.string() + ".xlsx";
    write_sheets(sheets, rows);
    run({AMPARO_BIN_DIR "/amparo", "form", "export", sheets.string(), file});
    Row row;
    row.floor = median([&] { unpack_and_parse(file); });
    row.import = median([&] {
        fs::remove_all(folder / "made");
        run({AMPARO_BIN_DIR "/amparo", "form", "import", file, (folder / "made").string()});
    });
    std::printf("%6d questions, %6d choices, %5.0f KiB: floor %6.1f ms, form import %7.1f ms, ratio %.1f\n", rows, rows,
                static_cast<double>(fs::file_size(file)) / 1024, row.floor, row.import, row.import / row.floor);
    return row;
}

}  // namespace

int main() {
    constexpr double most_ratio = 15;
    constexpr double most_growth = 6;
    const auto folder = fs::temp_directory_path() / ("amparo-bench-form-" + std::to_string(::getpid()));
    const auto some = measure(folder, 2'500);
    const auto most = measure(folder, 10'000);  // as many as a form may have
    fs::remove_all(folder);
    const double ratio = most.import / most.floor;
    const double growth = most.import / some.import;
    std::printf("form import to floor at 10,000 rows: %.1f (at most %.0f)\n", ratio, most_ratio);
    std::printf("form import, 10,000 to 2,500 rows: %.1f (at most %.0f; 4 is linear, 16 quadratic)\n", growth,
                most_growth);
    return ratio <= most_ratio && growth <= most_growth ? 0 : 1;
}

#pragma once
// The desk of the coordinators for these tests: the programme of the demonstration, made smaller, in a folder of its
// own, and what holds of every folder after every fault.

#include "app/deployment/bundle_file.hpp"
#include "app/deployment/casebook_access.hpp"
#include "tests/fault/scenarios.hpp"
#include "tests/kiosk/enrolling.hpp"

namespace fault::desk {

using test::Deployment;
using test::ready;
namespace fs = test::fs;
namespace deployment = app::deployment;
namespace exchange = app::exchange;

using Begin = std::function<void()>;
using Act = std::function<bool(const Deployment&, const Begin&)>;
using Check = std::function<void(const Deployment&, Told)>;

inline fs::path place(const Deployment& at) {
    return at.path() / "desk";
}
inline fs::path root(const Deployment& at) {
    return place(at) / "programme";
}
inline crypto::DeploymentPublicKey programme(const Deployment& at) {
    return test::programme_key(at).public_key();
}
template <class T, class E>
T must(tl::expected<T, E> result) {
    REQUIRE(result);
    return std::move(*result);
}

/// What is shipped, with one form, which is as good as five for what becomes of files.
[[nodiscard]] deployment::Content small_content();
/// Keys, the first bundle and the sources of the next, without a casebook.
void take_programme(const Deployment& at);
/// A screening that is listed when it is opened: its JSON.
struct Screened {
    std::string deployment;
    std::string device;
    std::string record;
    std::string code;
    std::string form_sha256;
};
[[nodiscard]] std::string screening(const Screened& of);

/// An empty casebook in the programme's folder.
void make_book(const Deployment& at);
[[nodiscard]] fs::path book_folder(const Deployment& at);
/// Who reads it.
[[nodiscard]] std::vector<crypto::open::Identity> reader(const Deployment& at);
[[nodiscard]] deployment::OpenCasebook open_book(const Deployment& at, const fs::path& folder);
[[nodiscard]] deployment::BundleView newest(const Deployment& at);
/// Files and folders whose names say that they are not finished.
[[nodiscard]] std::vector<std::string> unfinished(const Deployment& at);

/// A scenario of the desk: `check` does the same once more where it was not done, after which nothing unfinished is
/// left. After a failure that was told nothing is left at once, and never can others read anything.
[[nodiscard]] Scenario scenario(std::string_view name, std::function<void(const Deployment&)> prepare, Act act,
                                Check check);

/// New folders: a programme, a coordinator's, a recovered key's, sheets, questionnaires.
[[nodiscard]] std::vector<Scenario> folder_scenarios();

/// A casebook into one file, and out of it.
[[nodiscard]] std::vector<Scenario> backup_scenarios();

/// What comes into a casebook, what is done about its cases, and what leaves it.
[[nodiscard]] std::vector<Scenario> case_scenarios();

}  // namespace fault::desk

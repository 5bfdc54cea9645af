// The kiosk shows itself on this machine only: what names another place is refused before anything is connected.
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "app/platform/fonts.hpp"
#include "app/platform/window.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;

namespace {

/// Listens where a display of this number would, on this machine's own address.
class Listener {
  public:
    Listener() {
        constexpr int first_port = 6000;
        for (number_ = 700; number_ < 900; ++number_) {
            socket_ = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            REQUIRE(socket_ >= 0);
            sockaddr_in address{};
            address.sin_family = AF_INET;
            address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
            address.sin_port = htons(static_cast<std::uint16_t>(first_port + number_));
            const bool free = bind(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0 &&
                              listen(socket_, 8) == 0 && !fs::exists("/tmp/.X11-unix/X" + std::to_string(number_));
            if (free) return;
            close(socket_);
        }
        FAIL("no port is free");
    }
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;
    ~Listener() { close(socket_); }
    [[nodiscard]] std::string number() const { return std::to_string(number_); }
    [[nodiscard]] bool somebody_came() const {
        const int come = accept(socket_, nullptr, nullptr);
        if (come >= 0) close(come);
        return come >= 0;
    }

  private:
    int number_ = 0;
    int socket_ = -1;
};

Ran run_on(const Deployment& deployment, const std::string& display) {
    const auto known = deployment.places();
    const auto err = deployment.path() / "display.err";
    const auto command = "env -u WAYLAND_DISPLAY LC_ALL= LC_MESSAGES= LANG=C.UTF-8 DISPLAY='" + display +
                         "' '" AMPARO_BIN_DIR "/amparo-kiosk' --lang en --state '" + known.state.string() +
                         "' > /dev/null 2> '" + err.string() + "' < /dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, {}, read(err)};
}

}  // namespace

TEST_CASE("Only a number names a display of this machine") {
    using app::platform::is_local_display;
    for (const auto* name : {":0", ":0.0", ":99", ":10.1", "unix:0", "unix:7.0"}) {
        INFO(name);
        CHECK(is_local_display(name));
    }
    for (const auto* name : {"",
                             ":",
                             "0",
                             "localhost:0",
                             "127.0.0.1:77",
                             "[::1]:0",
                             "::1:0",
                             "host:0",
                             "host::0",
                             "tcp/host:0",
                             "tcp/:0",
                             "inet/localhost:0",
                             "inet6/::1:0",
                             "unix/host:0",
                             "local/host:0",
                             "/tmp/.X11-unix/X0",
                             "/tmp/x:0",
                             ":0:0",
                             ":0.",
                             ":.0",
                             ":0.0.0",
                             ":-1",
                             ":+1",
                             ": 0",
                             " :0",
                             ":0 ",
                             ":0x1",
                             ":123456",
                             ":0.123456",
                             "unix:",
                             "unix:host:0",
                             "UNIX:0",
                             "unix::0",
                             ":0\n",
                             "\xc3\xb1:0"}) {
        INFO(name);
        CHECK_FALSE(is_local_display(name));
    }
}

TEST_CASE("A display on another machine, or on this one by its address, is refused before anybody is connected") {
    const Deployment deployment;
    const Listener listener;
    std::string first;
    for (const std::string host :
         {"127.0.0.1:", "localhost:", "tcp/127.0.0.1:", "inet/localhost:", "inet6/::1:", "[::1]:", "192.0.2.1:"}) {
        const auto ran = run_on(deployment, host + listener.number());
        INFO(host << "\n" << ran.err);
        CHECK(ran.code == 69);
        CHECK(ran.err.find("DISPLAY") != std::string::npos);
        CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 1);
        CHECK(ran.err.find(host) == std::string::npos);  // nothing from outside is repeated
        CHECK_FALSE(listener.somebody_came());
    }
}

TEST_CASE("A local display that is not there is not looked for over the network") {
    const Deployment deployment;
    const Listener listener;
    const auto ran = run_on(deployment, ":" + listener.number());
    INFO(ran.err);
    CHECK(ran.code == 69);
    CHECK_FALSE(listener.somebody_came());
}

TEST_CASE("No folder of a user, and nothing in the environment, decides which fonts are shown") {
    const Deployment deployment;
    const auto fonts = deployment.path() / "fonts";
    const auto at_home = deployment.path() / ".local/share/fonts";
    for (const auto& folder : {fonts, at_home}) {
        fs::create_directories(folder / "truetype/noto");
        write(folder / "truetype/noto/NotoSans-Regular.ttf", "no font at all");
    }
    for (const auto& folder : app::platform::font_folders()) CHECK(folder.string().starts_with("/usr/"));
    const auto tour = deployment.path() / "nothing.journey";
    write(tour, "settle\n");
    const auto known = deployment.places();
    const auto command = "env HOME='" + deployment.path().string() + "' XDG_DATA_HOME='" + deployment.path().string() +
                         "' XDG_DATA_DIRS='" + deployment.path().string() +
                         "' '" AMPARO_BIN_DIR "/amparo-driver' kiosk --headless --tour '" + tour.string() +
                         "' --state '" + known.state.string() + "' > /dev/null 2> /dev/null < /dev/null";
    const int status = std::system(command.c_str());
    CHECK(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}

TEST_CASE("A pipe, a folder or a file without end under a font's name is refused and never waited for") {
    const Deployment deployment;
    for (const std::string kind : {"pipe", "endless", "folder"}) {
        const auto fonts = deployment.path() / kind;
        fs::create_directories(fonts / "truetype/noto");
        const auto file = fonts / "truetype/noto/NotoSans-Regular.ttf";
        if (kind == "pipe") REQUIRE(mkfifo(file.c_str(), 0600) == 0);
        if (kind == "endless") {
            write(file, std::string("\0\1\0\0", 4));
            fs::resize_file(file, std::uintmax_t{1} << 36);
        }
        if (kind == "folder") fs::create_directory(file);
        const auto found = app::platform::find_fonts({fonts});
        INFO(kind);
        CHECK_FALSE(found);
    }
}

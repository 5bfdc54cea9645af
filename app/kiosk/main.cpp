#include "app/kiosk/start.hpp"
#include "app/platform/glfw_window.hpp"
#include "app/shell/signals.hpp"

int main(int argc, char** argv) {
    using namespace app;
    shell::Signals::hold();
    return kiosk::start(argc, argv,
                        {platform::open_window,
                         [](kiosk::Program& program, platform::Window&, ui::Ui&) {
                             program.run();
                             return static_cast<int>(kiosk::Exit::Done);
                         },
                         {},
                         {}});
}

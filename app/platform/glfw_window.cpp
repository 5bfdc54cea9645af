#include "app/platform/glfw_window.hpp"

#include <dlfcn.h>
#define GLFW_INCLUDE_NONE
#include <GL/gl.h>
#include <GLFW/glfw3.h>
#include <imgui.h>
// After imgui.h, which it needs.
#include <backends/imgui_impl_opengl3.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>
#include <utility>
#include <vector>
// Of GLFW/glfw3native.h, which would ask for the headers of X11.
struct _XDisplay;
extern "C" _XDisplay* glfwGetX11Display(void);

namespace app::platform {
namespace {

std::string last_glfw_error() {
    const char* text = nullptr;
    glfwGetError(&text);
    return text == nullptr ? std::string() : std::string(text);
}

struct GlfwLibrary {
    bool ready = false;
    GlfwLibrary() {
#ifdef GLFW_PLATFORM_X11  // from 3.4 on it would try Wayland first, where it delivers no touch
        glfwInitHint(GLFW_PLATFORM, GLFW_PLATFORM_X11);
#endif
        ready = glfwInit() == GLFW_TRUE;
    }
    GlfwLibrary(const GlfwLibrary&) = delete;
    GlfwLibrary& operator=(const GlfwLibrary&) = delete;
    ~GlfwLibrary() {
        if (ready) glfwTerminate();
    }
};

struct WindowCloser {
    void operator()(GLFWwindow* window) const noexcept { glfwDestroyWindow(window); }
};

struct ContextCloser {
    void operator()(ImGuiContext* context) const noexcept {
        ImGui::SetCurrentContext(context);
        if (ImGui::GetIO().BackendRendererUserData != nullptr) ImGui_ImplOpenGL3_Shutdown();
        ImGui::DestroyContext(context);
    }
};

// The renderer keeps its state in a context of its own, so that window and interface may go in any order.
class CurrentContext {
  public:
    explicit CurrentContext(ImGuiContext* context) : before_(ImGui::GetCurrentContext()) {
        ImGui::SetCurrentContext(context);
    }
    CurrentContext(const CurrentContext&) = delete;
    CurrentContext& operator=(const CurrentContext&) = delete;
    ~CurrentContext() { ImGui::SetCurrentContext(before_); }

  private:
    ImGuiContext* before_;
};

std::optional<Key> key_of(int key, int mods) {
    switch (key) {
        case GLFW_KEY_TAB:
            return (mods & GLFW_MOD_SHIFT) != 0 ? Key::back_tab : Key::tab;
        case GLFW_KEY_ENTER:
        case GLFW_KEY_KP_ENTER:
            return Key::enter;
        case GLFW_KEY_ESCAPE:
            return Key::escape;
        case GLFW_KEY_UP:
            return Key::up;
        case GLFW_KEY_DOWN:
            return Key::down;
        case GLFW_KEY_LEFT:
            return Key::left;
        case GLFW_KEY_RIGHT:
            return Key::right;
        case GLFW_KEY_BACKSPACE:
            return Key::backspace;
        case GLFW_KEY_DELETE:
            return Key::del;
        case GLFW_KEY_HOME:
            return Key::home;
        case GLFW_KEY_END:
            return Key::end;
        case GLFW_KEY_PAGE_UP:
            return Key::page_up;
        case GLFW_KEY_PAGE_DOWN:
            return Key::page_down;
        default:
            return std::nullopt;  // an open set of another library's numbers, not an enum of ours
    }
}

constexpr int lost_exit = 1;

/// Where this is no X11, or one older than libX11 1.7, nothing is changed.
void listen_for_loss(class GlfwWindow* window) noexcept;

class GlfwWindow final : public Window {
  public:
    static Result<std::unique_ptr<Window>> open(const WindowOptions& options) {
        // Before the library is begun, which connects to whatever is named.
        const auto display = display_name();
        if (!display.empty() && !is_local_display(display)) return tl::unexpected(Failure{Error::far_display, {}});
        auto made = std::unique_ptr<GlfwWindow>(new GlfwWindow());
        if (!made->library_.ready) return tl::unexpected(Failure{Error::no_display, display});
        if (const auto failure = made->create(options)) return tl::unexpected(*failure);
        return made;
    }

    [[nodiscard]] Metrics metrics() const noexcept override {
        Metrics m;
        glfwGetFramebufferSize(window_.get(), &m.width, &m.height);
        m.scale = scale_;
        return m;
    }
    [[nodiscard]] Instant now() const noexcept override {
        // Goes on in suspend: whoever closes the lid does not keep an interview on the screen.
        timespec running{};
        clock_gettime(CLOCK_BOOTTIME, &running);
        return std::chrono::duration_cast<Instant>(std::chrono::seconds(running.tv_sec) +
                                                   std::chrono::nanoseconds(running.tv_nsec));
    }
    void wait(std::optional<Instant> until) noexcept override {
        if (!events_.empty()) return;
        if (!until) {
            glfwWaitEvents();
        } else if (const Instant left = *until - now(); left.count() > 0) {
            glfwWaitEventsTimeout(static_cast<double>(left.count()) / 1000.0);
        } else {
            glfwPollEvents();
        }
        take_wake();
    }
    void poll() noexcept override {
        glfwPollEvents();
        take_wake();
    }
    [[nodiscard]] EventQueue& events() noexcept override { return events_; }
    void wake() noexcept override {
        wake_.store(true);
        glfwPostEmptyEvent();
    }
    void when_lost(std::function<void()> last) noexcept override {
        last_ = std::move(last);
        listen_for_loss(this);
    }
    /// Instead of Xlib's exit(), which would end the process in the middle of what other threads do.
    [[noreturn]] void lost() noexcept {
        if (last_) std::exchange(last_, nullptr)();
        std::_Exit(lost_exit);
    }
    void show(const Picture& picture) noexcept override {
        render(picture);
        glfwSwapBuffers(window_.get());
    }
    void resize(int width, int height) noexcept override {
        width_dp_ = width;
        height_dp_ = height;
        rescale(scale_);
    }
    void rescale(float scale) noexcept override {
        scale_ = scale;
        const auto px = [scale](int dp) {
            return std::max(1, static_cast<int>(std::lround(static_cast<float>(dp) * scale)));
        };
        glfwSetWindowSize(window_.get(), px(width_dp_), px(height_dp_));
        push(ResizeEvent{});
    }

  private:
    GlfwWindow() = default;

    static std::string display_name() {
        const char* name = std::getenv("DISPLAY");
        return name == nullptr ? std::string() : std::string(name);
    }
    static GlfwWindow& of(GLFWwindow* window) { return *static_cast<GlfwWindow*>(glfwGetWindowUserPointer(window)); }

    template <class What>
    void push(const What& what) noexcept {
        events_.push({now(), what});
    }
    void take_wake() noexcept {
        if (wake_.exchange(false)) push(WakeEvent{});
    }
    std::optional<Failure> create(const WindowOptions& options);
    void listen();
    void render(const Picture& picture) noexcept;
    void send_atlas(const AtlasView& atlas) noexcept;

    // Destroyed from the bottom up: renderer, window, library.
    GlfwLibrary library_;
    std::unique_ptr<GLFWwindow, WindowCloser> window_;
    std::unique_ptr<ImGuiContext, ContextCloser> renderer_;
    EventQueue events_;
    std::atomic<bool> wake_ = false;
    std::function<void()> last_;
    float scale_ = 1;
    bool own_scale_ = false;
    int width_dp_ = 0;
    int height_dp_ = 0;
    bool pressed_ = false;
    GLuint texture_ = 0;
    std::uint64_t sent_generation_ = 0;
    std::uint64_t sent_revision_ = 0;
    std::vector<std::uint8_t> rows_;
};

void listen_for_loss(GlfwWindow* window) noexcept {
    auto* const display = glfwGetX11Display();
    if (display == nullptr) return;
    // The library that the window is on; it is there as long as the process.
    auto* const library = dlopen("libX11.so.6", RTLD_NOW | RTLD_NOLOAD);
    if (library == nullptr) return;
    using Handler = void (*)(_XDisplay*, void*);
    using Listen = void (*)(_XDisplay*, Handler, void*);
    using FirstHandler = int (*)(_XDisplay*);
    using ListenFirst = FirstHandler (*)(FirstHandler);
    const auto listen = reinterpret_cast<Listen>(dlsym(library, "XSetIOErrorExitHandler"));
    const auto listen_first = reinterpret_cast<ListenFirst>(dlsym(library, "XSetIOErrorHandler"));
    if (listen == nullptr || listen_first == nullptr) return;
    listen_first([](_XDisplay*) { return 0; });  // Xlib's own would say something and call exit() itself
    listen(
        display, [](_XDisplay*, void* at) { static_cast<GlfwWindow*>(at)->lost(); }, window);
}

std::optional<Failure> GlfwWindow::create(const WindowOptions& options) {
    glfwDefaultWindowHints();
    glfwWindowHint(GLFW_CONTEXT_VERSION_MAJOR, 3);
    glfwWindowHint(GLFW_CONTEXT_VERSION_MINOR, 0);
    glfwWindowHint(GLFW_DEPTH_BITS, 0);
    glfwWindowHint(GLFW_STENCIL_BITS, 0);
    glfwWindowHint(GLFW_VISIBLE, GLFW_FALSE);
    glfwWindowHintString(GLFW_X11_CLASS_NAME, "Amparo");
    glfwWindowHintString(GLFW_X11_INSTANCE_NAME, "amparo");
    GLFWmonitor* monitor = glfwGetPrimaryMonitor();
    float x_scale = 1;
    float y_scale = 1;
    if (monitor != nullptr) glfwGetMonitorContentScale(monitor, &x_scale, &y_scale);
    own_scale_ = options.scale.has_value();
    scale_ = std::clamp(options.scale.value_or(x_scale), 0.5F, 4.0F);
    width_dp_ = options.width;
    height_dp_ = options.height;
    int width = static_cast<int>(std::lround(static_cast<float>(options.width) * scale_));
    int height = static_cast<int>(std::lround(static_cast<float>(options.height) * scale_));
    GLFWmonitor* full = nullptr;
    if (options.fullscreen && monitor != nullptr) {
        const GLFWvidmode* mode = glfwGetVideoMode(monitor);
        full = monitor;
        width = mode->width;
        height = mode->height;
    }
    window_.reset(glfwCreateWindow(width, height, "Amparo", full, nullptr));
    if (!window_) return Failure{Error::no_graphics, last_glfw_error()};
    glfwMakeContextCurrent(window_.get());
    glfwSwapInterval(1);
    glfwSetWindowUserPointer(window_.get(), this);
    listen();

    const CurrentContext guard(nullptr);
    renderer_.reset(ImGui::CreateContext());
    ImGui::SetCurrentContext(renderer_.get());
    ImGui::GetIO().IniFilename = nullptr;
    ImGui::GetIO().LogFilename = nullptr;
    if (!ImGui_ImplOpenGL3_Init("#version 130")) return Failure{Error::no_graphics, last_glfw_error()};
    glGenTextures(1, &texture_);
    if (options.visible) glfwShowWindow(window_.get());
    return std::nullopt;
}

void GlfwWindow::listen() {
    GLFWwindow* const w = window_.get();
    glfwSetMouseButtonCallback(w, [](GLFWwindow* at, int button, int action, int) {
        if (button != GLFW_MOUSE_BUTTON_LEFT) return;
        GlfwWindow& self = of(at);
        double x = 0;
        double y = 0;
        glfwGetCursorPos(at, &x, &y);
        self.pressed_ = action == GLFW_PRESS;
        self.push(PointerEvent{self.pressed_ ? PointerPhase::press : PointerPhase::release,
                               {static_cast<float>(x), static_cast<float>(y)}});
    });
    glfwSetCursorPosCallback(w, [](GLFWwindow* at, double x, double y) {
        GlfwWindow& self = of(at);
        if (self.pressed_) self.push(PointerEvent{PointerPhase::move, {static_cast<float>(x), static_cast<float>(y)}});
    });
    glfwSetScrollCallback(w, [](GLFWwindow* at, double, double dy) {
        double x = 0;
        double y = 0;
        glfwGetCursorPos(at, &x, &y);
        of(at).push(WheelEvent{static_cast<float>(-dy), {static_cast<float>(x), static_cast<float>(y)}});
    });
    glfwSetKeyCallback(w, [](GLFWwindow* at, int key, int, int action, int mods) {
        if (action == GLFW_RELEASE) return;
        if (const auto known = key_of(key, mods)) of(at).push(KeyEvent{*known});
    });
    glfwSetCharCallback(
        w, [](GLFWwindow* at, unsigned int code) { of(at).push(CharacterEvent{static_cast<char32_t>(code)}); });
    glfwSetFramebufferSizeCallback(w, [](GLFWwindow* at, int, int) { of(at).push(ResizeEvent{}); });
    glfwSetWindowContentScaleCallback(w, [](GLFWwindow* at, float scale, float) {
        GlfwWindow& self = of(at);
        if (!self.own_scale_) self.scale_ = std::clamp(scale, 0.5F, 4.0F);
        self.push(ResizeEvent{});
    });
    glfwSetWindowRefreshCallback(w, [](GLFWwindow* at) { of(at).push(ExposeEvent{}); });
    glfwSetWindowFocusCallback(w, [](GLFWwindow* at, int focused) {
        GlfwWindow& self = of(at);
        if (focused == GLFW_TRUE || !self.pressed_) return;
        self.pressed_ = false;
        self.push(PointerEvent{PointerPhase::cancel, {}});
    });
    glfwSetWindowCloseCallback(w, [](GLFWwindow* at) {
        glfwSetWindowShouldClose(at, GLFW_FALSE);
        of(at).push(CloseEvent{});
    });
}

// White with the coverage as alpha: four bytes a pixel, because older tablets cannot swizzle a one-channel texture.
void GlfwWindow::send_atlas(const AtlasView& atlas) noexcept {
    if (atlas.pixels == nullptr || (atlas.generation == sent_generation_ && atlas.revision == sent_revision_)) return;
    glBindTexture(GL_TEXTURE_2D, texture_);
    const bool whole = atlas.generation != sent_generation_ || atlas.revision != sent_revision_ + 1;
    const int top = whole ? 0 : atlas.dirty_top;
    const int bottom = whole ? atlas.height : atlas.dirty_bottom;
    const auto width = static_cast<std::size_t>(atlas.width);
    rows_.assign(width * static_cast<std::size_t>(bottom - top) * 4, 255);
    const std::uint8_t* from = atlas.pixels + width * static_cast<std::size_t>(top);
    for (std::size_t i = 0; i < rows_.size() / 4; ++i) rows_[i * 4 + 3] = from[i];
    glPixelStorei(GL_UNPACK_ALIGNMENT, 4);
    if (atlas.generation != sent_generation_) {
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MIN_FILTER, GL_LINEAR);
        glTexParameteri(GL_TEXTURE_2D, GL_TEXTURE_MAG_FILTER, GL_LINEAR);
        glTexImage2D(GL_TEXTURE_2D, 0, GL_RGBA, atlas.width, atlas.height, 0, GL_RGBA, GL_UNSIGNED_BYTE, rows_.data());
    } else if (bottom > top) {
        glTexSubImage2D(GL_TEXTURE_2D, 0, 0, top, atlas.width, bottom - top, GL_RGBA, GL_UNSIGNED_BYTE, rows_.data());
    }
    sent_generation_ = atlas.generation;
    sent_revision_ = atlas.revision;
}

void GlfwWindow::render(const Picture& picture) noexcept {
    const CurrentContext guard(renderer_.get());
    ImGui_ImplOpenGL3_NewFrame();
    send_atlas(picture.atlas);
    const Metrics m = metrics();
    const auto part = [](std::uint8_t v) { return static_cast<float>(v) / 255.0F; };
    glViewport(0, 0, m.width, m.height);
    glDisable(GL_SCISSOR_TEST);
    glClearColor(part(picture.background.r), part(picture.background.g), part(picture.background.b), 1.0F);
    glClear(GL_COLOR_BUFFER_BIT);
    if (picture.data == nullptr) return;
    // The interface does not know what its one texture is called here.
    ImDrawData data = *picture.data;
    for (ImDrawList* list : data.CmdLists)
        for (ImDrawCmd& command : list->CmdBuffer)
            command.TextureId = reinterpret_cast<ImTextureID>(std::uintptr_t{texture_});
    ImGui_ImplOpenGL3_RenderDrawData(&data);
}

}  // namespace

Result<std::unique_ptr<Window>> open_window(const WindowOptions& options) {
    return GlfwWindow::open(options);
}

}  // namespace app::platform

#include "tests/ui/screens.hpp"

#include <array>

namespace gallery {
namespace {

using app::ui::ButtonStyle;
using app::ui::CardStyle;
using app::ui::Icon;
using app::ui::Text;
using app::ui::Tone;
using app::ui::Ui;

Text t(std::string_view text) {
    return Text::verbatim(text);
}

class Describer {
  public:
    Describer(Ui& ui, State& state) : ui_(ui), s_(state) {}

    bool run() {
        const std::size_t before = s_.used.size();
        const auto language = s_.language;
        if (s_.screen == "home")
            home();
        else if (s_.screen == "pin")
            pin();
        else if (s_.screen == "question")
            question();
        else if (s_.screen == "both")
            both();
        else if (s_.screen == "several")
            several();
        else if (s_.screen == "consent")
            consent();
        else if (s_.screen == "keyboard")
            keyboard();
        else if (s_.screen == "result")
            result();
        else if (s_.screen == "sealed")
            sealed();
        else if (s_.screen == "clock")
            clock();
        else if (s_.screen == "settings")
            settings();
        else if (s_.screen == "sending")
            sending();
        return s_.used.size() != before || language != s_.language;
    }

  private:
    void use(bool used, const char* key) {
        if (used) s_.used.emplace_back(key);
    }

    void header(bool app_name = true, bool mute = false) {
        const auto header = ui_.header();
        use(ui_.urgent_button("header.exit", Icon::schedule, t("Mostrar el reloj")), "header.exit");
        if (mute)
            ui_.tag("header.only", Tone::soft, t("Solo para usted"));
        else if (app_name)
            ui_.title("header.title", t("Amparo"));
        ui_.push();
        if (!mute) use(ui_.icon_button("header.audio", Icon::volume_up, t("Escuchar")), "header.audio");
        use(ui_.icon_button("header.size", Icon::format_size, t("Tamaño de letra")), "header.size");
        const std::array<app::ui::Segment, 2> languages{{{"es", t("ES")}, {"en", t("EN")}}};
        if (const auto at = ui_.segments("header.language", languages, s_.language)) s_.language = languages[*at].id;
        use(ui_.icon_button("header.leave", Icon::close, t("Salir")), "header.leave");
    }

    void home() {
        ui_.screen("home");
        header();
        {
            const auto middle = ui_.middle();
            use(ui_.card("home.new", CardStyle::primary, Icon::assignment_ind, t("Nueva entrevista"),
                         t("Guía paso a paso, 10 a 15 minutos")),
                "home.new");
            use(ui_.card("home.flag", CardStyle::plain, Icon::flag, t("Aviso rápido"),
                         t("Lo que usted observa, 2 minutos"), Tone::amber),
                "home.flag");
            use(ui_.card("home.continue", CardStyle::dashed, Icon::play_circle_outline, t("Continuar"),
                         t("1 sin terminar")),
                "home.continue");
            ui_.push();
            const auto stats = ui_.column(0);
            ui_.stat("home.waiting", Icon::lock_outline, t("Selladas, por enviar"), t("12"), Tone::soft, true);
            ui_.stat("home.receipt", Icon::verified_user, t("Último recibo"), t("ayer"), Tone::good);
        }
        const auto footer = ui_.footer();
        use(ui_.button("home.send", t("Enviar y recibir"), {.before = Icon::sync, .grow = true}), "home.send");
        use(ui_.icon_button("home.train", Icon::school, t("Practicar"), true), "home.train");
        use(ui_.icon_button("home.settings", Icon::settings, t("Ajustes"), true), "home.settings");
    }

    void pin() {
        ui_.screen("pin", {.centered = true});
        header();
        {
            const auto middle = ui_.middle();
            const auto halves = ui_.split();
            {
                const auto left = ui_.column(12, app::ui::Align::center);
                ui_.heading("pin.who", t("Persona 3"));
                ui_.hint("pin.hint", t("Escriba su PIN"));
                ui_.pin_dots("pin.dots", s_.digits, 6);
            }
            const auto right = ui_.column(12, app::ui::Align::center);
            const auto input = ui_.pin_pad("pin.pad", {t("Borrar"), t("Aceptar")});
            if (input.key == app::ui::PinKey::digit) {
                ++s_.digits;
                s_.used.push_back("digit " + std::to_string(input.digit));
            }
            use(input.key == app::ui::PinKey::backspace, "backspace");
            use(input.key == app::ui::PinKey::ok, "ok");
        }
        const auto footer = ui_.footer();
        use(ui_.button("pin.other", t("Cambiar de persona"), {.style = ButtonStyle::text, .before = Icon::arrow_back}),
            "pin.other");
    }

    void navigation() {
        const auto footer = ui_.footer();
        use(ui_.button("back", t("Atrás"), {.before = Icon::arrow_back}), "back");
        ui_.push();
        use(ui_.button("next", t("Siguiente"), {.style = ButtonStyle::primary, .after = Icon::arrow_forward}), "next");
    }

    void chips() {
        const auto chips = ui_.wrap();
        use(ui_.chip("refuse", t("Prefiero no decir")), "refuse");
        use(ui_.chip("unknown", t("No sé")), "unknown");
        use(ui_.chip("skip", t("Saltar")), "skip");
    }

    void choose(const char* key, int index, const char* text, const char* second = nullptr) {
        if (ui_.choice(key, t(text),
                       {.selected = s_.selected == index, .second = second == nullptr ? Text() : t(second)})) {
            s_.selected = index;
            s_.used.emplace_back(key);
        }
    }

    void question() {
        ui_.screen("question");
        header(false);
        ui_.progress("progress", 0.38F);
        {
            const auto middle = ui_.middle();
            ui_.heading("label", t("¿Alguien guarda sus documentos y no se los devuelve?"));
            ui_.hint("hint", t("Por ejemplo: pasaporte, acta de nacimiento, identificación o permiso."));
            {
                const auto grid = ui_.choices();
                choose("choice.yes", 0, "Sí");
                choose("choice.no", 1, "No");
                choose("choice.before", 2, "Antes sí, ahora ya no");
            }
            chips();
            ui_.push();
            if (const auto why = ui_.fold("why", Icon::info_outline, t("Por qué preguntamos esto")))
                ui_.small("why.text", t("Quien retiene documentos controla a la persona. Es un indicio fuerte de "
                                        "explotación, aunque parezca una ayuda."));
        }
        navigation();
    }

    void both() {
        ui_.screen("both");
        header(false);
        ui_.progress("progress", 0.52F);
        {
            const auto middle = ui_.middle();
            ui_.heading("label", t("¿Le debe dinero a quien organizó su viaje o su trabajo?"),
                        t("Do you owe money to whoever arranged your trip or your job?"));
            {
                const auto grid = ui_.choices();
                choose("choice.cannot", 0, "Sí, y no la puedo pagar", "Yes, and I cannot pay it");
                choose("choice.grows", 1, "Sí, y crece aunque trabaje", "Yes, and it grows although I work");
                choose("choice.can", 2, "Sí, pero la puedo pagar", "Yes, but I can pay it");
                choose("choice.no", 3, "No", "No");
            }
            chips();
        }
        navigation();
    }

    void several() {
        ui_.screen("several");
        header(false);
        ui_.progress("progress", 0.6F);
        {
            const auto middle = ui_.middle();
            ui_.heading("label", t("¿Qué le ha pasado en el camino?"));
            ui_.hint("hint", t("Puede marcar varias."));
            const auto grid = ui_.choices();
            const std::array<const char*, 3> keys{"choice.threat", "choice.money", "choice.locked"};
            const std::array<const char*, 3> texts{"Me amenazaron a mí o a mi familia",
                                                   "Me quitaron dinero o el teléfono", "No me dejaban salir"};
            for (std::size_t i = 0; i < 3; ++i) {
                if (!ui_.choice(keys[i], t(texts[i]), {.selected = s_.several[i], .multiple = true})) continue;
                s_.several[i] = !s_.several[i];
                s_.used.emplace_back(keys[i]);
            }
        }
        navigation();
    }

    void consent() {
        ui_.screen("consent");
        header(false);
        {
            const auto middle = ui_.middle();
            ui_.heading("label", t("Antes de empezar"));
            {
                const auto panel = ui_.panel(14);
                ui_.icon_text("consent.why", Icon::favorite_border,
                              t("Le preguntamos para saber si alguien le hace daño o le controla, y ofrecerle ayuda."));
                ui_.icon_text("consent.time", Icon::schedule,
                              t("Son unos 10 minutos. Puede parar o saltar preguntas. Su cama, su comida y su trámite "
                                "no cambian."));
                ui_.icon_text("consent.hears", Icon::hearing,
                              t("La persona que le acompaña oye sus respuestas. Después se sellan: aquí nadie podrá "
                                "volver a leerlas."));
                ui_.icon_text("consent.opens", Icon::groups,
                              t("Las abre el equipo de coordinación. Se guardan un año. Puede pedir que se borren."));
                ui_.icon_text("consent.limit", Icon::error_outline,
                              t("Si usted, una niña o un niño corre peligro, puede que tengamos que avisar. Antes se "
                                "lo diremos."),
                              {.tone = Tone::amber});
            }
            ui_.push();
            (void)ui_.fold("listen", Icon::volume_up, t("Escuchar todo"));
        }
        const auto footer = ui_.footer();
        use(ui_.button("no", t("No, gracias"), {.grow = true}), "no");
        use(ui_.button("yes", t("Sí, empezar"), {.style = ButtonStyle::primary, .grow = true}), "yes");
    }

    void keyboard() {
        ui_.screen("keyboard");
        header(false);
        ui_.progress("progress", 0.7F);
        {
            const auto middle = ui_.middle();
            ui_.heading("label", t("¿En qué trabajaba?"));
            const auto field = ui_.text_field("answer", t("Respuesta"), s_.typed,
                                              {.autofocus = true, .placeholder = t("Escriba aquí")});
            s_.seen = field.value;
            if (field.submitted) s_.submitted = true;
        }
        navigation();
        ui_.keyboard("kb", {t("espacio"), t("Listo")});
    }

    void result() {
        ui_.screen("result");
        header(false, true);
        {
            const auto middle = ui_.middle();
            ui_.tag("result.level", Tone::amber, t("Indicios fuertes"), true);
            ui_.heading("result.what", t("Hable hoy con una persona especialista"));
            {
                const auto panel = ui_.panel();
                ui_.strong("result.why", t("Por qué"));
                ui_.icon_text("result.r1", Icon::error_outline, t("Alguien guarda sus documentos"),
                              {.tone = Tone::amber, .second = t("Control · pregunta 7")});
                ui_.icon_text("result.r2", Icon::error_outline, t("La deuda crece aunque trabaje"),
                              {.tone = Tone::amber, .second = t("Deuda · preguntas 11 y 12")});
                ui_.small("result.unanswered", t("4 preguntas sin responder. No bajan el nivel."));
            }
            {
                const auto panel = ui_.panel(10);
                ui_.strong("result.now", t("Ahora"));
                ui_.icon_text("result.a1", Icon::looks_one, t("Pregúntele si quiere hablar con alguien"));
                ui_.icon_text("result.a2", Icon::looks_two, t("Que no espere junto a la persona con quien llegó"));
            }
            ui_.small("result.limit", t("Esto orienta. No decide si alguien es víctima."));
            const auto tags = ui_.wrap();
            ui_.tag("tag.danger", Tone::danger, t("Peligro"));
            ui_.tag("tag.some", Tone::primary, t("Algunos"));
            ui_.tag("tag.none", Tone::soft, t("Nada referido"));
        }
        const auto footer = ui_.footer();
        use(ui_.button("raise", t("Subir el nivel")), "raise");
        ui_.push();
        use(ui_.button("seal", t("Sellar"), {.style = ButtonStyle::primary, .after = Icon::lock}), "seal");
    }

    void sealed() {
        ui_.screen("sealed", {.centered = true});
        const auto middle = ui_.middle();
        const auto narrow = ui_.narrow();
        ui_.badge("sealed.badge", Icon::lock, Tone::good);
        ui_.heading("sealed.title", t("Sellada"));
        ui_.hint("sealed.hint", t("Nadie en este lugar puede abrirla. Sale con el próximo envío."));
        {
            const auto panel = ui_.panel(2);
            ui_.small("sealed.code_hint", t("Código, si la persona quiere guardarlo"));
            ui_.code("sealed.code", t("radio-hotel-canal-482"));
        }
        use(ui_.button("sealed.lock", t("Bloquear y devolver"), {.style = ButtonStyle::primary, .grow = true}),
            "sealed.lock");
    }

    void clock() {
        ui_.screen("clock", {.always_dark = true});
        use(ui_.clock("clock", t("14:32"), t("lunes 23 de noviembre")), "clock");
    }

    void settings() {
        ui_.screen("settings");
        ui_.banner("demo", t("DEMO · no use datos reales"));
        header();
        {
            const auto middle = ui_.middle();
            ui_.heading("settings.title", t("Ajustes"));
            ui_.strong("settings.size", t("Tamaño de letra"));
            (void)ui_.segments(
                "size", {{"100", t("100 %")}, {"125", t("125 %")}, {"150", t("150 %")}, {"200", t("200 %")}}, "100");
            ui_.strong("settings.contrast", t("Colores"));
            (void)ui_.segments("contrast",
                               {{"light", t("Claro")}, {"dark", t("Oscuro")}, {"high", t("Alto contraste")}}, "light");
            const auto list = ui_.column(0);
            use(ui_.list_row("workers", t("Personas y PIN"), {.icon = Icon::people, .value = t("3")}), "workers");
            use(ui_.list_row("about", t("Acerca de Amparo"),
                             {.icon = Icon::info_outline, .second = t("Versión 0.1.0")}),
                "about");
        }
        const auto footer = ui_.footer();
        use(ui_.button("back", t("Atrás"), {.before = Icon::arrow_back}), "back");
    }

    void sending() {
        ui_.screen("sending");
        header();
        {
            const auto middle = ui_.middle();
            ui_.heading("sending.title", t("Enviando"));
            ui_.progress_count("sending.progress", 7, 12, t("7 de 12"));
            ui_.hint("sending.hint", t("No quite la memoria USB todavía."), Tone::danger);
            ui_.divider();
            (void)ui_.text_field("sending.name", t("Nombre"), {}, {.placeholder = t("Nombre del lugar")});
        }
        const auto footer = ui_.footer();
        use(ui_.button("erase", t("Borrar lo que dije"), {.style = ButtonStyle::danger}), "erase");
        ui_.push();
        use(ui_.button("next", t("Listo"), {.style = ButtonStyle::primary, .enabled = false}), "next");
    }

    Ui& ui_;
    State& s_;
};

}  // namespace

const std::vector<std::string>& names() {
    static const std::vector<std::string> all{"home",     "pin",    "question", "both",  "several",  "consent",
                                              "keyboard", "result", "sealed",   "clock", "settings", "sending"};
    return all;
}

bool describe(Ui& ui, State& state) {
    return Describer(ui, state).run();
}

}  // namespace gallery

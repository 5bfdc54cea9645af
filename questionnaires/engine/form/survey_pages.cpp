// Which questions share a screen, and which nodes one repeat instance consists of.
#include <vector>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

bool is_together(const FormData& form, std::uint32_t group) {
    const Question& question = form.questions[group];
    if (has_value(question.kind) || !has_word(question.appearance, "field-list")) return false;
    for (std::uint32_t i = group + 1; i < question.end; ++i) {
        if (form.questions[i].kind == Kind::Repeat) return false;
    }
    return question.kind != Kind::Note;
}

class PageMaker {
  public:
    explicit PageMaker(FormData& form) : form_(form) {}

    void run() {
        const auto size = static_cast<std::uint32_t>(form_.questions.size());
        for (std::uint32_t i = 0; i < size;) {
            close(i);
            Question& question = form_.questions[i];
            const bool together = is_together(form_, i);
            if (question.kind == Kind::Repeat) {
                question.first_page = static_cast<std::uint32_t>(form_.pages.size());
                open_.push_back(i);
            }
            if (together || is_visible(question.kind)) {
                add(i, together ? question.end : i + 1, together ? i : question.parent);
            }
            i = together ? question.end : i + 1;
        }
        close(size);
    }

  private:
    void add(std::uint32_t begin, std::uint32_t end, std::uint32_t group) {
        PageRange page{begin, end, group, form_.questions[begin].repeat, false};
        if (form_.questions[begin].kind == Kind::Repeat) page = {begin + 1, end, group, begin, false};
        bool any = false;
        for (std::uint32_t i = page.begin; i < end; ++i) {
            if (!is_visible(form_.questions[i].kind)) continue;
            form_.questions[i].page = static_cast<std::uint32_t>(form_.pages.size());
            any = true;
        }
        if (any) form_.pages.push_back(page);
    }

    /// Repeats that end before that row.
    void close(std::uint32_t row) {
        while (!open_.empty() && form_.questions[open_.back()].end <= row) {
            Question& repeat = form_.questions[open_.back()];
            repeat.end_page = static_cast<std::uint32_t>(form_.pages.size());
            if (!repeat.repeat_count.exists()) {
                form_.pages.push_back({open_.back(), open_.back() + 1, repeat.parent, repeat.repeat, true});
            }
            open_.pop_back();
        }
    }

    FormData& form_;
    std::vector<std::uint32_t> open_;
};

}  // namespace

void make_pages(FormData& form) {
    PageMaker(form).run();
}

void make_blocks(FormData& form) {
    form.blocks.assign(1, {});
    for (std::uint32_t i = 0; i < form.questions.size(); ++i) {
        Question& question = form.questions[i];
        const std::uint32_t around = question.repeat;
        std::vector<std::uint32_t>& block = form.blocks[around == no_index ? 0 : form.questions[around].block];
        question.slot = static_cast<std::uint32_t>(block.size());
        block.push_back(i);
        if (question.kind != Kind::Repeat) continue;
        question.block = static_cast<std::uint32_t>(form.blocks.size());
        form.blocks.push_back({i});
    }
}

}  // namespace questionnaires::engine

// Which questions share a screen, and which nodes one repeat instance consists of.
#include <vector>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

bool is_together(const FormData& form, QuestionId group) {
    const Question& question = form.questions[group];
    if (has_value(question.kind) || !has_word(question.appearance, "field-list")) return false;
    for (QuestionId i = group + 1; i < question.end; ++i) {
        if (form.questions[i].kind == Kind::Repeat) return false;
    }
    return question.kind != Kind::Note;
}

class PageMaker {
  public:
    explicit PageMaker(FormData& form) : form_(form) {}

    void run() {
        const QuestionId end = form_.questions.end_id();
        for (QuestionId i; i < end;) {
            close(i);
            Question& question = form_.questions[i];
            const bool together = is_together(form_, i);
            if (question.kind == Kind::Repeat) {
                question.first_page = form_.pages.end_id();
                open_.push_back(i);
            }
            if (together || is_visible(question.kind)) {
                add(i, together ? question.end : i + 1, together ? i : question.parent);
            }
            i = together ? question.end : i + 1;
        }
        close(end);
    }

  private:
    void add(QuestionId begin, QuestionId end, QuestionId group) {
        PageRange page{begin, end, group, form_.questions[begin].repeat, false};
        if (form_.questions[begin].kind == Kind::Repeat) page = {begin + 1, end, group, begin, false};
        for (QuestionId i = page.begin; i < end; ++i) {
            if (is_visible(form_.questions[i].kind)) return form_.pages.push_back(page);
        }
    }

    /// Repeats that end before that row.
    void close(QuestionId row) {
        while (!open_.empty() && form_.questions[open_.back()].end <= row) {
            Question& repeat = form_.questions[open_.back()];
            repeat.end_page = form_.pages.end_id();
            if (!repeat.repeat_count.exists()) {
                form_.pages.push_back({open_.back(), open_.back() + 1, repeat.parent, repeat.repeat, true});
            }
            open_.pop_back();
        }
    }

    FormData& form_;
    std::vector<QuestionId> open_;
};

}  // namespace

void make_pages(FormData& form) {
    PageMaker(form).run();
}

void make_blocks(FormData& form) {
    form.blocks.resize(1);
    for (const QuestionId i : form.questions.ids()) {
        Question& question = form.questions[i];
        const QuestionId around = question.repeat;
        Block& block = form.blocks[around == no_index ? BlockId() : form.questions[around].block];
        question.slot = block.end_id();
        block.push_back(i);
        if (question.kind != Kind::Repeat) continue;
        question.block = form.blocks.end_id();
        form.blocks.emplace_back().push_back(i);
    }
}

}  // namespace questionnaires::engine

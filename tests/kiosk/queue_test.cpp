// What waits for the worker thread: nothing piles up, and nothing is dropped that somebody counts on.
#include "app/kiosk/queue.hpp"

#include <atomic>
#include <thread>

#include "app/shell/worker.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;
using kiosk::Job;

namespace {

class Queue {
  public:
    Queue& add(session::Effect effect) {
        std::list<Job> one;
        one.push_back(Job{std::move(effect), {}});
        kiosk::enqueue(jobs_, std::move(one));
        return *this;
    }
    /// "a2": the second revision of record a; else one letter a kind.
    [[nodiscard]] std::string content() const {
        std::string all;
        for (const auto& job : jobs_) {
            if (const auto* seal = std::get_if<session::SealRecord>(&job.work))
                all += seal->record.substr(0, 1) + std::to_string(seal->revision) + " ";
            else if (const auto* one = std::get_if<session::SavePreference>(&job.work))
                all += one->name + "=" + one->value + " ";
            else
                all += std::holds_alternative<session::Export>(job.work)     ? "export "
                       : std::holds_alternative<session::Withdraw>(job.work) ? "withdraw "
                       : std::holds_alternative<session::CheckPin>(job.work) ? "pin "
                                                                             : "other ";
        }
        return all;
    }

  private:
    std::list<Job> jobs_;
};

session::CheckPin pin(std::uint32_t number) {
    return {{number}, secret("135790")};
}

}  // namespace

TEST_CASE("Of a record only the newest revision waits, whatever other records wait beside it") {
    Queue queue;
    for (std::uint32_t i = 1; i <= 50; ++i) queue.add(order('a', i, "{}")).add(order('b', i, "{}"));
    CHECK(queue.content() == "a50 b50 ");
}

TEST_CASE("A revision is not dropped from before a sending or a withdrawing, and nothing is moved past them") {
    CHECK(Queue()
              .add(order('a', 1, "{}"))
              .add(session::Export{})
              .add(order('a', 2, "{}"))
              .add(order('a', 3, "{}"))
              .content() == "a1 export a3 ");
    CHECK(Queue()
              .add(order('a', 1, "{}"))
              .add(session::Withdraw{std::string(32, 'a'), 2, {}})
              .add(order('a', 3, "{}"))
              .content() == "a1 withdraw a3 ");
}

TEST_CASE("Preferences, tries and looks do not pile up") {
    Queue queue;
    for (int i = 0; i < 50; ++i)
        queue.add(session::SavePreference{"theme", std::to_string(i)})
            .add(session::SavePreference{"text_percent", std::to_string(i)})
            .add(session::ListAudit{})
            .add(session::FindPlaces{})
            .add(session::DropDraft{})
            .add(pin(static_cast<std::uint32_t>(i)));
    CHECK(queue.content() == "theme=49 text_percent=49 other other other pin ");
}

TEST_CASE("What is said to be in the queue keeps its order") {
    CHECK(Queue().add(pin(1)).add(order('a', 1, "{}")).add(session::Prepare{}).add(order('b', 1, "{}")).content() ==
          "pin a1 other b1 ");
}

TEST_CASE("A worker is ready when it is there: what memory runs out for later is answered") {
    using Numbers = app::shell::Worker<int, int>;
    std::atomic<bool> made{false};
    const auto make = [&made](const Numbers::Report&) -> Numbers::Hand {
        for (int i = 0; i < 1000; ++i) std::this_thread::yield();
        made = true;
        return [](int& work) { return std::optional<int>(work + 1); };
    };
    Numbers worker(
        make, [](Numbers::Jobs& queue, Numbers::Jobs&& added) noexcept { queue.splice(queue.end(), added); }, [] {});
    CHECK(made);
    worker.add(1, 0);
    REQUIRE(worker.wait_for_answer());
    CHECK(worker.take() == std::vector<int>{2});
}

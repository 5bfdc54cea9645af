#pragma once
// One thread that carries out work in its order and hands back answers, and the queue before it. Must not know what the
// work is.

#include <condition_variable>
#include <functional>
#include <iterator>
#include <list>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace app::shell {

/// Work that waits, with the room for its answer: an answer that memory runs out for would be lost.
template <class Work, class Answer>
struct Job {
    Work work;
    std::list<Answer> room;  ///< of one answer
};

/// Adds the one job of `added` at the end and drops a waiting one that it makes superfluous, which then is never
/// answered. `supersedes(asked, waiting)`: the waiting one need not be done any more. `lets_through(waiting)`: what
/// waits before it may be dropped for what comes after it. Nothing is moved.
template <class Work, class Answer, class Supersedes, class LetsThrough>
void enqueue(std::list<Job<Work, Answer>>& queue, std::list<Job<Work, Answer>>&& added, Supersedes supersedes,
             LetsThrough lets_through) noexcept {
    const auto& asked = added.front().work;
    for (auto at = queue.end(); at != queue.begin();) {
        const auto before = std::prev(at);
        if (supersedes(asked, before->work)) {
            queue.erase(before);
            break;
        }
        if (!lets_through(before->work)) break;
        at = before;
    }
    queue.splice(queue.end(), added);
}

/// Destroying it finishes what is queued.
template <class Work, class Answer>
class Worker {
  public:
    using Jobs = std::list<Job<Work, Answer>>;
    using Report = std::function<void(Answer)>;
    /// Carries out one piece of work; must not throw.
    using Hand = std::function<std::optional<Answer>(Work&)>;
    /// Called once, on the worker's thread, where all that it makes lives and dies. `report` hands back what there is
    /// to tell before the answer.
    using MakeHand = std::function<Hand(Report report)>;
    using Enqueue = void (*)(Jobs& queue, Jobs&& added) noexcept;

    /// `wake` is called from the worker whenever an answer is waiting; it must not block. Returns when the hand is
    /// made: what memory runs out for later is an answer, never the end of the thread.
    Worker(MakeHand make_hand, Enqueue enqueue, std::function<void()> wake)
        : make_hand_(std::move(make_hand)), enqueue_(enqueue), wake_(std::move(wake)), thread_([this] { run(); }) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return made_; });
    }
    Worker(const Worker&) = delete;
    Worker& operator=(const Worker&) = delete;
    ~Worker() {
        {
            const std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        changed_.notify_all();
        thread_.join();
    }

    /// `room` is any answer: its place is taken by the true one.
    void add(Work work, Answer room) {
        Jobs job;
        auto& added = job.emplace_back(Job<Work, Answer>{std::move(work), {}});
        added.room.push_back(std::move(room));
        {
            const std::lock_guard lock(mutex_);
            enqueue_(queue_, std::move(job));
        }
        changed_.notify_all();
    }

    /// Answers that came back since the last call, oldest first.
    [[nodiscard]] std::vector<Answer> take() {
        std::list<Answer> answers;
        {
            const std::lock_guard lock(mutex_);
            answers.swap(answers_);
        }
        return {std::make_move_iterator(answers.begin()), std::make_move_iterator(answers.end())};
    }

    /// Blocks until an answer is waiting (true) or nothing is queued or under way any more (false).
    [[nodiscard]] bool wait_for_answer() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [this] { return !answers_.empty() || (queue_.empty() && !busy_); });
        return !answers_.empty();
    }

  private:
    void report(Answer answer) {
        std::list<Answer> one;
        one.push_back(std::move(answer));
        post(std::move(one));
    }

    void post(std::list<Answer>&& answer) noexcept {
        {
            const std::lock_guard lock(mutex_);
            answers_.splice(answers_.end(), answer);
        }
        changed_.notify_all();
        wake_();
    }

    void run() {
        const auto hand = make_hand_([this](Answer answer) { report(std::move(answer)); });
        std::unique_lock lock(mutex_);
        made_ = true;
        changed_.notify_all();
        for (;;) {
            changed_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            if (queue_.empty()) return;
            Jobs taken;
            taken.splice(taken.end(), queue_, queue_.begin());
            busy_ = true;
            lock.unlock();
            auto answer = hand(taken.front().work);
            auto room = std::move(taken.front().room);
            taken.clear();  // what the work carried is wiped before anybody learns that it is done
            if (answer) {
                room.front() = std::move(*answer);
                post(std::move(room));
            }
            lock.lock();
            busy_ = false;
            changed_.notify_all();
        }
    }

    MakeHand make_hand_;
    Enqueue enqueue_;
    std::function<void()> wake_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Jobs queue_;
    std::list<Answer> answers_;
    bool made_ = false;
    bool busy_ = false;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace app::shell

// Adding and removing workers, and one's own PIN.
#include <algorithm>

#include "app/session/staff/rules.hpp"

namespace app::session {

namespace {

constexpr std::size_t number_digits = 4;  // worker_number_most

model::WorkerNumber number_of(crypto::ByteView digits) noexcept {
    std::uint32_t value = 0;
    for (const auto digit : digits) value = value * 10 + (std::to_integer<std::uint32_t>(digit) - '0');
    return {value};
}

bool is_there(const std::vector<model::Worker>& workers, model::WorkerNumber number) noexcept {
    return std::any_of(workers.begin(), workers.end(), [&](const auto& w) { return w.number == number; });
}

bool was_there(const Setup& setup, model::WorkerNumber number) noexcept {
    return std::find(setup.removed.begin(), setup.removed.end(), number) != setup.removed.end();
}

model::WorkerNumber first_free(const Setup& setup) noexcept {
    model::WorkerNumber number{1};
    while (is_there(setup.workers, number) || was_there(setup, number)) ++number.value;
    return number;
}

void type(Digits& digits, model::WorkerNumber number) noexcept {
    digits.clear();
    std::uint32_t power = 1;
    while (number.value / power >= 10) power *= 10;
    for (; power > 0; power /= 10) digits.add(static_cast<std::uint8_t>(number.value / power % 10), number_digits);
}

}  // namespace

crypto::Result<Digits> Digits::make(crypto::SodiumReady ready) noexcept {
    auto memory = crypto::SecretBytes::make(ready, crypto::pin_max_digits);
    if (!memory) return tl::unexpected(memory.error());
    return Digits(std::move(*memory));
}

void Digits::add(std::uint8_t digit, std::size_t most) noexcept {
    if (digit > 9 || count_ >= most || count_ >= memory_.size()) return;
    memory_.writable()[count_++] = static_cast<std::byte>('0' + digit);
}

void Digits::drop() noexcept {
    if (count_ > 0) memory_.writable()[--count_] = std::byte{0};
}

void Digits::clear() noexcept {
    crypto::wipe(memory_.writable());
    count_ = 0;
}

crypto::Result<crypto::SecretBytes> Digits::take(crypto::SodiumReady ready) noexcept {
    auto copy = crypto::SecretBytes::copy_of(ready, view());
    clear();
    return copy;
}

void Staff::on(Home&, OpenSettings&) {
    show<Settings>();
}

void Staff::on(Settings&, Back&) {
    show<Home>();
}

void Staff::on(Settings&, OpenPeople&) {
    if (!s_.leads()) return show<NotAllowed>();
    show<People>();
}

void Staff::on(People&, AddWorker&) {
    if (s_.leads()) start_adding(false);
}

void Staff::start_adding(bool first) {
    auto digits = Digits::make(s_.ready);
    if (!digits) return show(Problem{DeviceError::LockedMemory, true});
    type(*digits, first_free(*s_.setup));
    const auto role = first ? model::Role::ShiftLead : model::Role::Shelter;
    show(AddingWorker{std::move(*digits), AddStep::Number, {}, role, {}, std::nullopt, first});
}

void Staff::on(AddingWorker& adding, ChooseRole& event) {
    if (adding.step != AddStep::Role) return;
    adding.role = event.role;
    adding.step = AddStep::Pin;
}

void Staff::on(People&, RemoveWorker& event) {
    if (!s_.leads()) return;
    const auto& all = s_.setup->workers;
    const auto found = std::find_if(all.begin(), all.end(), [&](const auto& w) { return w.number == event.number; });
    if (found == all.end()) return;
    RemovingWorker removing{*found, std::nullopt};
    const auto lead = [](const auto& w) { return w.role == model::Role::ShiftLead; };
    if (lead(*found) && std::count_if(all.begin(), all.end(), lead) == 1) removing.error = PeopleError::LastLead;
    show(removing);
}

void Staff::on(RemovingWorker& removing, ConfirmRemoval&) {
    if (s_.waits() || removing.error == PeopleError::LastLead || !s_.leads()) return;
    removing.error.reset();
    want(DropWorker{removing.worker.number}, Pending::DropWorker);
}

void Staff::on(Settings&, OpenOwnPin&) {
    if (!s_.worker) return;
    auto digits = Digits::make(s_.ready);
    if (!digits) return show(Problem{DeviceError::LockedMemory, true});
    show(ChangingPin{std::move(*digits), PinStep::Current, {}, std::nullopt, std::nullopt});
}

void Staff::on(AddingWorker& adding, PinDigit& event) {
    if (s_.waits() || adding.step == AddStep::Role) return;
    adding.error.reset();
    adding.digits.add(event.digit, adding.step == AddStep::Number ? number_digits : crypto::pin_max_digits);
}

void Staff::on(ChangingPin& changing, PinDigit& event) {
    if (s_.waits()) return;
    changing.error.reset();
    changing.refused.reset();
    changing.digits.add(event.digit, crypto::pin_max_digits);
}

void Staff::on(AddingWorker& adding, PinBackspace&) {
    if (!s_.waits() && adding.step != AddStep::Role) adding.digits.drop();
}

void Staff::on(ChangingPin& changing, PinBackspace&) {
    if (!s_.waits()) changing.digits.drop();
}

void Staff::on(AddingWorker& adding, PinSubmit&) {
    if (s_.waits() || adding.step == AddStep::Role || !(s_.leads() || adding.first_lead)) return;
    if (adding.step == AddStep::Number) {
        adding.number = number_of(adding.digits.view());
        const bool in_range = adding.number.value >= 1 && adding.number.value <= model::worker_number_most;
        if (!in_range) return void(adding.error = PeopleError::Number);
        if (is_there(s_.setup->workers, adding.number)) return void(adding.error = PeopleError::Taken);
        if (was_there(*s_.setup, adding.number)) return void(adding.error = PeopleError::Removed);
        adding.digits.clear();
        adding.step = adding.first_lead ? AddStep::Pin : AddStep::Role;
        return;
    }
    if (adding.digits.count() < crypto::pin_min_digits) return;
    auto pin = adding.digits.take(s_.ready);
    if (!pin) return show(Problem{DeviceError::LockedMemory, true});
    if (adding.step == AddStep::Pin) {
        adding.first = std::move(*pin);
        adding.step = AddStep::Again;
        return;
    }
    const bool same = pin->equals(adding.first.view());
    adding.first = {};
    adding.step = AddStep::Pin;
    if (!same) return void(adding.error = PeopleError::Differ);
    want(SaveWorker{{adding.number, adding.role}, std::move(*pin), adding.first_lead}, Pending::SaveWorker);
}

void Staff::on(ChangingPin& changing, PinSubmit&) {
    if (s_.waits() || changing.digits.count() < crypto::pin_min_digits || !s_.worker) return;
    auto pin = changing.digits.take(s_.ready);
    if (!pin) return show(Problem{DeviceError::LockedMemory, true});
    if (changing.step == PinStep::Pin) {
        changing.first = std::move(*pin);
        changing.step = PinStep::Again;
        return;
    }
    if (changing.step == PinStep::Current) {
        return want(CheckPin{s_.worker->number, std::move(*pin)}, Pending::CheckPin);
    }
    const bool same = pin->equals(changing.first.view());
    changing.first = {};
    changing.step = PinStep::Pin;
    if (!same) return void(changing.error = PeopleError::Differ);
    want(ChangePin{s_.worker->number, std::move(*pin)}, Pending::ChangePin);
}

void Staff::on(ChangingPin& changing, PinChecked& event) {
    if (!s_.waits(Pending::CheckPin) || !s_.worker || !(event.number == s_.worker->number)) return;
    came(Pending::CheckPin);
    if (std::holds_alternative<model::SignedIn>(event.outcome))
        changing.step = PinStep::Pin;
    else
        changing.refused = event.outcome;
}

void Staff::on(ChangingPin& changing, PinUnchecked&) {
    if (came(Pending::CheckPin)) changing.error = PeopleError::Other;
}

void Staff::on(People&, Back&) {
    show<Settings>();
}

void Staff::on(NotAllowed&, Back&) {
    show<Settings>();
}

void Staff::on(RemovingWorker&, Back&) {
    if (!s_.waits()) show<People>();
}

void Staff::on(ChangingPin&, Back&) {
    if (!s_.waits()) show<Settings>();
}

void Staff::on(AddingWorker& adding, Back&) {
    if (s_.waits()) return;
    adding.error.reset();
    adding.digits.clear();
    switch (adding.step) {
        case AddStep::Number:
            if (!adding.first_lead)
                show<People>();
            else if (!s_.setup->workers.empty())
                show<Who>();  // they can work; whoever leads is made after another start
            else
                type(adding.digits, first_free(*s_.setup));
            break;
        case AddStep::Role:
            adding.step = AddStep::Number;
            type(adding.digits, adding.number);
            break;
        case AddStep::Pin:
            adding.step = adding.first_lead ? AddStep::Number : AddStep::Role;
            if (adding.first_lead) type(adding.digits, adding.number);
            break;
        case AddStep::Again:
            adding.first = {};
            adding.step = AddStep::Pin;
            break;
    }
}

void Staff::take_in(std::vector<model::Worker> workers, std::vector<model::WorkerNumber> removed) {
    s_.setup->workers = std::move(workers);
    s_.setup->removed = std::move(removed);
    s_.touched = s_.now.steady;
}

void Staff::on(WorkerSaved& event) {
    if (!s_.setup) return;
    take_in(std::move(event.workers), std::move(event.removed));
    const auto* adding = at<AddingWorker>();
    if (adding == nullptr || !s_.waits(Pending::SaveWorker)) return;
    if (adding->first_lead) return after_first_lead({adding->number, adding->role});
    show(People{adding->number, std::nullopt});
}

/// A device that has never sealed anything was set up just now: the coordinators try first whether they can open it.
void Staff::after_first_lead(model::Worker lead) {
    const auto& counts = s_.setup->counts;
    if (counts.any()) return show<Who>();
    show(TestRecord{lead, false, std::nullopt});
    want(SealTest{lead}, Pending::SealTest);
}

void Staff::on(WorkerRemoved& event) {
    if (!s_.setup) return;
    take_in(std::move(event.workers), std::move(event.removed));
    const auto* removing = at<RemovingWorker>();
    if (removing == nullptr || !s_.waits(Pending::DropWorker)) return;
    // Whoever removed their own number is not here any more.
    if (s_.worker && removing->worker.number == s_.worker->number) return ways_out_.lock();
    show(People{std::nullopt, removing->worker.number});
}

void Staff::on(ChangingPin&, PinChanged& event) {
    if (s_.waits(Pending::ChangePin) && s_.worker && event.number == s_.worker->number) show(Settings{true});
}

void Staff::on(AddingWorker& adding, WorkerNotSaved& event) {
    if (!came(Pending::SaveWorker)) return;
    adding.error = event.error;
    if (event.error == PeopleError::Taken || event.error == PeopleError::Removed) adding.step = AddStep::Number;
}

void Staff::on(RemovingWorker& removing, WorkerNotRemoved& event) {
    if (came(Pending::DropWorker)) removing.error = event.error;
}

void Staff::on(ChangingPin& changing, PinNotChanged& event) {
    if (came(Pending::ChangePin)) changing.error = event.error;
}

}  // namespace app::session

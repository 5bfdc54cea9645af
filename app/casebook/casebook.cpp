// What a casebook is made of.
#include "app/casebook/casebook.hpp"

#include <algorithm>

#include "app/casebook/parts.hpp"

namespace app::casebook {
namespace detail {

std::string_view repair_word() noexcept {
    return exchange::audit_word(exchange::AuditType::DatabaseRepaired);
}

}  // namespace detail

std::filesystem::path quarantine_of(const std::filesystem::path& casebook) {
    return casebook.string() + ".quarantine";
}

Casebook::Casebook(crypto::SodiumReady ready, std::filesystem::path file, std::unique_ptr<Custody> custody,
                   const crypto::DeploymentPublicKey& deployment, std::string opened_by)
    : parts_(std::make_unique<Parts>(ready, std::move(file), std::move(custody), deployment, std::move(opened_by))) {}
Casebook::Casebook(Casebook&&) noexcept = default;
Casebook& Casebook::operator=(Casebook&&) noexcept = default;
Casebook::~Casebook() = default;

Result<std::unique_ptr<Change>> Casebook::hold() {
    return parts_->custody->begin();
}

Result<std::optional<exchange::Day>> Casebook::last_backup() {
    return parts_->custody->last_backup();
}

Result<void> Casebook::note_backup(exchange::Day day) {
    return parts_->custody->note_backup(day);
}

const crypto::DeploymentPublicKey& Casebook::deployment() const noexcept {
    return parts_->deployment;
}

void Casebook::read_with(unsigned threads) noexcept {
    parts_->threads = std::max(1U, threads);
}

}  // namespace app::casebook

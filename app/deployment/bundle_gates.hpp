#pragma once
// What must hold of the sources before a bundle is made of them; each gate adds what is wrong.

#include "app/deployment/bundle_build.hpp"

namespace app::deployment {

/// The policy, or nothing and its faults.
[[nodiscard]] std::optional<exchange::Policy> gate_policy(const Content& sources, BuildRefusals& refusals);
/// Readers and signers: well-formed, and two coordinators unless one is wanted.
void gate_people(const Content& sources, bool single, exchange::BundleContents& contents, BuildRefusals& refusals);
/// The machine that takes batches in, where there is one: well-formed, and none of the readers. After gate_people().
void gate_intake(const Content& sources, exchange::BundleContents& contents, BuildRefusals& refusals);
/// Revoked devices, where somebody wrote them down: well-formed.
void gate_revoked(const Content& sources, exchange::BundleContents& contents, BuildRefusals& refusals);
/// Every form of the policy is there, without a fault, and in every language of the policy.
void gate_forms(const Content& sources, const exchange::Policy& policy, BuildRefusals& refusals);
/// The kiosk's languages are those of the policy, and every catalogue is complete.
void gate_words(const Content& sources, const exchange::Policy& policy, BuildRefusals& refusals);
/// Every sound is one, has a name that a bundle may hold, and all together are not too large.
void gate_prompts(const Content& sources, BuildRefusals& refusals);
/// Forms, catalogues and sounds that the policy does not name are taken out of `sources` and named.
[[nodiscard]] std::vector<std::string> take_unnamed(Content& sources, const exchange::Policy& policy);

}  // namespace app::deployment

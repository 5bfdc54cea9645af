// A demo programme, and people and kiosks that ask to be in it.
#pragma once

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <string>
#include <vector>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/coordinator_request.hpp"
#include "app/exchange/enrolment.hpp"
#include "crypto/open/identity.hpp"
#include "tests/cli/support.hpp"

namespace test {

/// The keys that a new coordinator made on their own machine.
struct NewCoordinator {
    crypto::open::Identity identity;
    crypto::ReceiptSecretKey receipt;
    NewCoordinator()
        : identity(*crypto::open::Identity::generate(ready())), receipt(*crypto::ReceiptSecretKey::generate(ready())) {}
    [[nodiscard]] std::string request(const std::string& label) const {
        const auto made = app::exchange::make_coordinator_request(ready(), label, identity.recipient(), receipt);
        REQUIRE(made);
        return std::string(crypto::as_text(*made));
    }
};

/// A desk with the programme `demo`.
struct ProgrammeDesk : Desk {
    ProgrammeDesk() { take_programme("demo", "Prueba"); }
    [[nodiscard]] crypto::DeploymentPublicKey key(const std::string& folder = "demo") const {
        const auto found = crypto::DeploymentPublicKey::parse(read(folder + "/keys/deployment.pub"));
        REQUIRE(found);
        return *found;
    }
    [[nodiscard]] std::string words(const std::string& request, const std::string& folder = "demo") const {
        const auto parsed = app::exchange::parse_coordinator_request(ready(), bytes(request));
        REQUIRE(parsed);
        return app::exchange::coordinator_words(ready(), key(folder), *parsed);
    }
    [[nodiscard]] std::string device_words(const std::string& request, const std::string& folder = "demo") const {
        const auto parsed = app::exchange::parse_enrolment_request(ready(), bytes(request));
        REQUIRE(parsed);
        return app::exchange::enrolment_words(ready(), key(folder), *parsed);
    }
    /// Brings the request and the right words.
    [[nodiscard]] Ran add(const std::string& request) const {
        write("request", request);
        return run("amparo deployment coordinator add demo request --words " + words(request));
    }
    [[nodiscard]] Ran enroll(const std::string& request, const std::string& more = "") const {
        write("request", request);
        return run("amparo deployment enroll demo request --words " + device_words(request) + more);
    }
    [[nodiscard]] std::vector<app::exchange::BundleRecipient> recipients() const {
        auto parsed = app::exchange::parse_recipients(bytes(read("demo/content/recipients.txt")));
        REQUIRE(parsed);
        return std::move(*parsed);
    }
    [[nodiscard]] std::vector<app::exchange::BundleSigner> signers() const {
        auto parsed = app::exchange::parse_signers(bytes(read("demo/content/signers.txt")));
        REQUIRE(parsed);
        return std::move(*parsed);
    }
    [[nodiscard]] std::string people() const { return good("amparo deployment coordinator list demo --json").out; }
    /// How many certificates the programme has given out; the kiosk of the demonstration has one.
    [[nodiscard]] std::size_t certificates() const {
        std::size_t count = 0;
        for (const auto& entry : std::filesystem::directory_iterator(path() / "demo/certificates"))
            count += entry.path().extension() == ".amparo-cert" ? 1U : 0U;
        return count;
    }
    void keep(const std::vector<app::exchange::BundleRecipient>& all) const {
        write("demo/content/recipients.txt", app::exchange::recipients_text(all));
    }
    void keep(const std::vector<app::exchange::BundleSigner>& all) const {
        write("demo/content/signers.txt", app::exchange::signers_text(all));
    }
};

/// Refused in one sentence, with this exit code.
inline void check_refused(const Ran& ran, int code = 1) {
    INFO(ran.err << ran.out);
    CHECK(ran.code == code);
    CHECK(ran.out.empty());
    const auto said = ran.err.rfind("amparo: ");
    REQUIRE(said != std::string::npos);
    CHECK(is_one_sentence(ran.err.substr(said)));
}

}  // namespace test

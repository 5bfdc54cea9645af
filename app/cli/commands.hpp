// One function for each command; each lives in a file of its own and adds itself to its parent.
#pragma once

#include "app/cli/context.hpp"

namespace CLI {
class App;
}

namespace app::cli {

/// What a run of the program carries besides its words: the exit code of the command that ran.
struct Run {
    const Context& context;
    Exit exit = Exit::Done;
};

void add_age_keygen(CLI::App& parent, Run& run);
void add_age_seal(CLI::App& parent, Run& run);
void add_age_open(CLI::App& parent, Run& run);
void add_sign(CLI::App& parent, Run& run);
void add_verify(CLI::App& parent, Run& run);
void add_form_check(CLI::App& parent, Run& run);
void add_form_eval(CLI::App& parent, Run& run);
void add_form_run(CLI::App& parent, Run& run);
void add_form_xform(CLI::App& parent, Run& run);
void add_form_import(CLI::App& parent, Run& run);
void add_form_export(CLI::App& parent, Run& run);
void add_deployment_new(CLI::App& parent, Run& run);
void add_deployment_join(CLI::App& parent, Run& run);
void add_deployment_show(CLI::App& parent, Run& run);
void add_deployment_recover(CLI::App& parent, Run& run);
void add_deployment_enroll(CLI::App& parent, Run& run);
void add_deployment_device_list(CLI::App& parent, Run& run);
void add_deployment_device_revoke(CLI::App& parent, Run& run);
void add_deployment_device_audit(CLI::App& parent, Run& run);
void add_coordinator_add(CLI::App& parent, Run& run);
void add_coordinator_remove(CLI::App& parent, Run& run);
void add_coordinator_list(CLI::App& parent, Run& run);
void add_intake_add(CLI::App& parent, Run& run);
void add_intake_remove(CLI::App& parent, Run& run);
void add_bundle_build(CLI::App& parent, Run& run);
void add_bundle_sign(CLI::App& parent, Run& run);
void add_bundle_show(CLI::App& parent, Run& run);
void add_bundle_diff(CLI::App& parent, Run& run);
void add_deployment_shares_make(CLI::App& parent, Run& run);
void add_deployment_shares_check(CLI::App& parent, Run& run);
void add_device_recover(CLI::App& parent, Run& run);
void add_device_export(CLI::App& parent, Run& run);
void add_import(CLI::App& parent, Run& run);
void add_cases_list(CLI::App& parent, Run& run);
void add_cases_show(CLI::App& parent, Run& run);
void add_cases_held(CLI::App& parent, Run& run);
void add_cases_refused(CLI::App& parent, Run& run);
void add_cases_erase(CLI::App& parent, Run& run);
void add_cases_erased(CLI::App& parent, Run& run);
void add_cases_due(CLI::App& parent, Run& run);
void add_cases_expire(CLI::App& parent, Run& run);
void add_cases_log(CLI::App& parent, Run& run);
void add_cases_link(CLI::App& parent, Run& run);
void add_cases_refer(CLI::App& parent, Run& run);
void add_cases_work(CLI::App& parent, Run& run);
void add_cases_export(CLI::App& parent, Run& run);
void add_cases_count(CLI::App& parent, Run& run);
void add_casebook_backup(CLI::App& parent, Run& run);
void add_casebook_verify(CLI::App& parent, Run& run);
void add_casebook_restore(CLI::App& parent, Run& run);

}  // namespace app::cli

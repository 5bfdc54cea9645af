// Fields and values of the Human Trafficking Case Data Standard 2.0, as far as an export may write them. From the
// standard's own survey form (github.com/UNMigration/HTCDS, Toolkit/Survey, International Organization for Migration,
// CC BY 4.0): names only.
#pragma once

#include <map>
#include <set>
#include <string>

namespace test {

/// By field; no values: not a list.
inline const std::map<std::string, std::set<std::string>> htcds_fields{
    {"con_Consent", {"TRUE", "FALSE"}},
    {"prs_Gender",
     {"Feminine", "Masculine", "TransgenderFeminine", "TransgenderMasculine", "NonConforming", "NonSpecifiedUnknown"}},
    {"prs_Citizenship", {}},
    {"prs_PrimaryLanguage", {}},
    {"vic_TraffickingStatus", {"PossibleVictimOfTrafficking", "ActualVictimOfTrafficking", "NotAVictimOfTrafficking"}},
    {"vic_TraffickingStatusDecisionMakingOrg",
     {"Police", "NGO", "CourtOrProsecution", "NonPoliceGovernmentalOrganization", "Other"}},
    {"vic_MethodsOfControl",
     {"PhysicalThreats", "ThreatsLawEnforcement", "ThreatensChildrenFamily", "DebtBondage", "FalsePromises",
      "PhysicalAbuse", "SexualAbuse", "TakesEarnings", "RestrictsFinancialAccess", "RestrictsMedicalCare",
      "WithholdsNecessities", "PsychologicalAbuse", "PsychoactiveSubstance", "ExcessiveWorkingHours",
      "WithholdsDocuments", "Other"}},
    {"vic_TypeOfExploitation",
     {"ForcedLabour", "SexualExploitation", "ChildLabour", "ForcedMarriage", "Servitude",
      "ForcedMilitaryByNonStateActors", "OrganRemoval", "ForcedBegging", "ForcedAdoption", "Surrogacy", "Other"}},
};

}  // namespace test

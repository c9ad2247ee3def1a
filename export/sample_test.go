package export_test

import (
	"strings"

	"github.com/reviewpkg/sdk/export"
	"github.com/reviewpkg/sdk/reviewpkg"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Short names for levels and outcomes, which the samples use a lot.
const (
	unstated = reviewpkgv1.Level_LEVEL_UNSPECIFIED
	veryLow  = reviewpkgv1.Level_LEVEL_VERY_LOW
	low      = reviewpkgv1.Level_LEVEL_LOW
	medium   = reviewpkgv1.Level_LEVEL_MEDIUM
	high     = reviewpkgv1.Level_LEVEL_HIGH
	veryHigh = reviewpkgv1.Level_LEVEL_VERY_HIGH

	pass = reviewpkgv1.Outcome_OUTCOME_PASS
	warn = reviewpkgv1.Outcome_OUTCOME_WARN
	fail = reviewpkgv1.Outcome_OUTCOME_FAIL
	tell = reviewpkgv1.Outcome_OUTCOME_INDETERMINATE
)

// sampleDigest returns a digest that is all one digit.
func sampleDigest(digit string) string { return "sha256:" + strings.Repeat(digit, 64) }

// sampleReport returns a report in which every part is filled.
func sampleReport() *reviewpkgv1.Report {
	r := export.NewReport(samplePackage(), trusted(sampleProfile()), judged(sampleVerdict()),
		reviewpkg.Diagnostic{
			Code: reviewpkg.RatingDivergence, Level: reviewpkg.LevelWarning,
			Path:    `findings["fi-01"].overall`,
			Pos:     reviewpkg.Position{Filename: "barbican.yaml", Line: 214, Column: 14},
			Message: "overall is HIGH, and the matrix gives MEDIUM",
			Hint:    "give the reason in rating_rationale",
		},
		reviewpkg.Diagnostic{Code: reviewpkg.TemplateResidue, Level: reviewpkg.LevelNote, Message: "text of the template was left in"},
	)
	r.SetCompleteness([]*reviewpkgv1.Completeness{sampleCompleteness(), reviewpkgv1.Completeness_builder{
		Process: reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF, Complete: true, Checks: 41, Met: 41,
		DeclaredStage: reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE,
		ComputedStage: reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE,
	}.Build()})
	r.SetPlan(samplePlan())
	return r
}

func samplePackage() *reviewpkgv1.ReviewPackage {
	date := func(s string) *reviewpkgv1.Date { return reviewpkgv1.Date_builder{Value: s}.Build() }
	person := func(id, name string, kind reviewpkgv1.RoleKind) *reviewpkgv1.Person {
		return reviewpkgv1.Person_builder{Id: id, Name: name, Roles: []*reviewpkgv1.Role{
			reviewpkgv1.Role_builder{Kind: kind}.Build(),
		}}.Build()
	}
	handle := reviewpkgv1.Handle_builder{System: "irc", Name: "reviewer3"}.Build()
	third := person("p-4", "", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER)
	third.SetHandles([]*reviewpkgv1.Handle{handle})
	body := reviewpkgv1.ReviewBody_builder{Name: "Example Security Project"}.Build()
	return reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "barbican-newton", Title: "Security review of Barbican", Version: "3",
		Project:    reviewpkgv1.Project_builder{Name: "Barbican", Version: "3.0.0.0b2", Release: "Newton"}.Build(),
		Status:     reviewpkgv1.PackageStatus_PACKAGE_STATUS_IN_REVIEW,
		Processes:  []reviewpkgv1.ReviewProcess{reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK},
		RenewalDue: date("2028-06"),
		Review: reviewpkgv1.ReviewRecord_builder{Date: date("2026-06-14"), Body: body, Validation: reviewpkgv1.Validation_builder{
			Body:     reviewpkgv1.ReviewBody_builder{Name: "Outside Auditors"}.Build(),
			Decision: reviewpkgv1.ValidationDecision_VALIDATION_DECISION_PENDING,
		}.Build()}.Build(),
		People: []*reviewpkgv1.Person{
			person("p-1", "Ada Example", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD),
			person("p-2", "Grace Example", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER),
			person("p-3", "Alan Example", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER),
			third,
		},
		Findings:         sampleFindings(),
		DisputedFindings: sampleDisputed(),
		Notices:          []string{"Written for the design of the Newton release."},
	}.Build()
}

func sampleFindings() []*reviewpkgv1.Finding {
	return []*reviewpkgv1.Finding{
		reviewpkgv1.Finding_builder{
			Id: "fi-01", Title: "Secrets are decrypted on the API nodes, which face the users", State: reviewpkgv1.FindingState_FINDING_STATE_AGREED,
			Likelihood: medium, Impact: medium, ImpactMax: high, Overall: high,
		}.Build(),
		reviewpkgv1.Finding_builder{
			Id: "fi-02", Title: "Messages between API and worker carry no signature", State: reviewpkgv1.FindingState_FINDING_STATE_FIX_CLAIMED,
			Likelihood: high, Impact: high, Overall: veryHigh,
		}.Build(),
		reviewpkgv1.Finding_builder{
			Id: "fi-03", Title: "Quota errors tell whether a project exists", State: reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED,
		}.Build(),
		reviewpkgv1.Finding_builder{
			Id: "fi-04", Title: "No rate limit on `/v1/secrets`", State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED,
		}.Build(),
		reviewpkgv1.Finding_builder{
			Id: "fi-05", Title: "Plugins can read | write every key", State: reviewpkgv1.FindingState_FINDING_STATE_MITIGATED,
			Overall: low, StateEvidenceIds: []string{"ev-1"},
		}.Build(),
	}
}

func sampleDisputed() []*reviewpkgv1.Finding {
	return []*reviewpkgv1.Finding{reviewpkgv1.Finding_builder{
		Id: "fi-06", Title: "The audit log may be forged", State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED,
		Agreement: reviewpkgv1.Agreement_builder{Note: "The project says that the log is written by another service."}.Build(),
	}.Build()}
}

func sampleCompleteness() *reviewpkgv1.Completeness {
	part := func(name string, met, checks uint32) *reviewpkgv1.PartCompleteness {
		return reviewpkgv1.PartCompleteness_builder{Part: name, Met: met, Checks: checks}.Build()
	}
	gap := func(code, part, path, message string) *reviewpkgv1.Gap {
		return reviewpkgv1.Gap_builder{Code: code, Part: part, Path: path, Message: message}.Build()
	}
	return reviewpkgv1.Completeness_builder{
		Process: reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK, Checks: 24, Met: 20,
		DeclaredStage: reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE,
		ComputedStage: reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_INCOMPLETE,
		Parts:         []*reviewpkgv1.PartCompleteness{part("All entry points", 4, 6), part("Assets at risk", 5, 6), part("Data flow", 11, 11)},
		Gaps: []*reviewpkgv1.Gap{
			gap("EP2", "All entry points", `architecture.interfaces["if-3"].authentication`, "the interface has no authentication stated"),
			gap("EP4", "All entry points", `architecture.interfaces["if-7"].flows`, "the interface has no flows"),
			gap("AR1", "Assets at risk", `architecture.assets["key"].integrity`, "the asset has no integrity impact"),
			gap("XX1", "", "review.validation", "the validation is pending"),
		},
	}.Build()
}

package reviewpkg_test

import (
	"slices"
	"testing"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

const (
	cncfSelf    = reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF
	cncfJoint   = reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT
	cncfPackage = reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_PACKAGE
	openstack   = reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK
)

func load(t *testing.T, path string) *reviewpkgv1.ReviewPackage {
	t.Helper()
	p, err := reviewpkg.Load(path)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// codes returns the codes of the gaps that a process does not allow.
func codes(p *reviewpkgv1.ReviewPackage, process reviewpkgv1.ReviewProcess) []string {
	var found []string
	for _, gap := range reviewpkg.Completeness(p, process).GetGaps() {
		if !gap.GetAdvisory() {
			found = append(found, gap.GetCode())
		}
	}
	return found
}

func TestCompletePackages(t *testing.T) {
	for path, processes := range map[string][]reviewpkgv1.ReviewProcess{
		"testdata/complete/cncf.yaml":      {cncfSelf, cncfJoint, cncfPackage},
		"testdata/complete/openstack.yaml": {openstack},
	} {
		p := load(t, path)
		for _, process := range processes {
			c := reviewpkg.Completeness(p, process)
			if !c.GetComplete() || c.GetChecks() != c.GetMet() || c.GetChecks() == 0 {
				t.Errorf("%s is not complete for %s: %v", path, process, codes(p, process))
			}
			if c.GetComputedStage() != reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE {
				t.Errorf("%s: computed stage %s", path, c.GetComputedStage())
			}
			if c.GetDeclaredStage() != reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE {
				t.Errorf("%s: declared stage %s", path, c.GetDeclaredStage())
			}
		}
	}
}

// TestGaps takes one answer out of a complete package and wants exactly the
// gap that belongs to it.
func TestGaps(t *testing.T) {
	for _, test := range []struct {
		file    string
		process reviewpkgv1.ReviewProcess
		clear   string
		want    []string
	}{
		{"cncf", cncfSelf, "self_assessment.metadata.stage", []string{"CS01"}},
		{"cncf", cncfSelf, "self_assessment.metadata.software", []string{"CS02"}},
		{"cncf", cncfSelf, "self_assessment.metadata.security_provider", []string{"CS03"}},
		{"cncf", cncfSelf, "self_assessment.metadata.languages", []string{"CS04"}},
		{"cncf", cncfSelf, "self_assessment.metadata.sbom", []string{"CS05"}},
		{"cncf", cncfSelf, "self_assessment.security_links", []string{"CS06"}},
		{"cncf", cncfSelf, "self_assessment.overview.summary", []string{"CS07"}},
		{"cncf", cncfSelf, "self_assessment.overview.background", []string{"CS08"}},
		{"cncf", cncfSelf, "self_assessment.overview.actors", []string{"CS09"}},
		{"cncf", cncfSelf, `self_assessment.overview.actors["lamp"].isolation`, []string{"CS10"}},
		{"cncf", cncfSelf, "self_assessment.overview.actions", []string{"CS11"}},
		{"cncf", cncfSelf, "self_assessment.overview.goals", []string{"CS12"}},
		{"cncf", cncfSelf, "self_assessment.overview.non_goals_note", []string{"CS14"}},
		{"cncf", cncfSelf, "self_assessment.use", []string{"CS15"}},
		{"cncf", cncfSelf, "self_assessment.functions.critical", []string{"CS16"}},
		{"cncf", cncfSelf, "self_assessment.functions.relevant_note", []string{"CS17"}},
		{"cncf", cncfSelf, "self_assessment.compliance", []string{"CS18"}},
		{"cncf", cncfSelf, "self_assessment.development.pipeline", []string{"CS19"}},
		{"cncf", cncfSelf, "self_assessment.development.channels", []string{"CS20", "CS21", "CS22"}},
		{"cncf", cncfSelf, "self_assessment.development.ecosystem", []string{"CS23"}},
		{"cncf", cncfSelf, "self_assessment.issue_resolution.disclosure", []string{"CS24"}},
		{"cncf", cncfSelf, "self_assessment.issue_resolution.vulnerability_response", []string{"CS25"}},
		{"cncf", cncfSelf, "self_assessment.issue_resolution.incident_response", []string{"CS26"}},
		{"cncf", cncfSelf, "self_assessment.appendix.known_issues_note", []string{"CS27"}},
		{"cncf", cncfSelf, "self_assessment.appendix.badges", []string{"CS28"}},
		{"cncf", cncfSelf, "self_assessment.appendix.case_studies", []string{"CS29"}},
		{"cncf", cncfSelf, "self_assessment.appendix.related_projects", []string{"CS30"}},

		{"cncf", cncfJoint, "joint_review.intended_use.target_users", []string{"CJ31"}},
		{"cncf", cncfJoint, "joint_review.intended_use.operation", []string{"CJ32"}},
		{"cncf", cncfJoint, "joint_review.design.design", []string{"CJ33"}},
		{"cncf", cncfJoint, "joint_review.design.diagram_ids", []string{"CJ34"}},
		{"cncf", cncfJoint, "joint_review.configuration", []string{"CJ35", "CJ36", "CJ37"}},
		{"cncf", cncfJoint, "joint_review.security_analysis", []string{"CJ38", "CJ39", "CJ40", "CJ41", "CJ42", "CJ43"}},
		{"cncf", cncfJoint, "threat_models", []string{"CJ44"}},
		{"cncf", cncfJoint, "joint_review.issue_resolution.closed_issues_note", []string{"CJ45"}},
		{"cncf", cncfJoint, "joint_review.hands_on", []string{"CJ46"}},
		{"cncf", cncfJoint, "joint_review.hands_on.reviewer_ids", []string{"CJ47"}},
		{"cncf", cncfJoint, "joint_review.roadmap", []string{"CJ48", "CJ49"}},
		{"cncf", cncfJoint, `people["lea"].roles`, []string{"CJ50", "CJ51"}},
		{"cncf", cncfJoint, `people["rex"].roles`, []string{"CJ51"}},
		{"cncf", cncfJoint, `people["pam"].roles`, []string{"CJ52"}},
		{"cncf", cncfJoint, "process", []string{"CJ53", "CJ53", "CJ54"}},

		{"cncf", cncfPackage, "summary.completed", []string{"CP01"}},
		{"cncf", cncfPackage, "summary.reviewer_ids", []string{"CP02"}},
		{"cncf", cncfPackage, "summary.project_security_lead_ids", []string{"CP03"}},
		{"cncf", cncfPackage, "summary.source_code", []string{"CP04"}},
		{"cncf", cncfPackage, "summary.background", []string{"CP05"}},
		{"cncf", cncfPackage, "summary.maturity_items", []string{"CP06"}},
		{"cncf", cncfPackage, "summary.design", []string{"CP07"}},
		{"cncf", cncfPackage, "summary.analysis", []string{"CP08"}},
		{"cncf", cncfPackage, "recommendations", []string{"CP09"}},
		{"cncf", cncfPackage, "summary.tracking_issue", []string{"CP10"}},
		{"cncf", cncfPackage, "presentation", []string{"CP11"}},
		{"cncf", cncfPackage, `self_assessment.overview.goals["goal-1"].kind`, []string{"CP12"}},
		{"cncf", cncfPackage, "findings", []string{"CP13"}},
		{"cncf", cncfPackage, "assumptions", []string{"CP14"}},

		{"openstack", openstack, "architecture.interfaces", []string{"EP1", "IX1"}},
		{"openstack", openstack, `architecture.interfaces["if-1"].transport`, []string{"EP3", "DF3"}},
		{"openstack", openstack, `architecture.interfaces["if-1"].entry_point`, []string{"EP1", "EP4"}},
		{"openstack", openstack, `architecture.interfaces["if-1"].compromise_impact`, []string{"EP5", "DF5"}},
		{"openstack", openstack, `architecture.data_assets["secret"].impacts`, []string{"AS2", "AS2"}},
		{"openstack", openstack, `architecture.data_assets["secret"].category`, []string{"AS4"}},
		{"openstack", openstack, `architecture.data_assets["secret"].persistence`, []string{"PE1"}},
		{"openstack", openstack, `architecture.data_assets["secret"].persistence["secret.db"].location_id`, []string{"PE2"}},
		{"openstack", openstack, `architecture.data_assets["secret"].persistence["secret.db"].protected_by_id`, []string{"PE3"}},
		{"openstack", openstack, `architecture.data_assets["secret"].persistence["secret.db"].format_id`, []string{"FM2"}},
		{"openstack", openstack, `architecture.interfaces["if-3"].transport`, []string{"DF3"}},
		{"openstack", openstack, `architecture.interfaces["if-3"].flows`, []string{"DF4"}},
		{"openstack", openstack, `architecture.interfaces["if-3"].flows[0].format_id`, []string{"FM1"}},
		{"openstack", openstack, `architecture.diagrams["picture"].interface_ids`, []string{"DF7", "DF7", "DF7"}},
		{"openstack", openstack, "architecture.data_formats", []string{"FM0"}},
		{"openstack", openstack, "architecture.transformations", []string{"FM3"}},
		{"openstack", openstack, "architecture.external_dependencies", []string{"ED1"}},
		{"openstack", openstack, `architecture.external_dependencies["clock"].purpose`, []string{"ED2"}},
		{"openstack", openstack, `architecture.external_dependencies["clock"].assumption_ids`, []string{"ED3"}},
		{"openstack", openstack, `architecture.external_dependencies["clock"].impact_if_unavailable`, []string{"ED4"}},
		{"openstack", openstack, `architecture.interfaces["if-2"].authentication`, []string{"DF5", "IX2"}},
		{"openstack", openstack, "findings", []string{"FI1"}},
		{"openstack", openstack, `findings["f-1"].overall`, []string{"FI2"}},
		{"openstack", openstack, `findings["f-1"].asset_ids`, []string{"FI3"}},
		{"openstack", openstack, `findings["f-1"].agreement.reviewer`, []string{"FI4"}},
		{"openstack", openstack, `findings["f-1"].trackers`, []string{"FI6"}},
		{"openstack", openstack, `findings["f-1"].investigation_results`, []string{"FI9"}},
		{"openstack", openstack, "review.route", []string{"RT1"}},
		{"openstack", openstack, "review.evidence", []string{"RT5"}},
		{"openstack", openstack, "review.validation.reviewer_ids", []string{"RT2"}},
		{"openstack", openstack, "review.validation.assertions", []string{"RT2"}},
		{"openstack", openstack, "artifacts", []string{"RT6"}},
	} {
		t.Run(test.clear, func(t *testing.T) {
			p := load(t, "testdata/complete/"+test.file+".yaml")
			clearField(t, p, test.clear)
			if got := codes(p, test.process); !slices.Equal(got, test.want) {
				t.Errorf("without %s the gaps are %v, want %v", test.clear, got, test.want)
			}
		})
	}
}

// clearField clears the field that a path leads to.
func clearField(t *testing.T, p *reviewpkgv1.ReviewPackage, path string) {
	t.Helper()
	steps, err := fieldpath.Parse(path)
	if err != nil {
		t.Fatal(err)
	}
	parent, _, ok := fieldpath.Resolve(p.ProtoReflect(), steps[:len(steps)-1])
	if !ok {
		t.Fatalf("no %s", path)
	}
	m := parent.Message()
	fd := m.Descriptor().Fields().ByName(protoreflect.Name(steps[len(steps)-1].Field))
	if fd == nil || !m.Has(fd) {
		t.Fatalf("%s is not set", path)
	}
	m.Clear(fd)
}

func TestGapPathsLead(t *testing.T) {
	empty := &reviewpkgv1.ReviewPackage{}
	barbican := load(t, "../examples/packages/openstack-barbican")
	openfga := load(t, "../examples/packages/cncf-openfga")
	for _, p := range []*reviewpkgv1.ReviewPackage{empty, barbican, openfga} {
		for _, process := range []reviewpkgv1.ReviewProcess{cncfPackage, openstack} {
			for _, gap := range reviewpkg.Completeness(p, process).GetGaps() {
				path, err := fieldpath.Parse(gap.GetPath())
				if err != nil {
					t.Errorf("%s: %v", gap.GetCode(), err)
				}
				// In an empty package parents are not set; the names must exist.
				names := ""
				for _, step := range path {
					names = fieldpath.Join(names, step.Field)
				}
				if _, err := fieldpath.ResolveDescriptor(p.ProtoReflect().Descriptor(), names); err != nil {
					t.Errorf("%s: %v", gap.GetCode(), err)
				}
			}
		}
	}
}

// TestBarbicanGaps holds the facts of the published pages, as they were
// counted by hand.
func TestBarbicanGaps(t *testing.T) {
	p := load(t, "../examples/packages/openstack-barbican")
	counts := map[string]int{}
	for _, code := range codes(p, openstack) {
		counts[code]++
	}
	for code, want := range map[string]int{
		"AS2": 15, // cells of the impact analysis that the page leaves empty
		"PE1": 2,  // assets without a place
		"DF3": 6,  // interfaces of which only TLS is known
		"DF4": 11, // interfaces without assets
		"FI4": 8,  // findings without recorded agreement
		"FI6": 8,  // findings without a bug
	} {
		if counts[code] != want {
			t.Errorf("%s: %d gaps, want %d", code, counts[code], want)
		}
	}
}

func TestDeclaredStageIsKept(t *testing.T) {
	p := load(t, "testdata/complete/cncf.yaml")
	p.GetSelfAssessment().GetMetadata().SetStage(reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_OBSOLETE)
	before := proto.Clone(p)
	c := reviewpkg.Completeness(p, cncfSelf)
	if c.GetDeclaredStage() != reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_OBSOLETE {
		t.Errorf("declared stage is %s", c.GetDeclaredStage())
	}
	if !proto.Equal(before, p) {
		t.Error("Completeness changed the package")
	}
	p.SetStatus(reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE)
	if got := reviewpkg.Completeness(p, cncfSelf).GetComputedStage(); got != reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_OBSOLETE {
		t.Errorf("computed stage of an obsolete package is %s", got)
	}
}

func TestUnknownProcess(t *testing.T) {
	c := reviewpkg.Completeness(load(t, "testdata/complete/cncf.yaml"), 99)
	if c.GetComplete() || c.GetChecks() != 0 {
		t.Errorf("an unknown process gives %v", c)
	}
}

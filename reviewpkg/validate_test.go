package reviewpkg_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestDiagnoseNothing(t *testing.T) {
	if err := reviewpkg.Validate(nil); !errors.Is(err, reviewpkg.WrongKind) {
		t.Errorf("no message is valid: %v", err)
	}
	if err := reviewpkg.Validate((*reviewpkgv1.ReviewPackage)(nil)); !errors.Is(err, reviewpkg.MissingField) {
		t.Errorf("an empty package is valid: %v", err)
	}
}

// TestDiagnoseIsBounded holds that a message with many mistakes does not make
// as many diagnostics, and that what is left out keeps its weight.
func TestDiagnoseIsBounded(t *testing.T) {
	const most = 1000
	lost := reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "p", Title: "P",
		Project: reviewpkgv1.Project_builder{Name: "P"}.Build(),
		Status:  reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
	}.Build()
	unrated := reviewpkgv1.ReviewPackage_builder{
		Schema: lost.GetSchema(), Id: "p", Title: "P", Project: lost.GetProject(), Status: lost.GetStatus(),
	}.Build()
	var nameless, warned []*reviewpkgv1.Finding
	for i := range 3 * most {
		nameless = append(nameless, &reviewpkgv1.Finding{})
		warned = append(warned, reviewpkgv1.Finding_builder{
			Id: fmt.Sprint("f-", i), Title: "TODO", State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED,
		}.Build())
	}
	lost.SetFindings(nameless)
	unrated.SetFindings(warned)
	for name, test := range map[string]struct {
		p     *reviewpkgv1.ReviewPackage
		level reviewpkg.Level
	}{
		"errors": {lost, reviewpkg.LevelError}, "warnings": {unrated, reviewpkg.LevelWarning},
	} {
		ds := reviewpkg.Diagnose(test.p)
		last := ds[len(ds)-1]
		if len(ds) != most+1 || last.Code != reviewpkg.TooLarge || last.Level != test.level || !strings.Contains(last.Message, "1000") {
			t.Errorf("%s: %d diagnostics, the last is %v", name, len(ds), last.Error())
		}
	}
	if reviewpkg.Validate(unrated) != nil {
		t.Error("many warnings make a package invalid")
	}
}

// TestMetPermille holds that many checks of one part do not outweigh the rest.
func TestMetPermille(t *testing.T) {
	complete := load(t, "testdata/complete/cncf.yaml")
	if got := reviewpkg.Completeness(complete, cncfSelf).GetMetPermille(); got != 1000 {
		t.Errorf("a complete package meets %d of 1000", got)
	}
	padded := reviewpkgv1.Overview_builder{}
	for i := range 3000 {
		padded.Actors = append(padded.Actors, reviewpkgv1.AssessmentActor_builder{Id: fmt.Sprint("a", i), Name: "x", Isolation: "x"}.Build())
	}
	p := reviewpkgv1.ReviewPackage_builder{SelfAssessment: reviewpkgv1.Assessment_builder{Overview: padded.Build()}.Build()}.Build()
	c := reviewpkg.Completeness(p, cncfSelf)
	if c.GetMet() < 3000 || c.GetMetPermille() > 150 {
		t.Errorf("3000 actors and nothing else meet %d of 1000, %d of %d checks", c.GetMetPermille(), c.GetMet(), c.GetChecks())
	}
	if got := reviewpkg.Completeness(p, 99).GetMetPermille(); got != 0 {
		t.Errorf("an unknown process is met by %d of 1000", got)
	}
}

// TestCheck holds that a caller's own check has its say where all else is
// right, with places, and not where there are errors already.
func TestCheck(t *testing.T) {
	const valid = "schema: reviewpkg.v1.ReviewPackage\nid: p\ntitle: P\nproject:\n  name: P\nstatus: draft\n"
	asked := 0
	options := reviewpkg.UnmarshalOptions{Filename: "p.yaml", Check: func(m proto.Message) reviewpkg.Diagnostics {
		asked++
		if name := m.(*reviewpkgv1.ReviewPackage).GetProject().GetName(); name != "P" {
			t.Errorf("the check sees %q", name)
		}
		return reviewpkg.Diagnostics{{Code: reviewpkg.BadFormat, Level: reviewpkg.LevelError, Path: "project.name", Message: "too short"}}
	}}
	err := options.Unmarshal([]byte(valid), &reviewpkgv1.ReviewPackage{})
	if want := "p.yaml:5:9: too short [bad-format] at project.name"; err == nil || err.Error() != want || asked != 1 {
		t.Errorf("got %v, want %s", err, want)
	}
	if err := options.Unmarshal([]byte(valid+"nope: 1\n"), &reviewpkgv1.ReviewPackage{}); err == nil || asked != 1 {
		t.Errorf("a document with mistakes is checked further: %v", err)
	}
}

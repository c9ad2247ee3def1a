package reviewpkg

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Completeness tells what p lacks for a process, part by part. It is computed
// from the content alone and never confused with validity: a draft may be valid
// and far from complete. For a process that is not known it returns an empty
// result that is not complete.
//
// The parts of the CNCF processes are those of the TAG-Security templates and
// guide; those of OpenStack are the eight assertions of a security review and
// the rules for its routes. Each check has a stable code; each gap names the
// field where the answer belongs.
func Completeness(p *reviewpkgv1.ReviewPackage, process reviewpkgv1.ReviewProcess) *reviewpkgv1.Completeness {
	g := &gaps{}
	switch process {
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF:
		g.selfAssessment(p)
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT:
		g.jointReview(p)
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_PACKAGE:
		g.selfAssessment(p)
		g.jointReview(p)
		g.wholePackage(p)
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK:
		g.assertions(p)
		g.routes(p)
	default:
		// No checks: what nobody knows is not complete.
	}
	return g.result(p, process)
}

// gaps collects the checks of a process. Checks ask whether there is an answer,
// not whether it is a good one: that is what reviewers and rubrics are for. Each
// part of a template and each rule of the reference is one check, and a rule that
// holds for items is one check an item, so that a long list with one gap is
// nearly complete. A check that does not apply is not counted: it would make
// packages that have less to tell look better.
type gaps struct {
	parts []*reviewpkgv1.PartCompleteness
	found []*reviewpkgv1.Gap
}

// part begins a new part; the checks that follow belong to it.
func (g *gaps) part(name string) {
	g.parts = append(g.parts, reviewpkgv1.PartCompleteness_builder{Part: name}.Build())
}

// check counts a check, and records a gap at path if it is not met. The path is
// that of the field which the answer belongs into, so that a form can lead there.
func (g *gaps) check(code, path string, met bool, message string) {
	part := g.parts[len(g.parts)-1]
	part.SetChecks(part.GetChecks() + 1)
	if met {
		part.SetMet(part.GetMet() + 1)
		return
	}
	g.found = append(g.found, reviewpkgv1.Gap_builder{
		Code: code, Path: path, Message: message, Part: part.GetPart(),
	}.Build())
}

// A need is a field that an answer takes, and whether it is filled in.
type need struct {
	field string
	met   bool
}

// checkAll counts one check that takes several fields of the item at path. The
// gap leads to the first of them that is missing.
func (g *gaps) checkAll(code, path, message string, needs ...need) {
	for _, n := range needs {
		if !n.met {
			g.check(code, path+"."+n.field, false, message)
			return
		}
	}
	g.check(code, path, true, message)
}

// advise records something that the process recommends and does not require. It
// is not counted, so that nobody is less complete for it.
func (g *gaps) advise(code, path string, met bool, message string) {
	if met {
		return
	}
	g.found = append(g.found, reviewpkgv1.Gap_builder{
		Code: code, Path: path, Message: message, Part: g.parts[len(g.parts)-1].GetPart(), Advisory: true,
	}.Build())
}

func (g *gaps) result(p *reviewpkgv1.ReviewPackage, process reviewpkgv1.ReviewProcess) *reviewpkgv1.Completeness {
	var checks, met uint32
	var share, parts uint64
	for _, part := range g.parts {
		checks += part.GetChecks()
		met += part.GetMet()
		if part.GetChecks() > 0 {
			share += uint64(part.GetMet()) * 1000 / uint64(part.GetChecks())
			parts++
		}
	}
	// No checks at all means a process that is not known, which nothing completes.
	complete := checks > 0 && met == checks
	stage := reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_INCOMPLETE
	if complete {
		stage = reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE
	}
	// Obsolete is the one stage that content cannot show.
	if p.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_OBSOLETE {
		stage = reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_OBSOLETE
	}
	return reviewpkgv1.Completeness_builder{
		Process: process, Complete: complete, Checks: checks, Met: met, Gaps: g.found, Parts: g.parts,
		DeclaredStage: declaredStage(p, process), ComputedStage: stage,
		MetPermille: uint32(share / max(parts, 1)), //nolint:gosec // at most 1000
	}.Build()
}

// declaredStage returns the stage that the documents of a process declare. The
// self-assessment has a field for it, as its template has; the other documents
// have a status of their page or of the package, of which only the last one
// declares that anything is complete. It is kept beside the computed stage, and
// never overwritten by it.
func declaredStage(p *reviewpkgv1.ReviewPackage, process reviewpkgv1.ReviewProcess) reviewpkgv1.AssessmentStage {
	const complete = reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE
	final := p.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL
	switch process {
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF:
		return p.GetSelfAssessment().GetMetadata().GetStage()
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT:
		return p.GetJointReview().GetMetadata().GetStage()
	case reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK:
		reviewed := p.GetArchitecture().GetStatus() == reviewpkgv1.PageStatus_PAGE_STATUS_REVIEWED
		if reviewed || p.GetReview().GetStatus() == reviewpkgv1.FindingsStatus_FINDINGS_STATUS_COMPLETED {
			return complete
		}
	default:
		// The CNCF package has no stage of its own.
	}
	if final {
		return complete
	}
	return reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_UNSPECIFIED
}

// A claim is a field in which a package declares that something is complete. Gaps
// are no mistakes, and a claim makes them one: the reference has them as errors
// only where the page says Reviewed or Completed.
type claim struct {
	path    string
	process reviewpkgv1.ReviewProcess
	made    bool
}

// claims reports a package that declares itself complete or final and is not,
// and one that is complete and says that it is not. Each claim is reported at
// its own field: whoever takes one back still has to take back the others.
func (c *checker) claims() {
	p := c.pkg
	final := p.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL
	// Findings can be published without an architecture page; then only the claim
	// of the package itself is about the whole process.
	claims := []claim{
		{"self_assessment.metadata.stage", reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF, p.GetSelfAssessment().GetMetadata().GetStage() == reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE},
		{"joint_review.metadata.stage", reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_JOINT, p.GetJointReview().GetMetadata().GetStage() == reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE},
		{"architecture.status", reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK, p.GetArchitecture().GetStatus() == reviewpkgv1.PageStatus_PAGE_STATUS_REVIEWED},
		{"review.status", reviewpkgv1.ReviewProcess_REVIEW_PROCESS_OPENSTACK, p.GetReview().GetStatus() == reviewpkgv1.FindingsStatus_FINDINGS_STATUS_COMPLETED && p.HasArchitecture()},
	}
	for _, process := range p.GetProcesses() {
		claims = append(claims, claim{"status", process, final})
	}
	for _, claim := range claims {
		if claim.made {
			c.claim(claim)
		}
	}
	c.modesty()
}

// claim reports a claim that does not hold, with the number of gaps and the first
// of them: all of them would be pages, and Completeness lists them.
func (c *checker) claim(claim claim) {
	result := Completeness(c.pkg, claim.process)
	if result.GetComplete() {
		return
	}
	missing := result.GetChecks() - result.GetMet()
	hint := ""
	for _, gap := range result.GetGaps() {
		if !gap.GetAdvisory() {
			hint = fmt.Sprintf("the first of them is %s: %s", gap.GetCode(), gap.GetMessage())
			break
		}
	}
	level := LevelError
	if c.quotes(claim.path) {
		level = LevelWarning
	}
	c.report(Incomplete, level, claim.process.String(), claim.path,
		fmt.Sprintf("declared complete for the process %q, and %d of %d checks are not met", inwords.Enum(claim.process), missing, result.GetChecks()), hint)
}

// quotes reports whether a value of a package that is not final was read from a
// document. The claim is then that of the document, which is kept as declared;
// the package itself claims nothing before it is final.
func (c *checker) quotes(path string) bool {
	if c.pkg.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL {
		return false
	}
	return slices.ContainsFunc(c.pkg.GetValueSources(), func(s *reviewpkgv1.ValueSource) bool {
		return s.GetPath() == path && s.GetDocumentId() != ""
	})
}

// modesty reports an assessment that is complete and says that it is not. It is a
// note: the authors may know of something that no check asks for.
func (c *checker) modesty() {
	a := c.pkg.GetSelfAssessment()
	if a.GetMetadata().GetStage() != reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_INCOMPLETE {
		return
	}
	if Completeness(c.pkg, reviewpkgv1.ReviewProcess_REVIEW_PROCESS_CNCF_SELF).GetComplete() {
		c.report(StageMismatch, LevelNote, "REVIEW_PROCESS_CNCF_SELF", "self_assessment.metadata.stage",
			"declared incomplete, and every part is there", "")
	}
}

// answer reports whether a part of a document is answered. None, not
// applicable and "see there" are answers; unknown, empty, blanks and the
// template's own text are not.
func answer(n *reviewpkgv1.Narrative) bool {
	switch n.GetPresence() {
	case reviewpkgv1.Presence_PRESENCE_UNSPECIFIED, reviewpkgv1.Presence_PRESENCE_ANSWERED:
		return strings.TrimSpace(n.GetText()) != ""
	case reviewpkgv1.Presence_PRESENCE_NONE_DECLARED,
		reviewpkgv1.Presence_PRESENCE_NOT_APPLICABLE,
		reviewpkgv1.Presence_PRESENCE_MERGED_ELSEWHERE:
		return true
	default:
		return false
	}
}

// decided reports whether a question was answered with yes or no. Whoever
// answers that they do not know leaves the gap open.
func decided(a reviewpkgv1.Answer) bool {
	return a == reviewpkgv1.Answer_ANSWER_YES || a == reviewpkgv1.Answer_ANSWER_NO
}

// key names an item of a list by its id, and by its index where it has none. A
// package may be far from valid here, and have no ids yet.
func key(list string, i int, id string) string {
	if id == "" {
		return list + "[" + strconv.Itoa(i) + "]"
	}
	return list + "[" + strconv.Quote(id) + "]"
}

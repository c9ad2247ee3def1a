package rubric

import (
	"fmt"
	"testing"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// benchRules is what policies ask for: most of it about findings, some with
// loops and texts, some about the rest of a package.
var benchRules = []*reviewpkgv1.PolicyRule_builder{
	findingRule("open(finding) && risk(finding) >= level('high')", "size(finding.trackers) > 0"),
	findingRule("open(finding)", "finding.recommendation != ''"),
	findingRule("finding.state == FindingState.FINDING_STATE_ACCEPTED", "finding.agreement.reviewer.person_id != ''"),
	findingRule("finding.likelihood >= Level.LEVEL_HIGH || finding.impact >= Level.LEVEL_HIGH", "finding.description != '' && finding.impact_description != ''"),
	findingRule("open(finding) && risk(finding) == level('very_high')", "finding.remedy in [Remedy.REMEDY_DESIGN_CHANGE, Remedy.REMEDY_CODE_CHANGE]"),
	findingRule("", "!disputed(finding) || has(finding.agreement)"),
	findingRule("open(finding)", "!older_than(finding.raised, 365)"),
	findingRule("finding.kind != FindingKind.FINDING_KIND_INFORMATIONAL", "finding.likelihood != Level.LEVEL_UNSPECIFIED && finding.impact != Level.LEVEL_UNSPECIFIED"),
	findingRule("risk(finding) >= level('medium')", "finding.cvss_vector == '' || finding.cvss_vector.startsWith('CVSS:3.1')"),
	findingRule("", "finding.raised_by_ids.exists(id, id == 'ann')"),
	findingRule("finding.kind == FindingKind.FINDING_KIND_DESIGN", "finding.title.matches('^[A-Z]')"),
	findingRule("open(finding) && finding.state != FindingState.FINDING_STATE_REPORTED", "finding.origin != FindingOrigin.FINDING_ORIGIN_SCAN"),
	findingRule("", "size(finding.asset_ids) > 0 || size(finding.interface_ids) > 0"),
	findingRule("pkg.status == PackageStatus.PACKAGE_STATUS_FINAL", "finding.state != FindingState.FINDING_STATE_REPORTED"),
	{Target: reviewpkgv1.RuleTarget_RULE_TARGET_PACKAGE, Condition: "pkg.findings.exists(f, risk(f) >= level('high')) || answered(pkg.self_assessment.use)"},
	{Target: reviewpkgv1.RuleTarget_RULE_TARGET_DIMENSION, Condition: "dimension.not_assessed || risk(dimension) <= level('very_high')"},
}

func findingRule(when, condition string) *reviewpkgv1.PolicyRule_builder {
	return &reviewpkgv1.PolicyRule_builder{Target: reviewpkgv1.RuleTarget_RULE_TARGET_FINDING, When: when, Condition: condition}
}

// benchPolicy returns a policy of n rules.
func benchPolicy(n int) *reviewpkgv1.Policy {
	b := reviewpkgv1.Policy_builder{Id: "p"}
	for i := range n {
		rule := *benchRules[i%len(benchRules)]
		rule.Id, rule.Statement = fmt.Sprint("R", i), "It is as it should be."
		b.Rules = append(b.Rules, rule.Build())
	}
	return b.Build()
}

// benchPackage returns a package of n findings that are written down as well as
// findings are: most rules hold, and of one in twenty something is unknown.
func benchPackage(n int) *reviewpkgv1.ReviewPackage {
	p := reviewpkgv1.ReviewPackage_builder{
		Schema: "reviewpkg.v1.ReviewPackage", Id: "p", Title: "A package", Status: reviewpkgv1.PackageStatus_PACKAGE_STATUS_DRAFT,
		Project: reviewpkgv1.Project_builder{Name: "p"}.Build(),
		People:  []*reviewpkgv1.Person{reviewpkgv1.Person_builder{Id: "ann", Name: "Ann"}.Build()},
		Architecture: reviewpkgv1.Architecture_builder{
			DataAssets: []*reviewpkgv1.DataAsset{reviewpkgv1.DataAsset_builder{Id: "a", Name: "Keys"}.Build()},
		}.Build(),
	}
	for i := range n {
		f := reviewpkgv1.Finding_builder{
			Id: fmt.Sprint("F-", i), Title: "The thing is not as it should be",
			Description:       "What the component reads from the network is parsed before anybody has looked at who sent it.",
			ImpactDescription: "Whoever can reach the port can stop the service for everybody else.",
			Recommendation:    "Look at the sender first, and limit what an unknown one may send.",
			Likelihood:        reviewpkgv1.Level(i%5 + 1), Impact: reviewpkgv1.Level(i/5%5 + 1),
			Kind: reviewpkgv1.FindingKind_FINDING_KIND_DESIGN, State: reviewpkgv1.FindingState(i%4 + 1),
			Origin: reviewpkgv1.FindingOrigin_FINDING_ORIGIN_REVIEW, Remedy: reviewpkgv1.Remedy_REMEDY_CODE_CHANGE,
			AssetIds: []string{"a"}, RaisedByIds: []string{"ann"},
			CvssVector: "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
			Raised:     reviewpkgv1.Date_builder{Value: "2026-03-02"}.Build(),
			Trackers:   []*reviewpkgv1.Tracker{reviewpkgv1.Tracker_builder{Url: "https://example.com/1"}.Build()},
		}
		if i%20 == 0 {
			f.Likelihood = 0
		}
		p.Findings = append(p.Findings, f.Build())
	}
	return p.Build()
}

// The rules of a policy must not be what a pipeline waits for: scoring and
// comparing a package takes at most twice as long as reading it, so that 100
// rules on 500 findings have less time than reading alone.
func BenchmarkRules(b *testing.B) {
	p := benchPackage(500)
	data, err := reviewpkg.Marshal(p)
	if err != nil {
		b.Fatal(err)
	}
	profile := mustScore(b, newTestScorer(b, nil), p)
	compiled, ds := compileRules(benchPolicy(100), Default())
	if len(ds) > 0 {
		b.Fatal(ds)
	}
	in := ruleInput{pkg: p, profile: profile, asOf: time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)}
	var loading, judging time.Duration
	for b.Loop() {
		start := time.Now()
		if err := reviewpkg.Unmarshal(data, &reviewpkgv1.ReviewPackage{}); err != nil {
			b.Fatal(err)
		}
		middle := time.Now()
		if _, err := compiled.evaluate(in); err != nil {
			b.Fatal(err)
		}
		loading, judging = loading+middle.Sub(start), judging+time.Since(middle)
	}
	b.ReportMetric(float64(judging.Milliseconds())/float64(b.N), "rules-ms/op")
	b.ReportMetric(float64(judging)/float64(loading), "rules/load")
}

// What does not depend on the package is done once for a policy.
func BenchmarkCompileRules(b *testing.B) {
	policy, r := benchPolicy(100), Default()
	for b.Loop() {
		if _, ds := compileRules(policy, r); len(ds) > 0 {
			b.Fatal(ds)
		}
	}
}

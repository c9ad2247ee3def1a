package cncf

import (
	"strings"
	"sync"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A tool is a program that pipelines run, and what its use tells about them.
// Tools are what documents name most surely, because they have names of their
// own.
type tool struct {
	name  string // as people write it
	lower string
	set   func(*reviewpkgv1.DevelopmentPipeline, reviewpkgv1.Answer)
}

// They are made once. The list is what the documents of the corpus run. A tool
// without a setter tells nothing that the template asks for: to have a signing
// tool is not to sign.
var tools = sync.OnceValue(func() []tool {
	static := (*reviewpkgv1.DevelopmentPipeline).SetStaticAnalysis
	dependencies := (*reviewpkgv1.DevelopmentPipeline).SetDependencyAnalysis
	vulnerabilities := (*reviewpkgv1.DevelopmentPipeline).SetVulnerabilityChecks
	fuzzing := (*reviewpkgv1.DevelopmentPipeline).SetFuzzing
	list := []struct {
		name string
		set  func(*reviewpkgv1.DevelopmentPipeline, reviewpkgv1.Answer)
	}{
		{"CodeQL", static}, {"gosec", static}, {"Semgrep", static}, {"SonarCloud", static}, {"SonarQube", static}, {"golangci-lint", static}, {"Coverity", static},
		{"Dependabot", dependencies}, {"Renovate", dependencies}, {"FOSSA", dependencies}, {"Mend", nil}, {"Black Duck", dependencies},
		{"Trivy", vulnerabilities}, {"Snyk", vulnerabilities}, {"govulncheck", vulnerabilities}, {"Grype", vulnerabilities}, {"Clair", vulnerabilities},
		{"OSS-Fuzz", fuzzing}, {"ClusterFuzz", fuzzing}, {"Cosign", nil}, {"Sigstore", nil}, {"Prow", nil}, {"GitHub Actions", nil}, {"Jenkins", nil}, {"Travis CI", nil}, {"CircleCI", nil}, {"GoReleaser", nil}, {"OpenSSF Scorecard", nil},
	}
	out := make([]tool, len(list))
	for i, t := range list {
		out[i] = tool{t.name, strings.ToLower(t.name), t.set}
	}
	return out
})

// pipelineFacts reads the facts that the template asks for. A fact is read only
// from a statement that no word in its sentence denies, and never as "no": that
// a document does not speak of something does not mean that it is not there.
// Wishes are denials here: what should be, would be or is planned is not.
func (r *reader) pipelineFacts(p *reviewpkgv1.DevelopmentPipeline, text string) {
	yes := reviewpkgv1.Answer_ANSWER_YES
	whole := strings.ToLower(text)
	// The whole answer is asked first, for 28 names, and sentences only for those
	// that are in it.
	var named []tool // few answers name more than three
	for _, t := range tools() {
		if strings.Contains(whole, t.lower) {
			named = append(named, t)
		}
	}
	seen := map[string]bool{}
	for lower := range strings.SplitSeq(whole, ". ") {
		if containsAny(lower, " not ", "n't ", " no ", "without", "plan to", "planning", "would ", "should ", "encouraged", "in the future", "roadmap") {
			continue
		}
		for _, t := range named {
			if !containsWord(lower, t.lower) {
				continue
			}
			if !seen[t.name] {
				seen[t.name] = true
				p.SetTools(append(p.GetTools(), t.name))
			}
			if t.set != nil {
				t.set(p, yes)
			}
		}
		// The sign-off of the certificate says who may give a change away. It
		// is no signature of the commit.
		if containsAny(lower, "developer certificate of origin", "(dco)", " dco ", "dco.", "dco]", "dco check", "signed-off-by", "sign-off") {
			p.SetCertificateOfOrigin(yes)
		}
		// Only sentences that can mean nothing else. "Signed commits" alone
		// stands in questions and in plans.
		if containsAny(lower, "commits must be signed", "require signed commits", "commits are signed", "signed commits are required", "must sign their commits", "required to sign commits") {
			p.SetSignedCommits(yes)
		}
		if containsAny(lower, "images are signed", "artifacts are signed", "releases are signed", "signed container images", "signed using cosign", "signed with cosign", "sign all", "signed using sigstore", "signed with sigstore") {
			p.SetSignedImages(yes)
		}
		if containsAny(lower, "two-factor", "two factor", "2fa", "multi-factor") {
			p.SetTwoFactor(yes)
		}
		if n := reviewers(lower); n > 0 && !p.HasRequiredReviewers() {
			p.SetRequiredReviewers(n)
		}
	}
	r.claimFacts(p)
}

// claimFacts claims what was concluded from the text of the part, for all of its
// lines: which sentence of it says what is for the reader to see. The text
// itself is claimed where it is read.
func (r *reader) claimFacts(p *reviewpkgv1.DevelopmentPipeline) {
	s := r.found[pipeline]
	if s == nil {
		return
	}
	m := p.ProtoReflect()
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		if fd := fields.Get(i); fd.Name() != "text" && m.Has(fd) {
			r.Claim(r.at("development.pipeline."+string(fd.Name())), s.start, r.fullEnd(s), reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
		}
	}
}

// reviewerCounts are the numbers of approvals that documents ask for.
var reviewerCounts = map[string]uint32{"one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}

// reviewers reads how many people must approve a change, from words such as "at
// least two maintainers". Digits and words are both common, and the noun behind
// decides: two weeks are no reviewers.
func reviewers(lower string) uint32 {
	for _, start := range []string{"at least ", "approval from ", "approved by ", "minimum of ", "requires ", "require "} {
		_, rest, ok := strings.Cut(lower, start)
		if !ok {
			continue
		}
		// The number and the word for who approves stand next to each other.
		words := strings.Fields(rest)
		if len(words) < 2 {
			continue
		}
		n := reviewerCounts[words[0]]
		next := strings.Join(words[1:min(len(words), 4)], " ")
		if n > 0 && containsAny(next, "reviewer", "maintainer", "approv", "committer", "lgtm", "review") {
			return n
		}
	}
	return 0
}

package cncf

import (
	"slices"
	"strings"

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

// The list is what the documents of the corpus run. A tool without a setter
// tells nothing that the template asks for: to have a signing tool is not to
// sign.
var tools = func() []tool {
	static := (*reviewpkgv1.DevelopmentPipeline).SetStaticAnalysis
	dependencies := (*reviewpkgv1.DevelopmentPipeline).SetDependencyAnalysis
	vulnerabilities := (*reviewpkgv1.DevelopmentPipeline).SetVulnerabilityChecks
	fuzzing := (*reviewpkgv1.DevelopmentPipeline).SetFuzzing
	list := []tool{
		{name: "CodeQL", set: static}, {name: "gosec", set: static}, {name: "Semgrep", set: static}, {name: "SonarCloud", set: static},
		{name: "SonarQube", set: static}, {name: "golangci-lint", set: static}, {name: "Coverity", set: static},
		{name: "Dependabot", set: dependencies}, {name: "Renovate", set: dependencies}, {name: "FOSSA", set: dependencies}, {name: "Mend"}, {name: "Black Duck", set: dependencies},
		{name: "Trivy", set: vulnerabilities}, {name: "Snyk", set: vulnerabilities}, {name: "govulncheck", set: vulnerabilities}, {name: "Grype", set: vulnerabilities}, {name: "Clair", set: vulnerabilities},
		{name: "OSS-Fuzz", set: fuzzing}, {name: "ClusterFuzz", set: fuzzing}, {name: "Cosign"}, {name: "Sigstore"}, {name: "Prow"}, {name: "GitHub Actions"},
		{name: "Jenkins"}, {name: "Travis CI"}, {name: "CircleCI"}, {name: "GoReleaser"}, {name: "OpenSSF Scorecard"},
	}
	for i := range list {
		list[i].lower = strings.ToLower(list[i].name)
	}
	return list
}()

// toolNames are the names of the tools in lower case.
var toolNames = phrasesOf(tools, func(t tool) string { return t.lower })

// wishes are the words that make a sentence say what is not so: it is denied, or
// should be, would be or is planned.
var wishes = newPhrases(" not ", "n't ", " no ", "without", "plan to", "planning", "would ", "should ", "encouraged", "in the future", "roadmap")

// statements are what a sentence says that states a fact.
var statements = []struct {
	said *phrases
	set  func(*reviewpkgv1.DevelopmentPipeline, reviewpkgv1.Answer)
}{
	// The sign-off of the certificate says who may give a change away. It is no
	// signature of the commit.
	{newPhrases("developer certificate of origin", "(dco)", " dco ", "dco.", "dco]", "dco check", "signed-off-by", "sign-off"), (*reviewpkgv1.DevelopmentPipeline).SetCertificateOfOrigin},
	// Only sentences that can mean nothing else. "Signed commits" alone stands in
	// questions and in plans.
	{
		newPhrases("commits must be signed", "require signed commits", "commits are signed", "signed commits are required", "must sign their commits", "required to sign commits"),
		(*reviewpkgv1.DevelopmentPipeline).SetSignedCommits,
	},
	{
		newPhrases("images are signed", "artifacts are signed", "releases are signed", "signed container images", "signed using cosign", "signed with cosign", "sign all", "signed using sigstore", "signed with sigstore"),
		(*reviewpkgv1.DevelopmentPipeline).SetSignedImages,
	},
	{newPhrases("two-factor", "two factor", "2fa", "multi-factor"), (*reviewpkgv1.DevelopmentPipeline).SetTwoFactor},
}

// pipelineFacts reads the facts that the template asks for. A fact is read only
// from a statement that no word in its sentence denies, and never as "no": that
// a document does not speak of something does not mean that it is not there.
func (r *reader) pipelineFacts(p *reviewpkgv1.DevelopmentPipeline, text string) {
	yes := reviewpkgv1.Answer_ANSWER_YES
	whole := lowerCase(text)
	// The whole answer is asked first, and sentences only for the tools that are
	// in it: few answers name more than three.
	named := toolNames.find(whole)
	for lower := range strings.SplitSeq(whole, ". ") {
		if wishes.in(lower) {
			continue
		}
		for i := range named.all() {
			t := tools[i]
			if !containsWord(lower, t.lower) {
				continue
			}
			if !slices.Contains(p.GetTools(), t.name) {
				p.SetTools(append(p.GetTools(), t.name))
			}
			if t.set != nil {
				t.set(p, yes)
			}
		}
		for _, f := range statements {
			if f.said.in(lower) {
				f.set(p, yes)
			}
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

// approvalWords are the words before the number of those who must approve.
var (
	approvalWords = []string{"at least ", "approval from ", "approved by ", "minimum of ", "requires ", "require "}
	approvals     = newPhrases(approvalWords...)
)

// reviewers reads how many people must approve a change, from words such as "at
// least two maintainers". Digits and words are both common, and the noun behind
// decides: two weeks are no reviewers.
func reviewers(lower string) uint32 {
	if !approvals.in(lower) {
		return 0 // most sentences
	}
	for _, start := range approvalWords {
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

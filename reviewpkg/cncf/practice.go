package cncf

import (
	"strconv"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A practice is a question about the pipeline that is answered yes or no. The
// template asks four such questions in one sentence; the others are those that
// documents answer beside them.
type practice struct {
	name string
	set  func(*reviewpkgv1.DevelopmentPipeline, reviewpkgv1.Answer)
	get  func(*reviewpkgv1.DevelopmentPipeline) reviewpkgv1.Answer
}

func practices() []practice {
	type p = reviewpkgv1.DevelopmentPipeline
	return []practice{
		{"Signed commits", (*p).SetSignedCommits, (*p).GetSignedCommits},                    // asked by the template
		{"Signed images", (*p).SetSignedImages, (*p).GetSignedImages},                       // asked, as one question
		{"Immutable images", (*p).SetImmutableImages, (*p).GetImmutableImages},              // with this one
		{"Vulnerability checks", (*p).SetVulnerabilityChecks, (*p).GetVulnerabilityChecks},  // asked as automated ones
		{"Static analysis", (*p).SetStaticAnalysis, (*p).GetStaticAnalysis},                 // by a tool with a name
		{"Dependency analysis", (*p).SetDependencyAnalysis, (*p).GetDependencyAnalysis},     // by bots, in most
		{"Fuzzing", (*p).SetFuzzing, (*p).GetFuzzing},                                       // told by those who do it
		{"Certificate of origin", (*p).SetCertificateOfOrigin, (*p).GetCertificateOfOrigin}, // a sign-off, no signature
		{"Two factors", (*p).SetTwoFactor, (*p).GetTwoFactor},                               // required for graduation
	}
}

// practices reads the table of practices that the documents of this package
// have. What it says is stated, and nothing is read from the words around it.
// The table leaves the answer in words, or it would be there twice.
func (r *reader) practices(p *reviewpkgv1.DevelopmentPipeline) bool {
	s := r.found[pipeline]
	for _, b := range s.blocks {
		if b.kind != table {
			continue
		}
		g := r.gfmTable(b)
		if head := g.header(); len(head) != 2 || key(head[0]) != "practice" || key(head[1]) != "answer" {
			continue
		}
		for _, row := range g.body() {
			r.practiceRow(p, &row)
		}
		// The text of the answer was read with the table in it, before it was known
		// to be one.
		source := strings.TrimSpace(dedent(r.Lines(b.start, b.end), s.indent))
		if text := strings.TrimSpace(strings.Replace(p.GetText().GetText(), source, "", 1)); text != "" {
			p.GetText().SetText(text)
			p.GetText().SetPresence(presenceOf(text))
		} else {
			p.ClearText()
		}
		return true
	}
	return false
}

// Numbers beyond what they can be are left out: a slip must not become a fact.
func (r *reader) practiceRow(p *reviewpkgv1.DevelopmentPipeline, row *row) {
	name, value := plainText(row.cell(0)), row.cell(1)
	field := ""
	switch name {
	// The names are those that practiceTable writes, so that what a package knows
	// of a pipeline survives in a document that has no fields.
	case "Required reviewers":
		field = "required_reviewers"
		if n, err := strconv.ParseUint(value, 10, 32); err == nil && n <= 100 {
			p.SetRequiredReviewers(uint32(n))
		}
	case "SLSA build level":
		field = "slsa_build_level"
		if n, err := strconv.ParseUint(value, 10, 32); err == nil && n <= 4 {
			p.SetSlsaBuildLevel(uint32(n))
		}
	case "Tools":
		field = "tools"
		for tool := range strings.SplitSeq(value, ", ") {
			if tool = plainText(tool); tool != "" {
				p.SetTools(append(p.GetTools(), tool))
			}
		}
	case "Release process":
		field = "release_process"
		p.SetReleaseProcess(breaks(value))
	default:
		for _, known := range practices() {
			if known.name == name {
				known.set(p, yesNo(value))
				field = strings.ReplaceAll(strings.ToLower(name), " ", "_")
				if field == "two_factors" {
					field = "two_factor"
				}
			}
		}
	}
	m := p.ProtoReflect()
	if fd := m.Descriptor().Fields().ByName(protoName(field)); fd != nil && m.Has(fd) {
		r.Claim(r.at("development.pipeline."+field), row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
	}
}

package export

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// verdict appends the outcome in words, with the policy, because a PASS means
// nothing without it, and the one rule that a reader should know of.
func (p *page) verdict(v *reviewpkgv1.Verdict) {
	if v == nil {
		p.paragraph(words("No verdict: the package was not compared with a policy."))
		return
	}
	name, meaning := outcomeWords(v.GetOutcome())
	l := line{
		strong("Verdict: "+name+".", outcomeTone(v.GetOutcome())),
		words(" %s the policy ", meaning), code(v.GetPolicy()), words(" version "), quote(v.GetPolicyVersion()), words("."),
	}
	p.Blocks = append(p.Blocks, block{Kind: verdictBlock, Line: append(l, decided(v)...)})
}

// decided says in a sentence which rule a verdict comes from: the first one of
// its outcome, since results stand deciding ones first.
func decided(v *reviewpkgv1.Verdict) line {
	if v.GetOutcome() == reviewpkgv1.Outcome_OUTCOME_PASS {
		return nil
	}
	var first *reviewpkgv1.RuleResult
	others := 0
	for _, r := range v.GetResults() {
		switch {
		case r.GetOutcome() != v.GetOutcome():
		case first == nil:
			first = r
		default:
			others++
		}
	}
	if first == nil {
		return nil
	}
	l := line{words(" Decided by "), code(first.GetRule())}
	if others > 0 {
		l = append(l, words(" and %s", count(others, "more rule")))
	}
	return append(l, words(": "), sentence(first.GetMessage()), words("."))
}

// sentence returns text of a document that a full stop of this package follows.
func sentence(s string) span { return quote(strings.TrimRight(s, ". \t\n")) }

// reasons appends why the verdict is what it is: how many rules there are of
// each outcome, those that did not pass with what they found, and the names of
// those that did.
func (p *page) reasons(v *reviewpkgv1.Verdict, most limits) {
	if len(v.GetResults()) == 0 {
		return
	}
	p.heading(2, words("Why"))
	counts := map[reviewpkgv1.Outcome]int{}
	var items []item
	var passed line
	for _, result := range v.GetResults() {
		counts[result.GetOutcome()]++
		if result.GetOutcome() == reviewpkgv1.Outcome_OUTCOME_PASS {
			passed = append(passed, code(result.GetRule()))
			continue
		}
		items = append(items, reason(result, most))
	}
	p.paragraph(words("%s: %s.", count(len(v.GetResults()), "rule"), tallyWords(counts)))
	p.list(items, most.items, "rule")
	if len(passed) > 0 {
		p.paragraph(append(line{words("Passed: ")}, joined(passed, most.items)...)...)
	}
}

// reason returns one rule that did not pass, and below it the items that did not
// and what to do. Found and wanted are written out unless the message has them: a
// message may come from any program.
func reason(result *reviewpkgv1.RuleResult, most limits) item {
	name, _ := outcomeWords(result.GetOutcome())
	l := line{strong(name, outcomeTone(result.GetOutcome())), words(" "), code(result.GetRule()),
		words(": "), sentence(result.GetMessage())}
	// The library's own messages say what was found, and to say it twice would make
	// the line hard to read.
	for _, fact := range []struct{ name, text string }{{"found", result.GetFound()}, {"wanted", result.GetWanted()}} {
		if text := quote(fact.text); text.Text != "" && !strings.Contains(result.GetMessage(), fact.text) {
			l = append(l, words("; %s: ", fact.name), text)
		}
	}
	if n := result.GetChecked(); n > 1 {
		l = append(l, words("; %d of %d items did not pass", len(result.GetItems()), n))
	}
	l = append(l, restsOn(result)...)
	top := item{Line: append(l, named("waived by", result.GetWaivers())...)}
	n, rest := cut(len(result.GetItems()), most.below)
	for _, it := range result.GetItems()[:n] {
		top.Items = append(top.Items, item{Line: itemReason(it, result)})
	}
	if rest > 0 {
		top.Items = append(top.Items, item{Line: andMore(rest, "item")})
	}
	if remedy := quote(result.GetRemediation()); remedy.Text != "" {
		top.Items = append(top.Items, item{Line: line{words("What to do: "), remedy}})
	}
	return top
}

// restsOn returns the paths that a rule rests on and those that are not known. A
// rule has all of them, and what is said of its items below is left out.
func restsOn(result *reviewpkgv1.RuleResult) line {
	told := map[string]bool{}
	for _, it := range result.GetItems() {
		told[it.GetPath()] = true
		for _, read := range it.GetReads() {
			told[read.GetPath()] = true
		}
		for _, path := range it.GetUnknowns() {
			told[path] = true
		}
	}
	unknowns := untold(result.GetUnknowns(), told)
	for _, path := range unknowns {
		told[path] = true
	}
	return append(named("see", untold(result.GetPaths(), told)), named("not known:", unknowns)...)
}

// untold returns the paths that were not told yet.
func untold(paths []string, told map[string]bool) []string {
	var left []string
	for _, path := range paths {
		if !told[path] {
			left = append(left, path)
		}
	}
	return left
}

// itemReason returns one item that did not pass a rule, with what the rule read
// of it. Of a package as a whole there is no path.
func itemReason(it *reviewpkgv1.ItemResult, result *reviewpkgv1.RuleResult) line {
	l := line{words("the package")}
	if it.GetPath() != "" {
		l = line{code(it.GetPath())}
	}
	l = append(line{words("%s: ", sentenceCase(inwords.Enum(it.GetOutcome())))}, l...)
	if message := it.GetMessage(); message != "" && message != result.GetMessage() {
		l = append(l, words(": "), quote(message))
	}
	// A rule may read hundreds of fields; the first few show what it looks at.
	n, rest := cut(len(it.GetReads()), mostNamed)
	for i, read := range it.GetReads()[:n] {
		if i == 0 {
			l = append(l, words("; read "))
		} else {
			l = append(l, words(", "))
		}
		l = append(l, code(read.GetPath()), words(" = "), orNotStated(quote(read.GetValue()))[0])
	}
	if rest > 0 {
		l = append(l, words(" and %d more", rest))
	}
	l = append(l, named("not known:", it.GetUnknowns())...)
	return append(l, named("waived by", it.GetWaivers())...)
}

// named returns what continues a line with paths or ids, if there are any.
func named(what string, texts []string) line {
	if len(texts) == 0 {
		return nil
	}
	return append(line{words("; %s ", what)}, codes(texts)...)
}

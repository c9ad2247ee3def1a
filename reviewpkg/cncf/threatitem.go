package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// threatSection reads a section that is one threat. A category is one threat
// where nothing numbered stands below it. One document puts the mitigations of
// each threat under the next heading, with the same number.
func (t *threatReader) threatSection(s *section) bool {
	number, title := threatNumber(s.label)
	stride := strideOf(s.label)
	if number == "" && stride == 0 && !t.describes(s) || t.hasMatrix(s) {
		return false
	}
	if number == "" && stride != 0 && t.numbersItems(s) {
		t.strided = true
		return false
	}
	// Mitigations may stand under a heading of their own.
	if th := t.numbered[number]; th != nil && strings.Contains(key(title), "mitigation") {
		e := t.subEntry(s)
		th.SetMitigations(append(th.GetMitigations(), mitigationTexts(&e)...))
		t.claimEntry(t.path+`.threats["`+th.GetId()+`"].mitigations`, &e)
		return true
	}
	// Sections below a category are threats of it, if they say so. Those that
	// repeat a number are parts of the threat.
	for _, sub := range s.subs {
		if n, _ := threatNumber(sub.label); n != "" && number == "" {
			t.strided = true
			return true
		}
	}
	e := t.threatEntry(s, number)
	if e.text == "" && number == "" || t.template(s.start, e.end, e.text) || strings.HasPrefix(e.text, "Use previous table") {
		return true // nothing is said
	}
	th := t.threat(&e, number, strings.TrimRight(trimNumber(title), " :."))
	if stride != 0 {
		th.SetStride([]reviewpkgv1.Stride{stride})
	}
	return true
}

// threatEntry returns the entry of a section that is a threat. Threats below it
// that have numbers of their own are no text of it, and the sections that give
// its parts are read with it.
func (t *threatReader) threatEntry(s *section, number string) entry {
	e := t.subEntry(s)
	// Lines of a paragraph stay where they are in other entries, and their
	// values are a part of what these say.
	for i := range e.fields {
		if f := &e.fields[i]; f.source == "" {
			f.source = strings.TrimSpace(dedent(t.Lines(f.start, f.end), s.indent))
		}
	}
	used := map[int]bool{}
	for _, f := range threatFields(&e) {
		if f != nil && f.heading {
			used[f.start] = true
		}
	}
	text, others := []string{t.ownText(s)}, false
	for _, sub := range s.subs {
		n, _ := threatNumber(sub.label)
		if len(sub.parts) > 0 || n != "" && n != number {
			others = true
			continue
		}
		text = append(text, strings.TrimSpace(t.Lines(sub.start, sub.body)), t.fullText(sub))
		if n != "" || used[sub.start] {
			t.markRead(sub)
		}
	}
	if others {
		e.text = strings.Join(slices.DeleteFunc(text, func(s string) bool { return s == "" }), "\n\n")
		e.end = s.end
	}
	return e
}

// markRead marks a section and those below it as parts of a threat. A number
// there begins another one.
func (t *threatReader) markRead(s *section) {
	if t.read == nil {
		t.read = map[*section]bool{}
	}
	t.read[s] = true
	for _, sub := range s.subs {
		if number, _ := threatNumber(sub.label); number == "" && len(sub.parts) == 0 {
			t.markRead(sub)
		}
	}
}

// numbersItems reports whether a section lists numbered threats, which makes a
// category a title of theirs.
func (t *threatReader) numbersItems(s *section) bool {
	for _, b := range s.blocks {
		if b.kind == list && slices.ContainsFunc(b.kids, func(it *block) bool {
			number, _ := threatNumber(t.textEntry(t.itemText(it), it).label)
			return number != ""
		}) {
			return true
		}
	}
	return false
}

// describes reports whether a section has both a threat and its mitigation
// below labels of their own, which makes it a threat under any heading.
func (t *threatReader) describes(s *section) bool {
	if s.level == 0 || len(s.parts) > 0 || len(s.blocks) < 2 {
		return false
	}
	e := t.subEntry(s)
	return e.value("threat", "risk", "attack", "description", "weakness") != "" && len(mitigationTexts(&e)) > 0
}

// hasMatrix reports whether a section has a matrix, whatever its heading: that
// of the template is called after an area of attack.
func (t *threatReader) hasMatrix(s *section) bool {
	grids, _ := t.tables(s.blocks)
	for i := range grids {
		if isMatrix(&grids[i]) {
			return true
		}
	}
	return false
}

// threat adds a threat that an entry describes. Labels are Threat and
// Mitigation in one document, Risks and Mitigations in the next, Description
// and Mitigations in a third. One numbers cases below a threat.
func (t *threatReader) threat(e *entry, number, title string) *reviewpkgv1.Threat {
	if title == "" {
		title = e.headline(number)
	}
	th := reviewpkgv1.Threat_builder{Number: number, Title: title, Description: e.value(threatLabels...), Application: e.value("application")}.Build()
	// The letter behind the number is the category.
	if i := strings.LastIndexByte(number, '-'); i > 0 {
		for _, c := range strideWords {
			if number[i+1:] == string(c.letter) {
				th.SetStride([]reviewpkgv1.Stride{c.stride})
			}
		}
	}
	if len(th.GetStride()) == 0 {
		th.SetStride(strides(e.value(categoryLabels...)))
	}
	var cases []string
	for _, f := range threatCases(e) {
		cases = append(cases, f.value)
	}
	th.SetCases(cases)
	th.SetMitigations(mitigationTexts(e))
	// Without a label for it, what has no other place describes the threat.
	if th.GetDescription() == "" && !strings.Contains(key(e.label), "mitigation") {
		th.SetDescription(e.without(threatFields(e)...))
	}
	th.SetDisposition(threatDisposition(th.GetApplication()))
	name := number
	if name == "" {
		name = title
	}
	th.SetId(t.id("threat", strings.TrimPrefix(strings.ToLower(name), "threat-"), e.id))
	if number != "" {
		if t.numbered == nil {
			t.numbered = map[string]*reviewpkgv1.Threat{}
		}
		t.numbered[number] = th
	}
	t.m.SetThreats(append(t.m.GetThreats(), th))
	t.claimEntry(t.path+`.threats["`+th.GetId()+`"]`, e)
	return th
}

// The labels of what a threat consists of. Each document has its own.
var (
	threatLabels     = []string{"threat", "description", "risk", "weakness"}
	mitigationLabels = []string{"mitigation", "recommended mitigation", "remediation", "possible mitigation", "suggested mitigation"}
	categoryLabels   = []string{"category", "stride"}
)

// threatFields returns the labelled values of an entry that have a place of
// their own in a threat.
func threatFields(e *entry) []*field {
	return append(threatCases(e), e.field(threatLabels...), e.field(mitigationLabels...), e.field(categoryLabels...), e.field("application"))
}

// threatCases returns the labelled cases of a threat.
func threatCases(e *entry) []*field {
	var out []*field
	for i := range e.fields {
		if f := &e.fields[i]; strings.HasPrefix(f.label, "case") && f.value != "" {
			out = append(out, f)
		}
	}
	return out
}

// headline takes the title of a threat off its text, where only its number is
// marked as a name: "Threat-03-T - Changed hub". A sentence is no title, and
// without one a threat is called by its number.
func (e *entry) headline(number string) string {
	line, rest, _ := strings.Cut(e.text, "\n")
	title := plainText(withoutBreak(line))
	if title == "" || len(title) > maxName || strings.HasSuffix(title, ".") || isThreatPart(line) {
		return number
	}
	e.text = strings.TrimSpace(rest)
	return title
}

// isThreatPart reports whether a line is an item, or a heading in any form,
// which is a part of a threat and no name of it.
func isThreatPart(line string) bool {
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "|") || strings.HasPrefix(line, ">") || strings.HasPrefix(line, "`") ||
		strings.HasPrefix(line, "- ") || strings.HasPrefix(line, "* ") || strings.HasPrefix(line, "+ ") || trimNumber(line) != line || splitLead(line).label != ""
}

// mitigationTexts returns the mitigations of a threat: the items below the
// label, or its text. Some documents have threats and no mitigations at all.
func mitigationTexts(e *entry) []string {
	f := e.field(mitigationLabels...)
	switch {
	case f == nil:
		if strings.Contains(key(e.label), "mitigation") && e.text != "" {
			return []string{e.text}
		}
		return nil
	case len(f.items) > 0:
		var out []string
		for _, text := range f.items {
			if text = withoutBreak(text); text != "" {
				out = append(out, text)
			}
		}
		return out
	case f.value != "":
		return []string{f.value}
	default:
		return nil
	}
}

// threatDisposition reads what a text on the application of a threat to the
// project says about it. One document says of each whether it applies. A
// sentence that only has the words in it decides nothing.
func threatDisposition(text string) reviewpkgv1.Disposition {
	switch folded := intake.Fold(plainText(text)); {
	case strings.HasPrefix(folded, "not applicable"):
		return reviewpkgv1.Disposition_DISPOSITION_NOT_APPLICABLE
	case containsAny(folded, "considered out of scope", "out of scope for"):
		return reviewpkgv1.Disposition_DISPOSITION_OUT_OF_SCOPE
	case strings.HasPrefix(folded, "not a concern"), strings.HasPrefix(folded, "mitigated"):
		return reviewpkgv1.Disposition_DISPOSITION_MITIGATED
	default:
		return 0
	}
}

// item reads an item of a threat model: a category of STRIDE with a threat, a
// family of controls, or a threat by itself. Three documents have their
// categories as bullets.
func (t *threatReader) item(it *block, theoretical bool) {
	e := t.textEntry(t.itemText(it), it)
	e.id = t.idComment(it.kids)
	var nested []string
	for _, b := range it.kids {
		if b.kind != list {
			continue
		}
		for _, inner := range b.kids {
			e.addField(t.outline, inner, it.indent(t.page))
			nested = append(nested, "- "+t.itemText(inner))
		}
	}
	number, title := threatNumber(e.label)
	stride := strideOf(e.label)
	switch {
	case number != "" || stride != 0:
		if number == "" {
			title = e.label
		}
		th := t.threat(&e, number, title)
		if stride != 0 {
			th.SetStride([]reviewpkgv1.Stride{stride})
		}
	case isControlFamily(e.label):
		t.m.SetControlFamilies(append(t.m.GetControlFamilies(), controlFamily(&e, nested)))
		t.claimEntry(t.path+".control_families["+itoa(len(t.m.GetControlFamilies())-1)+"]", &e)
	// No category and no number: the label of its mitigations gives it away.
	case strings.Contains(e.raw, "itigation"):
		t.mitigated(&e)
	// Below such a heading, each item is a threat, with or without a name.
	case theoretical:
		name, stated := e.name()
		if name == "" || len(nested) > 0 && !stated {
			return
		}
		th := t.threat(&e, "", name)
		if !stated || th.GetDescription() == "" {
			th.SetDescription(e.whole())
		}
	}
}

// controlFamily reads a family of controls: what is labelled as controls, data
// or threats, and the rest, which is about threats.
func controlFamily(e *entry, nested []string) *reviewpkgv1.ControlFamily {
	f := reviewpkgv1.ControlFamily_builder{Name: e.label}.Build()
	var used []*field
	for i := range e.fields {
		set, has := f.SetThreats, f.GetThreats()
		switch e.fields[i].label {
		case "control", "controls":
			set, has = f.SetControls, f.GetControls()
		case "data":
			set, has = f.SetData, f.GetData()
		case "threat", "threats":
		default:
			continue
		}
		// A label that occurs again is text.
		if e.fields[i].value != "" && has == "" {
			set(e.fields[i].value)
			used = append(used, &e.fields[i])
		}
	}
	switch {
	case len(used) > 0:
		f.SetThreats(joinText(f.GetThreats(), e.without(used...)))
	case len(nested) > 0:
		f.SetThreats(strings.Join(nested, "\n"))
	default:
		f.SetThreats(e.text)
	}
	return f
}

// mitigated reads a threat with its mitigations below a label in its own text,
// as exports from word processors have them. The numbers of such a list go on
// from the one before, so that Markdown sees no list.
func (t *threatReader) mitigated(e *entry) {
	lines := strings.Split(e.raw, "\n")
	for i, line := range lines {
		if key(line) != "mitigations" && key(line) != "mitigation" {
			continue
		}
		name, _ := e.name()
		th := t.threat(e, "", name)
		th.SetDescription(withoutBreak(strings.TrimSpace(strings.Join(lines[:i], "\n"))))
		fromOne := strings.HasPrefix(strings.TrimSpace(strings.Join(lines[i+1:], "\n")), "1.")
		list := numbered(lines[i+1:])
		th.SetMitigations(slices.DeleteFunc(slices.Clone(list), func(m string) bool { return m == "" }))
		// A list that begins with another number than 1 is text for Markdown.
		if len(list) > 1 && !fromOne {
			t.Repair("repaired-list", t.LineStart(e.start+i+1), "the numbered list is glued to the paragraph above it", "put a blank line before it, or begin it with 1")
		}
		return
	}
}

// numbered returns the items of a list that is text. Lines without a number go
// on with the item above them.
func numbered(lines []string) []string {
	var out, item []string
	for i, line := range lines {
		text := strings.TrimSpace(line)
		cut := trimNumber(text)
		if cut != text && i > 0 {
			out, item = append(out, withoutBreak(strings.Join(item, "\n"))), nil
		}
		if cut != "" {
			item = append(item, cut)
		}
	}
	return append(out, withoutBreak(strings.Join(item, "\n")))
}

// isControlFamily reports whether a label is a family of controls of the
// lightweight threat model. Five projects use it; its ten families are the same
// in all.
func isControlFamily(label string) bool {
	return oneOf(key(withoutParentheses(label)), "deployment architecture", "networking", "cryptography", "multi tenancy isolation", "multi tenancy", "secrets management",
		"authentication", "authorization", "storage", "audit and logging", "security tests", "security testing", "logging and auditing")
}

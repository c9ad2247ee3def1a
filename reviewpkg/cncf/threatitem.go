package cncf

import (
	"slices"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// threatSection reads a section that is one threat.
func (t *threatReader) threatSection(s *section) bool {
	number, title := threatNumber(s.label)
	stride := strideOf(s.label)
	if number == "" && stride == 0 && !t.describes(s) || t.hasMatrix(s) {
		return false
	}
	// Mitigations may stand under a heading of their own.
	if th := t.numbered[number]; th != nil && strings.Contains(key(title), "mitigation") {
		e := t.subEntry(s)
		th.SetMitigations(append(th.GetMitigations(), mitigationTexts(&e)...))
		t.claimEntry(t.path+`.threats["`+th.GetId()+`"].mitigations`, &e)
		return true
	}
	e := t.subEntry(s)
	// Sections below a category are threats of it, if they say so.
	for _, sub := range s.subs {
		if n, _ := threatNumber(sub.label); n != "" {
			t.strided = true
			return true
		}
	}
	if e.text == "" && number == "" || t.template(s.start, e.end, e.text) || strings.HasPrefix(e.text, "Use previous table") {
		return true // nothing is said
	}
	th := t.threat(&e, number, strings.TrimRight(trimNumber(title), " :."))
	if stride != 0 {
		th.SetStride([]reviewpkgv1.Stride{stride})
	}
	return true
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

func (t *threatReader) hasMatrix(s *section) bool {
	grids, _ := t.tables(s.blocks)
	for i := range grids {
		if isMatrix(&grids[i]) {
			return true
		}
	}
	return false
}

// threat adds a threat that an entry describes.
func (t *threatReader) threat(e *entry, number, title string) *reviewpkgv1.Threat {
	if title == "" {
		title = "Threat " + number
	}
	th := reviewpkgv1.Threat_builder{Number: number, Title: title, Description: e.value("threat", "description", "risk", "weakness"), Application: e.value("application")}.Build()
	if i := strings.LastIndexByte(number, '-'); i > 0 {
		for _, c := range strideWords {
			if number[i+1:] == string(c.letter) {
				th.SetStride([]reviewpkgv1.Stride{c.stride})
			}
		}
	}
	if len(th.GetStride()) == 0 {
		th.SetStride(strides(e.value("category", "stride")))
	}
	for i := range e.fields {
		if f := &e.fields[i]; strings.HasPrefix(f.label, "case") && f.value != "" {
			th.SetCases(append(th.GetCases(), f.value))
		}
	}
	th.SetMitigations(mitigationTexts(e))
	if th.GetDescription() == "" && len(th.GetMitigations()) == 0 {
		th.SetDescription(e.text)
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

// mitigationTexts returns the mitigations of a threat: the items below the
// label, or its text.
func mitigationTexts(e *entry) []string {
	f := e.field("mitigation", "recommended mitigation", "remediation", "possible mitigation", "suggested mitigation")
	switch {
	case f == nil:
		if strings.Contains(key(e.label), "mitigation") && e.text != "" {
			return []string{e.text}
		}
		return nil
	case len(f.items) > 0:
		return f.items
	case f.value != "":
		return []string{f.value}
	default:
		return nil
	}
}

// threatDisposition reads what a text on the application of a threat to the
// project says about it.
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
// family of controls, or a threat by itself.
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
		if th.GetDescription() == "" {
			th.SetDescription(e.text)
		}
	case isControlFamily(e.label):
		text := strings.Join(nested, "\n")
		if text == "" {
			text = e.text
		}
		t.m.SetControlFamilies(append(t.m.GetControlFamilies(), reviewpkgv1.ControlFamily_builder{Name: e.label, Threats: text}.Build()))
		t.claimEntry(t.path+".control_families["+itoa(len(t.m.GetControlFamilies())-1)+"]", &e)
	case strings.Contains(e.raw, "itigation"):
		t.mitigated(&e)
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

// mitigated reads a threat with its mitigations below a label in its own text, as
// exports from word processors have them.
func (t *threatReader) mitigated(e *entry) {
	lines := strings.Split(e.raw, "\n")
	for i, line := range lines {
		if key(line) != "mitigations" && key(line) != "mitigation" {
			continue
		}
		name, _ := e.name()
		th := t.threat(e, "", name)
		th.SetDescription(strings.TrimSpace(strings.Join(lines[:i], "\n")))
		var list []string
		for _, m := range lines[i+1:] {
			text := strings.TrimSpace(m)
			if cut := trimNumber(text); cut != text || len(list) == 0 {
				list = append(list, cut)
			} else if text != "" {
				list[len(list)-1] += "\n" + text
			}
		}
		th.SetMitigations(slices.DeleteFunc(list, func(m string) bool { return m == "" }))
		if strings.HasPrefix(strings.TrimSpace(strings.Join(lines[i+1:], "\n")), "1.") {
			return
		}
		// A list that begins with another number than 1 is text for Markdown.
		if len(list) > 1 {
			t.Repair("repaired-list", t.LineStart(e.start+i+1), "the numbered list is glued to the paragraph above it", "put a blank line before it, or begin it with 1")
		}
		return
	}
}

// isControlFamily reports whether a label is a family of controls of the
// lightweight threat model.
func isControlFamily(label string) bool {
	return oneOf(key(withoutParentheses(label)), "deployment architecture", "networking", "cryptography", "multi tenancy isolation", "multi tenancy", "secrets management",
		"authentication", "authorization", "storage", "audit and logging", "security tests", "security testing", "logging and auditing")
}

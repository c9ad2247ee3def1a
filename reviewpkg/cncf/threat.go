package cncf

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readThreats reads the threat model of a document, in any of the shapes that
// documents have: a section for each category of STRIDE, numbered threats,
// items with the name of a category, matrices, families of controls, and the
// summary of controls.
func (r *reader) readThreats(wholeDocument bool) {
	m := &reviewpkgv1.ThreatModel{}
	given := ""
	if s := r.found[threatModel]; s != nil {
		given = r.idComment(s.blocks)
	}
	id := r.id("threat-model", "", given)
	path := `threat_models["` + id + `"]`
	t := &threatReader{reader: r, m: m, path: path}
	for _, s := range r.threatSections(wholeDocument) {
		t.section(s)
	}
	if len(m.GetThreats())+len(m.GetMatrices())+len(m.GetControlFamilies())+len(m.GetControlProposals())+len(m.GetDataDictionary())+len(m.GetAttackerSets()) == 0 {
		r.Import().Release(id)
		return
	}
	m.SetId(id)
	m.SetArtifactId(r.ArtifactID())
	if wholeDocument {
		m.SetTitle(r.title())
	} else if s := r.found[threatModel]; s != nil {
		m.SetTitle(s.label)
	}
	m.SetMethods(t.methods())
	pkg := r.Import().Package
	pkg.SetThreatModels(append(pkg.GetThreatModels(), m))
	if r.a != nil {
		if !r.a.HasSecurityAnalysis() {
			r.a.SetSecurityAnalysis(&reviewpkgv1.SecurityAnalysis{})
		}
		r.a.GetSecurityAnalysis().SetThreatModelIds([]string{m.GetId()})
	}
	r.count(threatModel, len(m.GetThreats())+len(m.GetMatrices()))
	if r.states[threatModel] == reviewpkgv1.Presence_PRESENCE_EMPTY {
		r.states[threatModel] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
}

// title returns the first heading of the document.
func (o *outline) title() string {
	for _, s := range o.list {
		if s.level > 0 && s.label != "" {
			return s.label
		}
	}
	return ""
}

// threatSections returns the sections in which threats are looked for: all of a
// document that is a threat model, and otherwise those below a heading that
// says so, or with threats in their own names.
func (r *reader) threatSections(wholeDocument bool) []*section {
	if wholeDocument {
		return r.list
	}
	var out []*section
	for _, s := range r.list {
		in := false
		for up := s; up != nil && !in; up = up.parent {
			in = up.has(threatModel) || strings.Contains(up.key(), "threat model") || strings.Contains(up.key(), "stride")
		}
		number, _ := threatNumber(s.label)
		if in || number != "" || len(s.parts) == 0 && strings.Contains(s.key(), "blast radius") {
			out = append(out, s)
		}
	}
	return out
}

// A threatReader reads one threat model.
type threatReader struct {
	*reader
	m        *reviewpkgv1.ThreatModel
	path     string
	strided  bool
	numbered map[string]*reviewpkgv1.Threat
}

func (t *threatReader) methods() []reviewpkgv1.ThreatMethod {
	var out []reviewpkgv1.ThreatMethod
	if t.strided || slices.ContainsFunc(t.m.GetThreats(), func(th *reviewpkgv1.Threat) bool { return len(th.GetStride()) > 0 }) {
		out = append(out, reviewpkgv1.ThreatMethod_THREAT_METHOD_STRIDE)
	}
	if len(t.m.GetControlFamilies()) > 0 || len(t.m.GetControlProposals()) > 0 {
		out = append(out, reviewpkgv1.ThreatMethod_THREAT_METHOD_LIGHTWEIGHT)
	}
	if len(t.m.GetMatrices()) > 0 {
		out = append(out, reviewpkgv1.ThreatMethod_THREAT_METHOD_MATRIX)
	}
	return out
}

// section reads what a section holds: a threat, or things that list threats.
func (t *threatReader) section(s *section) {
	if t.threatSection(s) {
		return
	}
	grids, _ := t.tables(s.blocks)
	for i := range grids {
		t.table(s, &grids[i])
	}
	folded := key(s.label)
	theoretical := containsAny(folded, "theoretical threats", "threat scenarios", "threats")
	for _, b := range s.blocks {
		if b.kind != list {
			continue
		}
		for _, it := range b.kids {
			t.item(it, theoretical)
		}
	}
}

// isThreatLabel reports whether a heading is that of one threat.
func isThreatLabel(label string) bool {
	number, _ := threatNumber(label)
	return number != "" || strideOf(label) != 0
}

// threatNumber splits a heading such as "Threat-01-S - Spoofing of the server".
func threatNumber(label string) (number, title string) {
	if len(label) < 8 || label[0]|0x20 != 't' {
		return "", label
	}
	word, rest, _ := strings.Cut(strings.TrimSpace(label), " ")
	word = strings.TrimRight(word, ":.")
	digit, letter, ok := strings.Cut(strings.TrimPrefix(strings.ToUpper(word), "THREAT-"), "-")
	if !strings.HasPrefix(strings.ToUpper(word), "THREAT-") || !digits(digit) || ok && len(letter) != 1 {
		return "", label
	}
	return word, strings.TrimLeft(rest, " -–:")
}

// strideOf returns the category of STRIDE that a heading names and says nothing
// else about.
func strideOf(label string) reviewpkgv1.Stride {
	if len(label) > 60 {
		return 0
	}
	k := key(withoutParentheses(strings.TrimRight(label, " :.")))
	for _, c := range strideWords {
		if k == c.word || k == c.word+"s" || k == "stride "+c.word || k == c.word+" threats" || k == c.word+" attacks" || oneOf(k, c.others...) {
			return c.stride
		}
	}
	return 0
}

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

// table reads a table of a threat model.
func (t *threatReader) table(s *section, g *grid) {
	head := g.header()
	switch {
	case isMatrix(g):
		t.matrix(s, g)
	case g.column("type of attack") >= 0:
		t.attacks(g)
	case len(head) >= 3 && g.column("threat") == 0 && g.column("control") > 0:
		for _, row := range g.body() {
			if threat := plainText(row.cell(0)); threat != "" {
				c := reviewpkgv1.ControlProposal_builder{Threat: threat, Description: row.cell(g.column("description")), Controls: row.cell(g.column("control")), References: linkMessages(row.cell(g.column("reference")))}.Build()
				t.m.SetControlProposals(append(t.m.GetControlProposals(), c))
				t.Claim(t.path+".control_proposals["+itoa(len(t.m.GetControlProposals())-1)+"]", row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
			}
		}
	case g.column("classification") > 0 && g.column("name", "data") == 0:
		for _, row := range g.body() {
			if name := plainText(row.cell(0)); name != "" {
				d := reviewpkgv1.DataClass_builder{Name: name, Classification: plainText(row.cell(g.column("classification"))), Comment: row.cell(g.column("comment"))}.Build()
				t.m.SetDataDictionary(append(t.m.GetDataDictionary(), d))
				t.Claim(t.path+".data_dictionary["+itoa(len(t.m.GetDataDictionary())-1)+"]", row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
			}
		}
	}
}

// attacks reads a table of attacks with what each gives an attacker and how to
// recover.
func (t *threatReader) attacks(g *grid) {
	attack, access, recovery := g.column("type of attack"), g.column("attacker"), g.column("recovery")
	for _, row := range g.body() {
		name := plainText(row.cell(attack))
		if name == "" || row.cell(access) == "" {
			continue
		}
		a := reviewpkgv1.AttackerSet_builder{Members: strings.Split(name, " + "), Impact: row.cell(access), Recovery: row.cell(recovery)}.Build()
		t.m.SetAttackerSets(append(t.m.GetAttackerSets(), a))
		t.Claim(t.path+".attacker_sets["+itoa(len(t.m.GetAttackerSets())-1)+"]", row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
	}
}

// isMatrix reports whether a table has victims as rows and attackers as
// columns, with scores or states in its cells.
func isMatrix(g *grid) bool {
	head := g.header()
	if len(head) < 2 {
		return false
	}
	if strings.HasPrefix(key(head[0]), "victim") {
		return true
	}
	rows := 0
	for _, row := range g.body() {
		if strideOf(row.cell(0)) != 0 {
			rows++
		}
	}
	return rows >= 4 && len(head) > 3
}

// matrix reads a threat matrix.
func (t *threatReader) matrix(s *section, g *grid) {
	title := s.label
	if title == "" {
		title = "Threat matrix"
	}
	m := reviewpkgv1.ThreatMatrix_builder{Title: title}.Build()
	head := g.header()
	for i, c := range head[1:] {
		name := plainText(c)
		if name == "" {
			name = "Column " + itoa(i+1)
		}
		m.SetColumns(append(m.GetColumns(), name))
	}
	start, end := -1, 0
	for _, row := range g.body() {
		if t.template(row.start, row.end, t.Lines(row.start, row.end)) {
			return // the example of the template
		}
	}
	for _, row := range g.body() {
		victim := plainText(row.cell(0))
		if victim == "" {
			continue
		}
		if start < 0 {
			start = row.start
		}
		end = row.end
		out := reviewpkgv1.ThreatMatrixRow_builder{Victim: victim}.Build()
		for i := range head[1:] {
			out.SetCells(append(out.GetCells(), matrixCell(row.cell(i+1))))
		}
		m.SetRows(append(m.GetRows(), out))
	}
	if start < 0 {
		return
	}
	m.SetId(t.id("matrix", title, ""))
	t.m.SetMatrices(append(t.m.GetMatrices(), m))
	t.Claim(t.path+`.matrices["`+m.GetId()+`"]`, start, end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
}

// matrixCell reads a cell of a threat matrix: "ESCAPE: text Score: 5.5 NOTE:
// text".
func matrixCell(cell string) *reviewpkgv1.ThreatMatrixCell {
	c := &reviewpkgv1.ThreatMatrixCell{}
	text := strings.Trim(plainText(breaks(cell)), `" `)
	if before, note, ok := strings.Cut(text, "NOTE:"); ok {
		text = strings.TrimSpace(before)
		c.SetNote(strings.Trim(note, `" `))
	}
	if before, score, ok := strings.Cut(text, "Score:"); ok {
		word, rest, _ := strings.Cut(strings.TrimSpace(score), " ")
		if n, err := strconv.ParseFloat(strings.Trim(word, `".,;`), 64); err == nil && n >= 0 && n <= 1000 {
			c.SetScore(n)
			text = strings.TrimSpace(before + " " + rest)
		}
	}
	if prefix, rest, ok := strings.Cut(text, ":"); ok && len(prefix) <= 24 && !strings.Contains(prefix, " ") {
		text = strings.TrimSpace(rest)
		switch strings.ToUpper(prefix) {
		case "N/A", "NA":
			c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_NOT_APPLICABLE)
		case "MITIGATED":
			c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_MITIGATED)
		case "NONE":
			c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_POSSIBLE)
		default:
			c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_CONDITIONAL)
			c.SetCapability(prefix)
		}
	} else if oneOf(strings.ToUpper(text), "N/A", "NA") {
		c.SetStatus(reviewpkgv1.ThreatCellStatus_THREAT_CELL_STATUS_NOT_APPLICABLE)
		text = ""
	}
	c.SetText(text)
	return c
}

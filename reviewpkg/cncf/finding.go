package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readFindings reads the findings of a document: tables of two columns with one
// finding each, and tables with one finding a row.
func (r *reader) readFindings() {
	for _, s := range r.list {
		for i, b := range s.blocks {
			if b.kind != table {
				continue
			}
			g := r.gfmTable(b)
			switch {
			case isFindingTable(&g):
				id := ""
				if i+1 < len(s.blocks) {
					id = r.idComment(s.blocks[i+1 : i+2])
				}
				r.findingTable(s, &g, id)
			case g.column("finding") >= 0 && (g.column("severity", "impact", "risk", "finding notes") >= 0):
				r.findingRows(s, &g)
			}
		}
	}
}

// findingLabels are the labels of a finding in a table of two columns.
func findingLabel(label string) string {
	k := key(withoutParentheses(label))
	switch {
	case oneOf(k, "summary", "title", "finding", "finding name", "name"):
		return "title"
	case strings.HasPrefix(k, "discovered in self assessment"), strings.HasPrefix(k, "in self assessment"):
		return "in_self"
	case oneOf(k, "weakness", "description", "issue", "details"):
		return "description"
	case oneOf(k, "mitre classification", "mitre att ck classification", "mitre att ck", "att ck", "att ck classification", "classification"):
		return "attack"
	case oneOf(k, "actors", "actor", "affected actors", "affected component", "affected components", "component", "components"):
		return "actors"
	case oneOf(k, "suggested mitigation", "mitigation", "recommendation", "suggested mitigations", "mitigations", "recommended control", "recommended mitigation"):
		return "recommendation"
	case oneOf(k, "impact", "likelihood", "severity", "discussion", "status", "risk", "stride", "references", "reviewer", "priority", "cwe", "number", "state", "trackers", "suggested controls", "investigation results"):
		return k
	case k == "impact description":
		return "impact_description"
	case oneOf(k, "overall risk", "overall risk rating", "risk rating"):
		return "risk"
	default:
		return ""
	}
}

// isFindingTable reports whether a table has two columns and the labels of a
// finding in the first one. Its header is then the title of the finding.
func isFindingTable(g *grid) bool {
	if len(g.header()) != 2 {
		return false
	}
	known := 0
	for i := range g.rows {
		if findingLabel(g.rows[i].cell(0)) != "" {
			known++
		}
	}
	return known >= 3 && 2*known >= len(g.rows)
}

// findingTable reads a finding from a table of two columns.
func (r *reader) findingTable(s *section, g *grid, id string) {
	f := reviewpkgv1.Finding_builder{
		State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED, Origin: reviewpkgv1.FindingOrigin_FINDING_ORIGIN_REVIEW,
	}.Build()
	if !s.has(threatModel) {
		f.SetCategory(s.label)
	}
	for up := s; up != nil; up = up.parent {
		if up.has(threatModel) {
			f.SetOrigin(reviewpkgv1.FindingOrigin_FINDING_ORIGIN_THREAT_MODEL)
		}
	}
	first := g.rows[0]
	title := plainText(first.cell(1))
	if findingLabel(first.cell(0)) != "title" {
		title = plainText(strings.Join(first.cells, " "))
	}
	r.titleFinding(f, title)
	f.SetId(id)
	r.addFinding(f, first.start, g.rows[len(g.rows)-1].end)
	for i := 1; i < len(g.rows); i++ {
		row := &g.rows[i]
		r.findingField(f, findingLabel(row.cell(0)), breaks(row.cell(1)), row)
	}
}

// titleFinding sets the title of a finding and what a marker before it says.
func (r *reader) titleFinding(f *reviewpkgv1.Finding, title string) {
	if rest, ok := strings.CutPrefix(title, "INFORMATIONAL:"); ok {
		title = strings.TrimSpace(rest)
		f.SetKind(reviewpkgv1.FindingKind_FINDING_KIND_INFORMATIONAL)
	}
	if title == "" {
		title = "Finding"
	}
	f.SetTitle(title)
}

// breaks returns a cell with line breaks for those of HTML, and lists as
// Markdown.
func breaks(cell string) string {
	cell = strings.NewReplacer("<br>", "\n", "<br/>", "\n", "<br />", "\n", "<li>", "\n- ", "</li>", "", "<ol>", "", "</ol>", "\n", "<ul>", "", "</ul>", "\n").Replace(cell)
	lines := strings.Split(cell, "\n")
	kept := lines[:0]
	for _, line := range lines {
		if line = strings.TrimSpace(line); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

func (r *reader) addFinding(f *reviewpkgv1.Finding, start, end int) {
	pkg := r.Import().Package
	if given := f.GetId(); given == "" || !r.Import().Take(given) {
		f.SetId(r.Import().ID("finding", itoa(len(pkg.GetFindings())+1)))
	}
	pkg.SetFindings(append(pkg.GetFindings(), f))
	r.Claim(`findings["`+f.GetId()+`"]`, start, end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
}

// findingField sets a field of a finding from its labelled cell.
func (r *reader) findingField(f *reviewpkgv1.Finding, label, value string, row *row) {
	name := ""
	raw := ""
	switch label {
	case "description":
		name = "description"
		f.SetDescription(joinText(f.GetDescription(), value))
	case "discussion":
		name = "discussion"
		f.SetDiscussion(value)
	case "recommendation":
		name = "recommendation"
		f.SetRecommendation(value)
		f.SetTrackers(trackers(value, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS))
	case "in_self":
		name = "in_self_assessment"
		f.SetInSelfAssessment(yesNo(value))
	case "impact":
		name, raw = "impact", value
		f.SetImpact(r.level(value, row))
	case "likelihood":
		name, raw = "likelihood", value
		f.SetLikelihood(r.level(value, row))
	case "risk":
		name, raw = "overall", value
		f.SetOverall(r.level(value, row))
	case "severity":
		name = "severity_text"
		f.SetSeverityText(plainText(value))
	case "attack":
		name = "attack_techniques"
		f.SetAttackTechniques(techniques(value))
	case "actors":
		name = "affected_names"
		f.SetAffectedNames(affectedNames(value))
	case "stride":
		name = "stride"
		f.SetStride(strides(value))
	case "references":
		name = "references"
		f.SetReferences(linkMessages(value))
	case "trackers":
		name = "trackers"
		f.SetTrackers(append(f.GetTrackers(), trackers(value, reviewpkgv1.TrackerRelation_TRACKER_RELATION_TRACKS)...))
	case "suggested controls":
		name = "suggested_controls"
		f.SetSuggestedControls(strings.Split(value, "\n"))
	case "investigation results":
		name = "investigation_results"
		f.SetInvestigationResults(value)
	case "cwe":
		name = "cwes"
		f.SetCwes(cwes(value))
	case "number":
		name = "number"
		f.SetNumber(plainText(value))
	case "impact_description":
		name = "impact_description"
		f.SetImpactDescription(value)
	case "state":
		name = "state"
		if n, ok := reviewpkgv1.FindingState_value["FINDING_STATE_"+strings.ToUpper(strings.ReplaceAll(intake.Fold(value), " ", "_"))]; ok && n > 0 && n != int32(reviewpkgv1.FindingState_FINDING_STATE_REJECTED) {
			f.SetState(reviewpkgv1.FindingState(n))
		}
	default:
		return
	}
	m := f.ProtoReflect()
	if fd := m.Descriptor().Fields().ByName(protoName(name)); m.Has(fd) {
		r.Claim(`findings["`+f.GetId()+`"].`+name, row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, raw)
	}
}

// findingRows reads a table with one finding a row.
func (r *reader) findingRows(s *section, g *grid) {
	title := g.column("finding name", "finding title", "title", "finding")
	number := g.column("finding number", "number", "id")
	if number == title {
		number = -1
	}
	head := g.header()
	for _, row := range g.body() {
		name := plainText(row.cell(title))
		if name == "" {
			continue
		}
		f := reviewpkgv1.Finding_builder{Number: plainText(row.cell(number)), State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED, Category: s.label}.Build()
		if s.has(handsOnFindings) {
			f.SetOrigin(reviewpkgv1.FindingOrigin_FINDING_ORIGIN_HANDS_ON)
		}
		r.titleFinding(f, name)
		r.addFinding(f, row.start, row.end)
		for i := range head {
			label := findingLabel(head[i])
			if key(head[i]) == "finding notes" || key(head[i]) == "notes" {
				label = "description"
			}
			if i != title && i != number && row.cell(i) != "" {
				r.findingField(f, label, breaks(row.cell(i)), &row)
			}
		}
	}
}

// cwes reads the ids of weaknesses: CWE-79.
func cwes(value string) []string {
	var out []string
	for word := range strings.FieldsFuncSeq(value, func(r rune) bool { return strings.ContainsRune(" ,;|[]()<>\n/", r) }) {
		word = strings.ToUpper(word)
		if rest, ok := strings.CutPrefix(word, "CWE-"); ok && digits(rest) && rest[0] != '0' && len(rest) < 6 && !oneOf(word, out...) {
			out = append(out, word)
		}
	}
	return out
}

func yesNo(value string) reviewpkgv1.Answer {
	switch word, _, _ := strings.Cut(intake.Fold(plainText(value)), " "); word {
	case "yes":
		return reviewpkgv1.Answer_ANSWER_YES
	case "no":
		return reviewpkgv1.Answer_ANSWER_NO
	case "unknown":
		return reviewpkgv1.Answer_ANSWER_UNKNOWN
	default:
		return reviewpkgv1.Answer_ANSWER_UNSPECIFIED
	}
}

// level reads a level. A word that names none is reported, and no level.
func (r *reader) level(value string, row *row) reviewpkgv1.Level {
	folded := intake.Fold(plainText(value))
	level, ok := levelOf(folded)
	if !ok {
		r.Warn("unclear-value", r.LineStart(row.start), "the rating is no level that is known", "write High, Medium or Low")
	}
	return level
}

// levelOf returns the level that a word names. Words for "no rating" name the
// level of nothing.
func levelOf(folded string) (reviewpkgv1.Level, bool) {
	switch folded {
	case "very low", "informational", "info", "note", "none":
		return reviewpkgv1.Level_LEVEL_VERY_LOW, true
	case "low":
		return reviewpkgv1.Level_LEVEL_LOW, true
	case "med", "medium", "moderate":
		return reviewpkgv1.Level_LEVEL_MEDIUM, true
	case "high":
		return reviewpkgv1.Level_LEVEL_HIGH, true
	case "critical", "very high", "severe":
		return reviewpkgv1.Level_LEVEL_VERY_HIGH, true
	case "", "n a", "na", "not applicable", "tbd", "unknown":
		return reviewpkgv1.Level_LEVEL_UNSPECIFIED, true
	default:
		return reviewpkgv1.Level_LEVEL_UNSPECIFIED, false
	}
}

// techniques reads ATT&CK tactics and techniques: "TA0001: Name -> T1078: Name",
// one a line.
func techniques(value string) []*reviewpkgv1.AttackTechnique {
	var out []*reviewpkgv1.AttackTechnique
	for line := range strings.SplitSeq(value, "\n") {
		line = plainText(line)
		t := reviewpkgv1.AttackTechnique_builder{}.Build()
		var names []string
		for piece := range strings.SplitSeq(line, "->") {
			id, name, _ := strings.Cut(strings.TrimSpace(piece), ":")
			id = strings.TrimSpace(id)
			switch {
			case len(id) == 6 && strings.HasPrefix(id, "TA") && digits(id[2:]):
				t.SetTactic(id)
			case isTechnique(id):
				t.SetTechnique(id)
			default:
				continue
			}
			if name = strings.TrimSpace(name); name != "" {
				names = append(names, name)
			}
		}
		if t.GetTactic() != "" || t.GetTechnique() != "" {
			t.SetName(strings.Join(names, " -> "))
			out = append(out, t)
		}
	}
	return out
}

// isTechnique reports whether an id is one of ATT&CK: T1078, T1078.001.
func isTechnique(id string) bool {
	rest, ok := strings.CutPrefix(id, "T")
	base, sub, dotted := strings.Cut(rest, ".")
	return ok && len(base) == 4 && digits(base) && (!dotted || len(sub) == 3 && digits(sub))
}

// affectedNames reads the names of what a finding affects.
func affectedNames(value string) []string {
	var out []string
	for _, name := range splitOutside(strings.ReplaceAll(value, "\n", ","), ",;") {
		name = plainText(name)
		if name != "" && shortPresence(intake.Fold(name)) == 0 && !oneOf(name, out...) {
			out = append(out, name)
		}
	}
	return out
}

// strides reads the categories of STRIDE that a text names.
func strides(value string) []reviewpkgv1.Stride {
	var out []reviewpkgv1.Stride
	folded := intake.Fold(plainText(value))
	for _, c := range strideWords {
		if strings.Contains(folded, c.word) {
			out = append(out, c.stride)
		}
	}
	return out
}

// A strideWord is what a category of STRIDE is called.
type strideWord struct {
	word   string
	letter byte
	stride reviewpkgv1.Stride
	others []string // other names, folded
}

var strideWords = []strideWord{
	{"spoofing", 'S', reviewpkgv1.Stride_STRIDE_SPOOFING, []string{"spoofing identity", "identity spoofing", "spoofing of identity"}},
	{"tampering", 'T', reviewpkgv1.Stride_STRIDE_TAMPERING, []string{"tampering with data", "data tampering"}},
	{"repudiation", 'R', reviewpkgv1.Stride_STRIDE_REPUDIATION, nil},
	{"information disclosure", 'I', reviewpkgv1.Stride_STRIDE_INFORMATION_DISCLOSURE, []string{"data disclosure", "information leakage"}},
	{"denial of service", 'D', reviewpkgv1.Stride_STRIDE_DENIAL_OF_SERVICE, []string{"dos", "denial of services"}},
	{"elevation of privilege", 'E', reviewpkgv1.Stride_STRIDE_ELEVATION_OF_PRIVILEGE, []string{"elevation of privileges", "escalation of privilege", "escalation of privileges", "privilege escalation", "privilege elevation"}},
}

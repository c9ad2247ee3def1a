package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// cwes reads the ids of weaknesses: CWE-79. No document of the corpus has one;
// those that this package writes do.
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

// techniques reads ATT&CK tactics and techniques: "TA0001: Name -> T1078:
// Name", one a line. A technique may stand without its tactic. N/A and other
// words are neither, and give nothing.
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
			// Tactics have four digits behind two letters, techniques behind
			// one.
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

// affectedNames reads the names of what a finding affects. They are paths such
// as server.api as often as words, so that they stay names: which component is
// meant, no document says.
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

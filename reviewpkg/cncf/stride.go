package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A strideWord is what a category of STRIDE is called.
type strideWord struct {
	word   string             // as the method has it, folded
	letter byte               // in the numbers of threats: Threat-01-S
	stride reviewpkgv1.Stride // the value of the model
	others []string           // other names, folded
}

// strideWords are the six categories. The numbers of threats end with their
// letters, and each has other names in the documents.
var strideWords = []strideWord{
	{"spoofing", 'S', reviewpkgv1.Stride_STRIDE_SPOOFING, []string{"spoofing identity", "identity spoofing", "spoofing of identity"}},
	{"tampering", 'T', reviewpkgv1.Stride_STRIDE_TAMPERING, []string{"tampering with data", "data tampering"}},
	{"repudiation", 'R', reviewpkgv1.Stride_STRIDE_REPUDIATION, nil},
	{"information disclosure", 'I', reviewpkgv1.Stride_STRIDE_INFORMATION_DISCLOSURE, []string{"data disclosure", "information leakage"}},
	{"denial of service", 'D', reviewpkgv1.Stride_STRIDE_DENIAL_OF_SERVICE, []string{"dos", "denial of services"}},
	{"elevation of privilege", 'E', reviewpkgv1.Stride_STRIDE_ELEVATION_OF_PRIVILEGE, []string{"elevation of privileges", "escalation of privilege", "escalation of privileges", "privilege escalation", "privilege elevation"}},
}

// isThreatLabel reports whether a heading is that of one threat.
func isThreatLabel(label string) bool {
	number, _ := threatNumber(label)
	return number != "" || strideOf(label) != 0
}

// threatNumber splits a heading such as "Threat-01-S - Spoofing of the server".
// Five documents number their threats so, 44 in all; the letter is that of the
// category.
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
// else about. A heading with more words than the category is that of a threat.
func strideOf(label string) reviewpkgv1.Stride {
	if len(label) > 60 {
		return 0
	}
	k := key(withoutParentheses(strings.TrimRight(label, " :.")))
	for _, c := range strideWords {
		rest, ok := strings.CutPrefix(strings.TrimPrefix(k, "stride "), c.word)
		if ok && (rest == "" || len(rest)+len(c.word) == len(k) && oneOf(rest, "s", " threats", " attacks")) || oneOf(k, c.others...) {
			return c.stride
		}
	}
	return 0
}

// strides reads the categories of STRIDE that a text names. Several may stand
// in one cell.
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

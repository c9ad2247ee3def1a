package cncf

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func TestPeriod(t *testing.T) {
	for in, want := range map[string]uint32{
		"We acknowledge within 48 hours.":                     48,
		"We acknowledge within 3 working days.":               72,
		"Reports are acknowledged in one to two weeks.":       336,
		"Reports are acknowledged in 1-3 days":                72,
		"An acknowledgement takes (at most) **five** days.":   120,
		"We fix in 30 days. We acknowledge within a day":      0,
		"We acknowledge in 2 days. Acknowledged in 3 days":    0,
		"We acknowledge in 2 days. Acknowledged in 48 hours.": 48,
		"We acknowledge 900 days":                             0,
		"We acknowledge soon":                                 0,
		"":                                                    0,
	} {
		hours, ok := period(in, "acknowledg")
		if hours != want || ok != (want > 0) {
			t.Errorf("period(%q) = %d, %v, want %d", in, hours, ok, want)
		}
	}
}

func TestVulnerabilityIDs(t *testing.T) {
	for in, want := range map[string]string{
		"CVE-2024-1234 and cve-2024-12345, CVE-2024-1234":   "CVE-2024-1234 CVE-2024-12345",
		"[GHSA-AB12-cd34-ef56](https://x.example)":          "GHSA-ab12-cd34-ef56",
		"ghsa-ab12-cd34-ef56.":                              "GHSA-ab12-cd34-ef56",
		"CVE-2024-123, CVE-24-1234, CVE-2024-12345678":      "",
		"GHSA-ab12-cd34, XCVE-2024-1234, pre-CVE-2024-1234": "",
		"CVE-2024-1234-":     "CVE-2024-1234",
		"see CVE-2024-12345": "CVE-2024-12345",
		"cve":                "",
	} {
		if have := strings.Join(vulnerabilityIDs(in), " "); have != want {
			t.Errorf("vulnerabilityIDs(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestDateInParentheses(t *testing.T) {
	for in, want := range map[string]string{
		"fixed (see below) (2024-05-06)": "2024-05-06", "fixed (May 2024)": "May 2024", "fixed (high, 3 May 2024)": "high, 3 May 2024",
		"fixed (02/03/2024)": "", "fixed (v1.2)": "", "fixed (2024-05-06": "", "fixed": "",
	} {
		if have := dateInParentheses(in); have != want {
			t.Errorf("dateInParentheses(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestBadges(t *testing.T) {
	for in, want := range map[string][]string{
		"Passing, https://www.bestpractices.dev/projects/12": {"OpenSSF Best Practices|https://www.bestpractices.dev/projects/12|passing|"},
		"[![b](https://bestpractices.dev/projects/12/badge)](https://bestpractices.dev/projects/12) and https://bestpractices.dev/en/projects/12": {"OpenSSF Best Practices|https://bestpractices.dev/projects/12||"},
		"https://bestpractices.dev/en https://bestpractices.dev/projects":                                                                         nil,
		"- silver: https://bestpractices.dev/projects/1\n- gold: https://bestpractices.dev/projects/2":                                            {"OpenSSF Best Practices|https://bestpractices.dev/projects/1|silver|", "OpenSSF Best Practices|https://bestpractices.dev/projects/2|gold|"},
		"https://bestpractices.dev/projects/1\n\nIt is gold: https://bestpractices.dev/projects/1":                                                {"OpenSSF Best Practices|https://bestpractices.dev/projects/1|gold|"},
		"https://goreportcard.com/report/x with A+":                                                                                               {"Go Report Card|https://goreportcard.com/report/x|A+|"},
		"https://api.securityscorecards.dev/projects/github.com/o/r":                                                                              {"OpenSSF Scorecard|https://api.securityscorecards.dev/projects/github.com/o/r||"},
		"https://clomonitor.io/projects/cncf/x":                                                                                                   {"CLOMonitor|https://clomonitor.io/projects/cncf/x||"},
		"* [OpenSSF Best Practices](https://bestpractices.dev/projects/3): silver; 97 %":                                                          {"OpenSSF Best Practices|https://bestpractices.dev/projects/3|silver|97 %"},
		"no badge": nil,
	} {
		var have []string
		for _, b := range badges(in) {
			have = append(have, b.GetProgramme()+"|"+b.GetUrl()+"|"+b.GetLevel()+"|"+b.GetScore())
		}
		if diff := cmp.Diff(want, have); diff != "" {
			t.Errorf("badges(%q): %s", in, diff)
		}
	}
	for line, ok := range map[string]bool{
		"* [CLOMonitor](https://clomonitor.io/projects/cncf/x)": true, "* [CLOMonitor](https://clomonitor.io/projects/cncf/x) is fine": false,
		"* [Badge](https://clomonitor.io/projects/cncf/x): gold": false, "[CLOMonitor](https://clomonitor.io/x)": false, "* CLOMonitor": false,
	} {
		if _, have := badgeItem(line); have != ok {
			t.Errorf("badgeItem(%q) = %v", line, have)
		}
	}
	if have := withoutBadgeItems("* [CLOMonitor](https://clomonitor.io/projects/cncf/x)\n\nWords."); have != "Words." {
		t.Error(have)
	}
}

func TestBadgeLevel(t *testing.T) {
	for in, want := range map[string]string{
		"The project passed.": "passing", "It passes all": "passing", "We hold silver and work towards gold.": "silver", "Gold": "gold",
		"We are working towards silver": "", "The process of gold has begun": "", "Silver is in progress": "silver", "The badge is in progress": "in progress", "No level": "",
		"not yet passing": "",
	} {
		if have := badgeLevel(in, "OpenSSF Best Practices"); have != want {
			t.Errorf("badgeLevel(%q) = %q, want %q", in, have, want)
		}
	}
	if badgeLevel("A+", "Go Report Card") != "A+" || badgeLevel("gold", "CLOMonitor") != "" {
		t.Error("other programmes have no such levels")
	}
}

func TestDispositionOf(t *testing.T) {
	for in, want := range map[string]string{
		"Addressed in PR 5": "DONE", "Fixed": "DONE", "Filed as issue 5, since fixed": "DONE", "Filed as issue 5": "OPEN", "Tracked in issue 6": "OPEN",
		"In progress, see below": "IN_PROGRESS", "Accepted": "ACCEPTED", "On the roadmap for May": "ACCEPTED", "Out of scope": "OUT_OF_SCOPE", "Won't fix": "DECLINED",
		"Not applicable": "NOT_APPLICABLE", "Maintainers: we have added it": "DONE", "Response: we will add it": "ACCEPTED", "Maintainers: why?": "UNSPECIFIED",
		"Mitigated.": "MITIGATED", "Declined.": "DECLINED", "Use two keys": "-", "The bug was fixed": "-", "": "-",
	} {
		d, ok := dispositionOf(in)
		have := strings.TrimPrefix(d.String(), "DISPOSITION_")
		if !ok {
			have = "-"
		}
		if have != want {
			t.Errorf("dispositionOf(%q) = %s, want %s", in, have, want)
		}
	}
}

func TestAdviceText(t *testing.T) {
	for in, want := range map[string]bool{
		"Is it safe?": true, "Is it safe? Should it be?": true, "It is not safe. Should it be?": false, "It is.": false, "Are e.g. logs kept?": true,
		"“A quotation of the other document that says this.” Is it so?": true, "": false,
	} {
		if have := onlyAsks(in); have != want {
			t.Errorf("onlyAsks(%q) = %v", in, have)
		}
	}
	long := "a passage of the assessment that is long enough to quote"
	for in, want := range map[string]string{"“" + long + "” is wrong": long, `"` + long + `" is wrong`: long, "“short” is": "", "“" + long: "", long: ""} {
		if have := quotation(in); have != want {
			t.Errorf("quotation(%q) = %q", in, have)
		}
	}
	own, points := cutBreaks("Do it.<br>And that.<br/>a. first<br />more of it<br>2. second")
	if own != "Do it.\n\nAnd that." || strings.Join(points, "|") != "first\nmore of it|second" {
		t.Errorf("cutBreaks: %q %q", own, points)
	}
	for _, in := range []string{"", "  ", "<!-- only a comment -->", "Recommendations to the project:"} {
		if rec := advice(in); rec != nil {
			t.Errorf("advice(%q) = %v", in, rec)
		}
	}
	if allEmphasised("*a remark*") != true || allEmphasised("*a* and *b*") || allEmphasised("plain") {
		t.Error("allEmphasised")
	}
}

func TestClaims(t *testing.T) {
	for in, want := range map[string]string{
		"It complies with PCI-DSS.": "PCI-DSS=COMPLIES", "We follow nothing.": "", "It follows SLSA. It implements OCI Image and OCI Runtime": "SLSA=FOLLOWS OCI Image=IMPLEMENTS OCI Runtime=IMPLEMENTS",
		"The project helps users who need HIPAA": "HIPAA=ENABLES", "It is aligned with NIST SP 800-53": "NIST SP 800-53=ALIGNED", "It does not meet GDPR": "",
		"We plan to be certified for ISO 27001": "", "FIPS 140-2 compliant. FIPS compliant": "FIPS 140-2=COMPLIES", "ISO 27001 is a standard": "",
		"It conforms to NOTSLSA": "",
	} {
		var have []string
		for _, c := range claims(in) {
			have = append(have, c.GetStandard()+"="+strings.TrimPrefix(c.GetRelation().String(), "COMPLIANCE_RELATION_"))
		}
		if strings.Join(have, " ") != want {
			t.Errorf("claims(%q) = %q, want %q", in, have, want)
		}
	}
	for in, want := range map[string]string{"Report by Trail of Bits": "Trail of Bits", "cure53.pdf": "Cure53", "by my aunt": ""} {
		if have := auditorOf(in); have != want {
			t.Errorf("auditorOf(%q) = %q", in, have)
		}
	}
}

func TestMatrixCell(t *testing.T) {
	for in, want := range map[string]string{
		"":                                      "UNSPECIFIED||||0",
		"N/A":                                   "NOT_APPLICABLE||||0",
		"N/A: same machine":                     "NOT_APPLICABLE||same machine||0",
		"Mitigated: it checks. Score: 0.115":    "MITIGATED||it checks.||0.115",
		"NONE: it can Score: 57.5 NOTE: seldom": "POSSIBLE||it can|seldom|57.5",
		"ESCAPE: it can<br>Score: 5.5":          "CONDITIONAL|ESCAPE|it can||5.5",
		"`\"NONE: quoted. Score: 1.\"`":         "POSSIBLE||quoted.||1",
		"just words: more of them":              "UNSPECIFIED||just words: more of them||0",
		"NONE: x Score: many":                   "POSSIBLE||x Score: many||0",
		"NONE: x Score: 5000":                   "POSSIBLE||x Score: 5000||0",
	} {
		c := matrixCell(in)
		have := fmt.Sprintf("%s|%s|%s|%s|%v", strings.TrimPrefix(c.GetStatus().String(), "THREAT_CELL_STATUS_"), c.GetCapability(), c.GetText(), c.GetNote(), c.GetScore())
		if have != want {
			t.Errorf("matrixCell(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestThreatLabels(t *testing.T) {
	for in, want := range map[string]string{
		"Threat-01-S - Spoofing": "Threat-01-S|Spoofing", "Threat-01-S: Spoofing": "Threat-01-S|Spoofing", "threat-2 Something": "threat-2|Something", "Threat-01-S": "Threat-01-S|",
		"Threat-01-SX a": "|Threat-01-SX a", "Threat-S a": "|Threat-S a", "Threats": "|Threats", "Threat model": "|Threat model",
	} {
		number, title := threatNumber(in)
		if number+"|"+title != want {
			t.Errorf("threatNumber(%q) = %q, %q", in, number, title)
		}
	}
	for in, want := range map[string]string{
		"Spoofing": "SPOOFING", "1. Denial of Service (DoS):": "DENIAL_OF_SERVICE", "DoS": "DENIAL_OF_SERVICE", "Privilege Escalation": "ELEVATION_OF_PRIVILEGE", "Elevation of privileges": "ELEVATION_OF_PRIVILEGE",
		"STRIDE Tampering": "TAMPERING", "Information disclosure": "INFORMATION_DISCLOSURE", "Spoofing of the server": "UNSPECIFIED", "": "UNSPECIFIED", strings.Repeat("Repudiation ", 6): "UNSPECIFIED",
	} {
		if have := strings.TrimPrefix(strideOf(in).String(), "STRIDE_"); have != want {
			t.Errorf("strideOf(%q) = %s, want %s", in, have, want)
		}
	}
	for in, want := range map[string]reviewpkgv1.Disposition{
		"Not applicable, because": reviewpkgv1.Disposition_DISPOSITION_NOT_APPLICABLE, "This is considered out of scope": reviewpkgv1.Disposition_DISPOSITION_OUT_OF_SCOPE,
		"Not a concern": reviewpkgv1.Disposition_DISPOSITION_MITIGATED, "Mitigated by keys": reviewpkgv1.Disposition_DISPOSITION_MITIGATED, "It applies": 0, "": 0,
	} {
		if have := threatDisposition(in); have != want {
			t.Errorf("threatDisposition(%q) = %v", in, have)
		}
	}
}

func TestFindingValues(t *testing.T) {
	var have []string
	for _, a := range techniques("TA0001: Initial Access -> T1078: Valid Accounts\n[T1078.001](https://x.example)\nTA0040\nT12: no -> N/A") {
		have = append(have, a.GetTactic()+"|"+a.GetTechnique()+"|"+a.GetName())
	}
	if diff := cmp.Diff([]string{"TA0001|T1078|Initial Access -> Valid Accounts", "|T1078.001|", "TA0040||"}, have); diff != "" {
		t.Error(diff)
	}
	if have := strings.Join(cwes("CWE-79, cwe-79; [CWE-287](https://x.example/287.html) CWE-0 CWE-1234567 CWE-x"), " "); have != "CWE-79 CWE-287" {
		t.Error(have)
	}
	if have := strings.Join(affectedNames("`a.b`, c (d, e)\nN/A; a.b"), "|"); have != "a.b|c (d, e)" {
		t.Error(have)
	}
	for in, want := range map[string]string{
		"very low": "VERY_LOW", "info": "VERY_LOW", "low": "LOW", "med": "MEDIUM", "moderate": "MEDIUM", "high": "HIGH", "critical": "VERY_HIGH", "n a": "UNSPECIFIED", "": "UNSPECIFIED", "huge": "?",
	} {
		level, ok := levelOf(in)
		have := strings.TrimPrefix(level.String(), "LEVEL_")
		if !ok {
			have = "?"
		}
		if have != want {
			t.Errorf("levelOf(%q) = %s, want %s", in, have, want)
		}
	}
	for in, want := range map[string]reviewpkgv1.Answer{"Yes, twice": 1, "**No**": 2, "unknown": 3, "maybe": 0} {
		if have := yesNo(in); have != want {
			t.Errorf("yesNo(%q) = %v", in, have)
		}
	}
	for label, want := range map[string]string{
		"Summary": "title", "Weakness (details)": "description", "MITRE ATT&CK": "attack", "Affected components": "actors", "Recommended control": "recommendation", "Impact Description": "impact_description",
		"Risk Rating": "risk", "Overall Risk": "risk", "Discovered in self-assessment?": "in_self", "Likelihood": "likelihood", "Colour": "",
	} {
		if have := findingLabel(label); have != want {
			t.Errorf("findingLabel(%q) = %q, want %q", label, have, want)
		}
	}
	if have := breaks("a<br/>b <ul><li>c</li><li>d</li></ul>e\n\n f "); have != "a\nb\n- c\n- d\ne\nf" {
		t.Errorf("breaks: %q", have)
	}
}

func TestChannel(t *testing.T) {
	for in, want := range map[string]string{
		"Slack": "chat|", "The [mailing list](https://groups.google.com/g/x)": "mailing list|https://groups.google.com/g/x", "Slack and a mailing list": "|",
		"Write to a@x.example": "|a@x.example", "E-mail a@x.example or b@x.example": "e-mail|", "Issues at https://github.com/o/r/issues, or https://x.example": "issues|", "pigeons": "|",
	} {
		c := channel(in)
		if have := c.GetKind() + "|" + c.GetAddress(); have != want || c.GetNote() != in {
			t.Errorf("channel(%q) = %q, note %q", in, have, c.GetNote())
		}
	}
}

func TestReviewers(t *testing.T) {
	for in, want := range map[string]uint32{
		"at least two maintainers": 2, "requires 1 approving review": 1, "approved by three committers": 3, "at least 2 days": 0, "require two": 0, "minimum of one lgtm": 1, "many maintainers": 0,
	} {
		if have := reviewers(in); have != want {
			t.Errorf("reviewers(%q) = %d, want %d", in, have, want)
		}
	}
	for in, want := range map[string]bool{"we use clair": true, "éclair": false, "clairvoyance": false, "the clairs, clair": true, "": false} {
		if have := containsWord(in, "clair"); have != want {
			t.Errorf("containsWord(%q) = %v", in, have)
		}
	}
}

func TestTitles(t *testing.T) {
	for in, want := range map[string]string{
		"Self-assessment of Wheel": "Wheel", "Wheel Security Self-Assessment": "Wheel", "[Project Name] TAG-Security": "", "CNCF Joint Review: Wheel of Fortune": "Wheel Fortune",
		"Threat model — Wheel": "Wheel", "A title that has far too many words in it": "",
	} {
		if have := trimTitle(in); have != want {
			t.Errorf("trimTitle(%q) = %q, want %q", in, have, want)
		}
	}
	for url, want := range map[string]bool{"https://github.com/o/r": true, "https://github.com/o/r/": true, "https://gitlab.com/o/r": true, "https://github.com/o": false, "https://github.com/o/r/issues": false, "https://x.example/o/r": false} {
		if have := isRepository(url); have != want {
			t.Errorf("isRepository(%q) = %v", url, have)
		}
	}
}

package cncf

import (
	"fmt"
	"strings"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func TestProviderAnswer(t *testing.T) {
	for in, want := range map[string]string{
		"Yes": "YES|", "no.": "NO|", "**No**": "NO|", "No, it is a queue.": "NO|it is a queue.", "Yes. It signs.": "YES|It signs.",
		"Yes - it signs": "YES|it signs", "**Yes**, it signs": "YES|it signs", "X is not a security provider.": "NO|X is not a security provider.",
		"X is a security provider for Y.": "YES|X is a security provider for Y.", "It depends": "UNSPECIFIED|It depends",
		"Notably yes": "UNSPECIFIED|Notably yes", "": "UNSPECIFIED|",
		"No information was found": "UNSPECIFIED|No information was found", "No-one knows": "UNSPECIFIED|No-one knows", "Probably": "UNSPECIFIED|Probably",
		"No it is a queue": "NO|it is a queue", "Yes it signs": "YES|it signs", "No (a queue)": "NO|(a queue)", "no\na queue": "NO|a queue",
	} {
		answer, reason := providerAnswer(in)
		if have := strings.TrimPrefix(answer.String(), "ANSWER_") + "|" + reason; have != want {
			t.Errorf("providerAnswer(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	for in, want := range map[string]string{
		"Go":                               "Go",
		"Go, Rust; C":                      "Go Rust C",
		"Golang and Python":                "Golang Python",
		"Go, and Lua":                      "Go Lua",
		"Erlang / Elixir":                  "Erlang Elixir",
		"99.6% Go, 0.4% Other":             "Go/996 Other/4",
		"Go-89.1%, Shell-10.9%":            "Go/891 Shell/109",
		"Go (Make, bash for builds)":       "Go[Make, bash for builds]",
		"Rust, and Rego for policies":      "Rust Rego[for policies]",
		"<ul><li>Go</li><li>C++</li></ul>": "Go C++",
		"Go<br>C":                          "Go C",
		"[Go](https://go.example)":         "Go",
		"120% Go":                          "120% Go",
		"":                                 "",
		"The server is written in Go, the client in TypeScript and Go. Scripts are written in Bash (some in Python).": "Go TypeScript Bash Python",
		strings.Repeat("a very long answer ", 4): "",
	} {
		var have []string
		for _, l := range languages(in) {
			s := l.GetName()
			if l.HasSharePermille() {
				s += fmt.Sprintf("/%d", l.GetSharePermille())
			}
			if l.GetNote() != "" {
				s += "[" + l.GetNote() + "]"
			}
			have = append(have, s)
		}
		if strings.Join(have, " ") != want {
			t.Errorf("languages(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestSbomOf(t *testing.T) {
	for _, c := range []struct{ in, want, format, note string }{
		{"https://x.example/sbom.json", "AVAILABLE", "", ""},
		{"[SBOM](https://x.example/sbom.spdx)", "AVAILABLE", "SPDX", "[SBOM](https://x.example/sbom.spdx)"},
		{"CycloneDX files are attached to each release", "AVAILABLE", "CycloneDX", "CycloneDX files are attached to each release"},
		{"The project does not generate an SBOM.", "NONE", "", "The project does not generate an SBOM."},
		{"None", "NONE", "", "None"},
		{"N/A", "NOT_APPLICABLE", "", "N/A"},
		{"An SBOM will be made next year", "PLANNED", "", "An SBOM will be made next year"},
		{"See [go.mod](https://x.example/go.mod)", "DEPENDENCY_MANIFEST", "", "See [go.mod](https://x.example/go.mod)"},
		{"[FOSSA report](https://fossa.example/x)", "THIRD_PARTY_SCAN", "", "[FOSSA report](https://fossa.example/x)"},
		{"Available.\n[a](https://x.example/a)\n<https://x.example/b>", "AVAILABLE", "", ""},
		{"Planned. In autumn.", "PLANNED", "", "In autumn."},
		{"Dependency manifest.\n[a](https://x.example/a)", "DEPENDENCY_MANIFEST", "", ""},
		{"Ask us", "UNSPECIFIED", "", "Ask us"},
	} {
		s := sbomOf(c.in)
		if have := strings.TrimPrefix(s.GetAvailability().String(), "SBOM_AVAILABILITY_"); have != c.want || s.GetFormat() != c.format {
			t.Errorf("sbomOf(%q) = %s %q, want %s %q", c.in, have, s.GetFormat(), c.want, c.format)
		}
		if c.in[0] != '[' && s.GetNote() != c.note { // a lone link may be kept as a note
			t.Errorf("sbomOf(%q) has the note %q, want %q", c.in, s.GetNote(), c.note)
		}
	}
}

func TestWebAddress(t *testing.T) {
	for in, want := range map[string]string{
		"x.example": "https://x.example", "github.com/o/r": "https://github.com/o/r", "<http://x.example>": "http://x.example", "the x.example page": "",
		"a@x.example": "", "none": "", "v.1": "", "[x](https://y.example)": "https://y.example",
	} {
		if have := webAddress(in); have != want {
			t.Errorf("webAddress(%q) = %q, want %q", in, have, want)
		}
	}
	if l := softwareLinks("github.com/o/r"); len(l) != 1 || l[0].GetUrl() != "https://github.com/o/r" {
		t.Error(l)
	}
	if l := softwareLinks("<https://github.com/o/r> [Wheel](https://github.com/o/r/)"); len(l) != 1 || l[0].GetTitle() != "Wheel" {
		t.Error(l)
	}
	if l := softwareLinks("ask us"); l != nil {
		t.Error(l)
	}
}

func TestMetadataKey(t *testing.T) {
	for label, want := range map[string]metadataField{
		"**Assessment Stage**": stageRow, "Software:": softwareRow, "Security Provider?": providerRow, "Language(s)": languagesRow, "Software Bill of Materials (SBOM)": sbomRow,
		"Web site": websiteRow, "Compatibility": compatibilityRow, "Cosign pub-key": keyRow, "Security Insights": insightsRow, "Assessment Version": assessmentVersionRow,
		"Version": projectVersionRow, "Last Updated": dateRow, "Colour": otherRow,
	} {
		if have := metadataKey(key(label)); have != want {
			t.Errorf("metadataKey(%q) = %d, want %d", label, have, want)
		}
	}
}

func TestLinkKind(t *testing.T) {
	for title, want := range map[string]string{
		"Security Insights": "SECURITY_INSIGHTS", "Threat model": "THREAT_MODEL", "Audit 2023": "AUDIT", "SLSA attestations": "SUPPLY_CHAIN", "Advisories": "ADVISORIES",
		"Security contacts": "CONTACTS", "Default and optional configs": "CONFIGURATION", "SECURITY.md": "SECURITY_FILE", "Something": "OTHER",
	} {
		if have := linkKind(title); have != reviewpkgv1.SecurityLinkKind(reviewpkgv1.SecurityLinkKind_value["SECURITY_LINK_KIND_"+want]) {
			t.Errorf("linkKind(%q) = %v, want %s", title, have, want)
		}
	}
}

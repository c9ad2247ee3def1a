package cncf

import (
	"strings"
	"testing"

	"github.com/reviewpkg/sdk/internal/intake"
)

func TestPersons(t *testing.T) {
	for in, want := range map[string]string{
		"Ann Lee":                     "Ann Lee",
		"Ann Lee (@annlee)":           "Ann Lee @annlee",
		"Ann Lee(@annlee), Bo Ek":     "Ann Lee @annlee; Bo Ek",
		"@annlee, @boek":              "@annlee; @boek",
		"Ann Lee @annlee Bo Ek @boek": "Ann Lee @annlee; Bo Ek @boek",
		"[Ann Lee](https://github.com/annlee) & Bo Ek":   "Ann Lee @annlee; Bo Ek",
		"[@annlee](https://github.com/annlee) and Bo Ek": "@annlee; Bo Ek",
		"Ann Lee ([@annlee](https://github.com/annlee))": "Ann Lee @annlee",
		"[Qi Yu](https://gitlab.com/qiyu)":               "Qi Yu @gitlab:qiyu",
		"Ann Lee <ann@x.example>":                        "Ann Lee ann@x.example",
		"Ann Lee (ann@x.example)":                        "Ann Lee ann@x.example",
		"Ann Lee (Big Corp)":                             "Ann Lee (Big Corp)",
		"Ann Lee (https://ann.example)":                  "Ann Lee https://ann.example",
		"[Ann Lee](mailto:ann@x.example)":                "Ann Lee ann@x.example",
		"[Ann Lee](https://ann.example/a)":               "Ann Lee https://ann.example/a",
		"Ann Lee annlee42":                               "Ann Lee @annlee42",
		"Ann Lee (annlee)":                               "Ann Lee @annlee",
		"**Ann Lee**; *Bo Ek*":                           "Ann Lee; Bo Ek",
		"Ann Lee\nBo Ek":                                 "Ann Lee; Bo Ek",
		"TBD":                                            "",
		"n/a, none":                                      "",
		"the people who did most of the work":            "",
		"Ann Lee et al":                                  "Ann Lee et al",
		"Ann Lee <!-- id: ann -->":                       "Ann Lee #ann",
		"- Ann Lee.":                                     "Ann Lee",
		"":                                               "",
		"(@annlee":                                       "@annlee",
		"[Ann Lee":                                       "Ann Lee",
		"ann@x.example, bo@x.example":                    "ann@x.example ann@x.example; bo@x.example bo@x.example",
		"Ann Lee ann@x.example, Bo Ek":                   "Ann Lee ann@x.example; Bo Ek",
		"Ann Lee, <ann@x.example>":                       "Ann Lee ann@x.example",
		"<ann@x.example>":                                "ann@x.example ann@x.example",
		"Ann Lee, Maintainer (@annlee)":                  "Ann Lee @annlee [Maintainer]",
		"Ann Lee (@annlee), Hub Maintainer, Bo Ek":       "Ann Lee @annlee [Hub Maintainer]; Bo Ek",
		"Ann Lee (Maintainer)":                           "Ann Lee [Maintainer]",
		"Ann Lee, Hub maintainers":                       "Ann Lee",
	} {
		var have []string
		for _, n := range persons(in) {
			have = append(have, namedText(n))
		}
		if strings.Join(have, "; ") != want {
			t.Errorf("persons(%q) = %q, want %q", in, have, want)
		}
	}
}

func namedText(n intake.Named) string {
	var out []string
	add := func(s string) { out = append(out, s) }
	if n.Name != "" {
		add(n.Name)
	}
	if n.Handle != "" {
		if n.System != "github" {
			n.Handle = n.System + ":" + n.Handle
		}
		add("@" + n.Handle)
	}
	if n.Email != "" {
		add(n.Email)
	}
	if n.URL != "" {
		add(n.URL)
	}
	if n.Affiliation != "" {
		add("(" + n.Affiliation + ")")
	}
	if n.Title != "" {
		add("[" + n.Title + "]")
	}
	if n.ID != "" {
		add("#" + n.ID)
	}
	return strings.Join(out, " ")
}

func TestRoleOf(t *testing.T) {
	for label, want := range map[string]string{
		"Authors": "AUTHOR", "Primary Author(s):": "AUTHOR", "Authored by": "AUTHOR", "Contributors/Reviewers": "CONTRIBUTOR", "Security Reviewers": "SECURITY_REVIEWER",
		"Lead Security Reviewer": "LEAD_SECURITY_REVIEWER", "Project security lead": "PROJECT_SECURITY_LEAD", "Observers": "OBSERVER", "Project Maintainers": "MAINTAINER",
		"TOC liaison": "OVERSIGHT_LIAISON", "Shadow reviewer": "SHADOW_REVIEWER", "Goals": "UNSPECIFIED", "Reviewers and all those who helped them": "UNSPECIFIED",
	} {
		if have := strings.TrimPrefix(roleOf(key(label)).String(), "ROLE_KIND_"); have != want {
			t.Errorf("roleOf(%q) = %s, want %s", label, have, want)
		}
	}
}

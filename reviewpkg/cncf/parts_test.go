package cncf

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func TestNearly(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"background", "background", true}, {"backgound", "background", true}, {"bacckground", "background", true}, {"backgrounf", "background", true},
		{"background", "backgroudn", true}, {"abckground", "background", true}, {"bockgraund", "background", false}, {"backgrou", "background", false}, //nolint:misspell // what authors write
		{"background two", "background", false}, {"", "a", true}, {"", "", true}, {"ab", "ba", true}, {"abc", "cba", false},
	} {
		if nearly(c.a, c.b) != c.want || nearly(c.b, c.a) != c.want {
			t.Errorf("nearly(%q, %q) is not %v", c.a, c.b, c.want)
		}
	}
}

func TestFindLabel(t *testing.T) {
	const exact, alias = reviewpkgv1.Derivation_DERIVATION_EXACT_HEADING, reviewpkgv1.Derivation_DERIVATION_ALIAS
	for _, c := range []struct {
		label, name string
		parts       []part
		how         reviewpkgv1.Derivation
	}{
		{"Goals", "", []part{goals}, exact},
		{"Non-Goals", "", []part{nonGoals}, exact},
		{"non goals:", "", []part{nonGoals}, alias},
		{"1.2 **Overview**", "", []part{overview}, alias},
		{"Secure Developement Practices", "", []part{development}, alias}, //nolint:misspell // what authors write
		{"Responsible Disclosure", "", []part{disclosure}, alias},
		{"Cortex goals", "cortex", []part{goals}, alias},
		{"Cortex's goals", "cortex", []part{goals}, alias},
		{"Critical Security Components of Cortex", "cortex", []part{critical}, alias},
		{"Project Goals", "other", []part{goals}, alias},
		{"Goals of the Big Wheel project", "big wheel", []part{goals}, alias},
		{"Overview of Wheel", "wheel works", []part{overview}, alias},
		{"Critical (Non-Configurable)", "", []part{critical}, alias},
		{"Actors and Actions", "", []part{actors, actions}, alias},
		{"Inbound / Outbound", "", []part{inboundChannel, outboundChannel}, alias},
		{"Appendix B: more", "", []part{appendix}, alias},
		{"Use Cases", "", []part{targetUsers}, alias},
		{"Gaols", "", nil, 0}, // too short to be sure
		{"Something else", "", nil, 0},
		{"", "", nil, 0},
		{"Goals and everything else that we could think of while we were writing this long document", "", nil, 0},
	} {
		m, ok := assessmentBook().find(c.label, c.name)
		if ok != (c.parts != nil) || m.how != c.how {
			t.Errorf("%q: found %v by %v", c.label, m.parts, m.how)
		}
		if diff := cmp.Diff(c.parts, m.parts); diff != "" {
			t.Errorf("%q: %s", c.label, diff)
		}
	}
	if m, ok := summaryBook().find("Appendix A", ""); ok {
		t.Error("a summary has no appendix, found ", m.parts)
	}
}

// TestAliases holds that every alias is written as labels are compared, and
// names one part unless that is meant.
func TestAliases(t *testing.T) {
	for _, book := range []*labelBook{assessmentBook(), summaryBook()} {
		for alias, parts := range book.folded {
			if key(alias) != alias {
				t.Errorf("the alias %q is compared as %q", alias, key(alias))
			}
			if len(parts) > 2 {
				t.Errorf("the alias %q names %v", alias, parts)
			}
		}
	}
}

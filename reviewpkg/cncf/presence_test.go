package cncf

import (
	"strings"
	"testing"
)

func TestPresenceOf(t *testing.T) {
	for in, want := range map[string]string{
		"": "EMPTY", "<!-- nothing -->": "EMPTY", "*": "EMPTY", "**N/A**": "NOT_APPLICABLE", "Not applicable to a library.": "NOT_APPLICABLE", "n/a for now": "NOT_APPLICABLE",
		"TBD": "UNKNOWN", "Not enough information was found.": "UNKNOWN", "None.": "NONE_DECLARED", "No": "NONE_DECLARED", "There are no known issues.": "NONE_DECLARED",
		"The project does not have a badge.": "NONE_DECLARED", "There is one.": "UNSPECIFIED", "No-one but the owner may do so": "UNSPECIFIED", "Nothing is stored in clear text": "UNSPECIFIED",
		"None of this matters. " + strings.Repeat("But this is a long answer. ", 10): "UNSPECIFIED",
	} {
		if have := strings.TrimPrefix(presenceOf(in).String(), "PRESENCE_"); have != want {
			t.Errorf("presenceOf(%q) = %s, want %s", in, have, want)
		}
	}
}

func TestListPresence(t *testing.T) {
	long := strings.Repeat("We look for them every day and will tell our users. ", 5)
	for in, want := range map[string]string{
		"None": "NONE_DECLARED", "There haven't been any vulnerabilities. " + long: "NONE_DECLARED", "Currently there are no advisories. " + long: "NONE_DECLARED",
		"Such reports were not found. " + long: "NONE_DECLARED", "We had two. " + long: "UNSPECIFIED", long + "There have been no more.": "UNSPECIFIED",
	} {
		if have := strings.TrimPrefix(listPresence(in).String(), "PRESENCE_"); have != want {
			t.Errorf("listPresence(%.40q) = %s, want %s", in, have, want)
		}
	}
}

func TestSentences(t *testing.T) {
	text := func(in string) []string {
		var out []string
		sentences(in, nil, func(_ uint64, start, end int) bool { out = append(out, in[start:end]); return true })
		return out
	}
	for _, c := range []struct {
		in   string
		want []string
	}{
		{"Too short to count. The wheel of this machine is made of the best of woods. Short.", []string{"The wheel of this machine is made of the best of woods"}},
		{"One sentence that runs on\nover the end of its first line", []string{"One sentence that runs on\nover the end of its first line"}},
		{"The first paragraph has no full stop\n\nThe second paragraph has none either", []string{"The first paragraph has no full stop", "The second paragraph has none either"}},
		{"* The first item is quite a long one as well\n* The second item is quite a long one as well", []string{"The first item is quite a long one as well", "The second item is quite a long one as well"}},
		{"| The first cell of the row is long enough | The second cell of the row is long enough |", []string{"The first cell of the row is long enough ", "The second cell of the row is long enough "}},
		{"\n# The heading is no sentence however long\nThis one is a sentence of the usual length", []string{"This one is a sentence of the usual length"}},
		{"\n* [An entry of a table of contents is none](#entry)\n* This one is a sentence of the usual length", []string{"This one is a sentence of the usual length"}},
		{"This holds 1.5 percent of what the machine can hold.", []string{"This holds 1.5 percent of what the machine can hold"}},
		{"\n# A heading at the very end of the text", nil},
		{"", nil},
	} {
		if have := text(c.in); strings.Join(have, "¦") != strings.Join(c.want, "¦") {
			t.Errorf("sentences(%q) = %q, want %q", c.in, have, c.want)
		}
	}
	// The same sentence in other clothes has the same fingerprint.
	prints := map[uint64]bool{}
	for _, in := range []string{
		"See the guide of the machine before you start it up.", "**See the guide** of the\nmachine before you start it up!",
		"see the [guide](https://a.example) of the machine before you start it up.", "see the [guide](https://b.example/x) of the machine before you start it up.",
	} {
		sentences(in, nil, func(print uint64, _, _ int) bool { prints[print] = true; return true })
	}
	if len(prints) != 1 {
		t.Error("fingerprints: ", len(prints))
	}
}

func TestOnlyTemplate(t *testing.T) {
	useTemplate(t, "Name here the wheels that your machine cannot run without")
	for in, want := range map[string]bool{
		"Name here the wheels that your machine cannot run without.":                                                         true,
		"* Wheels. Name here the wheels that your machine cannot run without.":                                               true,
		"Name here the wheels that your machine cannot run without. The big wheel is the one that matters most of them all.": false,
		"The big wheel is the one that matters most of them all.":                                                            false,
		"": false,
	} {
		if have := onlyTemplate(in); have != want {
			t.Errorf("onlyTemplate(%q) = %v", in, have)
		}
	}
}

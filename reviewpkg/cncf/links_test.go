package cncf

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLinks(t *testing.T) {
	for _, c := range []struct {
		in   string
		want []link
	}{
		{"no link, [none], <none>, http", nil},
		{"see [a](https://a.example).", []link{{title: "a", target: "https://a.example", at: 4}}},
		{"![pic](p.png) <https://b.example>", []link{{title: "pic", target: "p.png", image: true, at: 1}, {target: "https://b.example", at: 14}}},
		{"[![badge](b.svg)](https://c.example)", []link{{title: "badge", target: "https://c.example"}}},
		{`<a href="https://d.example" target=x>the **d**</a>!`, []link{{title: "the d", target: "https://d.example"}}},
		{`<a name="x">`, nil},
		{`<a href="https://d.example">`, []link{{target: "https://d.example"}}},
		{"<https://never closed", []link{{target: "https://never", at: 1}}},
		{"bare https://e.example/x_y, and (http://f.example/z).", []link{{target: "https://e.example/x_y", at: 5}, {target: "http://f.example/z", at: 33}}},
		{"wiki https://e.example/a_(b) end", []link{{target: "https://e.example/a_(b)", at: 5}}},
		{"[https://g.example](https://g.example)", []link{{title: "https://g.example", target: "https://g.example"}}},
		{"broken [https://h.example](", []link{{target: "https://h.example", at: 8}}},
		{"[empty]()", nil},
	} {
		if diff := cmp.Diff(c.want, links(c.in), cmp.AllowUnexported(link{})); diff != "" {
			t.Errorf("links(%q): %s", c.in, diff)
		}
	}
}

func TestLinkMessages(t *testing.T) {
	var have []string
	for _, l := range linkMessages("[a](https://a.example) again <https://a.example> [b](b.md) ![c](c.png) [d](#d) [https://e.example](https://e.example) [f](x:y z)") {
		have = append(have, l.GetTitle()+"="+l.GetUrl())
	}
	if diff := cmp.Diff([]string{"a=https://a.example", "b=b.md", "=https://e.example", "f=x:y"}, have); diff != "" {
		t.Error(diff)
	}
}

func TestFirstURL(t *testing.T) {
	for in, want := range map[string]string{
		"[a](a.md) and https://b.example": "https://b.example", "![x](https://x.example/p.png)": "", "nothing": "",
	} {
		if have := firstURL(in); have != want {
			t.Errorf("firstURL(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestWithoutLinks(t *testing.T) {
	for in, want := range map[string]string{
		"<https://a.example>": "", "https://a.example, https://b.example": "", "[a](https://a.example) (old)": "a] (old",
		"see https://a.example.": "see", "(https://a.example) - ": "",
	} {
		if have := withoutLinks(in); have != want {
			t.Errorf("withoutLinks(%q) = %q, want %q", in, have, want)
		}
	}
}

func TestIsLink(t *testing.T) {
	for in, want := range map[string]bool{"[a](b)": true, "<https://a.example>": true, "[a](b) c": false, "<https://a.example> b": false, "a": false, "": false} {
		if have := isLink(in); have != want {
			t.Errorf("isLink(%q) = %v", in, have)
		}
	}
}

func TestAddresses(t *testing.T) {
	text := "Mail a@x.example, <b@x.example> or [c](mailto:c@x.example); a@x.example again. Not @handle, d@localhost."
	if have := strings.Join(addresses(text), " "); have != "a@x.example b@x.example c@x.example" {
		t.Error(have)
	}
	urls := absoluteURLs("[a](https://a.example) https://a.example mailto:x@y.example [m](mailto:x@y.example) ![p](https://p.example/p.png) <https://b.example>")
	if !slices.Equal(urls, []string{"https://a.example", "https://b.example"}) {
		t.Error(urls)
	}
}

func TestTrackers(t *testing.T) {
	var have []string
	text := "[#1](https://github.com/o/r/issues/1) https://github.com/o/r/pull/2 [KEY-3](https://jira.x.example/browse/KEY-3) " +
		"https://gitlab.com/o/r/-/merge_requests/4 https://bugs.launchpad.net/x/+bug/5 https://github.com/orgs/o/projects/6 " +
		"https://github.com/o/r/issues/ https://x.example/issues/7 https://github.com/o/r https://github.com/o/r/discussions/8 " +
		"[" + strings.Repeat("x", 61) + "](https://github.com/o/r/issues/9)"
	for _, tr := range trackers(text, 1) {
		have = append(have, tr.GetLabel()+" "+tr.GetUrl())
	}
	want := []string{"#1 https://github.com/o/r/issues/1", " https://github.com/o/r/pull/2", "KEY-3 https://jira.x.example/browse/KEY-3",
		" https://gitlab.com/o/r/-/merge_requests/4", " https://bugs.launchpad.net/x/+bug/5", " https://github.com/orgs/o/projects/6",
		" https://github.com/o/r/discussions/8", " https://github.com/o/r/issues/9"}
	if diff := cmp.Diff(want, have); diff != "" {
		t.Error(diff)
	}
}

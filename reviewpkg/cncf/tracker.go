package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// trackers returns the links of a text that lead to items of issue trackers.
// They lead to GitHub, Jira and project boards, and the label is an id of the
// tracker as often as a sentence: a long one says nothing about the tracker.
func trackers(text string, relation reviewpkgv1.TrackerRelation) []*reviewpkgv1.Tracker {
	var out []*reviewpkgv1.Tracker
	for _, l := range links(text) {
		url := intake.URI(l.target)
		if url == "" || !isTracker(url) {
			continue
		}
		t := reviewpkgv1.Tracker_builder{Url: url, Label: l.title, Relation: relation}.Build()
		if strings.Contains(l.title, "://") || len(l.title) > 60 {
			t.SetLabel("")
		}
		out = append(out, t)
	}
	return out
}

// isTracker reports whether a page is an item of an issue tracker or a board. A
// list of all issues, or the page to open a new one, has no number, and is no
// item.
func isTracker(url string) bool {
	if containsAny(url, "/issues/", "/pull/", "/pulls/", "/discussions/", "/merge_requests/", "/browse/", "bugs.launchpad.net/", "/projects/") && containsAny(url, "github.com", "gitlab", "jira", "issues.", "launchpad", "/browse/") {
		last := url[strings.LastIndexByte(strings.TrimRight(url, "/"), '/')+1:]
		return strings.ContainsAny(last, "0123456789")
	}
	return false
}

package export

import (
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// changesPage returns the page of a change set: how many changes of each kind
// there are, and each kind with its changes in the order of the set.
func changesPage(set *reviewpkgv1.ChangeSet) page {
	p := page{Title: changesTitle(set)}
	groups := []struct {
		kind  reviewpkgv1.ChangeKind
		title string
		items []item
	}{
		{kind: reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED, title: "Added"},
		{kind: reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED, title: "Removed"},
		{kind: reviewpkgv1.ChangeKind_CHANGE_KIND_CHANGED, title: "Changed"},
		{kind: reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED, title: "Moved"},
		{title: "Of another kind"},
	}
	// A kind that is not known here is shown in the last group: a change must never
	// be missing from a list of changes.
	for _, c := range set.GetChanges() {
		at := 0
		for at < len(groups)-1 && groups[at].kind != c.GetKind() {
			at++
		}
		groups[at].items = append(groups[at].items, item{Line: changeLine(c)})
	}
	p.paragraph(changesSummary(set)...)
	for _, g := range groups {
		if len(g.items) > 0 {
			p.heading(2, words("%s (%d)", g.title, len(g.items)))
			p.list(g.items, 0, "")
		}
	}
	return p
}

// changesTitle names the package, or both names of one that was renamed. The ids
// are optional in a set, and the one that is there will do.
func changesTitle(set *reviewpkgv1.ChangeSet) line {
	before, after := quote(set.GetBeforeId()), quote(set.GetAfterId())
	switch {
	case before.Text == "" && after.Text == "":
		return line{words("Changes of a package")}
	case before.Text == after.Text || after.Text == "":
		return line{words("Changes of "), before}
	case before.Text == "":
		return line{words("Changes that make "), after}
	default:
		return line{words("Changes from "), before, words(" to "), after}
	}
}

// changesSummary returns how much changed, and between which two versions.
func changesSummary(set *reviewpkgv1.ChangeSet) line {
	l := line{words("No changes")}
	if n := len(set.GetChanges()); n > 0 {
		l = line{words("%s", count(n, "change"))}
	}
	if before := code(set.GetBeforeDigest()); before.Text != "" {
		l = append(l, words(", from "), before)
	}
	if after := code(set.GetAfterDigest()); after.Text != "" {
		l = append(l, words(", to "), after)
	}
	return append(l, words("."))
}

// changeLine returns one change: what it is about, in words, the values, and the
// exact path. The words are for people, the path for finding the place and for
// policies and waivers that name it. The kind is the title above, but for what
// was MOVED: there the values are an order and not a content.
func changeLine(c *reviewpkgv1.Change) line {
	subject, fd := changeSubject(c.GetPath())
	l := append(line{}, subject...)
	switch c.GetKind() {
	case reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED:
		l = append(append(l, words(": ")), changeValue(fd, c.GetAfter())...)
	case reviewpkgv1.ChangeKind_CHANGE_KIND_REMOVED:
		l = append(append(l, words(": ")), changeValue(fd, c.GetBefore())...)
	default:
		if c.GetKind() == reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED {
			l = append(line{words("order of ")}, l...)
		}
		l = append(append(l, words(": ")), changeValue(fd, c.GetBefore())...)
		l = append(append(l, words(" → ")), changeValue(fd, c.GetAfter())...)
	}
	return append(l, words(", at "), code(c.GetPath()))
}

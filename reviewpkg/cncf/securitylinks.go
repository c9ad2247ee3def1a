package cncf

import (
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readSecurityLinks reads the table of security documents, or the list that
// some authors have instead. 39 of 43 sections have a table of Markdown, two
// have one in HTML, and one has bullets. The sample addresses of the template
// are links to nothing. A list beside a table explains the table.
func (r *reader) readSecurityLinks() {
	s := r.found[securityLinks]
	if s == nil {
		return
	}
	var list []*reviewpkgv1.SecurityLink
	blank := false
	add := func(title, value string, start, end int, how reviewpkgv1.Derivation) {
		if strings.Contains(value, "my.security.") || strings.Contains(value, "example.org/config") {
			blank = true
			return
		}
		// A row of dashes is the delimiter of a table that is none.
		if strings.Trim(title, "-: ") == "" {
			return
		}
		l := reviewpkgv1.SecurityLink_builder{Title: title, Kind: linkKind(title), Urls: refs(value)}.Build()
		// A cell may hold several addresses, or a sentence with one.
		if withoutLinks(value) != "" || len(l.GetUrls()) == 0 {
			l.SetNote(value)
		}
		list = append(list, l)
		r.Claim(r.at("security_links["+itoa(len(list)-1)+"]"), start, end, how, "")
	}
	grids, rest := r.tables(s.blocks)
	for _, g := range grids {
		for i, row := range g.rows {
			if i == 0 && row.header && isLinkCaption(row.cells) {
				continue
			}
			add(plainText(row.cell(0)), strings.Join(row.cells[min(1, len(row.cells)):], "\n"), row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL)
		}
	}
	if len(grids) == 0 {
		l, _, _ := r.listEntries(&section{blocks: rest}, noGroups)
		for i := range l.entries {
			e := &l.entries[i]
			title, value := e.label, joinText(linkOf(e), e.text)
			if found := links(e.raw); len(found) == 1 && (title == "" || e.target == "" && e.text == "") {
				title, value = found[0].title, e.raw
				if len(title) < 8 { // "here", "link"
					title = shorten(plainText(e.raw), maxName)
				}
			} else if title == "" {
				title, value = shorten(plainText(e.text), maxName), e.text
			}
			add(title, value, e.start, e.end, e.how)
		}
	}
	r.count(securityLinks, len(list))
	switch {
	case len(list) > 0:
		r.a.SetSecurityLinks(list)
		r.states[securityLinks] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	case blank:
		r.states[securityLinks] = reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
	default:
		r.states[securityLinks] = r.presence(s, r.ownText(s))
	}
}

// isLinkCaption reports whether the first row of a table of links is a header.
// Its words are Doc and url in most tables, with other capitals or other words
// in one of four.
func isLinkCaption(cells []string) bool {
	if strings.Join(cells, "") == "" {
		return true
	}
	return oneOf(key(cells[0]), "doc", "document", "docs", "item", "title", "name", "documents", "link", "security file or document") || len(cells) > 1 && oneOf(key(cells[1]), "url", "link", "ref or url", "urls")
}

// refs returns the targets of the links of a text that can be URI references.
// People type hosts without a scheme, and paths of their repository.
func refs(value string) []string {
	var out []string
	for _, m := range linkMessages(value) {
		out = append(out, m.GetUrl())
	}
	if len(out) == 0 {
		if u := webAddress(value); u != "" {
			out = append(out, u)
		}
	}
	return out
}

// linkKind returns what a document on security is, by its title. The template
// has two, the security file and the configuration; 65 other titles are in one
// document each. More special words come first: a policy on threats is about
// threats.
func linkKind(title string) reviewpkgv1.SecurityLinkKind {
	switch k := key(title); {
	case containsAny(k, "insights"): // a file with a schema of its own
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_SECURITY_INSIGHTS
	case containsAny(k, "threat"): // also the ones beside the assessment
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_THREAT_MODEL
	case containsAny(k, "audit", "penetration"): // with the auditor in the title
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_AUDIT
	case containsAny(k, "slsa", "supply chain", "provenance"): // levels and attestations
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_SUPPLY_CHAIN
	case containsAny(k, "advisor", "cve"): // a list of them
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_ADVISORIES
	case containsAny(k, "contact"): // a person or an address
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_CONTACTS
	case containsAny(k, "config"): // default and optional ones, in 22 documents
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_CONFIGURATION
	case containsAny(k, "security file", "security md", "security policy", "security policies", "reporting", "disclosure", "vulnerability"): // in 31 documents
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_SECURITY_FILE
	default:
		return reviewpkgv1.SecurityLinkKind_SECURITY_LINK_KIND_OTHER
	}
}

package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A link is a link in a text, in any of the forms that authors use.
type link struct {
	title  string // plain; empty for a bare URL
	target string
	image  bool
	at     int // where it stands in the text
}

// message returns the link as the model has it, or nil if its target is no URI.
// An anchor leads nowhere outside of the document. A title that repeats the
// address says nothing.
func (l link) message() *reviewpkgv1.Link {
	url := intake.URIRef(l.target)
	if url == "" || strings.HasPrefix(url, "#") {
		return nil
	}
	title := l.title
	if title == l.target || title == url {
		title = ""
	}
	return reviewpkgv1.Link_builder{Title: title, Url: url}.Build()
}

// links returns the links of a Markdown text, images among them: [text](url),
// <url>, <a href="url">, bare URLs. A link in the text of another is not
// counted twice. All four forms are in the documents, and some lines have all
// of them. The parser would find them as well, but texts are cut out of the
// document before links are asked for.
func links(text string) []link {
	var out []link
	// The next place of each kind; looking for one jumps over the text between.
	bracket, angle, bare := -1, -1, -1
	for i := 0; ; {
		bracket, angle, bare = next(text, '[', i, bracket), next(text, '<', i, angle), nextAddress(text, i, bare)
		i = min(bracket, angle, bare)
		if i == len(text) {
			return out
		}
		rest := text[i:]
		l, size := linkAt(rest)
		if size == 0 {
			i++
			continue
		}
		l.at = i
		l.image = rest[0] == '[' && i > 0 && text[i-1] == '!'
		if l.target != "" {
			out = append(out, l)
		}
		i += size
	}
}

// next returns the first place of a sign at or behind from, or the end of the
// text. at is where it was found before.
func next(text string, sign byte, from, at int) int {
	if at >= from {
		return at
	}
	if i := strings.IndexByte(text[from:], sign); i >= 0 {
		return from + i
	}
	return len(text)
}

// nextAddress returns the same for an address on the web.
func nextAddress(text string, from, at int) int {
	if at >= from {
		return at
	}
	for end := from; ; end += len("://") {
		i := strings.Index(text[end:], "://")
		if i < 0 {
			return len(text)
		}
		end += i
		if head := text[from:end]; strings.HasSuffix(head, "https") {
			return end - len("https")
		} else if strings.HasSuffix(head, "http") {
			return end - len("http")
		}
	}
}

// linkAt returns the link that a text begins with, and its length in the text.
// Addresses end where the sentence goes on: a full stop or a bracket behind one
// belongs to the sentence, unless it opened there.
func linkAt(s string) (link, int) {
	switch {
	case s[0] == '[': // an image as well
		text, target, rest, ok := cutLink(s)
		if !ok {
			return link{}, 0
		}
		// A picture that links somewhere is the picture of a badge.
		return link{title: plainText(text), target: target}, len(s) - len(rest)
		// A tag other than that of a link shows nothing that leads anywhere.
	case s[0] == '<': // an autolink, or a tag
		end := strings.IndexByte(s, '>')
		if end < 0 {
			return link{}, 0
		}
		inner := s[1:end]
		if strings.Contains(inner, "://") && !strings.ContainsAny(inner, " \"") {
			return link{target: inner}, end + 1
		}
		if !strings.HasPrefix(inner, "a ") {
			return link{}, 0
		}
		_, href, ok := strings.Cut(inner, `href="`)
		if !ok {
			return link{}, 0
		}
		href, _, _ = strings.Cut(href, `"`)
		size := end + 1
		title := ""
		if close := strings.Index(s[size:], "</a>"); close >= 0 && close < maxLink {
			title = plainText(s[size : size+close])
			size += close + len("</a>")
		}
		return link{title: title, target: href}, size
	case strings.HasPrefix(s, "https://"), strings.HasPrefix(s, "http://"):
		end := strings.IndexAny(s, " \t\r\n<>\"|`")
		if end < 0 {
			end = len(s)
		}
		url := strings.TrimRight(s[:end], ".,;:!?*_'\\")
		if !strings.Contains(url, "(") {
			url, _, _ = strings.Cut(url, ")")
		}
		url, _, _ = strings.Cut(url, "](")
		return link{target: strings.TrimRight(url, "]")}, len(url)
	default:
		return link{}, 0
	}
}

// linkMessages returns the links of a text as the model has them, each target
// once, pictures left out. A link that stands in a table and below it is one
// link to the model.
func linkMessages(text string) []*reviewpkgv1.Link {
	var out []*reviewpkgv1.Link
	seen := map[string]bool{}
	for _, l := range links(text) {
		if l.image {
			continue
		}
		m := l.message()
		if m == nil || seen[m.GetUrl()] {
			continue
		}
		seen[m.GetUrl()] = true
		out = append(out, m)
	}
	return out
}

// linked returns what an entry says, as its author wrote it if links would be
// lost otherwise: a name is plain text.
func (e *entry) linked() string {
	whole := e.whole()
	if len(links(e.raw)) > len(links(whole)) {
		return e.raw
	}
	return whole
}

// firstURL returns the first absolute URL of a text, or nothing.
func firstURL(text string) string {
	for _, l := range links(text) {
		if u := intake.URI(l.target); u != "" && !l.image {
			return u
		}
	}
	return ""
}

// withoutLinks returns a text without its links and the punctuation that only
// held them together. What is left is a remark that must be kept.
func withoutLinks(text string) string {
	for _, l := range links(text) {
		text = strings.Replace(text, l.target, "", 1)
	}
	return strings.Trim(plainText(strings.ReplaceAll(strings.ReplaceAll(text, "<>", ""), "]()", "]")), " .,;:()[]-")
}

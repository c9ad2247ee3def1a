package reviewpkg

import (
	"fmt"
	"regexp"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// residue reports text of a template that was never filled in (S04). In a draft
// it is a warning, because a draft may wait for its answers; in a final package
// it is an error, because somebody has put their name to it.
func (c *checker) residue() {
	level := LevelWarning
	if c.pkg.GetStatus() == reviewpkgv1.PackageStatus_PACKAGE_STATUS_FINAL {
		level = LevelError
	}
	for _, text := range c.index.texts {
		c.report(TemplateResidue, level, "S04", text.path,
			fmt.Sprintf("text of the template is left in: %s", quote(text.found)),
			"answer the question, leave the field out, or mark the part TEMPLATE_TEXT")
	}
}

// Words that stand in the templates of the two communities for an answer, and
// that nobody writes as one. Each has a part that is rare in prose: all texts
// of a package are searched, most of them in vain, and one search for a part
// stands for several.
var templateWords = []struct {
	rare  string
	words []string
}{
	{"TODO", []string{"TODO"}},
	{"ct]", []string{"[project]", "[Project]"}},
	{"[Project Name", []string{"[Project Name]"}},
	{"URL related", []string{"URL related to this project"}},
	{"yyyy", []string{"mm/dd/yyyy", "mmddyyyy"}},
	{"irc handle", []string{"name - irc handle"}},
	{"0.01 if", []string{"0.01 if applicable"}},
	{"Flibb", []string{"Flibble", "Flibber"}},
	{"Draft/", []string{"Draft/Ready for Review/Reviewed", "Draft/Completed"}},
	{"Name of Third", []string{"Name of Third Party Organisation"}},
}

// A placeholder is two words or more in angle brackets: <link to the bug>. One
// word would be an HTML element or an autolink. An element with attributes has
// an equals sign, which no placeholder of the templates has.
var placeholder = regexp.MustCompile(`<[A-Za-z][A-Za-z']*(?: [A-Za-z'-]+)+>`)

// templateResidue returns the words of a template that are left in text, or
// nothing. One is enough: whoever looks at the place sees the others.
func templateResidue(text string) string {
	for _, group := range templateWords {
		if !strings.Contains(text, group.rare) {
			continue
		}
		for _, words := range group.words {
			if i := strings.Index(text, words); i >= 0 && standsAlone(text, i, len(words)) {
				return words
			}
		}
	}
	if strings.IndexByte(text, '<') < 0 {
		return ""
	}
	return placeholder.FindString(text)
}

// standsAlone reports whether the n bytes at i are no part of a longer word,
// so that TODOIST is not TODO.
func standsAlone(text string, i, n int) bool {
	return (i == 0 || !isWordByte(text[i-1])) && (i+n == len(text) || !isWordByte(text[i+n]))
}

func isWordByte(b byte) bool {
	return b == '_' || '0' <= b && b <= '9' || 'a' <= b|0x20 && b|0x20 <= 'z'
}

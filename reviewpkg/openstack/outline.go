package openstack

import (
	"strings"
	"unicode/utf8"

	"github.com/reviewpkg/sdk/internal/intake"
)

// adornments are the characters that reStructuredText underlines a title with.
const adornments = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// blanks are what stands around words on a line. Spaces beyond ASCII are kept:
// no rule of the markup gives them a meaning.
const blanks = " \t\r"

// A section is a heading with the lines below it, up to the next heading.
type section struct {
	title  string // as written
	line   int    // first line of the heading, an overline included
	level  int    // by the first use of its adornment, 1 is the top
	body   int    // first line below the heading
	end    int
	glued  bool // no blank line stands before it
	above  *section
	blocks []*block
	part   *part  // what the template knows it as, or nil
	header bool   // it belongs to the header of the page
	id     string // that a comment below the heading states
}

// outline finds the headings of a page. What stands before the first one is a
// section of level 0, if there is anything.
//
// A heading is a line with a line of one punctuation character below it, and
// perhaps one above it. Its level depends on when its adornment was first used,
// so that one template has findings at level 3 where another has them at 2.
func outline(lines []string) []*section {
	list := []*section{{end: len(lines)}}
	styles := map[string]int{}
	for i := 0; i < len(lines); i++ {
		title, style, next := headingAt(lines, i)
		if next == 0 {
			continue
		}
		// The rule of reStructuredText: no mark has a level of its own. The notes
		// have hyphens below tildes, and the other pages tildes below hyphens.
		level, ok := styles[style]
		if !ok {
			level = len(styles) + 1
			styles[style] = level
		}
		list[len(list)-1].end = i
		list = append(list, &section{
			title: title, line: i, level: level, body: next, end: len(lines),
			// docutils wants the blank line, and reads running text where it is missing.
			glued: i > 0 && i > list[len(list)-1].body && strings.Trim(lines[i-1], blanks) != "",
		})
		i = next - 1
	}
	// Nothing stands before the first heading of a page that has a title.
	if list[0].end == 0 {
		list = list[1:]
	}
	nest(list)
	return list
}

// nest finds the section that each one lies in.
func nest(list []*section) {
	var open []*section
	for _, s := range list {
		for len(open) > 0 && open[len(open)-1].level >= s.level {
			open = open[:len(open)-1]
		}
		if len(open) > 0 {
			s.above = open[len(open)-1]
		}
		if s.level > 0 {
			open = append(open, s)
		}
	}
}

// headingAt returns the heading that begins at a line: its title, its style, and
// the line behind it, or 0 if no heading begins there. The style of one with an
// overline differs from that of one without.
func headingAt(lines []string, i int) (title, style string, next int) {
	if c, over := adornment(lines[i]); c != 0 {
		if i+2 >= len(lines) {
			return "", "", 0
		}
		title = strings.Trim(lines[i+1], blanks)
		under, n := adornment(lines[i+2])
		// A rule that is neither is text, as docutils has it.
		// The overline of one template is longer than its title; a shorter one
		// is a rule above a paragraph.
		if t, _ := adornment(lines[i+1]); title == "" || t != 0 || under != c || max(n, over) < utf8.RuneCountInString(title) && min(n, over) < 4 {
			return "", "", 0
		}
		return title, string(c) + string(c), i + 3
	}
	if i+1 >= len(lines) {
		return "", "", 0
	}
	line := strings.TrimRight(lines[i], blanks)
	if line == "" || line[0] == ' ' || line[0] == '\t' || markerAt(line).width > 0 && !isNumber(line[0]) || strings.HasPrefix(line, "..") {
		return "", "", 0
	}
	c, n := adornment(lines[i+1])
	// A rule may be shorter than its title from four marks on: docutils warns and
	// reads a heading.
	if c == 0 || n < 4 && n < utf8.RuneCountInString(line) {
		return "", "", 0
	}
	return line, string(c), i + 2
}

// adornment returns the character that a line consists of, and how often, or 0
// if it is no line of three punctuation characters or more.
func adornment(line string) (byte, int) {
	line = strings.TrimRight(line, blanks)
	if len(line) < 3 || strings.IndexByte(adornments, line[0]) < 0 {
		return 0, 0
	}
	// One character all the way: "- - -" is a list in this markup.
	for i := range len(line) {
		if line[i] != line[0] {
			return 0, 0
		}
	}
	return line[0], len(line)
}

// isNumber reports whether a byte is a digit.
func isNumber(c byte) bool { return '0' <= c && c <= '9' }

// A marker is what begins an item of a list.
type marker struct {
	width  int    // bytes up to the text
	number string // of a numbered item, or # for one that counts itself
}

// bulletSign returns the length of the bullet beyond ASCII that a text begins
// with, or zero. The signs are those of the specification of reStructuredText.
func bulletSign(s string) int { return intake.Sign(s, "•", "‣", "⁃") }

// markerAt returns the marker that a text begins with; its width is 0 if there
// is none.
func markerAt(s string) marker {
	if s == "" {
		return marker{}
	}
	end, number := 0, ""
	switch c := s[0]; {
	case c == '-' || c == '*' || c == '+':
		end = 1
	case bulletSign(s) > 0:
		end = bulletSign(s)
	case strings.HasPrefix(s, "#."):
		end, number = 2, "#"
	case isNumber(c):
		// Numbers such as 4.5 occur in diagrams, and in lists made from them.
		n := 0
		for n < len(s) && (isNumber(s[n]) || s[n] == '.') {
			n++
		}
		// A number without a point is a word, and a long one is no number of a list.
		if s[n-1] != '.' || n > 12 {
			return marker{}
		}
		end, number = n, strings.TrimRight(s[:n], ".")
	default:
		return marker{}
	}
	// A marker alone is an empty item, which templates have for answers.
	if end == len(s) {
		return marker{width: end, number: number}
	}
	if s[end] != ' ' && s[end] != '\t' {
		return marker{}
	}
	return marker{width: len(s) - len(strings.TrimLeft(s[end:], " \t")), number: number}
}

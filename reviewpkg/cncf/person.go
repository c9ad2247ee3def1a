package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
)

// maxPersonWords is the number of words up to which text is a name.
const maxPersonWords = 5

// person reads one person. The same person has several spellings in one folder;
// who is meant is decided by the handle, where there is one. Longer texts, and
// words that stand for names to come, are nobody.
func person(piece string) (intake.Named, bool) {
	n := intake.Named{System: "github"}
	if before, rest, ok := strings.Cut(piece, "<!-- id: "); ok {
		id, after, _ := strings.Cut(rest, " -->")
		n.ID, piece = id, before+after
	}
	piece = strings.Trim(withoutComments(piece), " \t*_-.")
	var room [128]byte // a name is shorter, and a sentence is no name
	name := room[:0]
	// Addresses are looked for at the beginnings of words only: the sign in the
	// middle of one belongs to the word.
	for i := 0; i < len(piece); {
		if i == 0 || piece[i-1] == ' ' {
			if size := bareAddress(&n, piece[i:]); size > 0 {
				i += size
				continue
			}
		}
		var size int
		name, size = personPart(&n, name, piece[i:])
		i += size
	}
	n.Name = strings.Trim(singleSpaces(plainText(string(name))), " .:-")
	// Some lists have addresses as the names, and those may be links.
	if intake.IsEmail(n.Name) {
		n.Email = n.Name
	}
	// "Ann Lee annlee42": handles are written without the sign as well.
	if i := strings.LastIndexByte(n.Name, ' '); i > 0 && n.Handle == "" && looksLikeHandle(n.Name[i+1:]) {
		n.Handle, n.Name = n.Name[i+1:], strings.TrimSpace(n.Name[:i])
	}
	// A name of six words is a sentence about somebody.
	if strings.Count(n.Name, " ") >= maxPersonWords || placeholderName(n.Name) {
		return n, false
	}
	return n, true
}

// bareAddress reads the address that a text begins with, if it begins with one,
// and returns how much of the text that is. What stands before the sign of an
// address would be taken for a name, and what stands behind it for a handle.
func bareAddress(n *intake.Named, rest string) int {
	end := strings.IndexAny(rest, " ,;()<>[]\t\n")
	if end < 0 {
		end = len(rest)
	}
	word := strings.Trim(rest[:end], "*_.:`")
	if !intake.IsEmail(word) {
		return 0
	}
	if n.Email == "" {
		n.Email = word
	}
	return end
}

// personPart reads what a text about a person begins with: a link, a remark in
// brackets, a handle, or a letter of the name. It returns the name so far, and
// how much of the text that was.
func personPart(n *intake.Named, name []byte, rest string) ([]byte, int) {
	switch rest[0] {
	case '[':
		text, target, tail, ok := cutLink(rest)
		if !ok {
			return name, 1
		}
		addLink(n, target)
		if t := plainText(text); strings.HasPrefix(t, "@") {
			setHandle(n, t[1:])
		} else {
			name = append(name, t...)
		}
		return name, len(rest) - len(tail)
	case '(', '<':
		closing := byte(')')
		if rest[0] == '<' {
			closing = '>'
		}
		end := strings.IndexByte(rest, closing)
		if end < 0 {
			return name, 1
		}
		remark(n, rest[1:end], rest[0])
		// A link in parentheses has parentheses of its own.
		return name, max(end, matching(rest, '(', ')')) + 1
	case '@':
		end := strings.IndexAny(rest[1:], " ,;()*_\t")
		if end < 0 {
			end = len(rest) - 1
		}
		setHandle(n, rest[1:end+1])
		return name, end + 1
	default:
		return append(name, rest[0]), 1
	}
}

// looksLikeHandle reports whether a word is in lower case and has digits or
// hyphens, as no name has.
func looksLikeHandle(word string) bool {
	return len(word) > 3 && word == strings.ToLower(word) && strings.ContainsAny(word, "0123456789")
}

// placeholderName reports whether a name is one that stands for names.
func placeholderName(name string) bool {
	// The longest of them has 13 letters.
	return !manyLetters(name, 13) && oneOf(intake.Fold(name), "github handle", "github handles", "tbd", "n a", "na", "none", "name", "names", "todo", "et al", "others")
}

// The first one counts: a second is that of another service.
func setHandle(n *intake.Named, handle string) {
	handle = strings.TrimRight(strings.TrimSpace(handle), ".,:*")
	if n.Handle == "" && handle != "" && !strings.ContainsAny(handle, " @") {
		n.Handle = handle
	}
}

// remark reads what stands in parentheses behind a name. An address, a handle,
// a link or the employer, in this order of certainty; a word alone in round
// brackets is a handle more often than an employer.
func remark(n *intake.Named, text string, open byte) {
	text = strings.Trim(text, " *_")
	if label, target, _, ok := cutLink(text); ok {
		addLink(n, target)
		text = plainText(label)
	} else if i := strings.Index(text, "]("); i > 0 && strings.HasPrefix(text, "[") {
		addLink(n, text[i+2:])
		text = strings.Trim(text[1:i], "[]")
	}
	switch {
	case intake.IsEmail(text):
		n.Email = text
	case strings.HasPrefix(text, "@"):
		setHandle(n, text[1:])
	case strings.Contains(text, "://"):
		addLink(n, text)
	case isTitle(text):
		n.Title = plainText(text)
	case open == '(' && !strings.Contains(text, " "):
		setHandle(n, text)
	case n.Affiliation == "":
		n.Affiliation = plainText(text)
	}
}

// addLink notes a page about a person; one on a code host names the handle.
// Links go to code hosts, to pages of the person, and to mail.
func addLink(n *intake.Named, target string) {
	for _, system := range []string{"github", "gitlab"} {
		if _, rest, ok := strings.Cut(target, system+".com/"); ok {
			if rest = strings.Trim(rest, "/)"); rest != "" && !strings.Contains(rest, "/") {
				if n.Handle == "" {
					n.Handle, n.System = rest, system
				}
				return
			}
		}
	}
	if mail, ok := strings.CutPrefix(target, "mailto:"); ok && intake.IsEmail(mail) {
		n.Email = mail
	} else if n.URL == "" {
		n.URL = intake.URI(target)
	}
}

package cncf

import (
	"strings"
	"unicode"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// roleOf returns the part in the review that a label names, or zero.
func roleOf(label string) reviewpkgv1.RoleKind {
	k := key(label)
	for _, r := range roleLabels {
		// "Authors", "Authored by", "Contributors/Reviewers".
		if strings.HasPrefix(k, r.label) && len(k) <= len(r.label)+20 {
			return r.kind
		}
	}
	return reviewpkgv1.RoleKind_ROLE_KIND_UNSPECIFIED
}

// A roleLabel is a word for a part in a review, folded.
type roleLabel struct {
	label string
	kind  reviewpkgv1.RoleKind
}

// roleLabels are the words for parts in a review, longer ones before those that
// they begin with.
var roleLabels = []roleLabel{
	{"author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"primary author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"co author", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"written by", reviewpkgv1.RoleKind_ROLE_KIND_AUTHOR},
	{"contributor", reviewpkgv1.RoleKind_ROLE_KIND_CONTRIBUTOR},
	{"project security lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD},
	{"security lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_SECURITY_LEAD},
	{"project lead", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_LEAD},
	{"project team", reviewpkgv1.RoleKind_ROLE_KIND_PROJECT_TEAM},
	{"project maintainer", reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER},
	{"maintainer", reviewpkgv1.RoleKind_ROLE_KIND_MAINTAINER},
	{"security contact", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_CONTACT},
	{"lead security reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER},
	{"lead reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER},
	{"security tag lead reviewer", reviewpkgv1.RoleKind_ROLE_KIND_LEAD_SECURITY_REVIEWER},
	{"hands on reviewer", reviewpkgv1.RoleKind_ROLE_KIND_HANDS_ON_REVIEWER},
	{"security reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"additional reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"reviewed by", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_REVIEWER},
	{"observer", reviewpkgv1.RoleKind_ROLE_KIND_OBSERVER},
	{"security champion", reviewpkgv1.RoleKind_ROLE_KIND_SECURITY_CHAMPION},
	{"shadow reviewer", reviewpkgv1.RoleKind_ROLE_KIND_SHADOW_REVIEWER},
	{"delegate", reviewpkgv1.RoleKind_ROLE_KIND_REVIEWER_DELEGATE},
	{"validating reviewer", reviewpkgv1.RoleKind_ROLE_KIND_VALIDATING_REVIEWER},
	{"facilitator", reviewpkgv1.RoleKind_ROLE_KIND_FACILITATOR},
	{"oversight chair", reviewpkgv1.RoleKind_ROLE_KIND_OVERSIGHT_CHAIR},
	{"chair", reviewpkgv1.RoleKind_ROLE_KIND_CHAIR},
	{"technical lead", reviewpkgv1.RoleKind_ROLE_KIND_TECHNICAL_LEAD},
	{"toc liaison", reviewpkgv1.RoleKind_ROLE_KIND_OVERSIGHT_LIAISON},
	{"tag representative", reviewpkgv1.RoleKind_ROLE_KIND_GROUP_REPRESENTATIVE},
	{"speaker", reviewpkgv1.RoleKind_ROLE_KIND_SPEAKER},
	{"drafter", reviewpkgv1.RoleKind_ROLE_KIND_DRAFTER},
	{"scribe", reviewpkgv1.RoleKind_ROLE_KIND_SCRIBE},
	{"attendee", reviewpkgv1.RoleKind_ROLE_KIND_ATTENDEE},
	{"requester", reviewpkgv1.RoleKind_ROLE_KIND_REQUESTER},
	{"architect", reviewpkgv1.RoleKind_ROLE_KIND_ARCHITECT},
}

// persons reads a list of people: names with handles, addresses or links, in
// any of the ways that people write them.
func persons(text string) []intake.Named {
	var out []intake.Named
	for _, piece := range splitPeople(text) {
		n, ok := person(piece)
		if !ok {
			continue
		}
		// "Ann Lee, Maintainer (@ann)": a title between commas is no name.
		if last := len(out) - 1; last >= 0 && (n.Name == "" || isTitle(n.Name)) && out[last].Handle == "" {
			out[last].Handle, out[last].System = n.Handle, n.System
			if n.Name != "" {
				out[last].Affiliation = n.Name
			}
			continue
		}
		if n.Name == "" && n.Handle == "" || isTitle(n.Name) {
			continue
		}
		out = append(out, n)
	}
	return out
}

// isTitle reports whether words are what somebody does, not a name.
func isTitle(name string) bool {
	last := name[strings.LastIndexByte(name, ' ')+1:]
	switch strings.ToLower(last) {
	case "maintainer", "maintainers", "engineer", "developer", "lead", "contributor", "reviewer", "author", "student":
		return true
	default:
		return false
	}
}

// splitPeople cuts a list of people at commas, line breaks and the word "and",
// outside of brackets, and behind a handle that no comma follows.
func splitPeople(text string) []string {
	var out []string
	start, depth := 0, 0
	handle, address := false, false // in the piece so far
	cut := func(end, next int) {
		handle, address = false, false
		if piece := strings.TrimSpace(text[start:end]); piece != "" {
			out = append(out, piece)
		}
		start = next
	}
	for i := 0; i < len(text); i++ {
		handle, address = handle || text[i] == '@', address || text[i] == '<'
		switch c := text[i]; {
		case c == '(' || c == '[':
			depth++
		case c == ')' || c == ']':
			depth = max(0, depth-1)
		case depth > 0:
		case c == ',' || c == ';' || c == '\n' || c == '|':
			cut(i, i+1)
		case strings.HasPrefix(text[i:], " and "), strings.HasPrefix(text[i:], " & "):
			next := i + strings.IndexByte(text[i+1:], ' ') + 2
			cut(i, next)
			i = next - 1
		case c == ' ' && handle && !address && startsName(text[i+1:]):
			cut(i, i+1)
		}
	}
	cut(len(text), len(text))
	return out
}

// startsName reports whether a text goes on with a capital letter, as the name
// of the next person does.
func startsName(s string) bool {
	for _, r := range s {
		return unicode.IsUpper(r)
	}
	return false
}

// maxPersonWords is the number of words up to which text is a name.
const maxPersonWords = 5

// person reads one person.
func person(piece string) (intake.Named, bool) {
	n := intake.Named{System: "github"}
	if before, rest, ok := strings.Cut(piece, "<!-- id: "); ok {
		id, after, _ := strings.Cut(rest, " -->")
		n.ID, piece = id, before+after
	}
	piece = strings.Trim(withoutComments(piece), " \t*_-.")
	var name strings.Builder
	for i := 0; i < len(piece); {
		rest := piece[i:]
		switch {
		case rest[0] == '[':
			text, target, tail, ok := cutLink(rest)
			if !ok {
				i++
				continue
			}
			addLink(&n, target)
			if t := plainText(text); strings.HasPrefix(t, "@") {
				setHandle(&n, t[1:])
			} else {
				name.WriteString(t)
			}
			i = len(piece) - len(tail)
		case rest[0] == '(' || rest[0] == '<':
			end := strings.IndexByte(rest, map[byte]byte{'(': ')', '<': '>'}[rest[0]])
			if end < 0 {
				i++
				continue
			}
			remark(&n, rest[1:end], rest[0])
			// A link in parentheses has parentheses of its own.
			if m := matching(rest, '(', ')'); m > end {
				end = m
			}
			i += end + 1
		case rest[0] == '@':
			end := strings.IndexAny(rest[1:], " ,;()*_\t")
			if end < 0 {
				end = len(rest) - 1
			}
			setHandle(&n, rest[1:end+1])
			i += end + 1
		default:
			name.WriteByte(rest[0])
			i++
		}
	}
	n.Name = strings.Trim(strings.Join(strings.Fields(plainText(name.String())), " "), " .:-")
	if intake.IsEmail(n.Name) {
		n.Email = n.Name
	}
	// "Ann Lee annlee42": handles are written without the sign as well.
	if i := strings.LastIndexByte(n.Name, ' '); i > 0 && n.Handle == "" && looksLikeHandle(n.Name[i+1:]) {
		n.Handle, n.Name = n.Name[i+1:], strings.TrimSpace(n.Name[:i])
	}
	if words := strings.Fields(n.Name); len(words) > maxPersonWords || placeholderName(n.Name) {
		return n, false
	}
	return n, true
}

// looksLikeHandle reports whether a word is in lower case and has digits or
// hyphens, as no name has.
func looksLikeHandle(word string) bool {
	return len(word) > 3 && word == strings.ToLower(word) && strings.ContainsAny(word, "0123456789")
}

// placeholderName reports whether a name is one that stands for names.
func placeholderName(name string) bool {
	return oneOf(intake.Fold(name), "tbd", "n a", "na", "none", "name", "names", "todo", "et al", "others")
}

func setHandle(n *intake.Named, handle string) {
	handle = strings.TrimRight(strings.TrimSpace(handle), ".,:*")
	if n.Handle == "" && handle != "" && !strings.ContainsAny(handle, " @") {
		n.Handle = handle
	}
}

// remark reads what stands in parentheses behind a name.
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
	case open == '(' && !strings.Contains(text, " "):
		setHandle(n, text)
	case n.Affiliation == "":
		n.Affiliation = plainText(text)
	}
}

// addLink notes a page about a person; one on a code host names the handle.
func addLink(n *intake.Named, target string) {
	for host, system := range map[string]string{"github.com/": "github", "gitlab.com/": "gitlab"} {
		if _, rest, ok := strings.Cut(target, host); ok {
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

package openstack

import "strings"

// escape returns a text such that it is running text, wherever it stands, and
// that [unescape] gives it back. It must hold no line break.
func escape(text string) string {
	var b strings.Builder
	if text == "" {
		return ""
	}
	// Space at either end would be lost with the indentation.
	if strings.IndexByte(blanks, text[0]) >= 0 {
		b.WriteString(`\ `)
		// Words of the templates are escaped too: a reader must not take an answer for
		// a question that nobody answered.
	} else if beginsMarkup(text) || placeholder(text) || fromTemplate(text) {
		b.WriteByte('\\')
	}
	plain := b.Len() == 1 // the first character is escaped already
	for i := range len(text) {
		c := text[i]
		switch {
		// Escaped once: a second backslash would be one that is shown.
		case i == 0 && plain:
		case c == '\\' || c == '*' || c == '`' || c == '|':
			b.WriteByte('\\')
		case c == '_':
			// An underscore at the end of a word makes a reference of it.
			if i+1 == len(text) || !isAlnum(text[i+1]) {
				b.WriteByte('\\')
			}
		case c == ':':
			// Two colons at the end announce a literal block.
			if i+1 == len(text) && i > 0 && text[i-1] == ':' {
				b.WriteByte('\\')
			}
		case c == '.' || c == ')':
			// A number at the beginning would be that of a list.
			if i > 0 && i <= 12 && endsEnumerator(text[:i], text[i+1:]) {
				b.WriteByte('\\')
			}
		}
		b.WriteByte(c)
	}
	// A backslash at the end stands for nothing, and keeps the space before it.
	if strings.IndexByte(blanks, text[len(text)-1]) >= 0 {
		b.WriteByte('\\')
	}
	return b.String()
}

// beginsMarkup reports whether the first character of a text could be markup: a
// bullet, an adornment, two dots, a tag, the bar of a line block.
func beginsMarkup(text string) bool {
	c := text[0]
	// A quotation mark or bracket begins a line of text more often than markup:
	// only a line of them, or "(1)", is any.
	if c == '(' || c == '"' || c == '\'' {
		return len(text) > 1 && (text[1] == c || strings.IndexByte(text[:min(len(text), 7)], ')') > 0)
	}
	return strings.IndexByte(adornments, c) >= 0 || bulletSign(text) > 0
}

// endsEnumerator reports whether a list of docutils or of this package could
// begin with before: a number, a letter, a Roman numeral.
func endsEnumerator(before, after string) bool {
	if after != "" && after[0] != ' ' && after[0] != '\t' {
		return false
	}
	// docutils counts with letters and Roman numerals as well, and "I. think"
	// would be the ninth item, or the first.
	return strings.Trim(before, "0123456789.") == "" || len(before) == 1 || strings.Trim(strings.ToLower(before), "ivxlcdm") == ""
}

// isAlnum reports whether a byte belongs to a word: a letter, a digit, or a byte of
// a character beyond ASCII.
func isAlnum(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || isNumber(c) || c >= 0x80
}

// escapeName returns a name such that nothing in it ends it: no bracket, no
// colon, no dash. It is on one line.
func escapeName(name string) string {
	name = oneLine(name)
	var b strings.Builder
	if name != "" && placeholder(name) && isAlnum(name[0]) {
		b.WriteByte('\\')
	}
	for i := range len(name) {
		c := name[i]
		// Between two letters these end no name: PKCS#11 and R&D need no backslash,
		// which people would have to read.
		inWord := i > 0 && i+1 < len(name) && isAlnum(name[i-1]) && isAlnum(name[i+1])
		if !isAlnum(c) && c > ' ' && (!inWord || strings.IndexByte("-_./#'&+@", c) < 0) {
			b.WriteByte('\\')
		}
		b.WriteByte(c)
	}
	return b.String()
}

// escapeLoose does what escapeName does, but leaves round brackets as they are
// where they are read as part of the name.
func escapeLoose(name string) string {
	strict := escapeName(name)
	raw := strings.NewReplacer(`\(`, "(", `\)`, ")").Replace(strict)
	if raw == "" {
		return ""
	}
	// The reader is asked: brackets may be a technology, an acronym or a tag.
	if t := untag(raw); t.optional || t.name != raw || plain(raw) != oneLine(name) || index(raw+"\x00", "\x00") < 0 {
		return strict
	}
	if _, alias := splitAlias(raw); alias != "" || raw[0] == '(' {
		return strict
	}
	return raw
}

// escapePlace does what escapeName does for a place, which "or" and "and" join
// with others.
func escapePlace(name string) string {
	words := strings.Split(escapeName(name), " ")
	for i, w := range words {
		// A place called "sign and encrypt" would become two.
		if w == "or" || w == "and" {
			words[i] = `\` + w
		}
	}
	return strings.Join(words, " ")
}

// escapeNote returns a remark such that the brackets around it are its own.
func escapeNote(note string) string {
	raw := escape(oneLine(note))
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		switch raw[i] {
		case '\\':
			b.WriteByte(raw[i])
			i++
			// A semicolon divides the direction of a flow from the remark.
		case '(', ')', '[', ']', ';':
			b.WriteByte('\\')
		}
		if i < len(raw) {
			b.WriteByte(raw[i])
		}
	}
	return b.String()
}

// oneLine returns a name without line breaks, controls and space around it, none
// of which a name of the pages can have.
func oneLine(s string) string {
	return strings.Trim(strings.ReplaceAll(printable(s), "\n", " "), blanks)
}

// printable replaces what docutils takes for a line break by one that it shares
// with this package, and drops the zero byte, which it uses for itself. Render
// reports both as losses.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch r {
		case '\r', '\v', '\f', 0x1c, 0x1d, 0x1e, 0x85, 0x2028, 0x2029:
			return '\n'
		case 0:
			return -1
		default:
			return r
		}
	}, s)
}

// tag returns the name of a variant in square brackets, as [isTag] reads it.
func tag(name string) string {
	name = oneLine(name)
	// Most variants are a word in capitals, and are written as pages write them.
	if inner, ok := isTag(name); ok && inner == name && escapeFree(name) {
		return "[" + name + "]"
	}
	var b strings.Builder
	for i := range len(name) {
		if !escapeFree(name[i : i+1]) {
			b.WriteByte('\\')
		}
		b.WriteByte(name[i])
	}
	return `["` + b.String() + `"]`
}

// escapeFree reports whether a name needs no escapes inside a tag.
func escapeFree(name string) bool {
	return !strings.ContainsAny(name, "\\*`|_[]()<>\"")
}

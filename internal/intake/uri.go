package intake

import (
	"net/url"
	"strings"
)

// uriBytes are the bytes that RFC 3986 allows in a URI besides letters and
// digits. Square brackets are left out: they belong to the host alone, and
// documents have them elsewhere.
const uriBytes = "-._~:/?#@!$&'()*+,;=%"

// URI returns text as an absolute URI, or the empty string if it is none.
// Characters that a URI cannot have, such as spaces and letters beyond ASCII,
// are percent-encoded, as browsers do with a link.
func URI(text string) string {
	if text = escapeURI(strings.TrimSpace(text)); text == "" {
		return ""
	}
	// An address of mail has no host and no path: what stands behind its scheme
	// is opaque. A scheme with nothing behind it is a word with a colon.
	u, err := url.Parse(text)
	if err != nil || u.Scheme == "" || u.Opaque == "" && u.Host == "" && u.Path == "" {
		return ""
	}
	// A host with a sign of these is an address of mail, or a space that was
	// encoded: "https://see the site" is a sentence.
	if (u.Scheme == "http" || u.Scheme == "https") && (u.Host == "" || strings.ContainsAny(u.Host, "%@")) {
		return ""
	}
	// Two fragments are two addresses that somebody typed without a blank.
	if strings.Count(text, "#") > 1 {
		return ""
	}
	return text
}

// URIRef returns text as a URI or as a relative reference to one, or the empty
// string if it is neither.
func URIRef(text string) string {
	if u := URI(text); u != "" {
		return u
	}
	// Two slashes at the beginning would make a host of the first folder.
	text = escapeURI(strings.TrimSpace(text))
	if _, err := url.Parse(text); err != nil || strings.Count(text, "#") > 1 || strings.HasPrefix(text, "//") {
		return ""
	}
	// A colon in the first segment would make a scheme of what stands before it.
	if first, _, _ := strings.Cut(text, "/"); strings.Contains(first, ":") {
		return ""
	}
	return text
}

// escapeURI percent-encodes what a URI cannot have.
func escapeURI(text string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	clean := true
	for i := range len(text) {
		c := text[i]
		ok := 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || strings.IndexByte(uriBytes, c) >= 0
		// A percent sign that encodes nothing is a percent sign: "100%".
		if c == '%' && (i+2 >= len(text) || !isHex(text[i+1]) || !isHex(text[i+2])) {
			ok = false
		}
		if ok && clean {
			continue
		}
		if clean {
			b.WriteString(text[:i])
			clean = false
		}
		if ok {
			b.WriteByte(c)
		} else {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
		}
	}
	// Nearly all addresses are clean, and are not copied.
	if clean {
		return text
	}
	return b.String()
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func unescapeURI(text string) string {
	// A name that is no encoded one is taken as it is: files may have percent
	// signs in their names.
	if out, err := url.PathUnescape(text); err == nil {
		return out
	}
	return text
}

// IsEmail reports whether text is an address of the form that HTML takes for
// one, which is what the rules of the model ask for.
func IsEmail(text string) bool {
	// A host without a point is a name inside of one network: nobody else could
	// write to root@localhost.
	local, domain, ok := strings.Cut(text, "@")
	if !ok || local == "" || domain == "" || !strings.Contains(domain, ".") {
		return false
	}
	for i := range len(local) {
		if c := local[i]; !alnum(c) && strings.IndexByte(".!#$%&'*+/=?^_`{|}~-", c) < 0 {
			return false
		}
	}
	for label := range strings.SplitSeq(domain, ".") {
		if label == "" || len(label) > 63 || label[0] == '-' || label[len(label)-1] == '-' {
			return false
		}
		for i := range len(label) {
			if !alnum(label[i]) && label[i] != '-' {
				return false
			}
		}
	}
	return true
}

func alnum(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

package openstack

import (
	"slices"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/intake"
	"github.com/reviewpkg/sdk/internal/inwords"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// enumValue returns the value of an enum that a text names, or 0. There are no
// near misses: a word that is not in the vocabulary stays a word.
func enumValue[E interface {
	~int32
	Descriptor() protoreflect.EnumDescriptor
}](text string) E {
	var zero E
	return E(enumNumber(zero.Descriptor(), text))
}

// enumNumber does what enumValue does, for an enum that is known by its
// descriptor.
func enumNumber(ed protoreflect.EnumDescriptor, text string) protoreflect.EnumNumber {
	// The words of the model in any case: "Ready for Review".
	key := intake.Fold(text)
	for i := 1; i < ed.Values().Len(); i++ {
		if v := ed.Values().Get(i); intake.Fold(inwords.Value(v)) == key {
			return v.Number()
		}
	}
	return 0
}

// level returns the level that a text names, or 0. "Moderate" is NIST's word
// for medium; other scales are not ours to translate.
func level(text string) reviewpkgv1.Level {
	if intake.Fold(text) == "moderate" {
		return reviewpkgv1.Level_LEVEL_MEDIUM
	}
	return enumValue[reviewpkgv1.Level](text)
}

// levelRange returns the levels of "Low" or "Low to High".
func levelRange(text string) (lowest, highest reviewpkgv1.Level) {
	if v := level(text); v != 0 {
		return v, 0
	}
	if a, b, ok := strings.Cut(text, " to "); ok {
		// A range that goes down is none that anybody meant.
		if lowest, highest = level(a), level(b); lowest != 0 && lowest <= highest {
			return lowest, highest
		}
	}
	return 0, 0
}

// property returns the security property that the label of an impact names.
// Labels drift, so the beginning of the word decides: pages have
// "Confidentially Failure Impact" and a bare "Availability".
func property(label string) reviewpkgv1.SecurityProperty {
	key := intake.Fold(label)
	switch {
	case strings.HasPrefix(key, "confidential"):
		return reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_CONFIDENTIALITY
	case strings.HasPrefix(key, "integrity"):
		return reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_INTEGRITY
	case strings.HasPrefix(key, "availab"):
		return reviewpkgv1.SecurityProperty_SECURITY_PROPERTY_AVAILABILITY
	default:
		return 0
	}
}

// numbered splits the heading of a finding, "1. Title". A full stop at the end
// of a title is none of its words.
func numbered(title string) (number, rest string, ok bool) {
	m := markerAt(title)
	// A bullet, or a number with nothing behind it, is no finding.
	if m.width == 0 || m.number == "" || m.width == len(title) {
		return "", "", false
	}
	// A number that counts itself is none that anybody refers to.
	if number = m.number; number == "#" {
		number = ""
	}
	rest = title[m.width:]
	if last := len(rest) - 1; rest[last] == '.' && !escaped(rest, last) {
		rest = rest[:last]
	}
	return number, unescape(strings.Trim(rest, blanks)), true
}

// isTag reports whether what stands in square brackets names variants: words
// without spaces that begin with a capital or a digit, with commas between them.
// [Total fail] is a remark then, and so is [Including endpoint address]. A name
// that is made otherwise stands in double quotes.
func isTag(inner string) (name string, ok bool) {
	inner = strings.Trim(inner, blanks)
	if quoted, found := strings.CutPrefix(inner, `"`); found && len(quoted) > 1 && strings.HasSuffix(quoted, `"`) {
		name = unescape(quoted[:len(quoted)-1])
		return name, strings.Trim(name, blanks) != ""
	}
	var words []string
	for word := range strings.SplitSeq(unescape(inner), ",") {
		word = strings.Trim(word, blanks)
		if word == "" || len(word) > 40 || strings.ContainsAny(word, " \t<>\"") || strings.IndexByte("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", word[0]) < 0 {
			return "", false
		}
		words = append(words, word)
	}
	name = strings.Join(words, ", ")
	// Capitals, and no variants.
	switch name {
	case "TODO", "TBD", "TBC", "FIXME":
		return "", false
	}
	// The tags of the old templates look like variants, and are about hosting.
	return name, hostingOf(name) == 0
}

// hostingOf returns where a component is hosted by the tag of an old template.
func hostingOf(tag string) reviewpkgv1.Hosting {
	switch strings.ToUpper(tag) {
	case "I-C":
		return reviewpkgv1.Hosting_HOSTING_IN_CLOUD
	case "U-C":
		return reviewpkgv1.Hosting_HOSTING_UNDER_CLOUD
	case "O-C":
		return reviewpkgv1.Hosting_HOSTING_OUTSIDE_CLOUD
	default:
		return 0
	}
}

// maxTags is the number of variants that one name can have. Pages have one or
// two.
const maxTags = 20

// A tagged is a name without the tags that stood before, in and behind it.
type tagged struct {
	name     string // as written, without tags
	variants []string
	hosting  reviewpkgv1.Hosting
	optional bool
}

// untag takes the tags out of a name.
func untag(raw string) tagged {
	var t tagged
	var b strings.Builder
	for i := 0; i < len(raw); i++ {
		closing := byte(']')
		switch raw[i] {
		case '\\':
			b.WriteByte(raw[i])
			if i++; i < len(raw) {
				b.WriteByte(raw[i])
			}
			continue
		case '[':
		case '(':
			closing = ')'
		default:
			b.WriteByte(raw[i])
			continue
		}
		// What is no tag stays in the name, brackets and all: "HSM (external)".
		end := closingBracket(raw, i, closing)
		if end < 0 || !t.tag(raw[i+1:end], closing) {
			b.WriteByte(raw[i])
			continue
		}
		i = end
		// The space on one side of a tag goes with it.
		if s := b.String(); s == "" || s[len(s)-1] == ' ' {
			for i+1 < len(raw) && raw[i+1] == ' ' {
				i++
			}
		}
	}
	t.name = strings.Trim(b.String(), blanks)
	return t
}

// maxTag is how long a tag can be in bytes. Tags are short, so that nobody has to
// look far for the end of one.
const maxTag = 300

// closingBracket returns where the bracket at i closes, or -1.
func closingBracket(raw string, i int, closing byte) int {
	for j := i + 1; j < min(len(raw), i+maxTag); j++ {
		switch raw[j] {
		case '\\':
			j++
		case closing:
			return j
			// Tags do not nest; a second bracket makes prose of both.
		case raw[i]:
			return -1
		}
	}
	return -1
}

// tag takes in what stands in brackets, if it is a tag.
func (t *tagged) tag(inner string, closing byte) bool {
	if h := hostingOf(inner); h != 0 {
		t.hosting = h
		return true
	}
	if closing == ')' {
		if strings.EqualFold(inner, "optional") {
			t.optional = true
			return true
		}
		return false
	}
	name, ok := isTag(inner)
	if ok = ok && len(t.variants) < maxTags; ok {
		t.variants = append(t.variants, name)
	}
	return ok
}

// variant returns the ids of variants by their names; new ones are added to the
// deployment.
func (r *reader) variant(p *page, b *block, names ...string) []string {
	var ids []string
	for _, name := range names {
		id, ok := r.variants[name]
		if !ok {
			id = r.in.ID("variant", name)
			r.addVariant(p, b, id, name)
		}
		if !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// addVariant adds a variant to the deployment, in the order of first mention.
func (r *reader) addVariant(p *page, b *block, id, name string) *reviewpkgv1.Variant {
	if !r.arch().HasDeployment() {
		r.arch().SetDeployment(&reviewpkgv1.Deployment{})
	}
	d := r.arch().GetDeployment()
	v := reviewpkgv1.Variant_builder{Id: id, Name: name}.Build()
	d.SetVariants(append(d.GetVariants(), v))
	r.variants[name] = id
	p.Claim(itemPath("architecture.deployment.variants", id), b.start, b.start+1, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	return v
}

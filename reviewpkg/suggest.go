package reviewpkg

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// nearestField returns the field whose name is closest to key, or nil if none
// is close.
func nearestField(fields protoreflect.FieldDescriptors, key string) protoreflect.FieldDescriptor {
	i := nearest(key, fields.Len(), func(i int) string { return string(fields.Get(i).Name()) })
	if i < 0 {
		return nil
	}
	return fields.Get(i)
}

// fieldNames lists the first fields of a message.
func fieldNames(md protoreflect.MessageDescriptor) string {
	names := make([]string, md.Fields().Len())
	for i := range names {
		names[i] = string(md.Fields().Get(i).Name())
	}
	return some(names)
}

// some puts a list into words, and leaves out what would make a hint too long.
func some(names []string) string {
	const most = 8
	if len(names) > most {
		return strings.Join(names[:most], ", ") + fmt.Sprintf(" and %d more", len(names)-most)
	}
	return strings.Join(names, ", ")
}

// nearestValue returns the value of an enum whose name is closest to text,
// with the prefix of the enum or without it, or nil if none is close.
func nearestValue(ed protoreflect.EnumDescriptor, text string) protoreflect.EnumValueDescriptor {
	// The prefix is taken away on both sides: it is long, and would make all
	// values of an enum look alike.
	values := ed.Values()
	prefix := inwords.EnumPrefix(ed)
	upper := strings.ReplaceAll(strings.ToUpper(text), "-", "_")
	i := nearest(strings.TrimPrefix(upper, prefix), values.Len(), func(i int) string {
		return strings.TrimPrefix(string(values.Get(i).Name()), prefix)
	})
	if i < 0 {
		return nil
	}
	return values.Get(i)
}

// nearest returns the index of the first of n names that is closest to text,
// or -1 if no name has more in common with it than not: at most one slip in
// three letters.
func nearest(text string, n int, name func(int) string) int {
	const longest = 64 // bytes; names are shorter, and the cost is quadratic
	if len(text) > longest {
		return -1
	}
	// slips < len(folded) keeps a name of one letter from being like any other.
	folded := foldName(text)
	best, least := -1, max(1, len(folded)/3)+1
	for i := range n {
		if slips := editDistance(folded, foldName(name(i))); slips < least && slips < len(folded) {
			best, least = i, slips
		}
	}
	return best
}

// foldName takes away what the spellings of one name differ in.
func foldName(name string) string {
	return strings.NewReplacer("_", "", "-", "", " ", "").Replace(strings.ToLower(name))
}

// editDistance is the number of letters that must be inserted, deleted,
// replaced, or swapped with their neighbour, to make b of a: the restricted
// Damerau-Levenshtein distance.
func editDistance(a, b string) int {
	// Three rows of the usual table are all that is looked at.
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range last {
		last[j] = j
	}
	for i := range len(a) {
		row[0] = i + 1
		for j := range len(b) {
			cost := 1
			if a[i] == b[j] {
				cost = 0
			}
			row[j+1] = min(row[j]+1, last[j+1]+1, last[j]+cost)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(b)]
}

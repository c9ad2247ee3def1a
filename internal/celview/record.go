package celview

import (
	"strconv"

	"cel.dev/cel-go/common/types"
	"cel.dev/cel-go/common/types/ref"
	"cel.dev/cel-go/common/types/traits"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// Recording is for people who want to know why a rule came out as it did. It is
// off while rules are only judged, since that is what has to be fast; whoever
// wants the reads of an item evaluates it once more.

// A Read is a place that an expression looked at and what it found there, in
// words.
type Read struct{ Path, Value string }

// A recorder notes what is read, each place once.
type recorder struct {
	most  int
	reads []Read
	seen  map[place]bool
}

// Record calls evaluate and returns what is read meanwhile, in the order of the
// first reading: no more than most places.
func (s *Session) Record(most int, evaluate func()) []Read {
	r := &recorder{most: most, seen: map[place]bool{}}
	s.recorder = r
	defer func() { s.recorder = nil }()
	evaluate()
	return r.reads
}

// Recording reports whether somebody wants to know what is read.
func (s *Session) Recording() bool { return s.recorder != nil }

// Note notes that the object itself was looked at, in place of its fields.
func (o *Object) Note(value string) {
	if r := o.session.recorder; r != nil && r.first(place{o, -1}) {
		r.reads = append(r.reads, Read{o.Path(), value})
	}
}

// field notes that a field was read. A message is only on the way to what is
// read of it.
func (r *recorder) field(o *Object, i int, v ref.Val) {
	if o.kind.fields[i].class != message && r.first(place{o, i}) {
		r.reads = append(r.reads, Read{o.FieldPath(i), inWords(&o.kind.fields[i], v)})
	}
}

// presence notes that somebody asked whether a field is stated.
func (r *recorder) presence(o *Object, i int, has bool) {
	if !r.first(place{o, i}) {
		return
	}
	value := "not stated"
	if f := &o.kind.fields[i]; has && f.class == message {
		value = "stated"
	} else if has {
		value = inWords(f, o.slot(i))
	}
	r.reads = append(r.reads, Read{o.FieldPath(i), value})
}

// first reports whether a place is to be noted.
func (r *recorder) first(p place) bool {
	if r.seen[p] || len(r.reads) >= r.most {
		return false
	}
	r.seen[p] = true
	return true
}

// inWords returns what a field holds in words: "very high", "low to high", "3
// items". Text of the document is cut, and has no quotes.
func inWords(f *field, v ref.Val) string {
	name := func(n int64) string {
		value := f.fd.Enum().Values().ByNumber(protoreflect.EnumNumber(n)) //nolint:gosec // it came from an enum
		if value == nil {
			return "unknown value " + strconv.FormatInt(n, 10)
		}
		return inwords.Value(value)
	}
	switch v := v.(type) {
	case *Atom:
		// A range says more than that something is not known.
		if len(v.values) > 0 && len(v.values) < len(f.domain) {
			return name(v.values[0]) + " to " + name(v.values[len(v.values)-1])
		}
		return "not stated"
	case types.String:
		return inwords.Line(string(v))
	case traits.Sizer:
		return count(int(v.Size().(types.Int)))
	case types.Int:
		if f.class == enum {
			return name(int64(v))
		}
		return strconv.FormatInt(int64(v), 10)
	case types.Uint:
		return strconv.FormatUint(uint64(v), 10)
	case types.Bool:
		return strconv.FormatBool(bool(v))
	case types.Double:
		return strconv.FormatFloat(float64(v), 'g', -1, 64)
	default:
		return ""
	}
}

// count returns a number of items in words.
func count(n int) string {
	if n == 1 {
		return "1 item"
	}
	return strconv.Itoa(n) + " items"
}

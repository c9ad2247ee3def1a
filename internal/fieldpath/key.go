package fieldpath

import (
	"cmp"
	"slices"
	"strconv"

	"google.golang.org/protobuf/reflect/protoreflect"
)

// KeyStep returns the step to the entry of the map fd with a key.
func KeyStep(fd protoreflect.FieldDescriptor, key protoreflect.MapKey) Step {
	s := Step{Field: string(fd.Name()), Kind: Key, Key: key.String()}
	if fd.MapKey().Kind() == protoreflect.StringKind {
		return s
	}
	// What cannot be read back cannot happen: these are numbers and truth
	// values as Go prints them.
	text := s.Key
	s.Key = ""
	setPlain(&s, text)
	return s
}

// StepKey returns the map key that a step names, for a map with keys like fd.
func StepKey(fd protoreflect.FieldDescriptor, s *Step) (protoreflect.MapKey, bool) {
	text := s.Key
	if s.Kind == Index {
		text = strconv.Itoa(s.Index)
	}
	if (s.Kind == Key) != (fd.Kind() == protoreflect.StringKind) {
		return protoreflect.MapKey{}, false
	}
	return ParseKey(fd, text)
}

// ParseKey returns the map key that a text stands for, for a map with keys like
// fd, the key field of its entries. It takes only the text that the key prints
// as, so that two texts are never one key.
func ParseKey(fd protoreflect.FieldDescriptor, text string) (protoreflect.MapKey, bool) {
	var v protoreflect.Value
	var err error
	switch fd.Kind() {
	case protoreflect.StringKind:
		v = protoreflect.ValueOfString(text)
	case protoreflect.BoolKind:
		v = protoreflect.ValueOfBool(text == "true")
	case protoreflect.Int32Kind, protoreflect.Sint32Kind, protoreflect.Sfixed32Kind:
		var n int64
		n, err = strconv.ParseInt(text, 10, 32)
		v = protoreflect.ValueOfInt32(int32(n))
	case protoreflect.Uint32Kind, protoreflect.Fixed32Kind:
		var n uint64
		n, err = strconv.ParseUint(text, 10, 32)
		v = protoreflect.ValueOfUint32(uint32(n))
	case protoreflect.Uint64Kind, protoreflect.Fixed64Kind:
		var n uint64
		n, err = strconv.ParseUint(text, 10, 64)
		v = protoreflect.ValueOfUint64(n)
	default:
		var n int64
		n, err = strconv.ParseInt(text, 10, 64)
		v = protoreflect.ValueOfInt64(n)
	}
	// Go reads +1 and 01 as well, and T for true.
	return v.MapKey(), err == nil && v.MapKey().String() == text
}

// MapKeys returns the keys of some maps of one kind, each once, in ascending
// order.
func MapKeys(maps ...protoreflect.Map) []protoreflect.MapKey {
	var keys []protoreflect.MapKey
	for i, m := range maps {
		m.Range(func(key protoreflect.MapKey, _ protoreflect.Value) bool {
			if !slices.ContainsFunc(maps[:i], func(other protoreflect.Map) bool { return other.Has(key) }) {
				keys = append(keys, key)
			}
			return true
		})
	}
	slices.SortFunc(keys, compareKeys)
	return keys
}

// compareKeys orders keys of one kind: numbers by size, false before true,
// texts by their bytes.
func compareKeys(a, b protoreflect.MapKey) int {
	switch a.Interface().(type) {
	case bool:
		return cmp.Compare(a.String(), b.String())
	case int32, int64:
		return cmp.Compare(a.Int(), b.Int())
	case uint32, uint64:
		return cmp.Compare(a.Uint(), b.Uint())
	default:
		return cmp.Compare(a.String(), b.String())
	}
}

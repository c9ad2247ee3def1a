// Package source reads JSON and YAML into one kind of tree that remembers
// where each value stands in the file.
//
// Every document is taken for hostile: size, depth and the number of values
// are limited, and no input makes the package panic.
package source

import (
	"fmt"
	"math"
	"strings"
)

// Kind says what a [Node] is.
type Kind uint8

// The kinds, as JSON has them.
const (
	Null Kind = iota + 1
	Bool
	Number
	String
	Object
	Array
)

// String returns the word that a diagnostic uses for the kind.
func (k Kind) String() string {
	switch k {
	case Null:
		return "null"
	case Bool:
		return "a boolean"
	case Number:
		return "a number"
	case String:
		return "a text"
	case Object:
		return "an object"
	case Array:
		return "a list"
	default:
		return "nothing"
	}
}

// A Pos is the place of a token. The numbers are small on purpose: a document
// has as many of them as it has keys and values.
type Pos struct {
	// Line and Column count from 1, columns in runes.
	Line, Column int32
	// Length is the number of runes of the token on its line: 1 for the
	// bracket of a collection, 0 for a YAML block, which has no token.
	Length int32
}

// A Node is a value, and its key where it is the member of an object.
type Node struct {
	Pos Pos
	// Key and KeyPos are set for the members of an object.
	KeyPos Pos
	Key    string
	// Text is the decoded text of a string, the literal text of a number or a
	// boolean, and empty otherwise.
	Text string
	// Children are the members of an object or the items of a list.
	Children []Node
	Kind     Kind
	// Plain marks a YAML scalar without quotes, whose text may be meant as
	// text whatever it looks like: version: 1.10.
	Plain bool
	// Repeated marks a member whose key stands before it in the same object.
	Repeated bool
}

// Truth returns the value of a boolean. Its text stays as it stands in the
// document, because a field of type string wants True to be "True"; YAML has
// three spellings of each (YAML 1.2, 10.3.2).
func (n *Node) Truth() bool { return strings.EqualFold(n.Text, "true") }

// Member returns the first member of an object with the given key, or nil.
func (n *Node) Member(key string) *Node {
	if n.Kind != Object {
		return nil
	}
	for i := range n.Children {
		if n.Children[i].Key == key {
			return &n.Children[i]
		}
	}
	return nil
}

// Limits bound what a document may cost. Zero values stand for the defaults.
type Limits struct {
	MaxBytes int64 // size of the document; default 16 MiB, at most 2 GiB
	MaxDepth int   // nesting of objects and lists; default 100, at most 10000
	MaxNodes int   // values after the expansion of aliases; default 1000000
}

// Default limits, for readers of other encodings that keep to the same ones.
const (
	DefaultMaxBytes = 16 << 20
	DefaultMaxDepth = 100
	DefaultMaxNodes = 1_000_000
	// depthCeiling keeps recursion far from the end of the stack.
	depthCeiling = 10_000
)

// Filled returns the limits with defaults in the place of zero values.
func (l Limits) Filled() Limits {
	if l.MaxBytes <= 0 {
		l.MaxBytes = DefaultMaxBytes
	}
	if l.MaxDepth <= 0 {
		l.MaxDepth = DefaultMaxDepth
	}
	if l.MaxNodes <= 0 {
		l.MaxNodes = DefaultMaxNodes
	}
	l.MaxDepth = min(l.MaxDepth, depthCeiling)
	l.MaxBytes = min(l.MaxBytes, math.MaxInt32)
	return l
}

// CheckSize returns an error if a document of size bytes is over the limit.
func (l Limits) CheckSize(size int64) *Error {
	if l = l.Filled(); size > l.MaxBytes {
		return &Error{TooLarge: true, Message: fmt.Sprintf("the document has %d bytes, at most %d are allowed", size, l.MaxBytes)}
	}
	return nil
}

// tooDeep is the error about a value below the allowed depth.
func (l Limits) tooDeep(pos Pos) *Error {
	return &Error{Pos: pos, TooLarge: true, Message: fmt.Sprintf("the document is nested more than %d levels deep", l.MaxDepth)}
}

// tooMany is the error about the first value over the allowed number.
func (l Limits) tooMany(pos Pos) *Error {
	return &Error{Pos: pos, TooLarge: true, Message: fmt.Sprintf("the document has more than %d values", l.MaxNodes)}
}

// An Error says why a document could not be read at all.
type Error struct {
	// Pos is where reading stopped; its Line is 0 if that is not known.
	Pos Pos
	// TooLarge tells a document over a limit from one with a syntax error.
	TooLarge bool
	// Message says what is wrong: lower case, no full stop.
	Message string
}

// Error returns the place and the message.
func (e *Error) Error() string {
	if e.Pos.Line == 0 {
		return e.Message
	}
	return fmt.Sprintf("%d:%d: %s", e.Pos.Line, e.Pos.Column, e.Message)
}

// smallObject is the number of members up to which comparing all pairs of
// keys is cheaper than building a set of them.
const smallObject = 16

// markRepeated marks the members whose key stood before.
func markRepeated(members []Node) {
	if len(members) > smallObject {
		seen := make(map[string]struct{}, len(members))
		for i := range members {
			key := members[i].Key
			_, members[i].Repeated = seen[key]
			seen[key] = struct{}{}
		}
		return
	}
	for i := range members {
		for j := range i {
			if members[i].Key == members[j].Key {
				members[i].Repeated = true
				break
			}
		}
	}
}

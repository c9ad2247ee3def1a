package reviewpkg

import (
	"fmt"

	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/source"
)

// A counter counts the values of a document before anything is built from it:
// two bytes of the wire format can stand for a message of hundreds. JSON and YAML
// are counted while their trees are built; here the library builds the message,
// and has a limit for depth only.
type counter struct {
	limits source.Limits
	nodes  int
}

// add counts n values and returns an error if there are too many.
func (c *counter) add(n int) *source.Error {
	if c.nodes += n; c.nodes > c.limits.MaxNodes {
		return &source.Error{TooLarge: true, Message: fmt.Sprintf("the document has more than %d values", c.limits.MaxNodes)}
	}
	return nil
}

// deeper returns an error if depth is over the limit.
func (c *counter) deeper(depth int) *source.Error {
	if depth > c.limits.MaxDepth {
		return &source.Error{TooLarge: true, Message: fmt.Sprintf("the document is nested more than %d levels deep", c.limits.MaxDepth)}
	}
	return nil
}

// checkWire returns an error if a document of the kind md in binary form is
// over the limits. Whether it is well-formed is left to the decoder.
func checkWire(data []byte, md protoreflect.MessageDescriptor, limits source.Limits) *source.Error {
	c := counter{limits: limits}
	return c.wire(data, md, 1)
}

// wire counts the fields of a message of the kind md.
func (c *counter) wire(data []byte, md protoreflect.MessageDescriptor, depth int) *source.Error {
	if err := c.deeper(depth); err != nil {
		return err
	}
	for len(data) > 0 {
		number, kind, n := protowire.ConsumeTag(data)
		if n < 0 {
			return nil // malformed; the decoder says how
		}
		data = data[n:]
		size := protowire.ConsumeFieldValue(number, kind, data)
		if size < 0 {
			return nil
		}
		if err := c.add(1); err != nil {
			return err
		}
		// What the model does not know is kept as bytes, however much is in it.
		if fd := md.Fields().ByNumber(number); fd != nil {
			if err := c.field(data[:size], fd, kind, depth); err != nil {
				return err
			}
		}
		data = data[size:]
	}
	return nil
}

// field counts what stands in the value of a field.
func (c *counter) field(value []byte, fd protoreflect.FieldDescriptor, kind protowire.Type, depth int) *source.Error {
	// proto3 has no groups. A message that is encoded as one is an unknown
	// field, and looking into it would cost a pass at each of its levels.
	if kind != protowire.BytesType {
		return nil
	}
	body, _ := protowire.ConsumeBytes(value)
	// The entry of a map is a message on the wire as well.
	if fd.Kind() == protoreflect.MessageKind {
		return c.wire(body, fd.Message(), depth+1)
	}
	if !fd.IsList() || fd.Kind() == protoreflect.StringKind || fd.Kind() == protoreflect.BytesKind {
		return nil
	}
	// A packed list: the last byte of a varint has its high bit clear. Numbers
	// of fixed size are counted too high by some factor, and are cheap.
	items := 0
	for _, b := range body {
		if b < 0x80 {
			items++
		}
	}
	return c.add(items)
}

// checkText returns an error if a document in text form may be over the
// limits. It counts the tokens without which there can be no value, and knows no
// more of the format than where texts and comments are. Too many may be counted,
// by a factor of two at most, and never too few.
func checkText(data []byte, limits source.Limits) *source.Error {
	c := counter{limits: limits}
	depth := 1
	for i := 0; i < len(data); i++ {
		var err *source.Error
		switch b := data[i]; b {
		case '"', '\'':
			// Texts end with the line at the latest.
			for i++; i < len(data) && data[i] != b && data[i] != '\n'; i++ {
				if data[i] == '\\' {
					i++
				}
			}
		case '#':
			for i < len(data) && data[i] != '\n' {
				i++
			}
		case '{', '<':
			depth++
			if err = c.deeper(depth); err == nil {
				err = c.add(1)
			}
		case '}', '>':
			// Unbalanced brackets are for the decoder to find.
			depth--
		case ':', ',':
			err = c.add(1)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

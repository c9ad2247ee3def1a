package source

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// YAML reads one YAML document. Aliases and merge keys are expanded, and what
// they expand to counts against the limits. Keys are scalars and are taken by
// their text; tags are those of the JSON schema and !!binary, which is text.
//
// There are two readers, and only one language: blockYAML reads what nearly all
// documents are made of, and gives up at the first thing that it does not know;
// the parser of the library then reads it all, and finds the mistakes. Tests
// hold the first to the second, tree for tree and place for place.
func YAML(data []byte, limits Limits) (*Node, *Error) {
	limits = limits.Filled()
	if err := limits.CheckSize(int64(len(data))); err != nil {
		return nil, err
	}
	data = WithoutBOM(data)
	if err := checkYAML(data, limits); err != nil {
		return nil, err
	}
	if root, ok := blockYAML(data, limits); ok {
		return root, nil
	}
	return parsedYAML(data, limits)
}

// parsedYAML reads all of YAML, by way of the nodes of the parser.
func parsedYAML(data []byte, limits Limits) (*Node, *Error) {
	lines := newParserLines(data)
	doc, err := parseYAML(data, lines)
	if err != nil {
		return nil, err
	}
	// A stream may hold no document (YAML 1.2, 9.2), which is not a mistake
	// here: the decoder says that the document is empty.
	if doc == nil || len(doc.Content) != 1 {
		return &Node{Kind: Null, Pos: Pos{Line: 1, Column: 1}}, nil
	}
	c := converter{limits: limits, lines: lines, cursor: newCursor(data)}
	root, _, err := c.node(doc.Content[0], 1)
	if err != nil {
		return nil, err
	}
	return &root, nil
}

// A converter turns the nodes of the YAML parser into ours.
type converter struct {
	limits  Limits
	spent   cost
	anchors map[*yaml.Node]*anchored
	lines   parserLines
	cursor  cursor
}

// A cost is what a reader of a tree has to walk, with aliases expanded.
type cost struct {
	nodes int   // values
	bytes int64 // of all texts and keys
}

// anchored is a value with an anchor (YAML 1.2, 6.9.2). Aliases share its
// children, and pay for them in nodes, bytes and depth, so that an expansion
// costs no memory and still cannot exceed what a reader may be made to walk.
//
// Bytes count because nodes alone do not bound the work: a million aliases of
// one text of a megabyte are few values, and an hour for a rule that looks at
// each of them.
type anchored struct {
	node   Node
	spent  cost
	height int
	done   bool // false while the value itself is being converted
}

// node converts y, which lies at the given depth, and returns its height: 0
// for a scalar.
func (c *converter) node(y *yaml.Node, depth int) (Node, int, *Error) {
	if y.Kind == yaml.AliasNode {
		return c.alias(y, depth)
	}
	n, before := Node{Pos: c.lines.place(y)}, c.spent
	if c.spent.nodes++; c.spent.nodes > c.limits.MaxNodes {
		return n, 0, c.limits.tooMany(n.Pos)
	}
	// Known before its content is, so that an alias in there is found to be
	// one of what it stands in.
	var a *anchored
	if y.Anchor != "" {
		if c.anchors == nil {
			c.anchors = map[*yaml.Node]*anchored{}
		}
		a = &anchored{}
		c.anchors[y] = a
	}
	height, err := 0, (*Error)(nil)
	switch {
	case y.Kind == yaml.ScalarNode:
		err = c.scalar(y, &n)
		c.spent.bytes += int64(len(n.Text))
	case depth > c.limits.MaxDepth:
		err = c.limits.tooDeep(n.Pos)
	default:
		height, err = c.collection(y, &n, depth)
	}
	if a != nil {
		spent := cost{c.spent.nodes - before.nodes, c.spent.bytes - before.bytes}
		*a = anchored{node: n, spent: spent, height: height, done: true}
	}
	return n, height, err
}

// alias returns the value that y stands for, placed where the alias is.
func (c *converter) alias(y *yaml.Node, depth int) (Node, int, *Error) {
	pos := c.lines.place(y)
	pos.Length = runes("*" + y.Value)
	a := c.anchors[y.Alias]
	// The parser lets a value name itself.
	if a == nil || !a.done {
		return Node{}, 0, &Error{Pos: pos, Message: fmt.Sprintf("the alias *%s stands inside of what it names", inwords.Excerpt(y.Value))}
	}
	c.spent.nodes += a.spent.nodes
	c.spent.bytes += a.spent.bytes
	switch {
	case c.spent.nodes > c.limits.MaxNodes:
		return Node{}, 0, c.limits.tooMany(pos)
	// Only here: a document without aliases has paid with its own size, and
	// an escape may decode to more bytes than it takes ("\L" is one).
	case c.spent.bytes > c.limits.MaxBytes:
		return Node{}, 0, &Error{Pos: pos, TooLarge: true, Message: fmt.Sprintf("the document has more than %d bytes of text where aliases are expanded", c.limits.MaxBytes)}
	}
	// A scalar may stand below the last level, as it may without an alias.
	if a.height > 0 && depth+a.height-1 > c.limits.MaxDepth {
		return Node{}, 0, c.limits.tooDeep(pos)
	}
	// Its children keep their places: that is where a mistake in them is.
	n := a.node
	n.Pos = pos
	return n, a.height, nil
}

// collection fills n from a sequence or a mapping and returns its height.
func (c *converter) collection(y *yaml.Node, n *Node, depth int) (int, *Error) {
	if y.Style&yaml.FlowStyle != 0 {
		n.Pos.Length = 1 // the bracket; a block has no token of its own
	}
	if y.Style&yaml.TaggedStyle != 0 && y.Tag != "!!map" && y.Tag != "!!seq" {
		return 0, badTag(y, n.Pos)
	}
	if y.Kind == yaml.MappingNode {
		n.Kind = Object
		return c.mapping(y, n, depth)
	}
	n.Kind = Array
	n.Children = make([]Node, 0, len(y.Content))
	height := 0
	for _, item := range y.Content {
		child, h, err := c.node(item, depth+1)
		if err != nil {
			return 0, err
		}
		height = max(height, h)
		n.Children = append(n.Children, child)
	}
	return height + 1, nil
}

// mapping fills n from a mapping. What a merge key brings in comes last, and
// only where the mapping has no such key itself. Merge keys are not in YAML 1.2,
// but in a type of 1.1 that nearly every reader has kept; of several sources the
// first that has a key wins.
func (c *converter) mapping(y *yaml.Node, n *Node, depth int) (int, *Error) {
	n.Children = make([]Node, 0, len(y.Content)/2)
	height := 0
	var merged []Node
	for i := 0; i+1 < len(y.Content); i += 2 {
		key, err := c.key(y.Content[i])
		if err != nil {
			return 0, err
		}
		child, h, err := c.node(y.Content[i+1], depth+1)
		if err != nil {
			return 0, err
		}
		height = max(height, h)
		// The tag, because "<<" in quotes is an ordinary key.
		if y.Content[i].Tag == "!!merge" {
			if merged != nil {
				return 0, &Error{Pos: key.Pos, Message: "a second merge key in the same object; write a list of aliases"}
			}
			if merged, err = mergeSources(child); err != nil {
				return 0, err
			}
			continue
		}
		// child may be a copy of a member with another key, by way of an alias.
		child.Key, child.KeyPos, child.Repeated = key.Text, key.Pos, false
		n.Children = append(n.Children, child)
	}
	// Before the merge, which brings in no key that is there already.
	markRepeated(n.Children)
	if len(merged) > 0 {
		n.Children = mergeInto(n.Children, merged)
	}
	return height + 1, nil
}

// key returns the scalar that is the key of a member. YAML allows any value for
// a key (YAML 1.2, 3.2.1.1); the fields of a message have names only.
func (c *converter) key(y *yaml.Node) (Node, *Error) {
	// Before anything is converted: keys of keys of keys would get around the
	// limit on depth.
	if y.Kind != yaml.ScalarNode && y.Kind != yaml.AliasNode {
		return Node{}, &Error{Pos: c.lines.place(y), Message: "a key must be a text, not an object or a list"}
	}
	c.spent.nodes-- // a key is no value
	n, _, err := c.node(y, 1)
	if err != nil {
		return n, err
	}
	if n.Kind == Null || n.Kind == Object || n.Kind == Array {
		return n, &Error{Pos: n.Pos, Message: fmt.Sprintf("a key must be a text, not %s", n.Kind)}
	}
	return n, nil
}

// mergeSources returns the objects that a merge key names, nearest first.
func mergeSources(value Node) ([]Node, *Error) {
	sources := []Node{value}
	if value.Kind == Array {
		sources = value.Children
	}
	for i := range sources {
		if sources[i].Kind != Object {
			return nil, &Error{Pos: sources[i].Pos, Message: fmt.Sprintf("a merge key needs objects, found %s", sources[i].Kind)}
		}
	}
	return sources, nil
}

// mergeInto appends the members of the sources that are not there yet.
func mergeInto(members, sources []Node) []Node {
	known := make(map[string]struct{}, len(members))
	for i := range members {
		known[members[i].Key] = struct{}{}
	}
	for i := range sources {
		for _, m := range sources[i].Children {
			if _, ok := known[m.Key]; !ok {
				known[m.Key] = struct{}{}
				members = append(members, m)
			}
		}
	}
	return members
}

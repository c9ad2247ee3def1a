package source

import (
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/reviewpkg/sdk/internal/inwords"
)

// YAML reads one YAML document. Aliases and merge keys are expanded, and what
// they expand to counts against the limits. Keys are scalars and are taken by
// their text; tags are those of the JSON schema and !!binary, which is text.
func YAML(data []byte, limits Limits) (*Node, *Error) {
	limits = limits.Filled()
	if err := limits.CheckSize(int64(len(data))); err != nil {
		return nil, err
	}
	data = withoutBOM(data)
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
	doc, err := parseYAML(data)
	if err != nil {
		return nil, err
	}
	if doc == nil || len(doc.Content) != 1 {
		return &Node{Kind: Null, Pos: Pos{Line: 1, Column: 1}}, nil
	}
	c := converter{limits: limits, cursor: cursor{src: data, line: 1, column: 1}}
	root, _, err := c.node(doc.Content[0], 1)
	if err != nil {
		return nil, err
	}
	return &root, nil
}

// A converter turns the nodes of the YAML parser into ours.
type converter struct {
	limits  Limits
	nodes   int // values so far, aliases expanded
	anchors map[*yaml.Node]*anchored
	cursor  cursor
}

// anchored is a value with an anchor. Aliases share its children, and pay for
// them in nodes and depth, so that an expansion costs no memory and still
// cannot exceed what a reader of the tree would have to walk.
type anchored struct {
	node   Node
	nodes  int
	height int
	done   bool // false while the value itself is being converted
}

// node converts y, which lies at the given depth, and returns its height: 0
// for a scalar.
func (c *converter) node(y *yaml.Node, depth int) (Node, int, *Error) {
	if y.Kind == yaml.AliasNode {
		return c.alias(y, depth)
	}
	n := Node{Pos: Pos{Line: int32(y.Line), Column: int32(y.Column)}} //nolint:gosec // bounded by MaxBytes
	if c.nodes++; c.nodes > c.limits.MaxNodes {
		return n, 0, c.limits.tooMany(n.Pos)
	}
	if y.Kind == yaml.ScalarNode {
		err := c.scalar(y, &n)
		c.remember(y, n, 1, 0)
		return n, 0, err
	}
	if depth > c.limits.MaxDepth {
		return n, 0, c.limits.tooDeep(n.Pos)
	}
	before := c.nodes - 1
	a := c.remember(y, Node{}, 0, 0)
	if a != nil {
		a.done = false
	}
	height, err := c.collection(y, &n, depth)
	if err == nil && a != nil {
		*a = anchored{node: n, nodes: c.nodes - before, height: height, done: true}
	}
	return n, height, err
}

// remember keeps a value for the aliases that may follow, if it has an anchor.
func (c *converter) remember(y *yaml.Node, n Node, nodes, height int) *anchored {
	if y.Anchor == "" {
		return nil
	}
	if c.anchors == nil {
		c.anchors = map[*yaml.Node]*anchored{}
	}
	a := &anchored{node: n, nodes: nodes, height: height, done: true}
	c.anchors[y] = a
	return a
}

// alias returns the value that y stands for, placed where the alias is.
func (c *converter) alias(y *yaml.Node, depth int) (Node, int, *Error) {
	pos := Pos{Line: int32(y.Line), Column: int32(y.Column), Length: runes("*" + y.Value)} //nolint:gosec // bounded by MaxBytes
	a := c.anchors[y.Alias]
	// The parser lets a value name itself.
	if a == nil || !a.done {
		return Node{}, 0, &Error{Pos: pos, Message: fmt.Sprintf("the alias *%s stands inside of what it names", inwords.Excerpt(y.Value))}
	}
	if c.nodes += a.nodes; c.nodes > c.limits.MaxNodes {
		return Node{}, 0, c.limits.tooMany(pos)
	}
	if a.height > 0 && depth+a.height-1 > c.limits.MaxDepth {
		return Node{}, 0, c.limits.tooDeep(pos)
	}
	n := a.node
	n.Pos = pos
	return n, a.height, nil
}

// collection fills n from a sequence or a mapping and returns its height.
func (c *converter) collection(y *yaml.Node, n *Node, depth int) (int, *Error) {
	if y.Style&yaml.FlowStyle != 0 {
		n.Pos.Length = 1
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
// only where the mapping has no such key itself.
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
	markRepeated(n.Children)
	if len(merged) > 0 {
		n.Children = mergeInto(n.Children, merged)
	}
	return height + 1, nil
}

// key returns the scalar that is the key of a member.
func (c *converter) key(y *yaml.Node) (Node, *Error) {
	// Before anything is converted: keys of keys of keys would get around the
	// limit on depth.
	if y.Kind != yaml.ScalarNode && y.Kind != yaml.AliasNode {
		pos := Pos{Line: int32(y.Line), Column: int32(y.Column)} //nolint:gosec // bounded by MaxBytes
		return Node{}, &Error{Pos: pos, Message: "a key must be a text, not an object or a list"}
	}
	c.nodes-- // a key is no value
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

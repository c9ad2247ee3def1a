package source

// An arena holds the nodes of a tree that is being read: a stack of those whose
// parents are still open, and room for those whose parents are finished. Nodes
// on the stack are named by index, because the stack moves as it grows.
type arena struct {
	stack []Node
	slab  []Node
	// size is that of the source in bytes, for a guess at the number of nodes.
	size int
}

// push adds an empty node to the stack and returns its index.
func (a *arena) push() int {
	a.stack = append(a.stack, Node{})
	return len(a.stack) - 1
}

// root returns a copy of the first node, so that the tree does not keep the
// stack alive.
func (a *arena) root() *Node {
	root := a.stack[0]
	return &root
}

// close makes all nodes above the given one its children. Many small objects
// share one allocation.
func (a *arena) close(at int) {
	// All of them are children of this one: those that had children were
	// closed before, and took them off the stack.
	nodes := a.stack[at+1:]
	if len(nodes) == 0 {
		return
	}
	if len(nodes) > cap(a.slab)-len(a.slab) {
		const most, bytesPerNode = 256, 32
		a.slab = make([]Node, 0, max(len(nodes), min(most, a.size/bytesPerNode+1)))
	}
	start := len(a.slab)
	a.slab = append(a.slab, nodes...)
	// The capacity ends with the children, so that nobody who appends to them
	// writes into those of another node.
	children := a.slab[start:len(a.slab):len(a.slab)]
	if a.stack[at].Kind == Object {
		markRepeated(children)
	}
	a.stack[at].Children = children
	a.stack = a.stack[:at+1]
}

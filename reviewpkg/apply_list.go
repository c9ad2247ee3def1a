package reviewpkg

import (
	"strconv"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/known/structpb"

	"github.com/reviewpkg/sdk/internal/changevalue"
	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// list carries out what is planned for a list: the items before change or go
// out, those that stay are put in order, and new ones come in between. The list
// is rebuilt once at the end, because taking out items one by one would take
// time with the square of its length. An item that goes out leaves a value that
// is not valid in its place, so that indexes stay those of the list before.
func (a *applier) list(m protoreflect.Message, fd protoreflect.FieldDescriptor, f *plannedField) {
	known := len(a.problems)
	list := m.Mutable(fd).List()
	ids, _ := fieldpath.IDs(fd, list)
	items := make([]protoreflect.Value, list.Len())
	for i := range items {
		items[i] = list.Get(i)
	}
	// Items that come in are placed by their index in the list after, which is
	// known only when all others are in order.
	coming := map[int]protoreflect.Value{}
	for _, n := range f.items {
		if n.change.GetKind() == reviewpkgv1.ChangeKind_CHANGE_KIND_ADDED {
			a.comeIn(n, fd, ids, coming, list.NewElement)
			continue
		}
		at, ok := indexOf(n, ids)
		if !ok || at >= len(items) {
			a.fail(n, DanglingPath, "there is no such item in the package before")
			continue
		}
		if after, ok := a.value(n, fd, items[at], list.NewElement); ok {
			items[at] = after
		}
	}
	if f.whole != nil {
		items = a.move(f.whole, items, ids)
	}
	rebuild(list, items, coming)
	// Where a change of the list did not fit, its length says nothing.
	if len(coming) > 0 && len(a.problems) == known {
		a.fail(f.items[0], OutOfRange, "an item is added behind the end of the list, which then has "+strconv.Itoa(list.Len())+" items")
	}
}

// rebuild fills a list with the items that stay and those that come in. What is
// left in coming at the end has an index behind the end of the list.
func rebuild(list protoreflect.List, items []protoreflect.Value, coming map[int]protoreflect.Value) {
	// An item that comes in has its index in the list after, so that whatever
	// stays fills the places between, in the order it has.
	list.Truncate(0)
	for i := 0; ; {
		if item, ok := coming[list.Len()]; ok {
			delete(coming, list.Len())
			list.Append(item)
			continue
		}
		for i < len(items) && !items[i].IsValid() {
			i++
		}
		if i == len(items) {
			return
		}
		list.Append(items[i])
		i++
	}
}

// indexOf returns the index in the list before that a step names.
func indexOf(n *planned, ids map[string]int) (int, bool) {
	if n.step.Kind == fieldpath.Key {
		at, ok := ids[n.step.Key]
		return at, ok
	}
	return n.step.Index, n.step.Kind == fieldpath.Index
}

// comeIn notes an item that comes in, by its index in the list after. An item with
// an id is named by it, and its index is the position of the change; an item
// without one has the index in its path. To say both or neither is a mistake.
func (a *applier) comeIn(n *planned, fd protoreflect.FieldDescriptor, ids map[string]int, coming map[int]protoreflect.Value, make func() protoreflect.Value) {
	at := n.step.Index
	switch n.step.Kind {
	case fieldpath.Literal:
		a.fail(n, DanglingPath, "field "+n.step.Field+" is a list, and its items have an id or an index")
		return
	case fieldpath.Key:
		if _, ok := ids[n.step.Key]; ok {
			a.fail(n, DuplicateID, "the package before has an item with this id")
			return
		}
		at = int(n.change.GetPosition())
	default:
		// The index of the step is the place.
	}
	// There is nothing before it, so that a change which expects something fails.
	item, ok := a.value(n, fd, protoreflect.Value{}, make)
	if !ok {
		return
	}
	_, taken := coming[at]
	switch {
	case n.step.Kind == fieldpath.Key && (fieldpath.IDField(fd) == nil || itemID(fd, item) != n.step.Key):
		a.fail(n, Inconsistent, "the item that is added has another id than the path")
	case n.step.Kind == fieldpath.Key != n.change.HasPosition():
		a.fail(n, Inconsistent, "an item has a position if its path ends with an id, and only then")
	case taken:
		a.fail(n, DuplicateValue, "two items are added at index "+strconv.Itoa(at))
	default:
		coming[at] = item
	}
}

// move puts the items that stay in another order. The change names all of them,
// before and after; fewer would leave open where the others go, and the list may
// have changed since the change was made.
func (a *applier) move(n *planned, items []protoreflect.Value, ids map[string]int) []protoreflect.Value {
	c := n.change
	if c.GetKind() != reviewpkgv1.ChangeKind_CHANGE_KIND_MOVED || len(n.fields) > 0 {
		a.fail(n, DanglingPath, "a list changes by its items, or is MOVED")
		return items
	}
	before := standing(c.GetBefore(), items, ids)
	after := standing(c.GetAfter(), items, ids)
	stay := 0
	for _, item := range items {
		if item.IsValid() {
			stay++
		}
	}
	// The order before is part of what the change expects.
	last := -1
	for _, at := range before {
		if at < last {
			a.fail(n, Inconsistent, "the items before are in another order")
			return items
		}
		last = at
	}
	if len(before) != stay || len(after) != stay {
		a.fail(n, Inconsistent, "a MOVED list must name the "+strconv.Itoa(stay)+" items that stay, each once, before and after")
		return items
	}
	ordered := make([]protoreflect.Value, stay)
	for i, at := range after {
		ordered[i] = items[at]
	}
	return ordered
}

// standing returns the indexes of the items that a list of ids names, each
// once, leaving out those that do not stay. The caller counts them, so that a
// name that is unknown or stands twice is found by what is missing.
func standing(v *structpb.Value, items []protoreflect.Value, ids map[string]int) []int {
	var found []int
	seen := map[string]bool{}
	for _, value := range v.GetListValue().GetValues() {
		id, _ := changevalue.Text(value)
		if at, ok := ids[id]; ok && items[at].IsValid() && !seen[id] {
			found = append(found, at)
			seen[id] = true
		}
	}
	return found
}

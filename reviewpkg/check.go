package reviewpkg

import (
	"fmt"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A checker collects what the semantic rules find in one package. Rules report
// and go on, so that one run says everything; none of them changes the package
// or depends on what another one found, but for a mistake that would only be
// said twice.
//
// A rule is an error if no true package can break it, and a warning if published
// reviews do: those stay readable, and are still told.
type checker struct {
	pkg   *reviewpkgv1.ReviewPackage
	index *index
	found Diagnostics
	// compared counts the ids that were looked at for hints; see maxCompared.
	compared int
}

func (c *checker) report(code Code, level Level, rule, path, message, hint string) {
	c.found = append(c.found, Diagnostic{
		Code: code, Level: level, Rule: rule, Path: path, Message: message, Hint: hint,
	})
}

// at names item i of a list by its id, or by its index if the id does not tell
// it from others. Paths by id outlive a new order of the list, so that a waiver
// or a comment that names one still means the same item.
func (c *checker) at(list string, i int, id string) string {
	if c.index.repeated[id] {
		id = ""
	}
	return key(list, i, id)
}

// A link leads from an item to those of its own kind that hold or protect it.
type link struct {
	id string
	to []string
}

// links returns the links of the items of a list.
func links[T interface{ GetId() string }](items []T, to func(T) []string) []link {
	out := make([]link, len(items))
	for i, item := range items {
		out[i] = link{id: item.GetId(), to: to(item)}
	}
	return out
}

// cycles reports items that contain or protect one another in a circle. The
// rule of the reference is about keys (PE3): a key that is wrapped under itself
// in the end protects nothing. Containment is held to the same, because whoever
// follows a parent_id upwards must arrive.
func (c *checker) cycles() {
	arch := c.pkg.GetArchitecture()
	c.circle("containment", "architecture.trust_domains", "lies in", links(arch.GetTrustDomains(),
		func(d *reviewpkgv1.TrustDomain) []string { return []string{d.GetParentId()} }))
	c.circle("containment", "architecture.components", "runs on", links(arch.GetComponents(),
		func(d *reviewpkgv1.Component) []string { return []string{d.GetRunsOnId()} }))
	c.circle("openstack.PE3", "architecture.data_assets", "is protected by", links(arch.GetDataAssets(),
		func(a *reviewpkgv1.DataAsset) []string {
			var keys []string
			for _, place := range a.GetPersistence() {
				keys = append(keys, place.GetProtectedById())
			}
			return keys
		}))
	above := func(a *reviewpkgv1.AssessmentActor) []string { return []string{a.GetParentId()} }
	c.circle("containment", "self_assessment.overview.actors", "is a part of", links(c.pkg.GetSelfAssessment().GetOverview().GetActors(), above))
	c.circle("containment", "joint_review.overview.actors", "is a part of", links(c.pkg.GetJointReview().GetOverview().GetActors(), above))
}

// circle reports the items of one list at which a circle closes.
func (c *checker) circle(rule, list, what string, items []link) {
	closed := circles(items)
	for i := range items {
		if id := items[i].id; closed[id] {
			delete(closed, id) // an id that stands twice is one item
			c.report(ReferenceCycle, LevelError, rule, c.at(list, i, id),
				fmt.Sprintf("%s %s itself in the end", quote(id), what), "break the circle at one of its items")
		}
	}
}

// circles returns the ids at which circles close: of each circle the item that
// comes first. It visits every link once, because to look for a way back from
// each item would take time with the square of the length of a hostile chain;
// and it keeps its own stack, because such a chain has no bound.
func circles(items []link) map[string]bool {
	above := make(map[string][]string, len(items))
	for _, item := range items {
		above[item.id] = append(above[item.id], item.to...)
	}
	// An item is open from when it is met until all above it is known. A link to an
	// open item closes a circle; one to an item that is done cannot. An item can
	// wait on the stack more than once, and only the topmost entry opens it.
	const open, done = 1, 2
	state, closed := map[string]int{"": done}, map[string]bool{}
	for _, item := range items {
		stack := []string{item.id}
		for len(stack) > 0 {
			id := stack[len(stack)-1]
			if state[id] != 0 { // all above it is known by now
				state[id] = done
				stack = stack[:len(stack)-1]
				continue
			}
			state[id] = open
			for _, next := range above[id] {
				switch state[next] {
				case open:
					closed[next] = true
				case done:
				default:
					stack = append(stack, next)
				}
			}
		}
	}
	return closed
}

// paths reports field paths that lead nowhere in the package, and answers that
// are said to be elsewhere and are not: a part that is merged into another one
// counts as answered, so that the other one must hold something.
func (c *checker) paths() {
	sources := c.pkg.GetValueSources()
	if len(c.index.paths)+len(sources) == 0 {
		return
	}
	tree := fieldpath.NewTree(c.pkg.ProtoReflect())
	for _, link := range c.index.paths {
		v, ok := c.path(tree, link.target, func() string { return link.path })
		if ok && !holdsAnswer(v) {
			c.report(DanglingPath, LevelError, "narrative.merged", link.path,
				fmt.Sprintf("path %s leads to no answer", quote(link.target)), "name the part that holds the answer")
		}
	}
	for i, source := range sources {
		if source.GetPath() == "" {
			continue // reported as missing
		}
		c.path(tree, source.GetPath(), func() string { return fmt.Sprintf("value_sources[%d].path", i) })
	}
}

// holdsAnswer reports whether the answer to another question can be in v. A
// narrative that is itself answered elsewhere holds none; otherwise two parts
// could answer one another.
func holdsAnswer(v protoreflect.Value) bool {
	switch value := v.Interface().(type) {
	case protoreflect.Message:
		n, ok := value.Interface().(*reviewpkgv1.Narrative)
		return value.IsValid() && (!ok || answer(n) && n.GetPresence() != reviewpkgv1.Presence_PRESENCE_MERGED_ELSEWHERE)
	case protoreflect.List:
		return value.Len() > 0
	case protoreflect.Map:
		return value.Len() > 0
	case string:
		return value != ""
	default:
		return true
	}
}

// path returns what target leads to, and reports it if that is nothing. An
// imported package has thousands of such paths, so where one stands is put into
// words only if it is wrong.
func (c *checker) path(tree *fieldpath.Tree, target string, place func() string) (protoreflect.Value, bool) {
	p, err := fieldpath.Parse(target)
	if err != nil {
		c.report(BadFormat, LevelError, "fieldpath", place(),
			fmt.Sprintf("%s is not a field path: %v", quote(target), err), `written findings["finding-1"].likelihood`)
		return protoreflect.Value{}, false
	}
	v, _, ok := tree.Resolve(p)
	if !ok {
		c.report(DanglingPath, LevelError, "S02", place(),
			fmt.Sprintf("path %s leads nowhere in the package", quote(target)), "")
		return protoreflect.Value{}, false
	}
	return v, true
}

package reviewpkg

import (
	"fmt"
	"strconv"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A checker collects what the semantic rules find in one package.
type checker struct {
	pkg   *reviewpkgv1.ReviewPackage
	index *index
	found Diagnostics
}

func (c *checker) report(code Code, level Level, rule, path, message, hint string) {
	c.found = append(c.found, Diagnostic{
		Code: code, Level: level, Rule: rule, Path: path, Message: message, Hint: hint,
	})
}

// at names item i of a list by its id, or by its index if the id does not tell
// it from others.
func (c *checker) at(list string, i int, id string) string {
	if id == "" || c.index.repeated[id] {
		return list + "[" + strconv.Itoa(i) + "]"
	}
	return list + "[" + strconv.Quote(id) + "]"
}

// cycles reports items that contain or protect one another in a circle.
func (c *checker) cycles() {
	p := c.pkg
	above := map[string][]string{}
	add := func(id string, to ...string) {
		for _, t := range to {
			if t != "" {
				above[id] = append(above[id], t)
			}
		}
	}
	arch := p.GetArchitecture()
	for _, d := range arch.GetTrustDomains() {
		add(d.GetId(), d.GetParentId())
	}
	for _, d := range arch.GetComponents() {
		add(d.GetId(), d.GetRunsOnId())
	}
	for _, a := range arch.GetDataAssets() {
		for _, place := range a.GetPersistence() {
			add(a.GetId(), place.GetProtectedById())
		}
	}
	for _, a := range []*reviewpkgv1.Assessment{p.GetSelfAssessment(), p.GetJointReview()} {
		for _, actor := range a.GetOverview().GetActors() {
			add(actor.GetId(), actor.GetParentId())
		}
	}
	report := func(list string, i int, id, what string) {
		if leadsBack(above, id) {
			c.report(ReferenceCycle, LevelError, "openstack.PE3", c.at(list, i, id),
				fmt.Sprintf("%s %s itself in the end", quote(id), what), "break the circle at one of its items")
		}
	}
	for i, d := range arch.GetTrustDomains() {
		report("architecture.trust_domains", i, d.GetId(), "lies in")
	}
	for i, d := range arch.GetComponents() {
		report("architecture.components", i, d.GetId(), "runs on")
	}
	for i, a := range arch.GetDataAssets() {
		report("architecture.data_assets", i, a.GetId(), "is protected by")
	}
	for i, a := range p.GetSelfAssessment().GetOverview().GetActors() {
		report("self_assessment.overview.actors", i, a.GetId(), "is a part of")
	}
	for i, a := range p.GetJointReview().GetOverview().GetActors() {
		report("joint_review.overview.actors", i, a.GetId(), "is a part of")
	}
}

// leadsBack reports whether id can be reached from itself.
func leadsBack(above map[string][]string, id string) bool {
	seen := map[string]bool{}
	queue := append([]string(nil), above[id]...)
	for len(queue) > 0 {
		next := queue[0]
		queue = queue[1:]
		if next == id {
			return true
		}
		if !seen[next] {
			seen[next] = true
			queue = append(queue, above[next]...)
		}
	}
	return false
}

// paths reports field paths that lead nowhere in the package.
func (c *checker) paths() {
	sources := c.pkg.GetValueSources()
	if len(c.index.paths)+len(sources) == 0 {
		return
	}
	tree := fieldpath.NewTree(c.pkg.ProtoReflect())
	for _, link := range c.index.paths {
		c.path(tree, link.target, func() string { return link.path })
	}
	for i, source := range sources {
		c.path(tree, source.GetPath(), func() string { return fmt.Sprintf("value_sources[%d].path", i) })
	}
}

// path reports target if it leads nowhere. An imported package has thousands
// of such paths, so where one stands is put into words only if it is wrong.
func (c *checker) path(tree *fieldpath.Tree, target string, place func() string) {
	p, err := fieldpath.Parse(target)
	if err != nil {
		c.report(BadFormat, LevelError, "fieldpath", place(),
			fmt.Sprintf("%s is not a field path: %v", quote(target), err), `written findings["finding-1"].likelihood`)
		return
	}
	if _, fd, ok := tree.Resolve(p); !ok || fd == nil {
		c.report(DanglingPath, LevelError, "S02", place(),
			fmt.Sprintf("path %s leads nowhere in the package", quote(target)), "")
	}
}

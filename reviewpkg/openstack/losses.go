package openstack

import (
	"slices"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// losses returns the changes that lead from a package to what was read back from
// its pages, as far as pages could hold them.
func losses(before, after *reviewpkgv1.ReviewPackage) []*reviewpkgv1.Change {
	return reviewpkg.Diff(withoutFiles(before), withoutFiles(after))
}

// withoutFiles returns a copy of a package without what comes and goes with the
// files that it is read from: the documents and where values stood in them, the
// pages themselves, and the content of other files.
func withoutFiles(p *reviewpkgv1.ReviewPackage) *reviewpkgv1.ReviewPackage {
	q := proto.Clone(p).(*reviewpkgv1.ReviewPackage)
	// The reader writes the one it knows.
	q.SetSchema("")
	// What is read is always a draft.
	q.SetStatus(0)
	q.SetDocuments(nil)
	q.SetValueSources(nil)
	pages := map[string]bool{}
	q.SetArtifacts(slices.DeleteFunc(q.GetArtifacts(), func(a *reviewpkgv1.Artifact) bool {
		// A page names a file and does not hold it.
		a.SetSha256("")
		a.ClearSize()
		a.SetMediaType("")
		switch a.GetKind() {
		case reviewpkgv1.ArtifactKind_ARTIFACT_KIND_ARCHITECTURE_PAGE, reviewpkgv1.ArtifactKind_ARTIFACT_KIND_FINDINGS_PAGE,
			reviewpkgv1.ArtifactKind_ARTIFACT_KIND_REVIEW_NOTES:
			pages[a.GetId()] = true
			return true
		default:
			return false
		}
	}))
	// All pages list all contacts, so that which of them says so is no fact.
	for _, person := range q.GetPeople() {
		var roles []*reviewpkgv1.Role
		for _, role := range person.GetRoles() {
			// A part in another document is one that pages cannot hold.
			if pages[role.GetArtifactId()] {
				role.SetArtifactId("")
			}
			if !slices.ContainsFunc(roles, func(other *reviewpkgv1.Role) bool { return proto.Equal(other, role) }) {
				roles = append(roles, role)
			}
		}
		person.SetRoles(roles)
	}
	return q
}

package reviewpkg

import reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"

// NewChangeSet returns the changes from before to after as a document that can
// be saved and exported: with the ids of both packages and the digests of their
// canonical JSON. It returns an error if a package cannot be marshalled.
func NewChangeSet(before, after *reviewpkgv1.ReviewPackage) (*reviewpkgv1.ChangeSet, error) {
	// The digests hold the changes to these two packages: Apply needs no ids, and
	// would take any package in which the values before are the same.
	digestBefore, err := Digest(before)
	if err != nil {
		return nil, err
	}
	digestAfter, err := Digest(after)
	if err != nil {
		return nil, err
	}
	return reviewpkgv1.ChangeSet_builder{
		Schema:       "reviewpkg.v1.ChangeSet",
		BeforeId:     before.GetId(),
		AfterId:      after.GetId(),
		BeforeDigest: digestBefore,
		AfterDigest:  digestAfter,
		Changes:      Diff(before, after),
	}.Build(), nil
}

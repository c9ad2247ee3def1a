package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Rendered returns the folder that files of a rendering would lie in, which is
// read back to see what the rendering lost.
func Rendered(files []*reviewpkgv1.RenderedFile) *Folder {
	f := &Folder{files: map[string]*File{}, walked: true}
	for _, r := range files {
		// Digested as a file on disk is, so that the package that is read back
		// differs from the one that was written in what was lost and in nothing else.
		sum := sha256.Sum256(r.GetContent())
		file := &File{Path: r.GetPath(), Data: r.GetContent(), size: int64(len(r.GetContent())), sum: hex.EncodeToString(sum[:])}
		f.files[file.Path] = file
		f.Documents = append(f.Documents, file)
	}
	// As a walk over a folder finds them.
	slices.SortFunc(f.Documents, func(a, b *File) int { return strings.Compare(a.Path, b.Path) })
	return f
}

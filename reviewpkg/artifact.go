package reviewpkg

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/internal/fieldpath"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// verifyArtifacts compares the artifacts of m that have a path with the files
// in a folder. Nothing outside of the folder is touched, whatever the paths
// and the symbolic links in the folder say.
func verifyArtifacts(folder string, m *reviewpkgv1.ReviewPackage) (Diagnostics, error) {
	// A Root refuses every way out, also by a link that is made meanwhile.
	root, err := os.OpenRoot(folder)
	if err != nil {
		return nil, err
	}
	defer root.Close() //nolint:errcheck // nothing was written
	v := verifier{root: root, digests: map[string]string{}}
	// Files that no artifact names are no mistake: a folder may hold anything.
	var found Diagnostics
	fieldpath.Walk(m.ProtoReflect(), func(c *fieldpath.Cursor, _ protoreflect.FieldDescriptor, value protoreflect.Value) {
		// Wherever an artifact stands, not only in the list of the package.
		m, ok := value.Interface().(protoreflect.Message)
		if !ok {
			return
		}
		artifact, ok := m.Interface().(*reviewpkgv1.Artifact)
		if !ok || artifact.GetPath() == "" {
			return
		}
		if d, ok := v.artifact(artifact); !ok {
			d.Path = fieldpath.Join(c.String(), d.Path)
			found = append(found, d)
		}
	})
	return found, nil
}

// A verifier compares artifacts with files. What a file holds is only ever
// hashed: nothing of it gets into a message but its size and its digest.
type verifier struct {
	root *os.Root
	// digests holds those of the files that were read: a package may name one
	// large file many times.
	digests map[string]string
}

// artifact reports whether the file of an artifact is there, with the stated
// size and digest, and says what is wrong if not. The path of the diagnostic
// begins at the artifact.
func (v *verifier) artifact(artifact *reviewpkgv1.Artifact) (Diagnostic, bool) {
	path := artifact.GetPath()
	d := Diagnostic{Level: LevelError, Code: ArtifactMissing, Path: "path"}
	// Clean, so that ./a and a are read once. It would change the meaning of
	// .. behind a link, which the rule artifact.path has refused already.
	name := filepath.Clean(filepath.FromSlash(path))
	// Stat follows links, as opening does, and the Root refuses those that lead
	// out. A pipe would be waited for, so the kind of file comes before opening it.
	info, err := v.root.Stat(name)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		d.Message = "there is no file " + quote(path) + " in the folder of the package"
		return d, false
	case err != nil:
		d.Message = "file " + quote(path) + " cannot be read: " + reason(err)
		return d, false
	case !info.Mode().IsRegular():
		d.Message = quote(path) + " is not a regular file"
		return d, false
	}
	// The size first: it costs nothing, and saves reading a wrong file.
	if artifact.HasSize() && artifact.GetSize() != info.Size() {
		d.Code, d.Path = ArtifactMismatch, "size"
		d.Message = fmt.Sprintf("file %s has %d bytes, the package states %d", quote(path), info.Size(), artifact.GetSize())
		return d, false
	}
	if artifact.GetSha256() == "" {
		return d, true // nothing is claimed about the content
	}
	sum, err := v.digest(name)
	if err != nil {
		d.Message = "file " + quote(path) + " cannot be read: " + reason(err)
		return d, false
	}
	if sum != artifact.GetSha256() {
		d.Code, d.Path = ArtifactMismatch, "sha256"
		d.Message = fmt.Sprintf("file %s has the SHA-256 %s, the package states another", quote(path), sum)
		return d, false
	}
	return d, true
}

// reason returns an error without the path, which the message has already.
func reason(err error) string {
	var in *fs.PathError
	if errors.As(err, &in) {
		err = in.Err
	}
	return err.Error()
}

// digest returns the SHA-256 of a file in hexadecimal digits.
func (v *verifier) digest(name string) (string, error) {
	if sum, ok := v.digests[name]; ok {
		return sum, nil
	}
	f, err := v.root.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	// In pieces: an artifact may be a recording of hours.
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return "", err
	}
	v.digests[name] = hex.EncodeToString(hash.Sum(nil))
	return v.digests[name], nil
}

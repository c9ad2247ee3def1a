package reviewpkg

import (
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/reviewpkg/sdk/internal/source"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// packageFiles returns the names that the package has in a folder of its own;
// the first one is what [Save] writes.
func packageFiles() []string {
	return []string{"package.yaml", "package.yml", "package.json"}
}

// Load reads and checks a package; see [UnmarshalOptions.Load].
func Load(path string) (*reviewpkgv1.ReviewPackage, error) {
	return UnmarshalOptions{}.Load(path)
}

// Load reads and checks the package at path: a file, or a folder that holds
// exactly one of package.yaml, package.yml and package.json. The file name of
// the options, if there is one, takes the place of path in diagnostics. A
// package with mistakes gives an [*InvalidError], as from Unmarshal.
func (o UnmarshalOptions) Load(path string) (*reviewpkgv1.ReviewPackage, error) {
	file, err := packageFile(path)
	if err != nil {
		return nil, err
	}
	if o.Filename == "" {
		o.Filename = file
	}
	// By the file that is read, whatever name the diagnostics are to have.
	if o.Encoding == "" {
		o.Encoding = encodingOf(file)
	}
	// What is wrong with the file is an error of the system, with its path;
	// only what is wrong with the document becomes diagnostics.
	data, err := o.readFile(file)
	if err != nil {
		return nil, err
	}
	m := &reviewpkgv1.ReviewPackage{}
	doc, err := o.read(data, m.ProtoReflect())
	if err != nil {
		return nil, err
	}
	if o.VerifyArtifacts {
		// A path that breaks a rule is not reported a second time as missing.
		doc.causes = newCauses(doc.diagnostics, nil)
		found, err := verifyArtifacts(filepath.Dir(file), m)
		if err != nil {
			return nil, err
		}
		doc.add(found)
	}
	if err := doc.finish(o.Report); err != nil {
		return nil, err
	}
	return m, nil
}

// packageFile returns the file that holds the package at path.
func packageFile(path string) (string, error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", err
	}
	if !info.IsDir() {
		return path, nil
	}
	// All names are tried, and two are refused: whichever were taken, somebody
	// would have changed the other one and wonder.
	var found []string
	for _, name := range packageFiles() {
		switch _, err := os.Stat(filepath.Join(path, name)); {
		case err == nil:
			found = append(found, name)
		// Not to be read is not the same as not to be there.
		case !os.IsNotExist(err):
			return "", err
		}
	}
	switch len(found) {
	case 0:
		return "", fmt.Errorf("%s holds no %s: %w", path, strings.Join(packageFiles(), ", "), fs.ErrNotExist)
	case 1:
		return filepath.Join(path, found[0]), nil
	default:
		return "", fmt.Errorf("%s holds more than one package: %s", path, strings.Join(found, ", "))
	}
}

// readFile reads a file, but not more of it than a document may be long: one
// byte over the limit is enough to refuse it.
func (o UnmarshalOptions) readFile(path string) ([]byte, error) {
	f, size, err := source.OpenFile(path)
	if err != nil {
		return nil, err
	}
	defer f.Close() //nolint:errcheck // nothing was written
	// The size that the file states is refused before a byte is read; a file
	// that grows meanwhile is refused by what was read.
	limits := o.limits()
	if err := limits.CheckSize(size); err != nil {
		doc := document{tree: tree{filename: o.Filename}}
		doc.refuse(err)
		return nil, doc.finish(o.Report)
	}
	return io.ReadAll(io.LimitReader(f, limits.MaxBytes+1))
}

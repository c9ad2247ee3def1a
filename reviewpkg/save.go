package reviewpkg

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"google.golang.org/protobuf/proto"
)

// Save writes m to a file, in the encoding that the extension of its name
// stands for. The path of a folder means the package file in it, package.yaml
// if there is none yet. Whoever reads the file meanwhile sees the old content
// or the new one and nothing between, and if Save fails the old file stays as
// it was. An existing file keeps its mode; a new one gets 0o644. m is not
// checked; see [Validate].
func Save(path string, m proto.Message) error {
	path, err := saveTarget(path)
	if err != nil {
		return err
	}
	encoding := encodingOf(path)
	if encoding == "" {
		return fmt.Errorf("save: cannot tell the encoding from the name %s, want .yaml, .json, .binpb or .txtpb", quote(filepath.Base(path)))
	}
	// All of it before a file is touched, so that what cannot be written leaves
	// nothing behind.
	data, err := MarshalOptions{Encoding: encoding}.Marshal(m)
	if err != nil {
		return err
	}
	mode := fs.FileMode(0o644)
	// Renaming would put a plain file in the place of a pipe or a device.
	switch info, err := os.Stat(path); {
	case err == nil && !info.Mode().IsRegular():
		return &fs.PathError{Op: "save", Path: path, Err: errors.New("not a regular file")}
	case err == nil:
		mode = info.Mode().Perm()
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	return writeAtomic(path, data, mode)
}

// saveTarget returns the file that a path stands for, behind symbolic links:
// renaming would put a file in the place of the link.
func saveTarget(path string) (string, error) {
	if info, err := os.Stat(path); err == nil && info.IsDir() {
		file, err := packageFile(path)
		switch {
		case err == nil:
			path = file
		case errors.Is(err, fs.ErrNotExist):
			path = filepath.Join(path, packageFiles()[0])
		default:
			return "", err
		}
	}
	// Lstat, because a link to nothing is there, and is not to be replaced.
	if _, err := os.Lstat(path); errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	return filepath.EvalSymlinks(path)
}

// writeAtomic writes data to a temporary file in the folder of path, makes
// sure that it is on the disk, and renames it. The folder itself is not synced:
// after a crash the name may stand for the old content once more, as a whole.
func writeAtomic(path string, data []byte, mode fs.FileMode) (err error) {
	// In the same folder, because a file system can rename only within itself.
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			// The first error is the one that counts.
			_ = f.Close()
			_ = os.Remove(f.Name())
		}
	}()
	if _, err := f.Write(data); err != nil {
		return err
	}
	// CreateTemp lets only the owner read.
	if err := f.Chmod(mode); err != nil {
		return err
	}
	// Without this, a crash could leave the new name with no content.
	if err := f.Sync(); err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

package source

import (
	"errors"
	"io/fs"
	"os"
)

// OpenFile opens a document for reading and returns its size as the file
// system states it. It refuses what is no regular file: a pipe would be waited
// for, and a device might never end.
func OpenFile(path string) (*os.File, int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	if !info.Mode().IsRegular() {
		return nil, 0, &fs.PathError{Op: "read", Path: path, Err: errors.New("not a regular file")}
	}
	f, err := os.Open(path) //nolint:gosec // the caller's own file
	if err != nil {
		return nil, 0, err
	}
	return f, info.Size(), nil
}

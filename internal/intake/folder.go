package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// Limits bound what is read of a folder.
type Limits struct {
	// MaxBytes is the size up to which a document is read; 16 MiB if zero.
	MaxBytes int64
	// MaxFiles is the number of files that a folder may hold; 10,000 if zero.
	MaxFiles int
}

// A File is a file of a folder.
type File struct {
	// Path is its path below the folder, with forward slashes.
	Path string
	// Data is its content; only documents have it.
	Data []byte
	size int64
	sum  string
}

// A Folder is what was found in a folder.
type Folder struct {
	// Documents are the files with the endings that were asked for, read, in
	// the order of their paths.
	Documents []*File
	files     map[string]*File // by path; all that there are, once it was walked
	walked    bool
	fsys      fs.FS
	limits    Limits
	skipped   []*reviewpkgv1.SkippedFile
}

// OpenFolder reads the documents of a folder: the files that names lists, or if
// it lists none, all files below the folder that have one of the endings. Files
// that cannot be read or are too large are skipped, and the report says so;
// only what makes the folder itself unreadable is an error.
func OpenFolder(fsys fs.FS, endings, names []string, limits Limits) (*Folder, error) {
	if limits.MaxBytes <= 0 {
		limits.MaxBytes = 16 << 20
	}
	if limits.MaxFiles <= 0 {
		limits.MaxFiles = 10_000
	}
	f := &Folder{fsys: fsys, files: map[string]*File{}, limits: limits}
	if len(names) == 0 {
		f.walked = true
		return f, f.walk(func(file *File) {
			if hasEnding(file.Path, endings) {
				f.read(file)
			}
		}, func(name, reason string, isFile bool) {
			if !isFile || hasEnding(name, endings) {
				f.skip(name, reason)
			}
		})
	}
	// In the order in which a walk finds them: folder by folder.
	names = slices.SortedFunc(slices.Values(names), func(a, b string) int {
		return strings.Compare(strings.ReplaceAll(a, "/", "\x00"), strings.ReplaceAll(b, "/", "\x00"))
	})
	for _, name := range slices.Compact(names) {
		if err := f.readNamed(name); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// readNamed reads a file that was asked for by name. It must be there: who names
// one means it.
func (f *Folder) readNamed(name string) error {
	info, err := fs.Lstat(f.fsys, name)
	if err != nil {
		return err
	}
	// A link could lead anywhere, whichever part of the path it is.
	regular := info.Mode().IsRegular()
	for dir := path.Dir(name); regular && dir != "."; dir = path.Dir(dir) {
		up, err := fs.Lstat(f.fsys, dir)
		regular = err == nil && up.IsDir()
	}
	switch {
	case !utf8.ValidString(name):
		f.skip(strings.ToValidUTF8(name, "?"), notText)
	case !regular:
		f.skip(name, notRegular)
	default:
		file := &File{Path: name}
		f.files[name] = file
		f.read(file)
	}
	return nil
}

// Why a file is no document.
const (
	notText    = "the path is no UTF-8"
	notRegular = "not a regular file"
)

// walk finds the files of the folder, and tells of each that is there and of
// each that is left out.
func (f *Folder) walk(found func(*File), skipped func(name, reason string, isFile bool)) error {
	return fs.WalkDir(f.fsys, ".", func(name string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil && name == ".":
			return err
		case err != nil:
			skipped(name, reason(err), false)
			return nil
			// Folders with a point are those of tools. The root may have any name,
			// that of a folder with a point as well.
		case entry.IsDir() && name != "." && strings.HasPrefix(entry.Name(), "."):
			return fs.SkipDir // .git and the like
		case !utf8.ValidString(name):
			skipped(strings.ToValidUTF8(name, "?"), notText, false)
			if entry.IsDir() {
				return fs.SkipDir
			}
			return nil
		case entry.IsDir():
			return nil
		case !entry.Type().IsRegular():
			// Links could lead anywhere, pipes would be waited for.
			skipped(name, notRegular, true)
			return nil
			// Counted before it is read: the limit is against a folder that was given
			// by mistake, such as a home directory.
		case len(f.files) >= f.limits.MaxFiles:
			return fmt.Errorf("the folder holds more than %d files", f.limits.MaxFiles)
		case f.files[name] == nil:
			f.files[name] = &File{Path: name}
			found(f.files[name])
		}
		return nil
	})
}

// file returns a file of the folder, or nil. Where documents were named, the
// others are looked for when one of the documents refers to a file.
func (f *Folder) file(name string) *File {
	if f.files[name] == nil && !f.walked {
		f.walked = true
		// What cannot be found is not there; the documents were read.
		_ = f.walk(func(*File) {}, func(string, string, bool) {})
	}
	return f.files[name]
}

// size returns the number of bytes of all documents. Without a folder there are
// none.
func (f *Folder) size() int {
	if f == nil {
		return 0
	}
	n := 0
	for _, d := range f.Documents {
		n += len(d.Data)
	}
	return n
}

func hasEnding(name string, endings []string) bool {
	for _, ending := range endings {
		if strings.EqualFold(path.Ext(name), ending) {
			return true
		}
	}
	return false
}

func (f *Folder) skip(name, reason string) {
	f.skipped = append(f.skipped, reviewpkgv1.SkippedFile_builder{Path: name, Reason: reason}.Build())
}

// Skip notes that a document was not read into the package, and why.
func (f *Folder) Skip(file *File, reason string) { f.skip(file.Path, reason) }

// Read returns the content of another file at the root of the folder, if it is
// there and no larger than a document may be.
func (f *Folder) Read(name string) ([]byte, bool) {
	file := f.file(name)
	if file == nil {
		return nil, false
	}
	if file.Data == nil {
		in, err := f.fsys.Open(name)
		if err != nil {
			return nil, false
		}
		defer in.Close() //nolint:errcheck // nothing was written
		data, err := io.ReadAll(io.LimitReader(in, f.limits.MaxBytes+1))
		if err != nil || int64(len(data)) > f.limits.MaxBytes {
			return nil, false
		}
		file.Data = data
	}
	return file.Data, true
}

// read reads a document.
func (f *Folder) read(file *File) {
	limit := f.limits.MaxBytes
	in, err := f.fsys.Open(file.Path)
	if err != nil {
		f.skip(file.Path, reason(err))
		return
	}
	defer in.Close() //nolint:errcheck // nothing was written
	size := 512
	if info, err := in.Stat(); err == nil {
		// One allocation for the whole file, if the size is known: a buffer that
		// grows copies the document several times. A size that is a lie is bounded.
		size = int(min(max(info.Size(), 0), limit, 64<<20)) + 1
	}
	data := make([]byte, 0, size)
	// One byte over the limit is enough to refuse it. The limit holds for what is
	// read and not for the size that is stated: files of some systems state none.
	for err == nil && int64(len(data)) <= limit {
		if len(data) == cap(data) {
			data = slices.Grow(data, len(data))
		}
		var n int
		n, err = in.Read(data[len(data):cap(data)])
		data = data[:len(data)+n]
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	switch {
	case err != nil:
		f.skip(file.Path, reason(err))
	case int64(len(data)) > limit:
		f.skip(file.Path, fmt.Sprintf("larger than %d bytes", limit))
	default:
		// Once, while the bytes are at hand: the artifact of the document and its
		// digest are always asked for.
		sum := sha256.Sum256(data)
		file.Data, file.size, file.sum = data, int64(len(data)), hex.EncodeToString(sum[:])
		f.Documents = append(f.Documents, file)
	}
}

// reason returns an error without the path, which is said beside it.
func reason(err error) string {
	var in *fs.PathError
	if errors.As(err, &in) {
		err = in.Err
	}
	return err.Error()
}

// digest sets size and digest of a file that is no document.
func (f *Folder) digest(file *File) error {
	if file.sum != "" {
		return nil
	}
	// Pictures and slides are only digested when a document links to them: a
	// folder may hold much that no document speaks of.
	in, err := f.fsys.Open(file.Path)
	if err != nil {
		return err
	}
	defer in.Close() //nolint:errcheck // nothing was written
	hash := sha256.New()
	n, err := io.Copy(hash, in)
	if err != nil {
		return err
	}
	file.size, file.sum = n, hex.EncodeToString(hash.Sum(nil))
	return nil
}

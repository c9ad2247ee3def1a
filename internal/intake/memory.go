package intake

import (
	"crypto/sha256"
	"encoding/hex"
)

// MemoryFolder returns a folder of documents that were never written: the pages
// of a rendering, which is read back to see what it lost. Files must be in the
// order of their paths; only Path and Data of each count.
func MemoryFolder(files ...*File) *Folder {
	f := &Folder{files: map[string]*File{}}
	for _, file := range files {
		sum := sha256.Sum256(file.Data)
		file.size, file.sum = int64(len(file.Data)), hex.EncodeToString(sum[:])
		f.files[file.Path] = file
		f.Documents = append(f.Documents, file)
	}
	return f
}

package intake

import (
	"io/fs"
	"path"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// File returns the id of the artifact that is a file of the folder. The first
// call for a file decides its kind.
func (in *Import) File(f *File, kind reviewpkgv1.ArtifactKind) string {
	// A picture that a document shows twice, or that two documents show, is one
	// artifact.
	if a, ok := in.artifacts[f.Path]; ok {
		return a.GetId()
	}
	a := reviewpkgv1.Artifact_builder{
		Id: in.ID("file", f.Path), Kind: kind, MediaType: mediaType(f.Path),
	}.Build()
	// A name that a path of the model cannot have is kept as a title; the file
	// is then known by its digest.
	if UsablePath(f.Path) {
		a.SetPath(f.Path)
	} else {
		a.SetTitle(f.Path)
		a.SetUrl("file:" + escapeURI(f.Path))
	}
	// A file that cannot be read is an artifact without a digest: that it was
	// referred to is known all the same.
	if in.folder.digest(f) == nil {
		a.SetSize(f.size)
		a.SetSha256(f.sum)
	}
	in.add(f.Path, a)
	return a.GetId()
}

func (in *Import) add(key string, a *reviewpkgv1.Artifact) {
	in.artifacts[key] = a
	in.Package.SetArtifacts(append(in.Package.GetArtifacts(), a))
}

// UsablePath reports whether a path can be one of the model: inside the folder,
// with forward slashes.
func UsablePath(name string) bool {
	return fs.ValidPath(name) && name != "." && !strings.ContainsAny(name, `:\`)
}

// mediaType returns the media type of a file by its ending. The types are few
// and fixed, so that they do not depend on the tables of the machine.
func mediaType(name string) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".md", ".markdown":
		return "text/markdown"
	case ".rst":
		return "text/x-rst"
	case ".png":
		return "image/png"
	case ".jpg", ".jpeg":
		return "image/jpeg"
	case ".gif":
		return "image/gif"
	case ".svg":
		return "image/svg+xml"
	case ".webp":
		return "image/webp"
	case ".pdf":
		return "application/pdf"
	case ".drawio", ".xml":
		return "application/xml"
	case ".json":
		return "application/json"
	default:
		return ""
	}
}

// Linked returns the artifact that a document refers to: a file of the folder,
// whose path is relative to the document's, or a page on the web. It returns
// the empty string if target is neither.
func (d *Document) Linked(target, title string, kind reviewpkgv1.ArtifactKind) string {
	in := d.in
	if f := in.folder.lookup(d.path, target); f != nil {
		id := in.File(f, kind)
		// The first title counts, as for all that is said twice.
		if a := in.artifacts[f.Path]; a.GetTitle() == "" {
			a.SetTitle(title)
		}
		return id
	}
	url := URI(target)
	if url == "" {
		return ""
	}
	if a, ok := in.artifacts[url]; ok {
		return a.GetId()
	}
	a := reviewpkgv1.Artifact_builder{Id: in.ID("web", shortURL(url)), Kind: kind, Title: title, Url: url}.Build()
	in.add(url, a)
	return a.GetId()
}

// lookup returns the file that a link in a document leads to, or nil.
func (f *Folder) lookup(document, target string) *File {
	// Pages of a site add these to the names of their files: "?raw=true".
	if i := strings.IndexAny(target, "?#"); i >= 0 {
		target = target[:i]
	}
	if target == "" || strings.Contains(target, "://") {
		return nil
	}
	target = unescapeURI(target)
	if strings.HasPrefix(target, "/") {
		return nil // of a site or repository that is not here
	}
	// Joined, so that ".." leads out of the folder to no file: paths in the map
	// are all inside.
	return f.file(path.Join(path.Dir(document), target))
}

// shortURL returns the end of a URL, which tells pages apart better than its
// beginning.
func shortURL(url string) string {
	url = strings.TrimRight(url, "/")
	if _, rest, ok := strings.Cut(url, "://"); ok {
		url = rest
	}
	// From the end, because the ends of addresses differ where hosts do not.
	if len(url) > maxSlug {
		url = url[len(url)-maxSlug:]
	}
	return url
}

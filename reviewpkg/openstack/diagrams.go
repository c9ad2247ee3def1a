package openstack

import (
	"path"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// diagrams reads the images of a section. What is said below an image is about
// it: with which program it was made, and where its editable form is.
func (r *reader) diagrams(p *page, x *part, kind reviewpkgv1.DiagramKind) {
	p.each(x, func(_ *section, blocks []*block) {
		for i, b := range blocks {
			// Variants are declared before the first image.
			if b.kind == item {
				r.declareVariant(p, b)
			}
			if b.kind != directive || b.name != "image" && b.name != "figure" || b.text == "" {
				continue
			}
			d := reviewpkgv1.Diagram_builder{Id: r.id(b, "diagram", path.Base(unescape(b.text))), Kind: kind}.Build()
			// The same picture twice is one artifact and two diagrams.
			artifact := r.image(p, b)
			d.SetArtifactId(artifact.GetId())
			// The lines that say how the image was made belong to the diagram.
			end := b.end
			for _, k := range blocks[i+1:] {
				if k.kind == directive {
					break
				}
				if p.keyedItem(d, diagramKeys, k) || k.kind == paragraph && describe(d, artifact, k.text) {
					end = k.end
				}
			}
			r.arch().SetDiagrams(append(r.arch().GetDiagrams(), d))
			p.answered(x, 1)
			p.Claim(itemPath("architecture.diagrams", d.GetId()), b.start, end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
		}
	})
}

// image returns the artifact of an image. One that is not in the folder is kept
// by its path: the page says where it belongs.
func (r *reader) image(p *page, b *block) *reviewpkgv1.Artifact {
	target, alt := unescape(b.text), p.option(b, "alt")
	id := p.Linked(target, alt, reviewpkgv1.ArtifactKind_ARTIFACT_KIND_DIAGRAM)
	if id == "" {
		// The image of oslo.cache lies in the folder of another project.
		place := path.Join(path.Dir(p.Path()), target)
		p.warn("missing-file", b, "the image %q is not in the folder", short(target))
		// The model has a path only for what lies inside of the folder.
		if id = r.images[place]; id == "" && intake.UsablePath(place) {
			a := reviewpkgv1.Artifact_builder{
				Id: r.in.ID("file", place), Kind: reviewpkgv1.ArtifactKind_ARTIFACT_KIND_DIAGRAM, Title: alt, Path: place,
			}.Build()
			r.in.Package.SetArtifacts(append(r.in.Package.GetArtifacts(), a))
			r.images[place], id = a.GetId(), a.GetId()
		}
	}
	// Artifacts are only ever added.
	for _, a := range r.in.Package.GetArtifacts()[len(r.artifacts):] {
		if stated := r.artifactIDs[b]; stated != "" && a.GetId() == id {
			r.in.Rename(a, stated)
			r.images[path.Join(path.Dir(p.Path()), target)], id = stated, stated
		}
		r.artifacts[a.GetId()] = a
	}
	return r.artifacts[id]
}

// option returns an option of a directive: a line ":alt: text" below it.
func (p *page) option(b *block, name string) string {
	for i := b.start + 1; i < b.end; i++ {
		if value, ok := strings.CutPrefix(strings.Trim(p.Line(i), blanks), ":"+name+":"); ok {
			return unescape(strings.Trim(value, blanks))
		}
	}
	return ""
}

// describe reads "Generated using draw.io, editable version: URL".
func describe(d *reviewpkgv1.Diagram, a *reviewpkgv1.Artifact, raw string) bool {
	known := false
	lower := strings.ToLower(raw)
	for _, lead := range []string{"generated using ", "generated with ", "drawn with ", "drawn using ", "created with ", "created using "} {
		if strings.HasPrefix(lower, lead) {
			tool, _, _ := cut(raw[len(lead):], ",")
			tool, _ = splitHead(tool)
			d.SetTool(plain(tool))
			known = d.GetTool() != ""
		}
	}
	// The guidance asks for the editable form as well: an image cannot be
	// mended.
	if a != nil && strings.Contains(lower, "editable") {
		if _, url := splitLink(unescape(raw)); intake.URI(url) != "" {
			a.SetEditableUrl(intake.URI(url))
			known = true
		}
	}
	return known
}

// declareVariant reads a bullet that names a variant and no more: "[KMIP]", or
// "[KMIP] (reviewed)".
func (r *reader) declareVariant(p *page, b *block) {
	tags, rest := leadTags(b.text)
	// More words make it an item of some list, with a tag before it.
	if len(tags) != 1 || rest != "" && rest != "(reviewed)" {
		return
	}
	if r.variants[tags[0]] != "" {
		return
	}
	v := r.addVariant(p, b, r.id(b, "variant", tags[0]), tags[0])
	v.SetReviewed(rest != "")
}

// resources reads links: bullets, footnotes, and footnotes that were not marked
// up as such.
func (r *reader) resources(p *page, blocks []*block) {
	for _, b := range blocks {
		text := unescape(b.text)
		// References to footnotes are read where the footnotes are.
		if b.kind == comment || b.kind == directive {
			continue
		}
		if b.kind == paragraph && bareFootnote(text) {
			_, text, _ = strings.Cut(text, "]")
			p.Repair("repaired-markup", p.offset(b), "a footnote without the mark of one", "begin it with two dots")
		}
		if strings.HasPrefix(b.text, "`") {
			// What looks like a link is one for docutils only with an underscore.
			if text = b.text; strings.HasSuffix(text, "`") {
				p.Repair("repaired-markup", p.offset(b), "a link without the underscore that makes it one", "end it with an underscore")
			}
		}
		title, url := splitLink(strings.Trim(text, blanks))
		// Only addresses are links; a book without one stays text.
		if placeholder(text) || intake.URIRef(url) == "" {
			continue
		}
		l := reviewpkgv1.Link_builder{Title: title, Url: intake.URIRef(url)}.Build()
		for _, k := range b.kids {
			p.keyedItem(l, []keyed{{"Note", "note"}}, k)
		}
		r.arch().SetResources(append(r.arch().GetResources(), l))
		p.answered(partResources, 1)
		p.Claim("architecture.resources["+itoa(len(r.arch().GetResources())-1)+"]", b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	}
}

// splitLink splits a text into the title and the address that it ends with:
// "wiki: https://...", or `wiki <https://...>`_.
func splitLink(raw string) (title, url string) {
	if inner, ok := strings.CutPrefix(raw, "`"); ok {
		inner = strings.TrimRight(inner, "_")
		inner, ok = strings.CutSuffix(inner, "`")
		if i := strings.LastIndexByte(inner, '<'); ok && i >= 0 && strings.HasSuffix(inner, ">") {
			return plain(inner[:i]), inner[i+1 : len(inner)-1]
		}
	}
	raw = strings.Trim(raw, blanks)
	// The address comes last in all pages, behind its title.
	i := strings.LastIndexByte(raw, ' ')
	if i++; strings.Contains(raw[i:], ":") && intake.URI(strings.Trim(raw[i:], "<>")) != "" {
		return strings.TrimRight(strings.TrimRight(raw[:i], blanks), ":-"), strings.Trim(raw[i:], "<>")
	}
	return raw, ""
}

package openstack

import (
	"hash/fnv"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// placeholders are the words, folded, that stand in the templates for an answer.
var placeholders = map[string]bool{
	"0 01 if applicable": true, "mm dd yyyy": true, "name irc handle": true, "name": true, "irc handle": true,
	"url related to this project": true, "juno kilo liberty newton": true, "juno kilo liberty": true,
	"juno kilo liberty if applicable": true, "draft completed": true, "draft ready for review reviewed": true,
	"notes": true, "action 1": true, "action 2": true, "finding title": true, "project name": true,
	"version release": true, "low medium high": true, "todo": true, "tbd": true, "architecture page template": true,
	"security review findings template": true, "security review notes template": true,
}

// placeholder reports whether a value is what a template has in its place: one
// of its words, or words in angle brackets with or without a remark behind. It is
// asked about text as written: no template has a backslash, so that one tells
// the same words when they are meant.
func placeholder(value string) bool {
	value = strings.Trim(value, blanks)
	if strings.IndexByte(value, '\\') >= 0 {
		return false
	}
	// An address in angle brackets is a link that somebody wrote.
	if inner, ok := strings.CutPrefix(value, "<"); ok {
		if end := strings.LastIndexByte(inner, '>'); end > 0 && !strings.Contains(inner[:end], "://") {
			// The templates have remarks in round brackets behind their blanks.
			rest := strings.Trim(inner[end+1:], blanks+".")
			return rest == "" || strings.HasPrefix(rest, "(") && strings.HasSuffix(rest, ")")
		}
	}
	// Longer texts cannot be one of the words, and are not folded to see that.
	return len(value) < 60 && placeholders[intake.Fold(value)]
}

// residue notes that a part still holds text of the template.
func (p *page) residue(x *part, b *block) {
	p.Warn("template-residue", p.offset(b), "text of the template is left in "+quoted(x.name), "answer the question or leave it out")
	p.left(x)
}

// left marks a part as the template's, unless something else was read from it.
func (p *page) left(x *part) {
	if part := p.parts[x]; part != nil && part.GetPresence() != reviewpkgv1.Presence_PRESENCE_ANSWERED {
		part.SetPresence(reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT)
	}
}

// filled returns the blocks of a section that are not the template's.
//
// The examples of a template can be the true words of a page: barbican's own
// assets stand in it. An example is therefore taken for one only where the
// instruction above it was left in as well.
func (p *page) filled(s *section) []*block {
	guided := false
	// One sentence of instruction tells that nobody tidied up here.
	for _, b := range s.blocks {
		guided = guided || b.kind == paragraph && isInstruction(b.text)
	}
	var out []*block
	var first *block
	for _, b := range s.blocks {
		// A paragraph is asked by its sentences, for it may have words of both.
		ours := b.kind != paragraph && b.kind != lineBlock && placeholder(b.text)
		if ours || (guided || b.kind == paragraph && isInstruction(b.text)) && fromTemplate(b.text) {
			if first == nil {
				first = b
			}
			continue
		}
		out = append(out, b)
	}
	if first != nil {
		p.residue(s.part, first)
	}
	return out
}

// isInstruction reports whether a paragraph is a template's and says what to
// write. Short leads such as "Data Assets:" stand in filled pages too.
func isInstruction(text string) bool {
	const words = 8
	return len(strings.Fields(text)) >= words && fromTemplate(text)
}

// fromTemplate reports whether every sentence of a text is one of the templates.
func fromTemplate(text string) bool {
	if strings.IndexByte(text, '\\') >= 0 {
		return false // as in placeholder
	}
	sentences := sentencesOf(text)
	for _, s := range sentences {
		if !templatePrints[print64(s)] {
			return false
		}
	}
	return len(sentences) > 0
}

// sentencesOf returns the sentences of a text, folded.
func sentencesOf(text string) []string {
	var out []string
	for s := range strings.SplitSeq(text, ". ") {
		if s = intake.Fold(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}

// print64 returns the fingerprint of a sentence.
func print64(sentence string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(sentence)) // a hash takes everything
	return h.Sum64()
}

// blank says that a page is a template that nobody filled in: text of the
// template is left, and no part holds anything else.
func (r *reader) blank(p *page) {
	left := false
	for _, part := range p.Report.GetParts() {
		switch part.GetPresence() {
		// One answer is enough: somebody began.
		case reviewpkgv1.Presence_PRESENCE_ANSWERED:
			return
		case reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT:
			left = true
		default:
			// Says nothing either way.
		}
	}
	p.Report.SetBlankTemplate(left)
}

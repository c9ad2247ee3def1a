package cncf

import (
	"strings"

	"github.com/yuin/goldmark/ast"
)

// boldLabel returns the text of a paragraph that is all bold, or nothing. A
// colon behind the bold text is part of how people write headings.
func (p *page) boldLabel(n ast.Node) string {
	first := n.FirstChild()
	strong, ok := first.(*ast.Emphasis)
	if !ok {
		return ""
	}
	// *_Label_* and ***Label*** are emphasis in emphasis.
	if strong.Level == 1 {
		if inner, ok := strong.FirstChild().(*ast.Emphasis); !ok || inner.NextSibling() != nil {
			return ""
		}
	}
	if rest := first.NextSibling(); rest != nil {
		if rest.NextSibling() != nil || strings.Trim(p.plainOf(rest), " :\t") != "" {
			return ""
		}
	}
	return p.plain(first)
}

// plain returns the text below a node without markup, on one line.
func (p *page) plain(n ast.Node) string {
	return strings.Join(strings.Fields(p.plainOf(n)), " ")
}

func (p *page) plainOf(n ast.Node) string {
	// Most headings are one text, and need no copy.
	if t, ok := n.(*ast.Text); ok {
		return string(t.Segment.Value(p.src))
	}
	var b strings.Builder
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch t := n.(type) {
		case *ast.Text:
			b.Write(t.Segment.Value(p.src))
			if t.SoftLineBreak() || t.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.String:
			b.Write(t.Value)
		case *ast.AutoLink:
			b.Write(t.Label(p.src))
		}
		return ast.WalkContinue, nil
	})
	return unescape(b.String())
}

// unescape removes the backslashes that protect punctuation.
func unescape(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) && isPunct(s[i+1]) {
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z')
}

package randpkg

import (
	"strings"

	"pgregory.net/rapid"
)

// texts returns the texts that formats get wrong: what YAML takes for
// something else, what ends a table cell, a fence or a string, what is not
// printed or not kept.
func texts() []string {
	return []string{
		// White space and line breaks, fences and quotes.
		"", " ", "  leading and trailing  ", "tab\there", "two\nlines", "three\n\nlines\n", "\n", "carriage\r\nreturn\r",
		"pipe | in a cell", "||", "`code`", "```\nfence\n```", "~~~", "\\", `back\slash "and" 'quotes'`, "'", `"`,
		// YAML: words, numbers and dates of YAML 1.1, then its indicators.
		"null", "~", "true", "no", "Off", "0x1F", "1e3", "012", "1_000", ".inf", ".nan", "-0", "2019-05-24", "12:30:45", "=", "<<",
		"- item", "key: value", "# comment", "a #b", "a: ", ": a", "? a", "|", ">-", "%TAG !", "---", "...", "&a", "*a", "!!str x", "{a: b}", "[a", "@a",
		// Markdown and HTML, then reStructuredText.
		"# heading", "Heading\n=======", "* a\n  * b", "<script>alert(1)</script>", "&amp;", "[a](javascript:b)", "![](x)", "<!-- c -->", "$HOME ${{ x }}",
		".. note:: a", "::\n\n    literal", "`a <b>`_", "|a|", "**bold", "_", "+---+\n| a |\n+---+",
		// Wide, invisible, combining and reordering characters, and controls.
		"ünïcödé", "日本語", "\u202eright to left", "a\u0301", "😀👩‍💻", "\u2028line\u2029paragraph", "\ufeffbom", "zero\u200bwidth", "nul\x00", "\x1b[31m", "\x7f\u0085",
		"\U0010ffff", "\ufffd", "likely", strings.Repeat("long text ", 30),
	}
}

// text draws a text, of which about half are plain words.
func (f *filler) text(label string) string {
	switch f.intn(8, label+" form") {
	case 0:
		return rapid.StringN(0, 20, 60).Draw(f.t, label)
	case 1:
		return f.words.Draw(f.t, label) + f.words.Draw(f.t, label)
	case 2, 3, 4:
		return f.words.Draw(f.t, label)
	default:
		return rapid.StringMatching("[a-z]{1,8}( [a-z]{1,8})?").Draw(f.t, label)
	}
}

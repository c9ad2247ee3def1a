package main

import (
	"strings"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
)

// textTraps are about texts.
func textTraps() []trap {
	accepted := func(id, title, text string) trap { return trap{id, title, kit.Accepted, text, nil} }
	return []trap{
		accepted("escapes", "every short escape", with(`"version": "\" \\ \/ \b \f \n \r \t"`)),
		accepted("unicode-escape", "characters by their numbers", with(`"version": "\u00e9\u65e5\u0000"`)),
		accepted("surrogate-pair", "a character by a pair of surrogates", with(`"version": "\ud83d\ude00 \uD83D\uDE00"`)),
		accepted("wide-character", "the same character as it is", with(`"version": "😀"`)),
		// Nobody may normalise texts: digests are of what was written.
		accepted("combining", "two spellings of one letter, which stay apart", with(`"labels": {"a": "é", "b": "e\u0301"}`)),
		accepted("escaped-name", "a name of a member with an escape", with(`"\u0076ersion": "1"`)),
		accepted("long-text", "a long text", with(`"version": "`+strings.Repeat("long ", 2000)+`"`)),
		accepted("lines", "line separators that are not those of JSON", with(`"version": "a\u2028b\u2029c`+"\u2028"+`"`)),
		// Lengths count characters: neither bytes nor units of UTF-16.
		accepted("length-in-characters", "a label of 1024 characters, which are more bytes", with(`"labels": {"a": "`+strings.Repeat("é", 1024)+`"}`)),
		{"length-in-characters-broken", "a label of 1025 characters", kit.Rejected, with(`"labels": {"a": "` + strings.Repeat("é", 1025) + `"}`), []string{"string.max_len"}},
		accepted("length-wide-characters", "a label of 1024 characters, each of them two units of UTF-16", with(`"labels": {"a": "`+strings.Repeat("😀", 1024)+`"}`)),
		{"uri-characters", "an address with letters that an address does not have", kit.Rejected, with(`"architecture": {"resources": [{"url": "https://example.org/é ü"}]}`), []string{"string.uri_ref"}},
		accepted("uri-reference", "addresses of every kind", with(`"architecture": {"resources": [{"url": "../a.md#b"}, {"url": "https://[::1]:8443/?q=%20#f"}, {"url": "mailto:a@example.org"}]}`)),
		// Paths write such a key with an escape.
		{"map-key", "a key of a label with a quote, in the path of what is wrong", kit.Rejected, with(`"labels": {"a\"b": "c"}`), []string{"string.pattern"}},
		{"number-for-text", "a number for a text", kit.Undecodable, with(`"version": 1`), nil},
		{"list-for-text", "a list for a text", kit.Undecodable, with(`"version": ["1"]`), nil},
		{"object-for-text", "an object for a text", kit.Undecodable, with(`"version": {}`), nil},
		{"control-character", "a line feed in a text, not escaped", kit.Undecodable, with("\"version\": \"a\nb\""), nil},
		{"unknown-escape", "an escape that JSON does not have", kit.Undecodable, with(`"version": "\x41"`), nil},
		{"short-escape", "a character by too few digits", kit.Undecodable, with(`"version": "\u12"`), nil},
	}
}

// typeTraps are about null, lists, maps, objects and booleans.
func typeTraps() []trap {
	undecodable := func(id, title, text string) trap { return trap{id, title, kit.Undecodable, text, nil} }
	return []trap{
		{"null-field", "null for fields, which are then not set", kit.Accepted, with(`"version": null, "authorship": null, "people": null, "labels": null`), nil},
		{"null-optional", "null for a field where not stated is another thing than zero", kit.Accepted, artifact(`"size": null`), nil},
		{"null-enum", "null for an enum value", kit.Accepted, finding(`"likelihood": null`), nil},
		{"null-required", "null for what is required", kit.Rejected, strings.Replace(head, `"Barbican"`, `null`, 1) + tail, []string{"required"}},
		undecodable("null-in-list", "null in a list of texts", with(`"people": [{"id": "p-1", "name": "Alex", "aliases": [null]}]`)),
		undecodable("null-in-list-of-objects", "null in a list of objects", with(`"people": [null]`)),
		undecodable("null-in-map", "null for the value of a label", with(`"labels": {"a": null}`)),
		{"empty-list", "lists without items", kit.Accepted, with(`"people": [], "processes": [], "labels": {}`), nil},
		// has() of it is true, unlike that of an empty list.
		{"empty-object", "an object without members, which is set all the same", kit.Accepted, with(`"authorship": {}`), nil},
		undecodable("text-for-list", "a text for a list", with(`"processes": "REVIEW_PROCESS_OPENSTACK"`)),
		undecodable("object-for-list", "an object for a list", with(`"people": {"id": "p-1", "name": "Alex"}`)),
		undecodable("list-in-list", "a list for an item of a list", with(`"processes": [["REVIEW_PROCESS_OPENSTACK"]]`)),
		undecodable("list-for-object", "a list for an object", with(`"authorship": []`)),
		undecodable("text-for-object", "a text for an object", with(`"renewalDue": "2027"`)),
		undecodable("number-for-object", "a number for an object", with(`"renewalDue": 2027`)),
		undecodable("list-for-map", "a list for a map", with(`"labels": ["a"]`)),
		undecodable("object-in-map", "an object for the value of a label", with(`"labels": {"a": {}}`)),
		{"boolean", "booleans", kit.Accepted, with(`"people": [{"id": "p-1", "name": "Team", "group": true}, {"id": "p-2", "name": "Alex", "group": false}]`), nil},
		undecodable("word-for-boolean", "a word for a boolean", with(`"people": [{"id": "p-1", "name": "Team", "group": "yes"}]`)),
		undecodable("number-for-boolean", "a number for a boolean", with(`"people": [{"id": "p-1", "name": "Team", "group": 1}]`)),
		// Well below the hundred levels that libraries take without being asked.
		{"deep", "sections forty levels deep", kit.Accepted, deep(40), nil},
		{"many", "a list of five hundred items", kit.Accepted, with(`"people": [` + many(500) + `]`), nil},
	}
}

// deep returns a package with sections in sections.
func deep(levels int) string {
	return with(`"documents": [{"id": "d-1", "artifactId": "a-1", "markup": "MARKUP_MARKDOWN", "sections": [` +
		strings.Repeat(`{"id": "s", "startLine": 1, "sections": [`, levels) + strings.Repeat(`]}`, levels) + `]}]`)
}

// many returns persons.
func many(n int) string {
	return strings.TrimSuffix(strings.Repeat(`{"id": "p", "name": "Alex"}, `, n), ", ")
}

// syntaxTraps are documents that are no JSON, or none of an object.
func syntaxTraps() []trap {
	undecodable := func(id, title, text string) trap { return trap{id, title, kit.Undecodable, text, nil} }
	return []trap{
		undecodable("nothing", "an empty document", ""),
		undecodable("space", "a document of spaces", " \n\t"),
		undecodable("top-list", "a list at the top", `[`+head+tail+`]`),
		undecodable("top-text", "a text at the top", `"reviewpkg.v1.ReviewPackage"`),
		undecodable("top-number", "a number at the top", `1`),
		{"top-empty", "an object without members", kit.Rejected, `{}`, []string{"required"}},
		{"space-around", "space around everything", kit.Accepted, " \r\n\t" + strings.NewReplacer(":", "\t:\n", ",", " ,\r\n").Replace(`{"schema":"reviewpkg.v1.ReviewPackage","id":"a","title":"b","status":"PACKAGE_STATUS_DRAFT","project":{"name":"c"}}`) + "\n\n", nil},
		undecodable("not-closed", "an object that does not end", head),
		undecodable("text-not-closed", "a text that does not end", head+`, "version": "1`),
		undecodable("more-behind", "something behind the object", head+tail+`x`),
		undecodable("two-objects", "two objects", head+tail+head+tail),
		undecodable("no-comma", "two members without a comma", head+` "version": "1"`+tail),
		undecodable("no-value", "a member without a value", with(`"version":`)),
		undecodable("not-json", "a document that is YAML", "schema: reviewpkg.v1.ReviewPackage\nid: barbican-newton\n"),
		undecodable("not-json-xml", "a document that is XML", `<package schema="reviewpkg.v1.ReviewPackage"/>`),
		undecodable("bare-word", "a word without quotes for a value", with(`"version": one`)),
		undecodable("plus-sign", "a number with a plus sign", artifact(`"durationMinutes": +1`)),
		// To be of another kind breaks a rule, and is no matter of decoding.
		{"other-kind", "a document that says it is of another kind", kit.Rejected,
			`{"schema": "reviewpkg.v1.Rubric", "id": "a", "title": "b", "status": "PACKAGE_STATUS_DRAFT", "project": {"name": "c"}}`, []string{"string.const"}},
		{"no-kind", "a document that does not say what it is", kit.Rejected,
			`{"id": "a", "title": "b", "status": "PACKAGE_STATUS_DRAFT", "project": {"name": "c"}}`, []string{"required"}},
	}
}

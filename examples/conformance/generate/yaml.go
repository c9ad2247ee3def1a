package main

import (
	"strings"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
)

// yamlHead is a package in YAML with no more than it must have.
const yamlHead = `schema: reviewpkg.v1.ReviewPackage
id: barbican-newton
title: Barbican
status: PACKAGE_STATUS_DRAFT
project:
  name: barbican
`

// yamlTraps adds documents in YAML. It is read as YAML 1.2 is: a mapping of the
// JSON form, with three things on top. Enum values may be written short, texts
// need no quotes whatever they look like, and there is one document in a file.
func yamlTraps(b *builder, _ *sample.Sampler) error {
	for _, t := range append(goodYAML(), badYAML()...) {
		if err := b.trap(t, "yaml", "reviewpkg.v1.ReviewPackage"); err != nil {
			return err
		}
	}
	return nil
}

// goodYAML are documents in ways that people write YAML.
func goodYAML() []trap {
	accepted := func(id, title, text string) trap { return trap{id, title, kit.Accepted, text, nil} }
	return []trap{
		accepted("plain", "a package as a person would write it", yamlHead),
		accepted("comments", "comments and empty lines", "# A review.\n\n"+yamlHead+"\n# That is all.\n"),
		accepted("short-enum", "an enum value by its short name", strings.Replace(yamlHead, "PACKAGE_STATUS_DRAFT", "draft", 1)),
		accepted("short-enum-words", "a short name of two words", strings.Replace(yamlHead, "PACKAGE_STATUS_DRAFT", "ready_for_review", 1)),
		accepted("short-enum-list", "short names in a list", yamlHead+"processes: [openstack, cncf_self]\n"),
		accepted("camel-names", "names of fields in lower camel case", yamlHead+"renewalDue: {value: \"2027\"}\n"),
		accepted("proto-names", "names of fields as the .proto files have them", yamlHead+"renewal_due: {value: \"2027\"}\n"),
		// A version of 1.10 must not become 1.1, nor an answer of yes become true.
		accepted("number-as-text", "what looks like a number, and is a text", yamlHead+"version: 1.10\n"),
		accepted("date-as-text", "what looks like a date, and is a text", yamlHead+"renewal_due:\n  value: 2027-01-31\n"),
		accepted("boolean-as-text", "what looks like a boolean, and is a text", yamlHead+"version: true\n"),
		accepted("octal-as-text", "what looks like a number with zeros in front, and is a text", yamlHead+"version: 0010\n"),
		accepted("quoted", "texts in both kinds of quotes", yamlHead+"version: 'it''s \"1\"'\nobsolete_reason: \"\"\n"),
		accepted("folded", "a folded text", yamlHead+"notices:\n  - >-\n    one\n    line\n  - |\n    two\n    lines\n"),
		accepted("flow", "an object and a list in flow style", yamlHead+"labels: {a: b, \"c\": d}\nnotices: [one, two]\n"),
		accepted("anchor", "an anchor and its alias", yamlHead+"people:\n  - &alex {id: p-1, name: Alex}\nauthorship: {programme: {url: &u a.md, title: *u}}\n"),
		accepted("json", "a document that is JSON", head+tail),
		accepted("document-start", "a line that starts the document", "---\n"+yamlHead),
		accepted("document-end", "a line that ends it", yamlHead+"...\n"),
		accepted("null", "null in all its spellings", yamlHead+"version: null\nobsolete_reason: ~\nauthorship:\n"),
		{"required", "a package without what it must have", kit.Rejected, "schema: reviewpkg.v1.ReviewPackage\n", []string{"required"}},
	}
}

// badYAML are documents that are no YAML, or no package.
func badYAML() []trap {
	undecodable := func(id, title, text string) trap { return trap{id, title, kit.Undecodable, text, nil} }
	return []trap{
		undecodable("unknown-field", "a name that is no field", yamlHead+"severity: high\n"),
		undecodable("unknown-enum", "a name that is no enum value", strings.Replace(yamlHead, "PACKAGE_STATUS_DRAFT", "finished", 1)),
		undecodable("key-twice", "a key twice in one object", yamlHead+"version: a\nversion: b\n"),
		undecodable("tab", "a tab for indentation", "schema: reviewpkg.v1.ReviewPackage\nproject:\n\tname: barbican\n"),
		// The second would be lost without a word.
		undecodable("two-documents", "two documents in one file", yamlHead+"---\n"+yamlHead),
		undecodable("unknown-alias", "an alias without an anchor", yamlHead+"version: *nowhere\n"),
		// Known from attacks on readers that make objects of what a tag says.
		undecodable("custom-tag", "a tag that stands for a type of a program", yamlHead+"version: !!python/object/apply:os.system [ls]\n"),
		undecodable("list", "a list at the top", "- a\n- b\n"),
		undecodable("text", "a text at the top", "just words\n"),
		undecodable("not-closed", "a list that does not end", yamlHead+"notices: [one\n"),
		undecodable("list-for-text", "a list for a text", yamlHead+"version: [a]\n"),
		undecodable("text-for-object", "a text for an object", strings.Replace(yamlHead, "project:\n  name: barbican", "project: barbican", 1)),
	}
}

package main

import (
	"fmt"
	"strings"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
)

// A trap is a document by hand, and how a reader must take it.
type trap struct {
	id, title string
	outcome   string
	text      string
	rules     []string // that it breaks, among others
}

// head and tail are a package with no more than it must have, around more.
const (
	head = `{"schema": "reviewpkg.v1.ReviewPackage", "id": "barbican-newton", "title": "Barbican", "status": "PACKAGE_STATUS_DRAFT", "project": {"name": "barbican"}`
	tail = `}`
)

// with returns a package with more members.
func with(members string) string { return head + ", " + members + tail }

// finding returns a package with a finding that has more members.
func finding(members string) string {
	return with(`"findings": [{"id": "f-1", "title": "Secrets in logs", "state": "FINDING_STATE_AGREED", ` + members + `}]`)
}

// artifact returns a package with an artifact that has more members.
func artifact(members string) string {
	return with(`"artifacts": [{"id": "a-1", "kind": "ARTIFACT_KIND_SLIDES", "path": "slides.pdf", ` + members + `}]`)
}

// score returns a package with a score that has more members.
func score(members string) string {
	return with(`"scores": [{"id": "s-1", "rubric": "r", "rubricVersion": "1.0.0", "criterion": "D1.1", "state": "SCORE_STATE_LEVEL", ` + members + `}]`)
}

// cell returns a package with a cell of a threat matrix.
func cell(members string) string {
	return with(`"threatModels": [{"id": "t-1", "matrices": [{"id": "m-1", "title": "Compromise", "columns": ["network"], ` +
		`"rows": [{"victim": "API", "cells": [{` + members + `}]}]}]}]`)
}

// jsonTraps adds the documents that readers of JSON get wrong. All are taken as
// the mapping of protobuf to JSON says, and as RFC 8259 says what JSON is.
func jsonTraps(b *builder, _ *sample.Sampler) error {
	for _, group := range [][]trap{nameTraps(), numberTraps(), textTraps(), typeTraps(), syntaxTraps()} {
		for _, t := range group {
			if err := b.trap(t, "json", "reviewpkg.v1.ReviewPackage"); err != nil {
				return err
			}
		}
	}
	for _, t := range bytesTraps() {
		if err := b.trap(t, "json", "reviewpkg.v1.Rendering"); err != nil {
			return err
		}
	}
	for _, t := range valueTraps() {
		if err := b.trap(t, "json", "reviewpkg.v1.ChangeSet"); err != nil {
			return err
		}
	}
	return nil
}

// trap adds a document.
func (b *builder) trap(t trap, format, kind string) error {
	c, err := b.text(format+"-"+t.id, t.title, kind, format, t.text)
	if err != nil {
		return err
	}
	return want(c, t.outcome, t.rules...)
}

// nameTraps are about the names of members and of enum values.
func nameTraps() []trap {
	return []trap{
		{"plain", "a package as a person would write it", kit.Accepted, with(`"version": "1"`), nil},
		{"camel-names", "names of fields in lower camel case", kit.Accepted, with(`"renewalDue": {"value": "2027"}, "packageLinks": []`), nil},
		{"proto-names", "names of fields as the .proto files have them", kit.Accepted, with(`"renewal_due": {"value": "2027"}, "package_links": []`), nil},
		{"mixed-names", "both spellings of names in one document", kit.Accepted, finding(`"likelihoodMax": "LEVEL_HIGH", "likelihood": "LEVEL_LOW", "severity_text": "bad"`), nil},
		{"any-order", "members in another order than that of the model", kit.Accepted,
			`{"project": {"name": "barbican"}, "status": "PACKAGE_STATUS_DRAFT", "title": "Barbican", "id": "barbican-newton", "schema": "reviewpkg.v1.ReviewPackage"}`, nil},
		{"unknown-member", "a member that is no field", kit.Undecodable, with(`"severity": "high"`), nil},
		{"unknown-member-below", "a member that is no field, in a finding", kit.Undecodable, finding(`"severity": "high"`), nil},
		// Null is "not set" for a field, and there is no field.
		{"unknown-member-null", "a member that is no field, and null", kit.Undecodable, with(`"severity": null`), nil},
		{"upper-camel-name", "a name in upper camel case", kit.Undecodable, with(`"Version": "1"`), nil},
		{"upper-case-name", "a name in upper case", kit.Undecodable, with(`"RENEWAL_DUE": {"value": "2027"}`), nil},
		{"empty-name", "a member without a name", kit.Undecodable, with(`"": 1`), nil},
		{"enum-number", "an enum value by its number", kit.Accepted, finding(`"likelihood": 4`), nil},
		{"enum-unspecified", "an enum value that says nothing, by name", kit.Accepted, finding(`"likelihood": "LEVEL_UNSPECIFIED"`), nil},
		{"enum-unspecified-required", "an enum value that says nothing, where one is required", kit.Rejected,
			strings.Replace(head, "PACKAGE_STATUS_DRAFT", "PACKAGE_STATUS_UNSPECIFIED", 1) + tail, []string{"required"}},
		{"enum-short-name", "an enum value by the short name that YAML has", kit.Undecodable, finding(`"likelihood": "HIGH"`), nil},
		{"enum-lower-case", "an enum value in lower case", kit.Undecodable, finding(`"likelihood": "level_high"`), nil},
		{"enum-short-lower-case", "an enum value by its short name in lower case", kit.Undecodable, finding(`"likelihood": "high"`), nil},
		{"enum-other", "a value of another enum", kit.Undecodable, finding(`"likelihood": "ANSWER_YES"`), nil},
		{"enum-empty", "an empty text for an enum value", kit.Undecodable, finding(`"likelihood": ""`), nil},
		// A reader takes these, for the sake of later versions, and a rule finds them.
		{"enum-undefined-number", "a number that the enum does not define", kit.Rejected, finding(`"likelihood": 99`), []string{"enum.defined_only"}},
		{"enum-negative-number", "a negative number that the enum does not define", kit.Rejected, finding(`"likelihood": -1`), []string{"enum.defined_only"}},
		{"enum-fraction", "a fraction for an enum value", kit.Undecodable, finding(`"likelihood": 1.5`), nil},
		{"enum-boolean", "a boolean for an enum value", kit.Undecodable, finding(`"likelihood": true`), nil},
		{"enum-undefined-name-in-list", "a name that the enum does not define, in a list", kit.Undecodable, with(`"processes": ["REVIEW_PROCESS_OPENSTACK", "REVIEW_PROCESS_OTHER"]`), nil},
	}
}

// numberTraps are about numbers.
func numberTraps() []trap {
	accepted := func(id, title, text string) trap { return trap{id, title, kit.Accepted, text, nil} }
	undecodable := func(id, title, text string) trap { return trap{id, title, kit.Undecodable, text, nil} }
	return []trap{
		accepted("int64-text", "a number of 64 bits as a text", artifact(`"size": "1024"`)),
		accepted("int64-number", "a number of 64 bits as a number", artifact(`"size": 1024`)),
		// 2^53 + 1: a reader that goes through a float ends one below.
		accepted("int64-beyond-float", "a number that a float of 64 bits cannot hold", artifact(`"size": "9007199254740993"`)),
		accepted("int64-largest", "the largest number of 64 bits", artifact(`"size": "9223372036854775807"`)),
		undecodable("int64-too-large", "a number that is too large for 64 bits", artifact(`"size": "9223372036854775808"`)),
		{"int64-negative", "a size below zero", kit.Rejected, artifact(`"size": "-1"`), []string{"int64.gte"}},
		// Not the same as no size.
		{"int64-zero", "a size of zero, which is stated", kit.Accepted, artifact(`"size": "0"`), nil},
		undecodable("int64-empty", "an empty text for a number", artifact(`"size": ""`)),
		undecodable("int64-words", "words for a number", artifact(`"size": "many"`)),
		undecodable("int64-space", "a number with a space in front", artifact(`"size": " 1"`)),
		undecodable("int64-fraction", "a fraction for a whole number", artifact(`"size": 1.5`)),
		undecodable("int64-boolean", "a boolean for a number", artifact(`"size": true`)),
		undecodable("int64-list", "a list for a number", artifact(`"size": [1]`)),
		accepted("uint32-text", "a number of 32 bits as a text", artifact(`"durationMinutes": "45"`)),
		// JavaScript has no integers to write, so that readers must take these.
		accepted("uint32-exponent", "a whole number with an exponent", artifact(`"durationMinutes": 1e2`)),
		accepted("uint32-zero-fraction", "a whole number with a fraction of zero", artifact(`"durationMinutes": 45.0`)),
		accepted("uint32-largest", "the largest number of 32 bits", artifact(`"durationMinutes": 4294967295`)),
		undecodable("uint32-too-large", "a number that is too large for 32 bits", artifact(`"durationMinutes": 4294967296`)),
		undecodable("uint32-negative", "a number below zero where none can be", artifact(`"durationMinutes": -1`)),
		undecodable("uint32-fraction", "a fraction for a number of 32 bits", artifact(`"durationMinutes": 0.5`)),
		accepted("optional-zero", "zero in a field where not stated is another thing", score(`"level": 0`)),
		{"optional-absent", "nothing in such a field", kit.Rejected, score(`"tier": "EVIDENCE_TIER_ASSERTED"`), []string{"rubric_score.level"}},
		accepted("double", "a number with a fraction", score(`"value": 0.1`)),
		accepted("double-exponent", "a number with an exponent", score(`"value": 1.5e-3`)),
		accepted("double-text", "a number with a fraction as a text", score(`"value": "1.5"`)),
		accepted("double-whole", "a whole number where a fraction may stand", cell(`"score": 60`)),
		{"double-infinite", "an infinite number", kit.Rejected, score(`"value": "Infinity"`), []string{"double.finite"}},
		{"double-minus-infinite", "an infinite number below zero", kit.Rejected, cell(`"score": "-Infinity"`), []string{"double.finite"}},
		undecodable("double-too-large", "a number that no float of 64 bits can hold", score(`"value": 1e400`)),
		undecodable("double-words", "words for a number with a fraction", score(`"value": "much"`)),
		undecodable("double-boolean", "a boolean for a number with a fraction", score(`"value": false`)),
	}
}

// bytesTraps are about base64; they are renderings.
func bytesTraps() []trap {
	file := func(content string) string {
		return fmt.Sprintf(`{"schema": "reviewpkg.v1.Rendering", "files": [{"path": "README.md", "content": %s}]}`, content)
	}
	return []trap{
		{"bytes", "bytes in base64", kit.Accepted, file(`"+/8A"`), nil},
		// Readers take both alphabets, with padding and without.
		{"bytes-url", "bytes in the alphabet of base64 for URLs", kit.Accepted, file(`"-_8A"`), nil},
		{"bytes-padded", "bytes in base64 with padding", kit.Accepted, file(`"YQ=="`), nil},
		{"bytes-not-padded", "bytes in base64 without padding", kit.Accepted, file(`"YQ"`), nil},
		{"bytes-empty", "no bytes", kit.Accepted, file(`""`), nil},
		{"bytes-number", "a number for bytes", kit.Undecodable, file(`1`), nil},
		{"bytes-list", "a list of numbers for bytes", kit.Undecodable, file(`[97]`), nil},
		{"bytes-other-signs", "signs that base64 does not have", kit.Undecodable, file(`"!!!!"`), nil},
	}
}

// valueTraps are about values of any kind; they are sets of changes.
func valueTraps() []trap {
	change := func(values string) string {
		return fmt.Sprintf(`{"schema": "reviewpkg.v1.ChangeSet", "changes": [{"kind": "CHANGE_KIND_CHANGED", "path": "labels", %s}]}`, values)
	}
	return []trap{
		{"value-scalars", "a text and a number as values", kit.Accepted, change(`"before": "1", "after": 1`), nil},
		{"value-null", "null as a value, which is one", kit.Accepted, change(`"before": null, "after": false`), nil},
		{"value-nested", "objects and lists as values", kit.Accepted, change(`"before": {"a": [1, "b", null, {}]}, "after": []`), nil},
		{"value-absent", "no value where there must be one", kit.Rejected, change(`"after": 1`), []string{"change.before"}},
		{"value-fraction", "a number with a fraction as a value", kit.Accepted, change(`"before": 0.5, "after": -1e-7`), nil},
	}
}

package export

import (
	"regexp"
	"strings"

	"buf.build/gen/go/bufbuild/protovalidate/protocolbuffers/go/buf/validate"
	"github.com/invopop/jsonschema"
	"google.golang.org/protobuf/reflect/protoreflect"
)

// The patterns behind a format. Readers of JSON Schema may treat format as a
// remark, and those that check it differ in what they accept; a pattern is
// checked by all. For a URI it is the core of RFC 3986, for an address that of
// the HTML standard.
const (
	uriTail      = `([A-Za-z0-9._~!$&'()*+,;=:@/?\[\]-]|%[0-9A-Fa-f]{2})*(#([A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-Fa-f]{2})*)?$`
	uriPattern   = `^[A-Za-z][A-Za-z0-9+.-]*:` + uriTail
	refPattern   = `^` + uriTail
	emailLabel   = `[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?`
	emailPattern = "^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@" + emailLabel + `(\.` + emailLabel + `)*$`
)

// A ruleSchema is the schema of a value while rules are added to it.
type ruleSchema struct {
	*jsonschema.Schema
	defs jsonschema.Definitions
	fd   protoreflect.FieldDescriptor
	// refused collects the values that several rules refuse, because a schema
	// has one "not" only.
	refused []any
}

// add adds the rules. What has no keyword is named in $comment. Which rule is
// set is asked of the descriptors and not of the twenty generated types, whose
// rules of the same name mean the same; a rule that a later version of
// protovalidate adds is then named as well, and not forgotten.
func (s *ruleSchema) add(rules *validate.FieldRules) {
	var beyond []*validate.Rule
	for _, rule := range rules.GetCel() {
		// An editor can use a pattern, and many rules in CEL on a text are one.
		pattern, ok := matchPattern(rule.GetExpression())
		if ok && s.fd.Kind() == protoreflect.StringKind {
			s.addPattern(pattern)
		} else {
			beyond = append(beyond, rule)
		}
	}
	unsaid := celRules(beyond, rules.GetCelExpression())
	typed := rules.ProtoReflect()
	which := typed.WhichOneof(typed.Descriptor().Oneofs().ByName("type"))
	if which == nil || which.Name() == "repeated" || which.Name() == "map" {
		addUnsaid(s.Schema, unsaid...)
		return
	}
	typed = typed.Get(which).Message()
	// In the order of the declaration, so that equal input gives equal bytes.
	for i := range typed.Descriptor().Fields().Len() {
		rule := typed.Descriptor().Fields().Get(i)
		if typed.Has(rule) && !s.addRule(rule, typed.Get(rule)) {
			unsaid = append(unsaid, which.TextName()+"."+rule.TextName())
		}
	}
	addUnsaid(s.Schema, unsaid...)
}

// addRule adds one rule, and reports whether JSON Schema can say it. About
// base64 and about well-known types it cannot: their rules are about what a
// text stands for.
func (s *ruleSchema) addRule(rule protoreflect.FieldDescriptor, v protoreflect.Value) bool {
	switch name := rule.TextName(); {
	case name == "defined_only" || name == "example" || name == "strict":
		return true // the definition of an enum lists no other value; the rest are no rules
	case s.fd.Kind() == protoreflect.BytesKind || s.fd.Message() != nil:
		return false
	case name == "const":
		s.allow(s.forms(v))
	case name == "in":
		s.allow(s.listForms(v.List()))
	case name == "not_in":
		s.refused = append(s.refused, s.listForms(v.List())...)
	case s.fd.Kind() == protoreflect.StringKind:
		return s.addTextRule(name, v)
	default:
		return s.addBound(name, boundNumber(rule, v))
	}
	return true
}

// addTextRule adds a rule on a string. Lengths count characters, here as there;
// those in bytes have no keyword, nor have formats that few readers know.
func (s *ruleSchema) addTextRule(name string, v protoreflect.Value) bool {
	switch name {
	case "len":
		s.MinLength, s.MaxLength = new(v.Uint()), new(v.Uint())
	case "min_len":
		s.MinLength = new(v.Uint())
	case "max_len":
		s.MaxLength = new(v.Uint())
	case "pattern":
		s.addPattern(v.String())
	case "prefix":
		s.addPattern("^" + regexp.QuoteMeta(v.String()))
	case "suffix":
		s.addPattern(regexp.QuoteMeta(v.String()) + "$")
	case "contains":
		s.addPattern(regexp.QuoteMeta(v.String()))
	case "not_contains":
		s.AllOf = append(s.AllOf, &jsonschema.Schema{Not: &jsonschema.Schema{Pattern: regexp.QuoteMeta(v.String())}})
	case "hostname", "ipv4", "ipv6", "uuid":
		s.Format = name
	case "email":
		s.addFormat("email", emailPattern)
	case "uri":
		s.addFormat("uri", uriPattern)
	case "uri_ref":
		s.addFormat("uri-reference", refPattern)
	default:
		return false
	}
	return true
}

// addFormat adds a format by reference to a definition of that name, so that
// its pattern stands in a schema once.
func (s *ruleSchema) addFormat(name, pattern string) {
	s.defs[name] = &jsonschema.Schema{Type: "string", Format: name, Pattern: pattern}
	s.Ref = defRef(name)
}

// addPattern adds a pattern to those that s has. Go's expressions are handed
// on as they are: the model uses what ECMA 262 reads in the same way.
func (s *ruleSchema) addPattern(pattern string) {
	if s.Pattern == "" {
		s.Pattern = pattern
		return
	}
	s.AllOf = append(s.AllOf, &jsonschema.Schema{Pattern: pattern})
}

// refuseZero refuses the value that means "not set" to a required field
// without presence. For a text a length says it in the words that editors
// have a good message for.
func (s *ruleSchema) refuseZero() {
	switch s.fd.Kind() {
	case protoreflect.StringKind, protoreflect.BytesKind:
		if s.MinLength == nil {
			s.MinLength = new(uint64(1))
		}
	default:
		s.refused = append(s.refused, zeroItem(s.fd)...)
	}
}

// matchPattern returns the regular expression of a CEL rule that says no more
// than that a text matches it. A literal with quotes or escapes would have to
// be parsed, and is left to $comment.
func matchPattern(expression string) (string, bool) {
	pattern, ok := strings.CutPrefix(expression, "this.matches('")
	pattern, closed := strings.CutSuffix(pattern, "')")
	return pattern, ok && closed && !strings.ContainsAny(pattern, `'\`)
}

// celRules names rules for $comment: by id and message, and where a rule is
// an expression without either, by that.
func celRules(rules []*validate.Rule, expressions []string) []string {
	var names []string
	for _, rule := range rules {
		names = append(names, rule.GetId()+": "+rule.GetMessage())
	}
	return append(names, expressions...)
}

// addUnsaid names the rules that s does not say, one a line.
func addUnsaid(s *jsonschema.Schema, rules ...string) {
	s.Comments = strings.Join(rules, "\n")
}

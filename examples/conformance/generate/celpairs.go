package main

import (
	"fmt"
	"slices"

	"buf.build/go/protovalidate"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/reviewpkg/sdk/examples/conformance/kit"
	"github.com/reviewpkg/sdk/examples/conformance/sample"
)

// A pair is what keeps and what breaks a rule in CEL: fields, as proto JSON, of
// a message that has otherwise no more than it must. The first of each stands
// as close to the other as the rule lets it.
type pair struct{ keep, bad []string }

// one returns a pair of one document each.
func one(keep, bad string) pair { return pair{[]string{keep}, []string{bad}} }

// pairs returns a pair for every rule in CEL of the model, by its id.
func pairs() map[string]pair {
	all := map[string]pair{}
	for _, part := range []map[string]pair{commonPairs(), partPairs(), packagePairs(), rubricPairs(), scorePairs(), policyPairs()} {
		for rule, p := range part {
			all[rule] = p
		}
	}
	return all
}

// celRules adds the cases of the rules in CEL, and fails if one has no pair.
func celRules(b *builder, s *sample.Sampler) error {
	known := pairs()
	for _, p := range sample.Places() {
		rules, err := celRuleIDs(p.Message)
		if err != nil {
			return err
		}
		for _, rule := range rules {
			pair, ok := known[rule]
			if !ok {
				return fmt.Errorf("the rule %s of %s has no pair in celpairs", rule, p.Message.Name())
			}
			// What is left at the end is about rules that are gone.
			delete(known, rule)
			if err := b.pair(s, p, rule, pair); err != nil {
				return err
			}
		}
	}
	for rule := range known {
		return fmt.Errorf("there is a pair for the rule %s, which no document can break", rule)
	}
	return nil
}

// celRuleIDs returns the ids of the rules in CEL of a message and its fields.
func celRuleIDs(md protoreflect.MessageDescriptor) ([]string, error) {
	var ids []string
	rules, err := protovalidate.ResolveMessageRules(md)
	if err != nil {
		return nil, err
	}
	for _, rule := range rules.GetCel() {
		ids = append(ids, rule.GetId())
	}
	for i := range md.Fields().Len() {
		rules, err := protovalidate.ResolveFieldRules(md.Fields().Get(i))
		if err != nil {
			return nil, err
		}
		for _, rule := range rules.GetCel() {
			ids = append(ids, rule.GetId())
		}
	}
	return ids, nil
}

// pair adds the cases of a pair. What keeps a rule keeps all others as well;
// what breaks it may break more.
func (b *builder) pair(s *sample.Sampler, p sample.Place, rule string, pair pair) error {
	for i, text := range slices.Concat(pair.keep, pair.bad) {
		// The first of a kind has no number in its id, so that another one beside
		// it changes no id that results and lists of deviations name.
		outcome, words, number := kit.Accepted, "kept", i+1
		if i >= len(pair.keep) {
			outcome, words, number = kit.Rejected, "broken", i+1-len(pair.keep)
		}
		m, err := s.Minimal(p.Message)
		if err != nil {
			return err
		}
		if err := s.Patch(m, text); err != nil {
			return fmt.Errorf("%s: %w", rule, err)
		}
		root, err := s.Embed(p, m)
		if err != nil {
			return err
		}
		id := slug(rule, words)
		if number > 1 {
			id = fmt.Sprintf("%s-%d", id, number)
		}
		c, err := b.message(id, fmt.Sprintf("the rule %s %s, in %s", rule, words, p), root)
		if err != nil {
			return err
		}
		if outcome == kit.Rejected {
			err = want(c, outcome, rule)
		} else {
			err = want(c, outcome)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

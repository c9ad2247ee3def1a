package kit

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// Check returns nil if this library does with a case what the case expects, and
// otherwise what it does instead.
func Check(c *Case) error {
	m, err := Decode(c)
	switch {
	case c.Expect.Outcome == Undecodable && err == nil:
		return errors.New("is decoded, and is undecodable")
	// Where two readers differ the case is at fault, whatever it expects.
	case c.Expect.Outcome == Undecodable && !errors.Is(err, ErrDisagree):
		return nil
	case err != nil:
		return fmt.Errorf("is not decoded: %w", err)
	}
	if err := checkMessage(c, m); err != nil {
		return err
	}
	if err := checkForms(c, m); err != nil {
		return err
	}
	if err := checkRules(c, m); err != nil {
		return err
	}
	if c.Judge == nil {
		return nil
	}
	pkg, ok := m.(*reviewpkgv1.ReviewPackage)
	if !ok {
		return errors.New("only a package can be judged")
	}
	return checkJudge(c.Judge, pkg)
}

// checkMessage holds the decoded message against the expected one.
func checkMessage(c *Case, m proto.Message) error {
	if c.Expect.Binary == nil {
		return errors.New("does not say what the message is in binary form")
	}
	data, err := base64.StdEncoding.DecodeString(*c.Expect.Binary)
	if err != nil {
		return err
	}
	want := m.ProtoReflect().New().Interface()
	if err := proto.Unmarshal(data, want); err != nil {
		return err
	}
	if !proto.Equal(want, m) {
		return errors.New("is not the message of expect.binary")
	}
	if c.Expect.JSON == "" {
		return nil
	}
	// By the library and not by the SDK, which would refuse numbers of enums that
	// the model does not define.
	want = m.ProtoReflect().New().Interface()
	if err := protojson.Unmarshal([]byte(c.Expect.JSON), want); err != nil {
		return err
	}
	if !proto.Equal(want, m) {
		return errors.New("is not the message of expect.json")
	}
	return nil
}

// checkForms writes the message in every form and reads it again. Canonical JSON
// must have the bytes that the case has.
func checkForms(c *Case, m proto.Message) error {
	for _, encoding := range []reviewpkg.Encoding{reviewpkg.JSON, reviewpkg.Binary, reviewpkg.YAML, reviewpkg.Text} {
		if encoding != reviewpkg.Binary && c.Expect.JSON == "" {
			continue // has fields that only the binary form can hold
		}
		data, err := reviewpkg.MarshalOptions{Encoding: encoding}.Marshal(m)
		if err != nil {
			return err
		}
		if encoding == reviewpkg.JSON && string(data) != c.Expect.JSON {
			return errors.New("canonical JSON has other bytes than expect.json")
		}
		// Numbers of enums without a name have no other form than the binary one
		// that the SDK reads.
		if encoding != reviewpkg.Binary && breaksEnum(c) {
			continue
		}
		again := m.ProtoReflect().New().Interface()
		options := reviewpkg.UnmarshalOptions{Encoding: encoding, AllowInvalid: true, AllowIncomplete: true}
		if err := options.Unmarshal(data, again); decodeError(err) != nil {
			return fmt.Errorf("as %s it cannot be read again: %w", encoding, err)
		} else if err == nil && !proto.Equal(again, m) {
			return fmt.Errorf("as %s it is another message", encoding)
		}
	}
	return nil
}

// breaksEnum reports whether a case has a number that an enum does not define.
func breaksEnum(c *Case) bool {
	return slices.ContainsFunc(c.Expect.Violations, func(v Violation) bool { return strings.HasPrefix(v.Rule, "enum.") })
}

// checkRules holds the rules that the message breaks against those that it
// should break, as protovalidate has them and as the SDK reports them.
func checkRules(c *Case, m proto.Message) error {
	found, err := Violations(m)
	if err != nil {
		return err
	}
	// Both are sorted, and nothing may be missing or too much.
	if !slices.Equal(found, c.Expect.Violations) {
		return fmt.Errorf("breaks %v, want %v", found, c.Expect.Violations)
	}
	for _, v := range found {
		if !slices.ContainsFunc(reviewpkg.Diagnose(m), func(d reviewpkg.Diagnostic) bool { return d.Rule == v.Rule }) {
			return fmt.Errorf("the SDK does not report the rule %s", v.Rule)
		}
	}
	return nil
}

// checkJudge scores and compares the package.
func checkJudge(j *Judge, pkg *reviewpkgv1.ReviewPackage) error {
	options, policy, err := j.options()
	if err != nil {
		return err
	}
	judge, err := options.Judge(policy)
	if err != nil {
		return err
	}
	profile, verdict, err := judge.Judge(pkg)
	if err != nil {
		return err
	}
	for _, d := range []struct {
		name, want string
		got        proto.Message
	}{{"profile", j.Profile, profile}, {"verdict", j.Verdict, verdict}} {
		data, err := reviewpkg.Marshal(d.got)
		if err != nil {
			return err
		}
		// By their bytes: the SDK promises the same ones for the same input.
		if string(data) != d.want {
			return fmt.Errorf("the %s is another one", d.name)
		}
	}
	return nil
}

// options returns what a package is judged by.
func (j *Judge) options() (rubric.CompareOptions, *reviewpkgv1.Policy, error) {
	options := rubric.CompareOptions{AllowDraft: j.AllowDraft}
	policy := new(reviewpkgv1.Policy)
	if err := reviewpkg.Unmarshal([]byte(j.Policy), policy); err != nil {
		return options, nil, err
	}
	if j.Rubric != "" {
		options.Rubric = new(reviewpkgv1.Rubric)
		if err := reviewpkg.Unmarshal([]byte(j.Rubric), options.Rubric); err != nil {
			return options, nil, err
		}
	}
	if j.Waivers != "" {
		options.Waivers = new(reviewpkgv1.WaiverSet)
		if err := reviewpkg.Unmarshal([]byte(j.Waivers), options.Waivers); err != nil {
			return options, nil, err
		}
	}
	if j.AsOf != "" {
		day, err := time.Parse(time.DateOnly, j.AsOf)
		if err != nil {
			return options, nil, err
		}
		options.AsOf = day
	}
	return options, policy, nil
}

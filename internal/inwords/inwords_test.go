package inwords

import (
	"strings"
	"testing"

	"google.golang.org/protobuf/reflect/protoreflect"
	"google.golang.org/protobuf/types/descriptorpb"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func TestEnum(t *testing.T) {
	for _, test := range []struct {
		enum protoreflect.Enum
		want string
	}{
		{reviewpkgv1.Level_LEVEL_VERY_HIGH, "very high"},
		{reviewpkgv1.PackageStatus_PACKAGE_STATUS_IN_REVIEW, "in review"},
		{reviewpkgv1.Level_LEVEL_UNSPECIFIED, "not stated"},
		{reviewpkgv1.Level(99), "unknown value 99"},
		{descriptorpb.FieldDescriptorProto_TYPE_INT64, "type int64"},
	} {
		if got := Enum(test.enum); got != test.want {
			t.Errorf("Enum(%v) = %q, want %q", test.enum, got, test.want)
		}
	}
}

func TestName(t *testing.T) {
	for name, want := range map[string]string{
		"rating_rationale": "rating rationale", "ExternalDependency": "external dependency", "": "", "api": "api",
	} {
		if got := Name(name); got != want {
			t.Errorf("Name(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                               "",
		"ä b \u65e5":                     "ä b \u65e5",
		"a\nb\r\x1b[31m\u2028\u202e\xff": "a\uFFFDb\uFFFD\uFFFD[31m\uFFFD\uFFFD\uFFFD",
		strings.Repeat("\n", 81):         strings.Repeat("\uFFFD", 77) + "...",
	} {
		if got := Line(in); got != want {
			t.Errorf("Line(%q) is %q, want %q", in, got, want)
		}
	}
}

func TestExcerpt(t *testing.T) {
	tests := []struct{ in, want string }{
		{"", ""},
		{strings.Repeat("x", 80), strings.Repeat("x", 80)},
		{strings.Repeat("x", 81), strings.Repeat("x", 77) + "..."},
		{strings.Repeat("ä", 41), strings.Repeat("ä", 38) + "..."},
	}
	for _, tt := range tests {
		if got := Excerpt(tt.in); got != tt.want {
			t.Errorf("Excerpt(%q) is %q, want %q", tt.in, got, tt.want)
		}
	}
}

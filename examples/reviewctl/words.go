package main

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// word returns the name of an enum value without the prefix of its enum: "very
// high".
func word(e protoreflect.Enum) string {
	values := e.Descriptor().Values()
	v := values.ByNumber(e.Number())
	if v == nil {
		return fmt.Sprintf("unknown value %d", e.Number())
	}
	if e.Number() == 0 {
		return "not stated"
	}
	prefix := strings.TrimSuffix(string(values.ByNumber(0).Name()), "UNSPECIFIED")
	name := strings.TrimPrefix(string(v.Name()), prefix)
	return strings.ToLower(strings.ReplaceAll(name, "_", " "))
}

// levels returns an interval of levels.
func levels(low, high reviewpkgv1.Level) string {
	if low == high {
		return word(low)
	}
	return word(low) + " to " + word(high)
}

// scores returns an interval of scores, which may not be there.
func scores(risk *reviewpkgv1.RiskInterval) string {
	if risk == nil {
		return "-"
	}
	return interval(risk.GetScoreMin(), risk.GetScoreMax())
}

// interval returns both ends of an interval, or the one figure that it is.
func interval(low, high uint32) string {
	if low == high {
		return fmt.Sprint(low)
	}
	return fmt.Sprintf("%d to %d", low, high)
}

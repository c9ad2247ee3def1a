package main

import (
	"strings"
	"testing"
)

// A finding that names a dimension counts there and among the findings. What is
// not known of it is asked once.
func TestScoreAsksOnce(t *testing.T) {
	file := temp(t, "package.yaml", `schema: reviewpkg.v1.ReviewPackage
id: lantern
title: Lantern
project: {name: Lantern}
status: draft
findings:
  - {id: f-1, title: The cable is bare, state: reported, impact: high, dimension: D4}
`)
	got := must(t, exitPass, "score", file)
	if n := strings.Count(got, `findings["f-1"].likelihood: `); n != 1 {
		t.Errorf("the likelihood of f-1 is asked for %d times, want once:\n%s", n, got)
	}
}

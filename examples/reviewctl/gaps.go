package main

import (
	"fmt"
	"strings"

	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
)

// gapsOf returns what a document lacks for the processes that it follows; nil
// if it is no package, or names no process. A package that is not valid may
// lack anything, and its mistakes come first.
func gapsOf(m proto.Message) *reviewpkgv1.PackageGaps {
	p, ok := m.(*reviewpkgv1.ReviewPackage)
	if !ok || len(p.GetProcesses()) == 0 {
		return nil
	}
	gaps := reviewpkgv1.PackageGaps_builder{Package: p.GetId()}
	for _, process := range p.GetProcesses() {
		gaps.Completeness = append(gaps.Completeness, reviewpkg.Completeness(p, process))
	}
	return gaps.Build()
}

// gapsText returns the gaps of a package below how much of each process there
// is.
func gapsText(gaps *reviewpkgv1.PackageGaps) string {
	var b strings.Builder
	for _, c := range gaps.GetCompleteness() {
		fmt.Fprintf(&b, "%s: %d of %d checks met, stage %s (declared: %s)\n", word(c.GetProcess()),
			c.GetMet(), c.GetChecks(), word(c.GetComputedStage()), word(c.GetDeclaredStage()))
		for _, gap := range c.GetGaps() {
			advice := ""
			if gap.GetAdvisory() {
				advice = " (advice)"
			}
			fmt.Fprintf(&b, "  %s%s %s\n      at %s\n", gap.GetCode(), advice, clean(gap.GetMessage()), clean(gap.GetPath()))
		}
	}
	return b.String()
}

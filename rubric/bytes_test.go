package rubric_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"google.golang.org/protobuf/proto"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// TestSameBytesEverywhere holds the digests of profile, verdict and plan of the
// example packages under every preset. CI runs it on processors of 64 and of 32
// bits, so that both give the same bytes; and it gives the package with its
// lists in another order, of which the results are the same but for the digest.
func TestSameBytesEverywhere(t *testing.T) {
	var lines []string
	for _, path := range []string{barbican, openfga} {
		p := loadPackage(t, path)
		for _, name := range rubric.Presets() {
			policy, err := rubric.Preset(name)
			if err != nil {
				t.Fatal(err)
			}
			judge, err := rubric.CompareOptions{AllowDraft: true, AsOf: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}.Judge(policy)
			if err != nil {
				t.Fatal(err)
			}
			results := judged(t, judge, p)
			for i, m := range results {
				lines = append(lines, fmt.Sprintf("%s %s %s %s", p.GetId(), name, []string{"profile", "verdict", "plan"}[i], digestOf(t, m)))
			}
			for i, m := range judged(t, judge, reversed(p)) {
				if diff := cmp.Diff(undigested(t, results[i]), undigested(t, m)); diff != "" {
					t.Errorf("%s under %s, with its lists in another order: %s", p.GetId(), name, diff)
				}
			}
		}
	}
	const golden = "testdata/bytes.txt"
	got := strings.Join(lines, "\n") + "\n"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

// judged returns the profile, the verdict and the plan of p.
func judged(t *testing.T, j *rubric.Judge, p *reviewpkgv1.ReviewPackage) []proto.Message {
	t.Helper()
	profile, verdict, err := j.Judge(p)
	if err != nil {
		t.Fatal(err)
	}
	plan, err := j.Plan(p, rubric.PlanOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return []proto.Message{profile, verdict, plan}
}

// reversed returns p with the lists the other way round that risk comes from. What
// a rule about the whole package read is told in the order of reading, so that
// the order of other lists shows there, and nowhere else.
func reversed(p *reviewpkgv1.ReviewPackage) *reviewpkgv1.ReviewPackage {
	p = proto.CloneOf(p)
	reverse(p.GetFindings())
	reverse(p.GetDisputedFindings())
	reverse(p.GetScores())
	return p
}

func reverse[T any](list []T) {
	for i, k := 0, len(list)-1; i < k; i, k = i+1, k-1 {
		list[i], list[k] = list[k], list[i]
	}
}

func digestOf(t *testing.T, m proto.Message) string {
	t.Helper()
	digest, err := reviewpkg.Digest(m)
	if err != nil {
		t.Fatal(err)
	}
	return digest
}

// undigested returns the lines of a result without the digest of its package.
func undigested(t *testing.T, m proto.Message) string {
	t.Helper()
	m = proto.Clone(m)
	m.ProtoReflect().Clear(m.ProtoReflect().Descriptor().Fields().ByName("package_digest"))
	data, err := reviewpkg.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

package rubric

import (
	"encoding/json"
	"os"
	"testing"

	"pgregory.net/rapid"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// vectors are the figures that were collected from public sources.
type vectors struct {
	Matrices []struct {
		ID         string `json:"id"`
		Grid       [][]int
		ExpectLint []string `json:"expect_lint"`
	}
	OpenStackFindings []struct {
		Package               string `json:"pkg"`
		N                     int
		L, I, Declared, OWASP string
	} `json:"openstack_findings"`
	BandScore struct {
		Rows [][2]json.RawMessage
	} `json:"band_score"`
}

func loadVectors(t *testing.T) vectors {
	t.Helper()
	data, err := os.ReadFile("testdata/risk-vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(data, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

func testScale() scale {
	r := Default()
	return scale{bands: r.GetBands(), constant: uint64(r.GetVolumeConstant())}
}

func TestBandScoreVectors(t *testing.T) {
	rows := loadVectors(t).BandScore.Rows
	if len(rows) != 16 {
		t.Fatalf("%d rows, want 16", len(rows))
	}
	for _, row := range rows {
		var numbers [5]uint64
		var want uint32
		if err := json.Unmarshal(row[0], &numbers); err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(row[1], &want); err != nil {
			t.Fatal(err)
		}
		var n counts
		copy(n[lowest:], numbers[:])
		if _, got := testScale().score(n); got != want {
			t.Errorf("score(%v) = %d, want %d", numbers, got, want)
		}
	}
}

// The score stays in the band of the worst level, one more contributor never
// lowers it, and neither does one that gets worse: all counts up to 4 of each
// level.
func TestBandScoreMonotone(t *testing.T) {
	s := testScale()
	const most = 4
	var n counts
	var check func(l reviewpkgv1.Level)
	steps := 0
	check = func(l reviewpkgv1.Level) {
		if l <= highest {
			for n[l] = 0; n[l] <= most; n[l]++ {
				check(l + 1)
			}
			n[l] = 0
			return
		}
		level, score := s.score(n)
		if band := s.bands[level-1]; score < band.GetMin() || score > band.GetMax() {
			t.Fatalf("score(%v) = %d, outside the band of %s", n, score, word(level))
		}
		for l := lowest; l <= highest; l++ {
			more := n
			more[l]++
			if _, got := s.score(more); got < score {
				t.Fatalf("score(%v) = %d, but one more of %s gives %d", n, score, word(l), got)
			}
			if n[l] == 0 || l == highest {
				continue
			}
			worse := n
			worse[l]--
			worse[l+1]++
			if _, got := s.score(worse); got < score {
				t.Fatalf("score(%v) = %d, but one worse than %s gives %d", n, score, word(l), got)
			}
			steps++
		}
	}
	check(lowest)
	if steps == 0 {
		t.Fatal("nothing was checked")
	}
}

func TestBandScoreManyContributors(t *testing.T) {
	s := testScale()
	rapid.Check(t, func(t *rapid.T) {
		var n counts
		for l := lowest; l <= highest; l++ {
			n[l] = rapid.Uint64Range(0, 1<<32).Draw(t, "count")
		}
		level, score := s.score(n)
		if band := s.bands[level-1]; score < band.GetMin() || score > band.GetMax() {
			t.Fatalf("score(%v) = %d, outside the band of %s", n, score, word(level))
		}
	})
}

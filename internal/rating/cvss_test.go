package rating

import (
	"encoding/json"
	"os"
	"testing"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

func TestCVSS(t *testing.T) {
	for _, test := range []struct {
		vector string
		tenths uint32
		level  reviewpkgv1.Level
	}{
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 100, veryHigh},
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0, veryLow},
		{"CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/E:P", 89, high},
		{"CVSS:4.0/AV:P/AC:H/AT:P/PR:H/UI:A/VC:L/VI:N/VA:N/SC:N/SI:N/SA:N", 10, low},
		{"CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98, veryHigh},
		{"CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:L/I:N/A:N", 33, low},
		{"CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 61, medium},
	} {
		tenths, level, ok := CVSS(test.vector)
		if !ok || tenths != test.tenths || level != test.level {
			t.Errorf("%s: got %d %s %t, want %d %s", test.vector, tenths, level, ok, test.tenths, test.level)
		}
	}
	for _, vector := range []string{"", "CVSS:4.0", "CVSS:4.0/AV:N", "CVSS:2.0/AV:N/AC:L/Au:N/C:P/I:P/A:P", "AV:N/AC:L", "CVSS:3.1/AV:Q/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"} {
		if _, _, ok := CVSS(vector); ok {
			t.Errorf("%q is a vector", vector)
		}
	}
}

// TestPublishedVectors holds the scores that were collected with the matrices,
// where they lie beside the repository.
func TestPublishedVectors(t *testing.T) {
	data, err := os.ReadFile("../../../shared/vectors/risk-vectors.json")
	if err != nil {
		t.Skip("the published vectors are not here: ", err)
	}
	var file struct {
		Sets struct {
			CVSS4 struct {
				Samples [][2]any `json:"samples"`
			} `json:"cvss4"`
		} `json:"sets"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Sets.CVSS4.Samples) == 0 {
		t.Fatal("there are no samples")
	}
	for _, sample := range file.Sets.CVSS4.Samples {
		vector, want := sample[0].(string), uint32(sample[1].(float64)*10+0.5)
		if tenths, _, ok := CVSS(vector); !ok || tenths != want {
			t.Errorf("%s: got %d %t, want %d tenths", vector, tenths, ok, want)
		}
	}
}

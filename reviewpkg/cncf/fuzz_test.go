package cncf

import (
	"encoding/binary"
	"math/rand/v2"
	"testing"

	"pgregory.net/rapid"
)

// FuzzImport imports one document of any bytes, and renders what it was read
// as.
func FuzzImport(f *testing.F) {
	for _, seed := range []string{
		"", "\n", "\ufeff", "\xff\xfe#", "\r\n\r\n", "\x00",
		"# Self-assessment of Quay\n\n## Metadata\n\n|||\n| -- | -- |\n| Software | <https://github.com/quay/sails> |\n| Security Provider | No. It sails. |\n",
		"## Overview\n\nA boat.\n\n### Actors\n\n* **Crew**: they row\n  * Isolation: none\n\n### Actions\n\n* **Row**\n  * Actors: crew\n  * Steps:\n    * pull\n\n### Goals\n\n**General goals**\n\n* Float.\n\n### Non-goals\n\nFly.\n\n## Self-assessment use\n\nHandle with care.\n",
		"## Security functions and features\n\n* Critical.\n\n  * **Hull**: keeps water out\n\n* Security Relevant. Pumps.\n",
		"## Secure development practices\n\n* Communication Channels.\n  * Internal. Shouting\n  * Inbound. crew@rope.example\n\n## Security issue resolution\n\n* Responsible Disclosures Process.\n  > quoted\n",
		"## Appendix\n\n* Known Issues Over Time.\n  * CVE-2021-12345 (high), fixed in 1.2\n* Case Studies.\n* Related Projects / Vendors.\n  * [Oar](https://oar.example): slower\n",
		"# Joint-assessment of Quay\n\n## Joint-assessment use\n\nx\n\n## Threat Model\n\n### Matrix\n\n| Victim Components | Pirates |\n| -- | -- |\n| Hull | ESCAPE: leaks Score: 5.5 NOTE: wet |\n\n### Threat-01-S - A false flag\n\n* Description: it is false\n* Mitigations:\n  * look twice\n\n| Summary | A hole |\n| -- | -- |\n| Impact | High |\n| Weakness | a hole |\n",
		"# Quay TAG-Security Security Assessment\n\nCompleted: 2024-02-03\nSecurity reviewers: Ann Lee (@ann), Bo Ray <bo@ray.example>\n\n## Summary\n\n## Recommendations\n\n### Project recommendations\n\n1. Oil it. See this:\n   1. the wheel\n      a. the hub\n   - Fixed in [#1](https://github.com/quay/sails/pull/1)\n",
		"<table><tr><td>Software<td><a href=\"https://github.com/quay/sails\">x</a></table>\n\n<!-- open",
		"* Critical.\n* Ecosystem.\n  <!-- quoted -->\n  > a\n  <!-- id: x -->\n", "<!-- quoted -->\n<!-- quoted -->\n> x\n>\n",
		"Goals\n===\n\n> - 1. * deep\n\n| a |\n|--|\n\\|\n",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1<<16 {
			t.Skip("long documents take long and are like short ones")
		}
		pkg, err := imported(data)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := Render(pkg); err != nil {
			t.Fatal(err)
		}
	})
}

// FuzzRender renders any package: the files give it back.
func FuzzRender(f *testing.F) {
	// Every draw takes eight bytes, and a package takes many.
	for seed := range uint64(4) {
		r := rand.New(rand.NewPCG(seed, seed))
		var data []byte
		for range 4000 {
			data = binary.LittleEndian.AppendUint64(data, r.Uint64())
		}
		f.Add(data)
	}
	f.Fuzz(rapid.MakeFuzz(func(t *rapid.T) { rendered(t, drawAny(t)) }))
}

package reviewpkg

import (
	"bytes"
	"encoding/json"
	"testing"

	"google.golang.org/protobuf/encoding/protojson"
	"pgregory.net/rapid"

	"github.com/reviewpkg/sdk/internal/randpkg"
)

// The layout is that of json.Indent, byte for byte: of JSON of every form, and of
// random packages as protojson writes them.
func TestIndentJSON(t *testing.T) {
	check := func(t interface{ Fatalf(string, ...any) }, data []byte, indent string) {
		var want bytes.Buffer
		if err := json.Indent(&want, data, "", indent); err != nil {
			t.Fatalf("%s: %v", data, err)
		}
		if got := indentJSON(data, indent); string(got) != want.String() {
			t.Fatalf("got\n%s\nwant\n%s", got, want.String())
		}
	}
	for _, text := range []string{
		`{}`, `[]`, `[ ]`, "{\n}", `{"a":{}}`, `{"a" : [ ] , "b":[1,-2.5e+10,true,null,"x"]}`, `[[],[[]],{"a":[{}]}]`,
		`"alone"`, `0`, `{"a":"quote \" and \\ backslash","b":"\\\\\"{[,:]}\\"}`, `{"a":"\\"}`, `["\u0022","  two  spaces  ","é 𝄞"]`,
	} {
		for _, indent := range []string{"", "  ", "\t"} {
			check(t, []byte(text), indent)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		data, err := protojson.MarshalOptions{AllowPartial: true}.Marshal(randpkg.Package(t))
		if err != nil {
			return // a text that is no UTF-8
		}
		check(t, data, "  ")
	})
}

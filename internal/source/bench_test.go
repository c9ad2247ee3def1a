package source_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/reviewpkg/sdk/internal/source"
)

// BenchmarkJSON compares with json.Valid, which builds nothing.
func BenchmarkJSON(b *testing.B) {
	data := []byte("[" + strings.Repeat(`{"id": "f-1", "title": "Tokens are kept in the clear", "likelihood": "LEVEL_HIGH", "lines": [1, 2], "ok": true},`+"\n", 1000) + "null]")
	b.Run("source", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		b.ReportAllocs()
		for b.Loop() {
			if _, err := source.JSON(data, source.Limits{}); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("json.Valid", func(b *testing.B) {
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if !json.Valid(data) {
				b.Fatal("not valid")
			}
		}
	})
}

package cncf

import (
	"testing"

	"pgregory.net/rapid"
)

// What the documents can show comes back from them as it was.
func TestRenderOrdinary(t *testing.T) {
	t.Parallel()
	cases := 0
	rapid.Check(t, func(t *rapid.T) {
		cases++
		p := drawShown(t)
		out, err := Render(p)
		if err != nil {
			t.Fatal(err)
		}
		if len(out.GetLosses()) > 0 {
			t.Fatalf("%v", out.GetLosses())
		}
	})
	t.Logf("%d packages", cases)
}

package cncf

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/reviewpkg/sdk/reviewpkg"
)

func TestRenderExample(t *testing.T) {
	p, err := reviewpkg.Load("../../examples/packages/cncf-openfga")
	if err != nil {
		t.Fatal(err)
	}
	out, err := Render(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range out.GetFiles() {
		t.Logf("%s\n%s", f.GetPath(), f.GetContent())
	}
	for _, c := range out.GetLosses() {
		t.Log(c)
	}
}

func TestRenderCorpus(t *testing.T) {
	dirs, _ := filepath.Glob(filepath.Join(corpus(t), "*"))
	for _, dir := range dirs {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			p, _, err := Import(os.DirFS(dir))
			if err != nil {
				t.Fatal(err)
			}
			out, err := Render(p)
			if err != nil {
				t.Fatal(err)
			}
			t.Log(len(out.GetLosses()))
			for _, c := range out.GetLosses() {
				t.Log(c.GetKind(), c.GetPath(), c.GetBefore(), c.GetAfter())
			}
		})
	}
}

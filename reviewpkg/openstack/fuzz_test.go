package openstack_test

import (
	"testing"
	"testing/fstest"

	"github.com/reviewpkg/sdk/reviewpkg/openstack"
)

// FuzzImport holds for any bytes what [check] holds, and that what was read can
// be written.
func FuzzImport(f *testing.F) {
	for _, data := range pages(f) {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		pkg, report, err := openstack.Import(fstest.MapFS{"page.rst": &fstest.MapFile{Data: data}})
		if err != nil {
			return
		}
		check(t, pkg, report, func(string) []byte { return data })
		roundTrip(t, pkg, false)
	})
}

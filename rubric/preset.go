package rubric

import (
	"embed"
	"fmt"
	"path"
	"slices"
	"strings"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// presetFiles holds a policy for each preset, named as its file is.
//
//go:embed presets/*.yaml
var presetFiles embed.FS

// Presets returns the names of the policies that [Preset] knows, sorted.
func Presets() []string {
	// It cannot fail: the folder is part of the program.
	files, _ := presetFiles.ReadDir("presets")
	names := make([]string, len(files))
	for i, f := range files {
		names[i] = strings.TrimSuffix(f.Name(), ".yaml")
	}
	slices.Sort(names)
	return names
}

// Preset returns the policy with a name, a copy of its own for every call. What
// it asks for comes from public processes, as its description says, for a kind
// of project or of user; how much risk it accepts is a choice of this library.
// It is written for the rubric of [Default], and is a start to copy from. The
// error of a name that no preset has lists those that there are.
func Preset(name string) (*reviewpkgv1.Policy, error) {
	// A name is compared and never made a path.
	if !slices.Contains(Presets(), name) {
		return nil, fmt.Errorf("there is no preset %q, want one of %s", printable(name), strings.Join(Presets(), ", "))
	}
	file := path.Join("presets", name+".yaml")
	data, err := presetFiles.ReadFile(file)
	if err != nil {
		return nil, err
	}
	policy := new(reviewpkgv1.Policy)
	embedded(file, data, policy)
	return policy, nil
}

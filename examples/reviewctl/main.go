// Command reviewctl imports, validates, scores, compares and exports security
// review packages. It shows how a tool embeds the library, and is fit for a
// pipeline: what it decides is in its exit code.
//
//	reviewctl validate examples/packages/*
//	reviewctl compare --policy policy.yaml examples/packages/openstack-barbican
//	reviewctl --help
package main

import (
	"context"
	"os"
)

func main() {
	os.Exit(run(context.Background(), os.Args, os.Stdin, os.Stdout, os.Stderr))
}

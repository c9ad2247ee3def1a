package clients_test

import (
	"os"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/reviewpkg"
	"github.com/reviewpkg/sdk/rubric"
)

// The package and the profile that the clients read are those that the SDK makes
// today: a client would go on reading old ones without a word.
func TestDataOfClients(t *testing.T) {
	p, err := reviewpkg.Load("../packages/openstack-barbican")
	if err != nil {
		t.Fatal(err)
	}
	profile, err := rubric.Score(p)
	if err != nil {
		t.Fatal(err)
	}
	for name, m := range map[string]proto.Message{"testdata/barbican.json": p, "testdata/barbican-profile.json": profile} {
		want, err := reviewpkg.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != string(want) {
			t.Errorf("%s is not what the SDK makes: write it again with reviewctl export and score, in JSON", name)
		}
	}
}

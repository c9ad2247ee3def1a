package export_test

import (
	"bytes"
	"testing"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/export"
)

func TestReportGolden(t *testing.T) {
	for _, f := range export.Formats() {
		r := sampleReport()
		before := proto.Clone(r)
		var first, second bytes.Buffer
		if err := f.Write(&first, r); err != nil {
			t.Fatal(err)
		}
		if !proto.Equal(before, r) {
			t.Errorf("%s changed the report", f.Name())
		}
		if err := f.Write(&second, sampleReport()); err != nil {
			t.Fatal(err)
		}
		diff(t, f.Name()+" written twice", first.String(), second.String())
		golden(t, "testdata/report."+f.Name(), first.Bytes())
	}
}

func TestChangesGolden(t *testing.T) {
	var markdown, html bytes.Buffer
	if err := (export.Markdown{}).WriteChanges(&markdown, sampleChanges()); err != nil {
		t.Fatal(err)
	}
	if err := (export.HTML{}).WriteChanges(&html, sampleChanges()); err != nil {
		t.Fatal(err)
	}
	golden(t, "testdata/changes.markdown", markdown.Bytes())
	golden(t, "testdata/changes.html", html.Bytes())
}

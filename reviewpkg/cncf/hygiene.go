package cncf

import reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"

// readHygiene reads tables of practices and their state, wherever they stand.
// One review has six such tables, on releases, on reports, on how many people
// the project depends; the heading above says which.
func (r *reader) readHygiene() {
	var list []*reviewpkgv1.HygieneItem
	for _, s := range r.list {
		for _, b := range s.blocks {
			if b.kind != table {
				continue
			}
			g := r.gfmTable(b)
			head := g.header()
			// Two columns, the first of which says Aspect: no other table of the
			// documents has these.
			if len(head) != 2 || key(head[0]) != "aspect" {
				continue
			}
			for _, row := range g.body() {
				aspect := plainText(row.cell(0))
				if aspect == "" {
					continue
				}
				list = append(list, reviewpkgv1.HygieneItem_builder{Topic: s.label, Aspect: aspect, Status: row.cell(1)}.Build())
				r.Claim(r.at("hygiene["+itoa(len(list)-1)+"]"), row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
			}
		}
	}
	r.a.SetHygiene(list)
}

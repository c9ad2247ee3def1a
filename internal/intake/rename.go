package intake

// Rename gives an item the id that a document states for it, which has been
// taken, in place of the one that was made of its name.
func (in *Import) Rename(item interface {
	GetId() string
	SetId(id string)
}, id string) {
	delete(in.ids, item.GetId())
	in.ids[id] = struct{}{}
	item.SetId(id)
}

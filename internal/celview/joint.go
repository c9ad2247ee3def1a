package celview

// Escapes reports whether some values of what is not known make all trees true
// at once. budget is how many trees may be looked at; if that is not enough, or a
// tree is open, it is taken that some do, so that only no is certain.
func Escapes(trees []*Tree, budget *int) bool {
	return escapes(trees, map[*Atom]Choice{}, budget)
}

// escapes does what [Escapes] does, for some values of some atoms.
func escapes(trees []*Tree, tried map[*Atom]Choice, budget *int) bool {
	if *budget <= 0 {
		return true
	}
	*budget -= len(trees)
	// The first question that is still open will do: all must be asked, unless
	// one of the trees turns out false before.
	var ask *Tree
	for _, t := range trees {
		t = under(t, tried)
		if t.Atom == nil && t.Open == nil && !t.Value {
			return false
		}
		if ask == nil && t.Atom != nil {
			ask = t
		}
	}
	if ask == nil {
		return true
	}
	before, known := tried[ask.Atom]
	defer func() {
		if delete(tried, ask.Atom); known {
			tried[ask.Atom] = before
		}
	}()
	for _, choice := range ask.Choices {
		// A range may have been cut by another tree already.
		if known {
			choice = Choice{max(choice.Low, before.Low), min(choice.High, before.High)}
		}
		if choice.Low > choice.High {
			continue
		}
		tried[ask.Atom] = choice
		if escapes(trees, tried, budget) {
			return true
		}
	}
	return false
}

// under follows a tree as far as the values of some atoms lead.
func under(t *Tree, tried map[*Atom]Choice) *Tree {
	for t.Atom != nil {
		now, known := tried[t.Atom]
		next := -1
		for i, choice := range t.Choices {
			if known && choice.Low <= now.Low && now.High <= choice.High {
				next = i
			}
		}
		if next < 0 {
			break
		}
		t = t.Next[next]
	}
	return t
}

package openstack

import (
	"slices"
	"strconv"
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A head is the first line of an interface: "From->To *[TLS]*: remark".
type head struct {
	from, to, transport, remark string // as written
	variants                    []string
	glued                       bool // no space stands before the transport
	block                       *block
	item                        *reviewpkgv1.Interface
}

// splitInterface takes a head apart. It fails if there is no arrow.
func splitInterface(raw string) (h head, ok bool) {
	// Variants stand before the ends: "[KMIP] Worker -> HSM".
	h.variants, raw = leadTags(raw)
	// The first bracket that is no variant holds the transport; what stands
	// before it are the ends, and what stands behind it is a remark.
	ends := raw
	if i := index(raw, "["); i >= 0 {
		if end := closingBracket(raw, i, ']'); end > 0 {
			h.transport = raw[i+1 : end]
			ends = strings.TrimRight(raw[:i], "*")
			// docutils sees no emphasis in "(Dogtag)*[TLS]*"; a person sees a transport.
			h.glued = len(ends) == len(strings.TrimRight(ends, blanks))
			h.remark = strings.TrimLeft(raw[end+1:], "* ")
		}
	} else if before, after, found := cut(raw, ": "); found {
		ends, h.remark = before, after
	}
	h.remark = strings.TrimLeft(h.remark, ": ")
	h.remark = strings.Trim(strings.TrimPrefix(h.remark, "- "), blanks)
	// The word comes last: names hold it more often than arrows.
	for _, arrow := range []string{"->", "→", "=>", " to "} {
		if h.from, h.to, ok = cut(ends, arrow); ok {
			break
		}
	}
	// Heads end with a colon where the list below says more.
	to := strings.TrimRight(h.to, blanks)
	if n := len(to) - 1; n > 0 && to[n] == ':' && !escaped(to, n) {
		to = to[:n]
	}
	h.from, h.to = strings.Trim(h.from, blanks), strings.Trim(to, blanks)
	return h, ok && plain(h.from) != "" && plain(h.to) != ""
}

// interfaceHeads reads the ends of all interfaces of a page, because where data
// rests may be named there first.
func (r *reader) interfaceHeads(p *page) []head {
	var heads []head
	p.each(partInterfaces, func(_ *section, blocks []*block) {
		n := 0
		for _, b := range blocks {
			if b.kind != item {
				continue
			}
			if m, err := strconv.Atoi(b.number); err == nil {
				// Both "1." and "#." are in the pages, and diagrams refer to the number that
				// a reader counts.
				n = m
			} else if b.number == "#" {
				n++
			}
			h, ok := splitInterface(b.text)
			if !ok {
				// A page may list what it says of an interface before the first.
				if b.number != "" || len(b.kids) > 0 {
					p.warn("unclear-value", b, "%q does not say from where to where", short(b.text))
				}
				continue
			}
			if placeholder(h.from) || placeholder(h.to) {
				continue
			}
			if h.glued {
				p.Repair("repaired-markup", p.offset(b), "the transport follows a name without a space, which is no emphasis", "")
			}
			if h.block = b; r.interfaceHead(p, &h, n) {
				heads = append(heads, h)
			}
		}
	})
	return heads
}

// interfaceHead adds an interface with its ends.
func (r *reader) interfaceHead(p *page, h *head, n int) bool {
	b := h.block
	from, to := plain(h.from), plain(h.to)
	fromID, toID, ok := r.endsOf(p, b, from, to)
	if !ok {
		return false
	}
	number := b.number
	if number == "#" {
		number = itoa(n)
	}
	for _, k := range b.kids {
		if key, first, ok := splitKey(k.text); ok && k.kind == item && intake.Fold(key) == "number" {
			number = value(first, k.kids)
		}
	}
	h.item = reviewpkgv1.Interface_builder{
		Id: r.id(b, "if", interfaceName(number, from, to)), FromId: fromID, ToId: toID,
		VariantIds: r.variant(p, b, h.variants...), Transport: transportOf(h.transport),
	}.Build()
	// A bullet has no number, unless a key gives one.
	// Numbers are texts: a diagram has 4.5.
	if b.number != "" {
		h.item.SetNumber(number)
	}
	r.arch().SetInterfaces(append(r.arch().GetInterfaces(), h.item))
	p.answered(partInterfaces, 1)
	p.Claim(itemPath("architecture.interfaces", h.item.GetId()), b.start, b.end, reviewpkgv1.Derivation_DERIVATION_STATED, "")
	return true
}

// interfaceName returns what the id of an interface is made of.
func interfaceName(number, from, to string) string {
	if number != "" {
		return number
	}
	return from + " " + to
}

// securing are the layers that the pages name as a transport and that are none
// of an application.
// TLS and SSH are what the guidance calls a standard encryption protocol.
// NTL of a maker of modules is not, and is what the page should explain.
var securing = []string{"TLS", "SSL", "SSH", "DTLS", "IPsec", "mTLS"}

// transportOf returns how bytes travel. The template asks for one word; "REST
// over TLS" says what runs above it.
func transportOf(raw string) *reviewpkgv1.Transport {
	text := plain(raw)
	protocol, layer, ok := strings.Cut(text, " over ")
	switch {
	case text == "" || placeholder(raw):
		return nil
	// Only the words themselves are known to be layers; another word, such as
	// NTL, is kept as the protocol that the template asks for.
	case ok && protocol != "" && layer != "":
	case slices.ContainsFunc(securing, func(s string) bool { return strings.EqualFold(s, text) }):
		protocol, layer = "", text
	default:
		protocol, layer = text, ""
	}
	return reviewpkgv1.Transport_builder{Protocol: protocol, SecuredBy: layer}.Build()
}

// interfaceBody reads what stands below the head of an interface.
func (r *reader) interfaceBody(p *page, h head) {
	x := h.item
	var said, credentials []string
	for _, k := range h.block.kids {
		if k.kind != item {
			continue
		}
		key, first, ok := splitKey(k.text)
		switch name := intake.Fold(key); {
		case ok && (name == "assets in flight" || name == "assets"):
			r.flows(p, x, k, first, reviewpkgv1.FlowDirection_FLOW_DIRECTION_REQUEST)
		case ok && (strings.HasPrefix(name, "credentials") || name == "authentication"):
			// Several ways to authenticate are kept together: which one holds when, only
			// their words say.
			if !placeholder(first) {
				credentials = append(credentials, value(first, k.kids))
			}
		case p.keyedItem(x, interfaceKeys, k):
			// Keys of the transport are asked last, for an interface has some of the
			// same words.
		case ok && keyedField((&reviewpkgv1.Transport{}).ProtoReflect(), transportKeys, key) != nil:
			if !x.HasTransport() {
				x.SetTransport(&reviewpkgv1.Transport{})
			}
			p.keyedItem(x.GetTransport(), transportKeys, k)
		default:
			if !placeholder(k.text) {
				said = append(said, value(k.text, k.kids))
			}
		}
	}
	// Put together once, so that a long list costs no more than its length.
	authentication(x, strings.Join(credentials, "\n\n"))
	interfaceText(x, unescape(h.remark), said)
	if intake.IsEmpty(x.GetTransport()) {
		x.ClearTransport()
	}
}

// interfaceText takes in what is said of an interface without a key: the remark
// behind its head, which is about what is not known yet, and what a successful
// attack would mean, or that the page leaves that out. Questions and what is
// still to be done are noted besides.
func interfaceText(x *reviewpkgv1.Interface, remark string, said []string) {
	questions := x.GetOpenQuestions()
	asked := map[string]bool{"": true}
	for _, q := range questions {
		asked[q] = true
	}
	ask := func(q string) {
		if q = strings.Trim(q, blanks+"\n"); !asked[q] {
			asked[q] = true
			questions = append(questions, q)
		}
	}
	ask(remark)
	var impact, scope []string
	for _, text := range said {
		switch {
		case text == "":
			continue
		// The page says so in these very words.
		case strings.Contains(intake.Fold(text), "out of scope"):
			scope = append(scope, text)
		default:
			impact = append(impact, text)
		}
		for s := range strings.SplitSeq(text, ". ") {
			// Barbican has both: a note to its authors, and "Race condition?".
			if strings.Contains(s, "TODO") || strings.HasSuffix(s, "?") {
				ask(s)
			}
		}
	}
	x.SetOpenQuestions(questions)
	// What a key says comes first, for it is surer.
	x.SetCompromiseImpact(joined(x.GetCompromiseImpact(), strings.Join(impact, "\n\n")))
	x.SetOutOfScopeReason(joined(x.GetOutOfScopeReason(), strings.Join(scope, "\n\n")))
}

// joined puts two texts together as paragraphs.
func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + "\n\n" + b
}

// flows reads the assets that travel over an interface. The pages do not say
// which way, and the model asks: they stand for the way of the arrow, unless a
// remark says otherwise.
func (r *reader) flows(p *page, x *reviewpkgv1.Interface, b *block, raw string, way reviewpkgv1.FlowDirection) {
	// A list in flight may end like a sentence.
	if last := len(raw) - 1; last >= 0 && raw[last] == '.' && !escaped(raw, last) {
		raw = raw[:last]
	}
	// Commas in brackets are part of a remark.
	for _, entry := range split(raw, ",") {
		name, note := flowName(entry)
		if placeholder(entry) || name == "" {
			continue
		}
		// Brackets can be part of the name: "keystone credentials (service)".
		whole := plain(entry)
		id := r.assets.names.exact[whole]
		if id == "" && intake.Fold(note) != "" {
			id = r.assets.names.folded[intake.Fold(whole)]
		}
		if id != "" && whole != name {
			note = ""
		}
		if id == "" {
			id = r.assets.names.find(name)
		}
		if id == "" {
			p.warn("unresolved-name", b, "%q travels over the interface and is none of the data assets", short(name))
			// Two of 14 names in flight are those of an asset in barbican. The others
			// are assets all the same, or nothing would travel there.
			id = r.inferAsset(p, b, name)
		}
		f := reviewpkgv1.Flow_builder{AssetId: id, Direction: way}.Build()
		f.SetNote(flowWay(f, note))
		x.SetFlows(append(x.GetFlows(), f))
	}
	if len(x.GetFlows()) > 0 {
		p.Claim(itemPath("architecture.interfaces", x.GetId())+".flows", b.start, b.end, reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
	}
}

// flowName splits an entry into the name of an asset and a remark in brackets,
// which is as written.
func flowName(entry string) (name, note string) {
	before, inner, ok := trailing(entry)
	if !ok {
		return plain(entry), ""
	}
	return plain(before), inner
}

// flowWay sets the direction that a remark begins with, and returns the rest.
func flowWay(f *reviewpkgv1.Flow, note string) string {
	first, rest, _ := cut(note, ";")
	switch strings.ToLower(strings.Trim(first, blanks)) {
	case "response":
		f.SetDirection(reviewpkgv1.FlowDirection_FLOW_DIRECTION_RESPONSE)
	case "both ways":
		f.SetDirection(reviewpkgv1.FlowDirection_FLOW_DIRECTION_BOTH)
	default:
		return unescape(note)
	}
	return unescape(strings.Trim(rest, blanks))
}

// authentication sets how the ends know one another. Only the very name of a
// mechanism is one; otherwise the words are kept, and the mechanism is unknown.
func authentication(x *reviewpkgv1.Interface, text string) {
	if text == "" {
		return
	}
	a := reviewpkgv1.Authentication_builder{Mechanism: reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_UNKNOWN, Detail: text}.Build()
	// This package writes the name of the mechanism before its words; pages have
	// the words alone.
	word, rest, _ := strings.Cut(text, " - ")
	mechanism := enumValue[reviewpkgv1.AuthenticationMechanism](word)
	switch {
	// None without a reason may mean that nobody asked.
	case mechanism == reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_NONE && rest != "":
		a.SetNoneRationale(rest)
		a.SetMechanism(mechanism)
		a.SetDetail("")
	case mechanism != 0 && mechanism != reviewpkgv1.AuthenticationMechanism_AUTHENTICATION_MECHANISM_NONE:
		a.SetMechanism(mechanism)
		a.SetDetail(rest)
	}
	x.SetAuthentication(a)
}

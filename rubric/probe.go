package rubric

import (
	"sync"

	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

const (
	// probeCount is how many packages a policy is tried on.
	probeCount = 32
	// probeDepth is how deep they nest. The fields that rules are about lie no
	// deeper.
	probeDepth = 5
	// probeBudget is how many messages one of them has at most.
	probeBudget = 600
)

// A prober makes packages to try the rules of a policy on. They are no real
// ones: every field is filled with one or another of the values that it may
// have, so that what no probe brings about, most probably nothing does. The same
// number always makes the same package.
type prober struct {
	state   uint64
	budget  int
	density int // of 8 fields, how many are filled
}

// theProbes are made once: that takes longer than to try a rule on them.
var theProbes = sync.OnceValue(probes)

// probes makes the packages to try rules on: an empty one, and others of every
// kind.
func probes() []*reviewpkgv1.ReviewPackage {
	list := []*reviewpkgv1.ReviewPackage{reviewpkgv1.ReviewPackage_builder{Id: "probe"}.Build()}
	for i := range uint64(probeCount) {
		p := &reviewpkgv1.ReviewPackage{}
		b := prober{state: i*0x9e3779b97f4a7c15 + 1, budget: probeBudget, density: 1 + int(i%7)} //nolint:gosec // below 8
		// What rules are about comes first, so that the budget is there for it.
		for _, name := range []protoreflect.Name{"findings", "disputed_findings", "recommendations", "review", "architecture"} {
			b.field(p.ProtoReflect(), p.ProtoReflect().Descriptor().Fields().ByName(name), 0)
		}
		b.fill(p.ProtoReflect(), 0)
		p.SetId("probe")
		p.SetScores(nil)
		// A finding that is no draft of another needs an id of its own.
		for k, f := range append(p.GetFindings(), p.GetDisputedFindings()...) {
			f.SetId("finding-" + string(rune('a'+k)))
		}
		list = append(list, p)
	}
	return list
}

// next returns a number below n. The generator is that of Marsaglia's xorshift
// (2003): no source of chance, so that a linter always says the same.
func (b *prober) next(n int) int {
	b.state ^= b.state << 13
	b.state ^= b.state >> 7
	b.state ^= b.state << 17
	return int(b.state % uint64(n)) //nolint:gosec // below n
}

// fill fills the fields of m that are not set, many or few of them.
func (b *prober) fill(m protoreflect.Message, depth int) {
	fields := m.Descriptor().Fields()
	for i := range fields.Len() {
		if fd := fields.Get(i); !m.Has(fd) && b.next(8) < b.density {
			b.field(m, fd, depth)
		}
	}
}

// field fills one field.
func (b *prober) field(m protoreflect.Message, fd protoreflect.FieldDescriptor, depth int) {
	switch {
	case fd.IsMap():
	case fd.Message() != nil && (depth >= probeDepth || b.budget <= 0):
	case fd.IsList():
		list := m.Mutable(fd).List()
		for range 1 + b.next(3) {
			if fd.Message() == nil {
				list.Append(b.scalar(fd))
				continue
			}
			b.budget--
			item := list.NewElement()
			b.fill(item.Message(), depth+1)
			list.Append(item)
		}
	case fd.Message() != nil:
		b.budget--
		b.fill(m.Mutable(fd).Message(), depth+1)
	default:
		m.Set(fd, b.scalar(fd))
	}
}

// scalar returns a value that a field may have: any value of an enum, not stated
// among them, and of text some that rules ask for.
func (b *prober) scalar(fd protoreflect.FieldDescriptor) protoreflect.Value {
	switch fd.Kind() {
	case protoreflect.EnumKind:
		values := fd.Enum().Values()
		return protoreflect.ValueOfEnum(values.Get(b.next(values.Len())).Number())
	case protoreflect.BoolKind:
		return protoreflect.ValueOfBool(b.next(2) == 0)
	case protoreflect.StringKind:
		if fd.ContainingMessage().FullName() == "reviewpkg.v1.Date" {
			return protoreflect.ValueOfString([]string{"2019", "2024-05", "2025-12-24", ""}[b.next(4)])
		}
		return protoreflect.ValueOfString([]string{"", "text", "https://example.org/1"}[b.next(3)])
	case protoreflect.Uint32Kind:
		return protoreflect.ValueOfUint32(uint32(b.next(100))) //nolint:gosec // below 100
	case protoreflect.Int64Kind:
		return protoreflect.ValueOfInt64(int64(b.next(100)))
	case protoreflect.DoubleKind:
		return protoreflect.ValueOfFloat64(float64(b.next(10)))
	default:
		return fd.Default()
	}
}

// A worsening is a change that makes a package worse for whoever relies on the
// project. It returns false if there is nothing to change.
type worsening struct {
	words string
	apply func(*reviewpkgv1.ReviewPackage) bool
}

// worsenings returns ways to make a package worse about which nobody argues.
func worsenings() []worsening {
	return []worsening{
		{"one more finding of very high risk", func(p *reviewpkgv1.ReviewPackage) bool {
			p.SetFindings(append(p.GetFindings(), reviewpkgv1.Finding_builder{
				Id: "worse", Title: "worse", Likelihood: highest, Impact: highest,
				State: reviewpkgv1.FindingState_FINDING_STATE_REPORTED,
			}.Build()))
			return true
		}},
		{"a finding that is more likely to be exploited", worseFinding(func(f *reviewpkgv1.Finding) bool {
			changed := f.GetLikelihood() > 0 && f.GetLikelihood() < highest
			f.SetLikelihood(highest)
			f.SetLikelihoodMax(0)
			return changed
		})},
		{"a finding with graver consequences", worseFinding(func(f *reviewpkgv1.Finding) bool {
			changed := f.GetImpact() > 0 && f.GetImpact() < highest
			f.SetImpact(highest)
			f.SetImpactMax(0)
			return changed
		})},
		{"a finding that is open again", worseFinding(func(f *reviewpkgv1.Finding) bool {
			closed := f.GetState() == reviewpkgv1.FindingState_FINDING_STATE_VERIFIED_FIXED ||
				f.GetState() == reviewpkgv1.FindingState_FINDING_STATE_MITIGATED
			f.SetState(reviewpkgv1.FindingState_FINDING_STATE_REPORTED)
			return closed
		})},
		{"a review without evidence", func(p *reviewpkgv1.ReviewPackage) bool {
			had := len(p.GetReview().GetEvidence()) > 0
			if had {
				p.GetReview().SetEvidence(nil)
			}
			return had
		}},
		{"a review that nobody validated", func(p *reviewpkgv1.ReviewPackage) bool {
			had := p.GetReview().HasValidation()
			if had {
				p.GetReview().ClearValidation()
			}
			return had
		}},
	}
}

// worseFinding applies a change to the first finding that it changes.
func worseFinding(change func(*reviewpkgv1.Finding) bool) func(*reviewpkgv1.ReviewPackage) bool {
	return func(p *reviewpkgv1.ReviewPackage) bool {
		for i, f := range p.GetFindings() {
			worse := proto.CloneOf(f)
			if change(worse) {
				p.GetFindings()[i] = worse
				return true
			}
		}
		return false
	}
}

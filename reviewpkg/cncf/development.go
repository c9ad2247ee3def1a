package cncf

import (
	"strconv"
	"strings"
	"sync"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readDevelopment reads the development practices.
func (r *reader) readDevelopment() {
	d := &reviewpkgv1.DevelopmentPractices{}
	d.SetText(r.narrative(development, r.at("development.text")))
	if n := r.narrative(pipeline, r.at("development.pipeline.text")); n != nil {
		p := reviewpkgv1.DevelopmentPipeline_builder{Text: n}.Build()
		if !r.practices(p) {
			r.pipelineFacts(p, n.GetText())
		}
		d.SetPipeline(p)
	}
	r.readChannels(d)
	d.SetEcosystem(r.narrative(ecosystem, r.at("development.ecosystem")))
	if !intake.IsEmpty(d) {
		r.a.SetDevelopment(d)
	}
}

// A practice is a question about the pipeline that is answered yes or no.
type practice struct {
	name string
	set  func(*reviewpkgv1.DevelopmentPipeline, reviewpkgv1.Answer)
	get  func(*reviewpkgv1.DevelopmentPipeline) reviewpkgv1.Answer
}

func practices() []practice {
	type p = reviewpkgv1.DevelopmentPipeline
	return []practice{
		{"Signed commits", (*p).SetSignedCommits, (*p).GetSignedCommits},
		{"Signed images", (*p).SetSignedImages, (*p).GetSignedImages},
		{"Immutable images", (*p).SetImmutableImages, (*p).GetImmutableImages},
		{"Vulnerability checks", (*p).SetVulnerabilityChecks, (*p).GetVulnerabilityChecks},
		{"Static analysis", (*p).SetStaticAnalysis, (*p).GetStaticAnalysis},
		{"Dependency analysis", (*p).SetDependencyAnalysis, (*p).GetDependencyAnalysis},
		{"Fuzzing", (*p).SetFuzzing, (*p).GetFuzzing},
		{"Certificate of origin", (*p).SetCertificateOfOrigin, (*p).GetCertificateOfOrigin},
		{"Two factors", (*p).SetTwoFactor, (*p).GetTwoFactor},
	}
}

// practices reads the table of practices that the documents of this package
// have. What it says is stated, and nothing is read from the words around it.
func (r *reader) practices(p *reviewpkgv1.DevelopmentPipeline) bool {
	s := r.found[pipeline]
	for _, b := range s.blocks {
		if b.kind != table {
			continue
		}
		g := r.gfmTable(b)
		if head := g.header(); len(head) != 2 || key(head[0]) != "practice" || key(head[1]) != "answer" {
			continue
		}
		for _, row := range g.body() {
			r.practiceRow(p, &row)
		}
		source := strings.TrimSpace(dedent(r.Lines(b.start, b.end), s.indent))
		if text := strings.TrimSpace(strings.Replace(p.GetText().GetText(), source, "", 1)); text != "" {
			p.GetText().SetText(text)
		} else {
			p.ClearText()
		}
		return true
	}
	return false
}

func (r *reader) practiceRow(p *reviewpkgv1.DevelopmentPipeline, row *row) {
	name, value := plainText(row.cell(0)), row.cell(1)
	field := ""
	switch name {
	case "Required reviewers":
		field = "required_reviewers"
		if n, err := strconv.ParseUint(value, 10, 32); err == nil && n <= 100 {
			p.SetRequiredReviewers(uint32(n))
		}
	case "SLSA build level":
		field = "slsa_build_level"
		if n, err := strconv.ParseUint(value, 10, 32); err == nil && n <= 4 {
			p.SetSlsaBuildLevel(uint32(n))
		}
	case "Tools":
		field = "tools"
		for tool := range strings.SplitSeq(value, ", ") {
			if tool = plainText(tool); tool != "" {
				p.SetTools(append(p.GetTools(), tool))
			}
		}
	case "Release process":
		field = "release_process"
		p.SetReleaseProcess(breaks(value))
	default:
		for _, known := range practices() {
			if known.name == name {
				known.set(p, yesNo(value))
				field = strings.ReplaceAll(strings.ToLower(name), " ", "_")
				if field == "two_factors" {
					field = "two_factor"
				}
			}
		}
	}
	m := p.ProtoReflect()
	if fd := m.Descriptor().Fields().ByName(protoName(field)); fd != nil && m.Has(fd) {
		r.Claim(r.at("development.pipeline."+field), row.start, row.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL, "")
	}
}

// A tool is a program that pipelines run, and what its use tells about them.
type tool struct {
	name  string // as people write it
	lower string
	set   func(*reviewpkgv1.DevelopmentPipeline, reviewpkgv1.Answer)
}

// They are made once.
var tools = sync.OnceValue(func() []tool {
	static := (*reviewpkgv1.DevelopmentPipeline).SetStaticAnalysis
	dependencies := (*reviewpkgv1.DevelopmentPipeline).SetDependencyAnalysis
	vulnerabilities := (*reviewpkgv1.DevelopmentPipeline).SetVulnerabilityChecks
	fuzzing := (*reviewpkgv1.DevelopmentPipeline).SetFuzzing
	list := []struct {
		name string
		set  func(*reviewpkgv1.DevelopmentPipeline, reviewpkgv1.Answer)
	}{
		{"CodeQL", static}, {"gosec", static}, {"Semgrep", static}, {"SonarCloud", static}, {"SonarQube", static}, {"golangci-lint", static}, {"Coverity", static},
		{"Dependabot", dependencies}, {"Renovate", dependencies}, {"FOSSA", dependencies}, {"Mend", nil}, {"Black Duck", dependencies},
		{"Trivy", vulnerabilities}, {"Snyk", vulnerabilities}, {"govulncheck", vulnerabilities}, {"Grype", vulnerabilities}, {"Clair", vulnerabilities},
		{"OSS-Fuzz", fuzzing}, {"ClusterFuzz", fuzzing}, {"Cosign", nil}, {"Sigstore", nil}, {"Prow", nil}, {"GitHub Actions", nil}, {"Jenkins", nil}, {"Travis CI", nil}, {"CircleCI", nil}, {"GoReleaser", nil}, {"OpenSSF Scorecard", nil},
	}
	out := make([]tool, len(list))
	for i, t := range list {
		out[i] = tool{t.name, strings.ToLower(t.name), t.set}
	}
	return out
})

// pipelineFacts reads the facts that the template asks for. A fact is read only
// from a statement that no word in its sentence denies, and never as "no": that
// a document does not speak of something does not mean that it is not there.
func (r *reader) pipelineFacts(p *reviewpkgv1.DevelopmentPipeline, text string) {
	yes := reviewpkgv1.Answer_ANSWER_YES
	seen := map[string]bool{}
	for sentence := range strings.SplitSeq(text, ". ") {
		lower := strings.ToLower(sentence)
		if containsAny(lower, " not ", "n't ", " no ", "without", "plan to", "planning", "would ", "should ", "encouraged", "in the future", "roadmap") {
			continue
		}
		for _, t := range tools() {
			if !containsWord(lower, t.lower) {
				continue
			}
			if !seen[t.name] {
				seen[t.name] = true
				p.SetTools(append(p.GetTools(), t.name))
			}
			if t.set != nil {
				t.set(p, yes)
			}
		}
		if containsAny(lower, "developer certificate of origin", "(dco)", " dco ", "dco.", "dco]", "dco check", "signed-off-by", "sign-off") {
			p.SetCertificateOfOrigin(yes)
		}
		if containsAny(lower, "commits must be signed", "require signed commits", "commits are signed", "signed commits are required", "must sign their commits", "required to sign commits") {
			p.SetSignedCommits(yes)
		}
		if containsAny(lower, "images are signed", "artifacts are signed", "releases are signed", "signed container images", "signed using cosign", "signed with cosign", "sign all", "signed using sigstore", "signed with sigstore") {
			p.SetSignedImages(yes)
		}
		if containsAny(lower, "two-factor", "two factor", "2fa", "multi-factor") {
			p.SetTwoFactor(yes)
		}
		if n := reviewers(lower); n > 0 && !p.HasRequiredReviewers() {
			p.SetRequiredReviewers(n)
		}
	}
	if s := r.found[pipeline]; s != nil && len(p.GetTools()) > 0 {
		r.Claim(r.at("development.pipeline.tools"), s.start, r.fullEnd(s), reviewpkgv1.Derivation_DERIVATION_INFERRED, "")
	}
}

// containsWord reports whether a word stands in a text, and not as a part of
// another word.
func containsWord(text, word string) bool {
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		i += from
		end := i + len(word)
		if (i == 0 || !isWord(text[i-1])) && (end == len(text) || !isWord(text[end])) {
			return true
		}
		from = end
	}
}

// reviewers reads how many people must approve a change, from words such as "at
// least two maintainers".
func reviewers(lower string) uint32 {
	for _, start := range []string{"at least ", "approval from ", "approved by ", "minimum of ", "requires ", "require "} {
		_, rest, ok := strings.Cut(lower, start)
		if !ok {
			continue
		}
		words := strings.Fields(rest)
		if len(words) < 2 {
			continue
		}
		n := map[string]uint32{"one": 1, "1": 1, "two": 2, "2": 2, "three": 3, "3": 3}[words[0]]
		next := strings.Join(words[1:min(len(words), 4)], " ")
		if n > 0 && containsAny(next, "reviewer", "maintainer", "approv", "committer", "lgtm", "review") {
			return n
		}
	}
	return 0
}

// readChannels reads the communication channels by their direction. Channels
// that no direction is given for stay in the text.
func (r *reader) readChannels(d *reviewpkgv1.DevelopmentPractices) {
	var list []*reviewpkgv1.Channel
	for _, c := range []struct {
		part      part
		direction reviewpkgv1.ChannelDirection
	}{
		{internalChannel, reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_INTERNAL},
		{inboundChannel, reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_INBOUND},
		{outboundChannel, reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_OUTBOUND},
	} {
		s := r.found[c.part]
		if s == nil {
			continue
		}
		if s.has(inboundChannel) && s.has(outboundChannel) {
			if c.part == outboundChannel {
				r.states[c.part], r.counts[c.part] = r.states[inboundChannel], r.counts[inboundChannel]
				continue
			}
			c.direction = reviewpkgv1.ChannelDirection_CHANNEL_DIRECTION_INBOUND_AND_OUTBOUND
		}
		list = r.channelsOf(c.part, s, c.direction, list)
	}
	d.SetChannels(list)
	if s := r.found[channels]; s != nil {
		d.SetChannelsNote(r.note(channels, s, r.fullText(s), len(list), r.at("development.channels_note")))
	}
}

// channelsOf reads the channels of one direction: one for each item, or the
// whole answer as one.
func (r *reader) channelsOf(p part, s *section, direction reviewpkgv1.ChannelDirection, list []*reviewpkgv1.Channel) []*reviewpkgv1.Channel {
	text := r.fullText(s)
	state := r.presence(s, text)
	r.states[p] = state
	if state == reviewpkgv1.Presence_PRESENCE_EMPTY || state == reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT {
		return list
	}
	if state == reviewpkgv1.Presence_PRESENCE_UNSPECIFIED {
		r.states[p] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
	l := r.entries(s, noGroups)
	if len(l.entries) == 0 || l.note != "" && len(l.entries) > 0 && s.lead != "" {
		start := s.start
		if s.lead == "" && len(s.blocks) > 0 {
			start = s.blocks[0].start
		}
		l.entries = []entry{{text: text, start: start, end: r.fullEnd(s), how: s.how}}
	}
	for i := range l.entries {
		e := &l.entries[i]
		c := statedChannel(e)
		if c == nil {
			c = channel(e.whole())
		}
		c.SetDirection(direction)
		list = append(list, c)
		r.Claim(r.at("development.channels["+itoa(len(list)-1)+"]"), e.start, e.end, s.how, "")
	}
	r.count(p, len(l.entries))
	return list
}

// statedChannel reads a channel with labelled lines, or returns nil.
func statedChannel(e *entry) *reviewpkgv1.Channel {
	kind, address, private := e.field("kind"), e.field("address"), e.field("private")
	if kind == nil && address == nil && private == nil {
		return nil
	}
	c := reviewpkgv1.Channel_builder{Kind: e.value("kind"), Address: strings.Trim(e.value("address"), "<>"), Private: yesNo(e.value("private")) == reviewpkgv1.Answer_ANSWER_YES}.Build()
	e.text = e.without(kind, address, private)
	if note := e.whole(); note != channelWord {
		c.SetNote(note)
	}
	return c
}

// channelWord stands for a channel of which nothing but its labelled lines is
// said.
const channelWord = "Channel"

// channel reads a channel: what kind it is, and where. The words stay as its
// note.
func channel(text string) *reviewpkgv1.Channel {
	c := reviewpkgv1.Channel_builder{Note: text}.Build()
	lower := strings.ToLower(text)
	for _, k := range []struct{ word, kind string }{
		{"mailing list", "mailing list"}, {"google group", "mailing list"}, {"groups.google", "mailing list"}, {"lists.cncf", "mailing list"},
		{"slack", "chat"}, {"discord", "chat"}, {"gitter", "chat"}, {"matrix", "chat"}, {"wechat", "chat"}, {"dingtalk", "chat"},
		{"github discussion", "forum"}, {"/discussions", "forum"}, {"forum", "forum"}, {"stack overflow", "forum"}, {"reddit", "forum"},
		{"github issue", "issues"}, {"/issues", "issues"}, {"issue tracker", "issues"}, {"zoom", "meeting"}, {"google meet", "meeting"}, {"community meeting", "meeting"}, {"meeting", "meeting"},
		{"twitter", "social media"}, {"mastodon", "social media"}, {"linkedin", "social media"}, {"bluesky", "social media"}, {"blog", "blog"}, {"youtube", "video"}, {"email", "e-mail"}, {"e-mail", "e-mail"},
	} {
		if strings.Contains(lower, k.word) {
			// Several kinds in one answer cannot be told apart.
			if c.GetKind() != "" && c.GetKind() != k.kind {
				c.SetKind("")
				break
			}
			c.SetKind(k.kind)
		}
	}
	switch urls := absoluteURLs(text); {
	case len(urls) == 1:
		c.SetAddress(urls[0])
	case len(urls) == 0:
		if mails := addresses(text); len(mails) == 1 {
			c.SetAddress(mails[0])
		}
	}
	return c
}

// absoluteURLs returns the absolute URLs of a text, each once.
func absoluteURLs(text string) []string {
	var out []string
	for _, l := range links(text) {
		if u := intake.URI(l.target); u != "" && !l.image && !strings.HasPrefix(u, "mailto:") && !oneOf(u, out...) {
			out = append(out, u)
		}
	}
	return out
}

// addresses returns the e-mail addresses of a text, each once.
func addresses(text string) []string {
	var out []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return strings.ContainsRune(" \t\r\n<>()[],;:`\"'*|\\", r) }) {
		word = strings.TrimRight(word, ".!?")
		if intake.IsEmail(word) && !oneOf(word, out...) {
			out = append(out, word)
		}
	}
	return out
}

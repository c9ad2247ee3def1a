package cncf

import (
	"strings"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// readChannels reads the communication channels by their direction. Channels
// that no direction is given for stay in the text. The template nests three
// bullets below this one. 24 of 49 documents have them so or nearly so, 6 as
// headings, and 17 have none of them: there the answer names channels whose
// direction a reader can only guess.
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
		// One label for both is one list, and is read once.
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
// whole answer as one. An answer with words around its items is one sentence
// about several places, and is not divided.
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
	// An answer in a sentence with one list in it is a sentence still.
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
			c = channel(e.linked())
		}
		c.SetDirection(direction)
		list = append(list, c)
		r.Claim(r.at("development.channels["+itoa(len(list)-1)+"]"), e.start, e.end, s.how, "")
	}
	r.count(p, len(l.entries))
	return list
}

// statedChannel reads a channel with labelled lines, or returns nil. What an
// author states in labels needs no guess; the writer uses labels where the
// words would be read as something else.
func statedChannel(e *entry) *reviewpkgv1.Channel {
	kind, address, private := e.field("kind"), e.field("address"), e.field("private")
	if kind == nil && address == nil && private == nil {
		return nil
	}
	c := reviewpkgv1.Channel_builder{Kind: e.value("kind"), Address: strings.Trim(e.value("address"), "<>"), Private: yesNo(e.value("private")) == reviewpkgv1.Answer_ANSWER_YES}.Build()
	if e.raw != "" {
		e.text = e.raw
	}
	if note := e.without(kind, address, private); note != channelWord {
		c.SetNote(note)
	}
	return c
}

// channelWord stands for a channel of which nothing but its labelled lines is
// said.
const channelWord = "Channel"

// A channelKind is a word for a channel, and what kind of channel it is.
type channelKind struct{ word, kind string }

// channelKinds are the names that channels have, and their kinds.
var channelKinds = []channelKind{
	{"mailing list", "mailing list"}, {"google group", "mailing list"}, {"groups.google", "mailing list"}, {"lists.cncf", "mailing list"}, // groups of mail, of any host
	{"slack", "chat"}, {"discord", "chat"}, {"gitter", "chat"}, {"matrix", "chat"}, {"wechat", "chat"}, {"dingtalk", "chat"}, // 31 of 49 documents have it
	{"github discussion", "forum"}, {"/discussions", "forum"}, {"forum", "forum"}, {"stack overflow", "forum"}, {"reddit", "forum"}, // anything with threads that stay
	{"github issue", "issues"}, {"/issues", "issues"}, {"issue tracker", "issues"}, {"zoom", "meeting"}, {"google meet", "meeting"}, {"community meeting", "meeting"}, {"meeting", "meeting"}, // public, and no place for reports
	{"twitter", "social media"}, {"mastodon", "social media"}, {"linkedin", "social media"}, {"bluesky", "social media"}, {"blog", "blog"}, {"youtube", "video"}, {"email", "e-mail"}, {"e-mail", "e-mail"},
}

// channelNames are the names alone.
var channelNames = phrasesOf(channelKinds, func(k channelKind) string { return k.word })

// channel reads a channel: what kind it is, and where. The words stay as its
// note. 41 of 49 documents have e-mail addresses and 31 Slack. The words stay
// because the channel is private or public by them, which no address tells.
func channel(text string) *reviewpkgv1.Channel {
	c := reviewpkgv1.Channel_builder{Note: text}.Build()
	lower := lowerCase(text)
	for i := range channelNames.find(lower).all() {
		kind := channelKinds[i].kind
		// Several kinds in one answer cannot be told apart.
		if c.GetKind() != "" && c.GetKind() != kind {
			c.SetKind("")
			break
		}
		c.SetKind(kind)
	}
	// With two addresses it is not known which one is meant.
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

// absoluteURLs returns the absolute URLs of a text, each once. Relative ones
// lead into a repository that need not be this one.
func absoluteURLs(text string) []string {
	var out []string
	for _, l := range links(text) {
		if u := intake.URI(l.target); u != "" && !l.image && !strings.HasPrefix(u, "mailto:") && !oneOf(u, out...) {
			out = append(out, u)
		}
	}
	return out
}

// addresses returns the e-mail addresses of a text, each once. Seven links have
// an address as their target without the scheme, which is no URL.
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

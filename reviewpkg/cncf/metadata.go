package cncf

import (
	"strconv"
	"strings"
	"unicode"

	"google.golang.org/protobuf/proto"

	"github.com/reviewpkg/sdk/internal/intake"
	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A metadataField is a field of the metadata table.
type metadataField int

const (
	otherRow             metadataField = iota // any key that is none of these
	stageRow                                  // 39 documents
	softwareRow                               // 42, one repository in most and six in one
	providerRow                               // 40, two of them with a question mark
	languagesRow                              // 39
	sbomRow                                   // 41, of which 20 say that there is none
	websiteRow                                // five
	compatibilityRow                          // one
	keyRow                                    // one, of the newest
	insightsRow                               // one, of the newest
	assessmentVersionRow                      // one
	projectVersionRow                         // none: summaries and this package have it
	dateRow                                   // one, beside the dates that stand above the table
)

// metadataKey returns the field that a key of the metadata table names. Keys
// carry question marks, plurals, bold words and the names of newer templates.
func metadataKey(k string) metadataField {
	switch k {
	case "assessment stage", "stage", "assessment status":
		return stageRow
	case "software", "software repository", "software repositories", "project software", "source", "source code":
		return softwareRow
	case "security provider":
		return providerRow
	case "languages", "language", "programming languages", "language s":
		return languagesRow
	case "sbom", "software bill of materials", "software bill of materials sbom", "sbom s", "sboms":
		return sbomRow
	case "website", "web site", "project website", "homepage":
		return websiteRow
	case "compatibility":
		return compatibilityRow
	case "cosign pub key", "cosign public key", "signing key":
		return keyRow
	case "security insights":
		return insightsRow
	case "assessment version", "version of the assessment":
		return assessmentVersionRow
	case "project version", "project version reviewed", "version", "software version":
		return projectVersionRow
	case "date", "last updated", "date updated", "assessment date":
		return dateRow
	default:
		return otherRow
	}
}

// One document has the table as bold keys above its first heading.
func isMetadataKey(k string) bool {
	return metadataKey(k) != otherRow || oneOf(k, "project", "type", "contact")
}

// readMetadata reads the quick-reference table: of Markdown or HTML, with a
// header or not, or lines with bold keys. 39 of 49 have the template's table
// with its empty header, two have words in it, four have HTML, one has bold
// keys, one has data in the header, and two have no metadata. The sample text
// of the template in a value is no value.
func (r *reader) readMetadata(s *section) {
	m := &reviewpkgv1.AssessmentMetadata{}
	if r.a.HasMetadata() {
		m = r.a.GetMetadata()
	}
	r.a.SetMetadata(m)
	grids, rest := r.tables(s.blocks)
	rows, blank := 0, 0
	last := ""
	for _, g := range grids {
		for i, c := range g.rows {
			if i == 0 && c.header && isCaption(c.cells) {
				continue
			}
			name := plainText(c.cell(0))
			value := ""
			if len(c.cells) > 1 {
				value = strings.Join(c.cells[1:], "\n")
			}
			if name == "" && value == "" {
				continue
			}
			// One project has a second repository in a row of its own.
			// The key stands once, and the cell below it is empty.
			if name == "" {
				name = last // a second value of the key above
			}
			last = name
			rows++
			if r.template(c.start, c.end, value) {
				blank++
			}
			r.metadataRow(m, keyLine{name, breaks(stripComments(value)), c.start, c.end, reviewpkgv1.Derivation_DERIVATION_TABLE_CELL})
		}
	}
	// Lines with keys only count where there is no table: below a table, words
	// with a colon are a remark.
	if rows == 0 {
		keys, _ := r.keyLines([]*section{{blocks: rest}})
		for _, k := range keys {
			rows++
			r.metadataRow(m, k)
		}
	}
	r.count(metadata, rows)
	switch {
	// Half of the rows as the template has them: the author began, at most.
	case blank > 0 && 2*blank >= rows:
		r.states[metadata] = reviewpkgv1.Presence_PRESENCE_TEMPLATE_TEXT
	case rows > 0:
		r.states[metadata] = reviewpkgv1.Presence_PRESENCE_ANSWERED
	}
}

// isCaption reports whether the first row of a metadata table is a header, and
// no data as authors also have it. In one document of 49, and in more joint
// reviews, the first row of data is the header: Markdown wants one.
func isCaption(cells []string) bool {
	if strings.Join(cells, "") == "" {
		return true
	}
	first := key(cells[0])
	return metadataKey(first) == otherRow && oneOf(first, "title", "category", "key", "item", "field", "name", "metadata", "attribute", "property", "")
}

// metadataRow reads a row of the metadata table. A key that is not known is
// kept as a row, in its own words.
func (r *reader) metadataRow(m *reviewpkgv1.AssessmentMetadata, k keyLine) {
	if onlyTemplate(k.value) {
		r.Claim(r.at("metadata"), k.start, k.end, k.how, "")
		return
	}
	// Read for itself: a value of an earlier row is no sign that this one was read.
	one := &reviewpkgv1.AssessmentMetadata{}
	name, raw := r.metadataValue(one, k)
	fd := m.ProtoReflect().Descriptor().Fields().ByName(protoName(name))
	read := fd != nil && one.ProtoReflect().Has(fd)
	switch {
	case read && name != "software" && one.ProtoReflect().Get(fd).Equal(m.ProtoReflect().Get(fd)):
		// Said twice, in the table and above it. Repositories have a link for each row.
	case read && (fd.IsList() || !m.ProtoReflect().Has(fd)):
		proto.Merge(m, one)
	default:
		// Nothing of the table is lost, whatever its authors added to it.
		// A value that its field cannot hold, or no longer, is kept as a row.
		m.SetOtherRows(append(m.GetOtherRows(), reviewpkgv1.MetadataRow_builder{Key: strings.TrimRight(k.key, ": "), Value: k.value}.Build()))
		name = "other_rows[" + strconv.Itoa(len(m.GetOtherRows())-1) + "]"
	}
	r.Claim(r.at("metadata."+name), k.start, k.end, k.how, raw)
	for _, l := range links(k.value) {
		r.artifactLink(l)
	}
}

// metadataValue sets the field that a row is, and returns its name, and the text
// of the row where the value says less than it.
func (r *reader) metadataValue(m *reviewpkgv1.AssessmentMetadata, k keyLine) (name, raw string) {
	folded := key(k.key)
	switch metadataKey(folded) {
	case stageRow:
		name, raw = "stage", k.value
		m.SetStage(r.stage(k))
	case softwareRow:
		name = "software"
		m.SetSoftware(append(m.GetSoftware(), softwareLinks(k.value)...))
	case providerRow:
		name, raw = "security_provider", k.value
		answer, reason := providerAnswer(k.value)
		m.SetSecurityProvider(answer)
		m.SetSecurityProviderReason(reason)
		// "Probably", "a provider in some contexts" is an answer that no yes or no holds.
		if answer == 0 && reason != "" {
			name = "security_provider_reason"
			r.Warn("unclear-value", r.LineStart(k.start), "the cell says neither yes nor no", "begin it with Yes or No")
		}
	case languagesRow:
		name = "languages"
		m.SetLanguages(append(m.GetLanguages(), languages(k.value)...))
	case sbomRow:
		name = "sbom"
		if b := sbomOf(k.value); b.GetAvailability() != 0 {
			m.SetSbom(b)
		}
	case websiteRow:
		name = "website"
		m.SetWebsite(webAddress(k.value))
	case compatibilityRow:
		name = "compatibility"
		m.SetCompatibility(k.value)
	case keyRow:
		name = "signing_key_url"
		m.SetSigningKeyUrl(firstURL(k.value))
	case insightsRow:
		name = "security_insights_url"
		m.SetSecurityInsightsUrl(firstURL(k.value))
	case assessmentVersionRow:
		name = "assessment_version"
		m.SetAssessmentVersion(plainText(k.value))
	case projectVersionRow:
		name = "project_version"
		m.SetProjectVersion(plainText(k.value))
	case dateRow:
		name = "date"
		if date, _ := intake.Date(k.value, intake.UnknownOrder); date != nil {
			m.SetDate(date)
		}
	default:
		// The row is kept as well, for its key and its words.
		if role := roleOf(folded); role != 0 {
			r.readPeople(k, role)
		}
	}
	return name, raw
}

// stage reads the stage of a document. Incomplete is what 29 of 39 say, and
// Complete eight. Draft and In progress are in no template, and in one document
// each; nobody ever wrote Obsolete.
func (r *reader) stage(k keyLine) reviewpkgv1.AssessmentStage {
	switch intake.Fold(plainText(k.value)) {
	case "incomplete":
		return reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_INCOMPLETE
	case "complete", "completed":
		return reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_COMPLETE
	case "obsolete":
		return reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_OBSOLETE
	case "draft":
		return reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_DRAFT
	case "in progress":
		return reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_IN_PROGRESS
	default:
		r.Warn("unclear-value", r.LineStart(k.start), "the assessment stage is none that the template knows",
			"write Incomplete, Complete or Obsolete")
		return reviewpkgv1.AssessmentStage_ASSESSMENT_STAGE_UNSPECIFIED
	}
}

// softwareLinks returns the repositories that a cell names. A cell without URL
// is kept as a row. Six projects have several; three link to an organisation
// and one to its website, which are links all the same.
func softwareLinks(value string) []*reviewpkgv1.Link {
	out := linkMessages(value)
	if len(out) > 0 {
		return onceEach(out)
	}
	// "github.com/goharbor/harbor" is what people type.
	if u := webAddress(value); u != "" {
		return []*reviewpkgv1.Link{reviewpkgv1.Link_builder{Url: u}.Build()}
	}
	return nil
}

// onceEach returns links without those that lead where one before them leads.
// The one that is kept gets the title, if only a later one has it.
func onceEach(list []*reviewpkgv1.Link) []*reviewpkgv1.Link {
	var out []*reviewpkgv1.Link
	seen := map[string]*reviewpkgv1.Link{}
	for _, l := range list {
		at := strings.TrimRight(l.GetUrl(), "/")
		if first := seen[at]; first == nil {
			seen[at] = l
			out = append(out, l)
		} else if first.GetTitle() == "" {
			first.SetTitle(l.GetTitle())
		}
	}
	return out
}

// webAddress returns the address in a text; a host name without scheme, as
// people type it, is one on the web.
func webAddress(text string) string {
	// A link counts before words that look like a host: "see docs.example.org".
	if u := firstURL(text); u != "" {
		return u
	}
	text = strings.Trim(plainText(text), " .")
	host, _, _ := strings.Cut(text, "/")
	if strings.Contains(host, ".") && !strings.ContainsAny(text, " @,") && len(host) > 3 {
		return intake.URI("https://" + text)
	}
	return ""
}

// providerAnswer reads whether the project is a security provider, and why. A
// text that says neither yes nor no is a reason without an answer. 30 of 42
// answer with the one word, 10 add a reason, and two give a sentence without
// the word.
func providerAnswer(value string) (reviewpkgv1.Answer, string) {
	text := strings.TrimSpace(value)
	folded := intake.Fold(plainText(text))
	answer := reviewpkgv1.Answer_ANSWER_UNSPECIFIED
	word := answerWord(text)
	switch {
	case word == "yes":
		answer = reviewpkgv1.Answer_ANSWER_YES
	case word == "no", strings.Contains(folded, "is not a security provider"):
		answer = reviewpkgv1.Answer_ANSWER_NO
	case strings.Contains(folded, "is a security provider"):
		answer = reviewpkgv1.Answer_ANSWER_YES
	}
	if word == folded {
		return answer, ""
	}
	if word != "" {
		plain := strings.TrimLeft(text, "*_`")
		text = strings.TrimLeft(plain[min(len(word), len(plain)):], " .,:;-–—*_`\n")
	}
	return answer, text
}

// answerWord returns the yes or no that a text begins with. "No" begins other
// sentences as well, and is an answer where a mark stands behind it, or the
// beginning of a new sentence: "No, a queue", "No it is a queue".
func answerWord(text string) string {
	plain := strings.TrimLeft(text, "*_`")
	end := strings.IndexFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(plain)
	}
	word, rest := strings.ToLower(plain[:end]), plain[end:]
	if word == "yes" {
		return word
	}
	if word != "no" || strings.HasPrefix(rest, "-") {
		return ""
	}
	next := strings.TrimLeft(rest, " ")
	if next == "" || next == rest || !isWord(next[0]) && next[0] != '[' {
		return word
	}
	next, _, _ = strings.Cut(intake.Fold(next[:min(len(next), 20)]), " ")
	if oneOf(next, "it", "this", "that", "the", "we", "they", "there", "as", "because", "since", "but", "not") {
		return word
	}
	return ""
}

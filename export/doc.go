// Package export shows reports to people and hands them to other programs.
//
// A [Format] is a value with a name and a method that writes a report. Its
// fields are its options, and the zero value is ready to use:
//
//	report := export.NewReport(p, profile, verdict)
//	err := export.Markdown{}.Write(os.Stdout, report)
//
// There is no registry. A program that chooses a format by name passes the ones
// it knows to [Find], its own among them.
//
// Three things hold for every format:
//
//   - It carries the disclaimers: a report is no endorsement, no audit and no
//     relief from due diligence. They are added if the report lacks them.
//   - A package that is not FINAL is marked as a draft, at the top where there
//     is a top.
//   - Text of a document is data. It cannot add a heading, a link, an image, a
//     table cell or markup, it notifies nobody, and no command for a bot stands
//     at the start of a line. Line breaks become spaces; control characters,
//     characters that reverse the direction of text and characters that nobody
//     sees become U+FFFD. Only the JSON and YAML formats keep text as it is.
//
// The formats for readers, [Markdown] and [HTML], show the same content. They
// shorten long text and name at most so many items of a list, and say so; the
// whole is in the JSON.
package export

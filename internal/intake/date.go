package intake

import (
	"strconv"
	"strings"
	"time"

	reviewpkgv1 "github.com/reviewpkg/sdk/proto/reviewpkg/v1"
)

// A DateOrder says what a date of two numbers and a year means where the text
// does not.
type DateOrder int

// The orders.
const (
	UnknownOrder DateOrder = iota // both are possible
	MonthFirst                    // mm/dd/yyyy, as the OpenStack templates ask
)

// Date reads a calendar date as people write it: 2019-05-24, May 2019, Sep 7,
// 2021, 26 Feb 2020, 13th of Feb, 2025, 08/18/2016. What the text does not say
// is left out: a month gives a date without day. Words around the date, such as
// "as of", are passed over. It returns nil if there is no date in text.
//
// A day and a month that could be swapped are not guessed: the date is then the
// year alone, and ambiguous is true.
func Date(text string, order DateOrder) (date *reviewpkgv1.Date, ambiguous bool) {
	// Only the first words: a date stands at the beginning of its value.
	var year, month, day int
	var numbers []int
	// The words come in any order. What decides is their form: four digits are
	// a year, a name is a month, and up to two more numbers are day and month.
	for _, word := range dateWords(text) {
		if m := monthOf(word); m > 0 && month == 0 {
			month = m
			continue
		}
		// "7th", "2nd": the letters of all ordinal numbers.
		digits := strings.TrimRight(word, "stndrhSTNDRH")
		n, ok := number(digits)
		// Words behind the year are about something else: "May 2019, version 3".
		if !ok {
			if year > 0 {
				break
			}
			continue
		}
		switch {
		// A year that no review can be of is a number of something: a port.
		case len(digits) == 4 && n >= 1970 && n <= 2100 && year == 0:
			year = n
		case len(digits) <= 2 && n >= 1 && n <= 31 && len(numbers) < 2:
			numbers = append(numbers, n)
		}
	}
	if year == 0 {
		return nil, false
	}
	month, day, ambiguous = dayAndMonth(text, month, numbers, order)
	value := strconv.Itoa(year)
	if month > 0 {
		value += behindYear(month)
		// The 31st of February is a slip of the day, and the month may be right.
		if day > 0 && time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC).Day() == day {
			value += behindYear(day)
		}
	}
	date = reviewpkgv1.Date_builder{Value: value}.Build()
	if raw := strings.TrimSpace(text); raw != value {
		date.SetRaw(raw)
	}
	return date, ambiguous
}

// number reads a number without sign. Most words are none, and the library makes
// an error of each.
func number(word string) (int, bool) {
	if word == "" || word[0] > '9' {
		return 0, false
	}
	n, err := strconv.Atoi(word)
	return n, err == nil && n >= 0
}

// behindYear returns a month or day as it stands behind a year: "-07".
func behindYear(n int) string { return "-" + strconv.Itoa(100 + n)[1:] }

// dayAndMonth decides which number is which.
func dayAndMonth(text string, month int, numbers []int, order DateOrder) (m, d int, ambiguous bool) {
	switch {
	case month > 0 && len(numbers) > 0:
		return month, numbers[0], false
	case month > 0:
		return month, 0, false
		// "2023-07" has no day, and 7 is no day of it.
	case len(numbers) == 1 && isISO(text):
		return min(numbers[0], 12), 0, false
	case len(numbers) < 2:
		return 0, 0, false
	}
	first, second := numbers[0], numbers[1]
	switch {
	case isISO(text) && first <= 12:
		return first, second, false
		// The fourth of April is the same either way.
	case first == second && first <= 12:
		return first, second, false
		// Neither can be a month: two numbers that are no date.
	case first > 12 && second > 12:
		return 0, 0, false
	case first > 12:
		return second, first, false
	case second > 12, order == MonthFirst:
		return first, second, false
	default:
		return 0, 0, true
	}
}

// isISO reports whether text begins with a year and a hyphen, as ISO 8601 has
// it.
func isISO(text string) bool {
	text = strings.TrimSpace(text)
	if len(text) < 7 || text[4] != '-' {
		return false
	}
	_, err := strconv.Atoi(text[:4])
	return err == nil
}

// dateWords returns the first words of text that may be parts of a date.
func dateWords(text string) []string {
	const most = 12
	words := strings.FieldsFunc(text[:min(len(text), 120)], func(r rune) bool {
		return strings.ContainsRune(" \t\r\n,./-_()*;:", r)
	})
	return words[:min(len(words), most)]
}

// monthOf returns the month that a word names, or 0.
func monthOf(word string) int {
	if len(word) < 3 {
		return 0
	}
	for m := time.January; m <= time.December; m++ {
		name := m.String()
		if strings.EqualFold(word, name) || len(word) == 3 && strings.EqualFold(word, name[:3]) {
			return int(m)
		}
	}
	if strings.EqualFold(word, "sept") {
		return int(time.September)
	}
	return 0
}

package intake

import (
	"strings"
	"testing"
)

func TestDate(t *testing.T) {
	for _, c := range []struct {
		in        string
		order     DateOrder
		want      string // "value|raw", or nothing
		ambiguous bool
	}{
		{"2019-05-24", UnknownOrder, "2019-05-24|", false},
		{"2019-05", UnknownOrder, "2019-05|", false},
		{"2019", UnknownOrder, "2019|", false},
		{" 2019-05-24 ", UnknownOrder, "2019-05-24|", false},
		{"2019-25-04", UnknownOrder, "2019-04-25|2019-25-04", false},
		{"May 2019", UnknownOrder, "2019-05|May 2019", false},
		{"MAY, 2019", UnknownOrder, "2019-05|MAY, 2019", false},
		{"Sep 7, 2021", UnknownOrder, "2021-09-07|Sep 7, 2021", false},
		{"Sept 7 2021", UnknownOrder, "2021-09-07|Sept 7 2021", false},
		{"26 Feb 2020", UnknownOrder, "2020-02-26|26 Feb 2020", false},
		{"13th of Feb, 2025", UnknownOrder, "2025-02-13|13th of Feb, 2025", false},
		{"July 22nd, 2025", UnknownOrder, "2025-07-22|July 22nd, 2025", false},
		{"the 1st of August of 2023", UnknownOrder, "2023-08-01|the 1st of August of 2023", false},
		{"as of September 2021", UnknownOrder, "2021-09|as of September 2021", false},
		{"August of 2023 (v2)", UnknownOrder, "2023-08|August of 2023 (v2)", false},
		{"08/18/2016", UnknownOrder, "2016-08-18|08/18/2016", false},
		{"18/08/2016", UnknownOrder, "2016-08-18|18/08/2016", false},
		{"18.8.2016", UnknownOrder, "2016-08-18|18.8.2016", false},
		{"29 01 2025", UnknownOrder, "2025-01-29|29 01 2025", false},
		{"01 07 2025", UnknownOrder, "2025|01 07 2025", true},
		{"07/07/2025", UnknownOrder, "2025-07-07|07/07/2025", false},
		{"01/07/2025", MonthFirst, "2025-01-07|01/07/2025", false},
		{"13/07/2025", MonthFirst, "2025-07-13|13/07/2025", false},
		{"30/31/2025", UnknownOrder, "2025|30/31/2025", false},
		{"Feb 30, 2025", UnknownOrder, "2025-02|Feb 30, 2025", false},
		{"Feb 29 2024", UnknownOrder, "2024-02-29|Feb 29 2024", false},
		{"**May 2019**", UnknownOrder, "2019-05|**May 2019**", false},
		{"7 2021", UnknownOrder, "2021|7 2021", false},
		{"2021 and more words 12", UnknownOrder, "2021|2021 and more words 12", false},
		{"mayor 2020", UnknownOrder, "2020|mayor 2020", false},
		{"1850", UnknownOrder, "", false},
		{"May", UnknownOrder, "", false},
		{"mmddyyyy", UnknownOrder, "", false},
		{"-5", UnknownOrder, "", false},
		{"", UnknownOrder, "", false},
		{strings.Repeat("word ", 13) + "2020", UnknownOrder, "", false},
	} {
		date, ambiguous := Date(c.in, c.order)
		have := ""
		if date != nil {
			have = date.GetValue() + "|" + date.GetRaw()
		}
		if have != c.want || ambiguous != c.ambiguous {
			t.Errorf("Date(%q, %v) = %q, %v, want %q, %v", c.in, c.order, have, ambiguous, c.want, c.ambiguous)
		}
	}
}

package clock_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"pgregory.net/rapid"

	"switchboard/host/builtin/tool/tooltest"
)

func dates() *rapid.Generator[time.Time] {
	return rapid.Custom(func(t *rapid.T) time.Time {
		return time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 80_000).Draw(t, "day"))
	})
}

// Counting day by day gives what the formula gives.
func TestDaysBetweenCountsDays(t *testing.T) {
	t.Parallel()
	s := stopped(t)
	rapid.Check(t, func(r *rapid.T) {
		from, days := dates().Draw(r, "from"), rapid.IntRange(0, 400).Draw(r, "days")
		working := 0
		for i := range days {
			if day := from.AddDate(0, 0, i).Weekday(); day != time.Saturday && day != time.Sunday {
				working++
			}
		}
		got := tooltest.Says(t, s, "days_between", args{
			"from": from.Format(time.DateOnly), "to": from.AddDate(0, 0, days).Format(time.DateOnly),
		})
		if !strings.Contains(got, fmt.Sprintf(": %d day", days)) || !strings.Contains(got, fmt.Sprintf("of which %d are", working)) {
			r.Fatalf("%d days, %d of them working days: %s", days, working, got)
		}
	})
}

// Months added never leave the month they lead to.
func TestMonthsStayInTheirMonth(t *testing.T) {
	t.Parallel()
	s := stopped(t)
	rapid.Check(t, func(r *rapid.T) {
		from, months := dates().Draw(r, "from"), rapid.IntRange(-500, 500).Draw(r, "months")
		want := time.Date(from.Year(), from.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC).Format("2006-01-")
		got := tooltest.Says(t, s, "add_to_date", args{"date": from.Format(time.DateOnly), "months": months})
		if !strings.Contains(got, "("+want) {
			r.Fatalf("%s plus %d months: %s; want %s", from.Format(time.DateOnly), months, got, want)
		}
	})
}

func FuzzTime(f *testing.F) {
	for _, seed := range []string{"now", "3pm", "2026-10-25 02:30", "2026-03-29T02:30", "31.12.9999 23:59", "0000-01-01 00:00", "12:00 UTC+14"} {
		f.Add(seed, "Lord_Howe")
	}
	s := stopped(f)
	f.Fuzz(func(t *testing.T, text, zone string) {
		if utf8.RuneCountInString(text) > 100 || utf8.RuneCountInString(zone) > 100 {
			return // a longer text runs through the same code, only slower
		}
		// Whatever is given, the tool answers or refuses in words.
		result := tooltest.Either(t, s, "convert_time", args{"time": text, "from": zone, "to": "UTC"})
		if !strings.Contains(result, " in UTC") && !strings.Contains(result, "the argument") &&
			!strings.Contains(result, "no time zone") && !strings.Contains(result, "is not a date") && !strings.Contains(result, "no time of day") {
			t.Errorf("convert_time(%q, %q) said %q", text, zone, result)
		}
	})
}

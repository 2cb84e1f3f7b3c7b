package clock_test

import (
	_ "embed"
	"strings"
	"testing"
	"time"

	"switchboard/host/builtin/clock"
	"switchboard/host/builtin/tool"
	"switchboard/host/builtin/tool/tooltest"
)

//go:embed zones.txt
var zoneNames string

//go:embed cities.txt
var cityNames string

type args = tooltest.Args

// stopped is a clock in Berlin that stands at Friday, 9 October 2026, 21:30:15.
func stopped(t testing.TB) tool.Server {
	t.Helper()
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 10, 9, 21, 30, 15, 0, berlin)
	return clock.New(func() time.Time { return now }, berlin)
}

// answers are calls and what they say at the time of the stopped clock.
var answers = []struct {
	tool string
	args args
	want string
}{
	{"now", nil, "It is 21:30:15 on Friday, 9 October 2026 in Europe/Berlin (CEST, UTC+02:00).\n" +
		"2026-10-09T21:30:15+02:00, week 41, day 282 of the year."},
	{"now", args{"timezone": "Tokyo"}, "It is 04:30:15 on Saturday, 10 October 2026 in Asia/Tokyo (JST, UTC+09:00).\n" +
		"2026-10-10T04:30:15+09:00, week 41, day 283 of the year."},
	{"now", args{"timezone": "utc"}, "It is 19:30:15 on Friday, 9 October 2026 in UTC.\n2026-10-09T19:30:15Z, week 41, day 282 of the year."},
	{
		"convert_time",
		args{"time": "15:00", "to": "Tokyo"},
		"15:00 on Friday, 9 October 2026 in Europe/Berlin (CEST, UTC+02:00) is 22:00 the same day in Asia/Tokyo (JST, UTC+09:00).",
	},
	{
		"convert_time",
		args{"time": "9pm", "from": "New York", "to": "Sydney"},
		"21:00 on Friday, 9 October 2026 in America/New_York (EDT, UTC-04:00) is 12:00 the next day, " +
			"Saturday, 10 October 2026, in Australia/Sydney (AEDT, UTC+11:00).",
	},
	{
		"convert_time",
		args{"time": "2026-01-05 00:30", "from": "UTC", "to": "UTC-5"},
		"00:30 on Monday, 5 January 2026 in UTC is 19:30 the day before, Sunday, 4 January 2026, in UTC-05:00.",
	},
	{
		"convert_time",
		args{"time": "2026-03-29 02:30", "to": "UTC"},
		"03:30 on Sunday, 29 March 2026 in Europe/Berlin (CEST, UTC+02:00) is 01:30 the same day in UTC.\n" +
			"Note: 02:30 does not exist that day in Europe/Berlin: the clocks go forward. 03:30 CEST is taken instead.",
	},
	{
		"convert_time",
		args{"time": "2026-10-25 02:30", "to": "UTC"},
		"02:30 on Sunday, 25 October 2026 in Europe/Berlin (CEST, UTC+02:00) is 00:30 the same day in UTC.\n" +
			"Note: 02:30 comes twice that day in Europe/Berlin: the clocks go back. The first, 02:30 CEST, is taken.",
	},
	{
		"convert_time",
		args{"time": "2026-10-09T10:00:00-07:00", "from": "Tokyo", "to": "Berlin"},
		"02:00 on Saturday, 10 October 2026 in Asia/Tokyo (JST, UTC+09:00) is 19:00 the day before, Friday, 9 October 2026, " +
			"in Europe/Berlin (CEST, UTC+02:00).\nNote: the time names its own offset from UTC, which counts.",
	},
	{
		"add_to_date",
		args{"date": "2026-01-31", "months": 1},
		"Saturday, 31 January 2026 plus 1 month is Saturday, 28 February 2026 (2026-02-28).\n" +
			"Note: February 2026 has no day 31; its last day is taken.",
	},
	{
		"add_to_date",
		args{"date": "2024-02-29", "years": 1},
		"Thursday, 29 February 2024 plus 1 year is Friday, 28 February 2025 (2025-02-28).\n" +
			"Note: February 2025 has no day 29; its last day is taken.",
	},
	{
		"add_to_date",
		args{"date": "today", "weeks": 2, "days": -1},
		"Friday, 9 October 2026 plus 2 weeks, minus 1 day is Thursday, 22 October 2026 (2026-10-22).",
	},
	{
		"add_to_date",
		args{"date": "2026-10-24 12:00", "days": 1},
		"Saturday, 24 October 2026, 12:00 CEST plus 1 day is Sunday, 25 October 2026, 12:00 CET (2026-10-25T12:00:00+01:00).",
	},
	{
		"add_to_date",
		args{"date": "2026-10-24 12:00", "hours": 24},
		"Saturday, 24 October 2026, 12:00 CEST plus 24 hours is Sunday, 25 October 2026, 11:00 CET (2026-10-25T11:00:00+01:00).",
	},
	{
		"add_to_date",
		args{"date": "2026-12-31", "months": -10},
		"Thursday, 31 December 2026 minus 10 months is Saturday, 28 February 2026 (2026-02-28).\n" +
			"Note: February 2026 has no day 31; its last day is taken.",
	},
	{"add_to_date", args{"date": "2026-12-31"}, "Thursday, 31 December 2026 plus nothing is Thursday, 31 December 2026 (2026-12-31)."},
	{
		"add_to_date",
		args{"date": "1500-01-01", "hours": 5_000_000, "timezone": "UTC"},
		"Monday, 1 January 1500, 00:00 UTC plus 5000000 hours is Sunday, 25 May 2070, 08:00 UTC (2070-05-25T08:00:00Z).",
	},
	{
		"days_between",
		args{"from": "2026-10-09", "to": "2026-12-24"},
		"From Friday, 9 October 2026 to Thursday, 24 December 2026: 76 days (10 weeks and 6 days), " +
			"of which 54 are Monday to Friday. The last date is not counted.",
	},
	{
		"days_between",
		args{"from": "2026-10-10", "to": "2026-10-12"},
		"From Saturday, 10 October 2026 to Monday, 12 October 2026: 2 days, of which 0 are Monday to Friday. The last date is not counted.",
	},
	{
		"days_between",
		args{"from": "tomorrow", "to": "yesterday"},
		"From Saturday, 10 October 2026 to Thursday, 8 October 2026: -2 days, of which -2 are Monday to Friday. The last date is not counted.",
	},
	{
		"days_between",
		args{"from": "0001-01-01", "to": "9999-12-31"},
		"From Monday, 1 January 0001 to Friday, 31 December 9999: 3652058 days (521722 weeks and 4 days), " +
			"of which 2608614 are Monday to Friday. The last date is not counted.",
	},
}

func TestAnswers(t *testing.T) {
	t.Parallel()
	s := stopped(t)
	for _, test := range answers {
		if got := tooltest.Says(t, s, test.tool, test.args); got != test.want {
			t.Errorf("%s(%v) said\n%s\nwant\n%s", test.tool, test.args, got, test.want)
		}
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	s := stopped(t)
	for _, test := range []struct {
		tool string
		args args
		want string
	}{
		{"now", args{"timezone": "Tokio"}, "did you mean Asia/Tokyo"},
		{"now", args{"timezone": "Europe/Berln"}, "did you mean Europe/Berlin"},
		{"now", args{"timezone": "Argentina/Buenos"}, "America/Argentina/Buenos_Aires"},
		{"now", args{"timezone": "Xqzzy Wvvk"}, "offset such as +02:00"},
		{"now", args{"timezone": "+99:00"}, "no time zone"},
		{"now", args{"timezone": "../../etc/passwd"}, "no time zone"},
		{"convert_time", args{"time": "25:00", "to": "Tokyo"}, `"25:00" is not a date or time`},
		{"convert_time", args{"time": "2026-10-09", "to": "Tokyo"}, "no time of day"},
		{"convert_time", args{"time": "10:00", "from": "Atlantis", "to": "Tokyo"}, `"Atlantis"`},
		{"convert_time", args{"time": "10:00", "to": "Atlantis"}, `"Atlantis"`},
		{"convert_time", args{"time": "10:00"}, `needs the argument "to"`},
		{"add_to_date", args{"date": "2026-02-30", "days": 1}, "is not a date"},
		{"add_to_date", args{"date": "10/11/2026", "days": 1}, "is not a date"},
		{"add_to_date", args{"date": "today", "days": 1, "timezone": "Nowhere Land"}, "no time zone"},
		{"add_to_date", args{"date": "9999-12-31", "days": 1}, "outside the years"},
		{"add_to_date", args{"date": "0001-01-01", "minutes": -1}, "outside the years"},
		{"add_to_date", args{"date": "today", "days": 1.5}, "must be a whole number"},
		{"add_to_date", args{"date": "today", "years": 1e12}, "must be from -9999 to 9999"},
		{"days_between", args{"from": "10:00", "to": "today"}, "has no date"},
		{"days_between", args{"from": "today", "to": "soon"}, `"soon" is not a date`},
	} {
		if got := tooltest.Refuses(t, s, test.tool, test.args); !strings.Contains(got, test.want) {
			t.Errorf("%s(%v) refused with %q, want %q", test.tool, test.args, got, test.want)
		}
	}
}

func TestPlaces(t *testing.T) {
	t.Parallel()
	s := stopped(t)
	for name, want := range map[string]string{
		"Tokyo": "Asia/Tokyo", "new york": "America/New_York", "NEW_YORK": "America/New_York", "São Paulo": "America/Sao_Paulo",
		"San Francisco": "America/Los_Angeles", "Zürich": "Europe/Zurich", "Mumbai": "Asia/Kolkata", "Germany": "Europe/Berlin",
		"Paris, France": "Europe/Paris", "Eastern Time": "US/Eastern", "Pacific": "US/Pacific", "Japan": "Japan",
		"europe/berlin": "Europe/Berlin", "Washington, D.C.": "America/New_York", "St. Petersburg": "Europe/Moscow",
		"+02:00": "UTC+02:00", "UTC+2": "UTC+02:00", "GMT-0530": "UTC-05:30", "−3": "UTC-03:00", "utc +5:45": "UTC+05:45",
		"local": "Europe/Berlin", " ": "Europe/Berlin", "UTC": "UTC", "Zulu": "Zulu",
	} {
		got := tooltest.Says(t, s, "now", args{"timezone": name})
		if !strings.Contains(got, "2026 in "+want) {
			t.Errorf("%q is %s, want %s", name, got, want)
		}
	}
}

// The tables name nothing that the database in the binary does not have.
func TestTables(t *testing.T) {
	t.Parallel()
	zones := map[string]bool{}
	for line := range strings.Lines(zoneNames) {
		name := strings.TrimSpace(line)
		if zones[name] = true; name == "" {
			t.Error("zones.txt has an empty line")
		}
		if _, err := time.LoadLocation(name); err != nil {
			t.Errorf("zones.txt: %v", err)
		}
	}
	seen := map[string]bool{}
	for line := range strings.Lines(cityNames) {
		if strings.HasPrefix(line, "#") {
			continue
		}
		place, zone, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok || !zones[zone] || seen[place] {
			t.Errorf("cities.txt: the line %q is malformed, doubled, or names no zone", line)
		}
		seen[place] = true
	}
}

func TestForms(t *testing.T) {
	t.Parallel()
	s := stopped(t)
	for _, form := range []string{
		"2026-10-31", "2026/10/31", "31.10.2026", "31 Oct 2026", "31 october 2026", "Oct 31, 2026", "OCTOBER 31 2026",
		"2026-10-31 15:04", "2026-10-31T15:04:05", "Oct 31, 2026 3:04 pm", "2026-10-31T15:04:05.5+01:00", "2026-10-31 noon", " 2026-10-31  3 p.m. ",
	} {
		if got := tooltest.Says(t, s, "days_between", args{"from": form, "to": "2026-11-01"}); !strings.Contains(got, ": 1 day,") {
			t.Errorf("%q: %s", form, got)
		}
	}
	for form, want := range map[string]string{
		"15:04": "15:04", "3pm": "15:00", "3:04 PM": "15:04", "noon": "12:00", "midnight": "00:00", "12 a.m.": "00:00", "now": "21:30",
	} {
		if got := tooltest.Says(t, s, "convert_time", args{"time": form, "to": "Berlin"}); !strings.HasPrefix(got, want+" on") {
			t.Errorf("%q: %s", form, got)
		}
	}
}

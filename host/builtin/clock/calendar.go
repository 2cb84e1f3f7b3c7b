package clock

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

// Bounds for the arguments of add_to_date: the calendar goes from the year 1 to
// the year 9999.
const (
	maxYear  = 9999
	maxDays  = 366 * maxYear
	maxHours = 24 * maxDays
)

// amounts is what add_to_date adds, all of it possibly negative.
type amounts struct {
	Years, Months, Weeks, Days, Hours, Minutes int
}

func (c *clock) addTool() server.ServerTool {
	spec := tool.Spec{
		Name: "add_to_date", Title: "Add to a date", Hints: readOnly,
		Description: "Add years, months, weeks, days, hours or minutes to a date, or take them away with negative numbers.",
		Params: []tool.Param{
			tool.String("date", "The date, with a time of day if wanted: 2026-10-31, 2026-10-31 15:00, today, now.").Required().AtMost(maxText),
			tool.Integer("years", "Years to add.", -maxYear, maxYear),
			tool.Integer("months", "Months to add.", -12*maxYear, 12*maxYear),
			tool.Integer("weeks", "Weeks to add.", -maxDays/7, maxDays/7),
			tool.Integer("days", "Days to add.", -maxDays, maxDays),
			tool.Integer("hours", "Hours to add.", -maxHours, maxHours),
			tool.Integer("minutes", "Minutes to add.", -maxHours, maxHours),
			zoneParam("timezone", "The zone of the date; left out, the zone of this machine."),
		},
	}
	type arguments struct {
		amounts
		Date, Timezone string
	}
	return tool.New(spec, func(_ context.Context, in arguments) (tool.Answer, error) {
		place, err := c.find(in.Timezone)
		if err != nil {
			return tool.Answer{}, err
		}
		m, err := c.parse(in.Date, place)
		if err != nil {
			return tool.Answer{}, err
		}
		sum, note := in.addTo(m.Time)
		if sum.Year() < 1 || sum.Year() > maxYear {
			return tool.Answer{}, errors.New("the result lies outside the years 1 to 9999")
		}
		layout := longDate
		if m.hasTime || in.Hours != 0 || in.Minutes != 0 {
			layout += ", 15:04 MST"
		}
		text := fmt.Sprintf("%s %s is %s (%s).", m.Format(layout), in.amounts, sum.Format(layout), sum.Format(iso(layout)))
		return tool.Answer{Text: withNote(text, joinNotes(m.note, note)), Data: map[string]string{
			"result": sum.Format(iso(layout)), "weekday": sum.Weekday().String(),
		}}, nil
	})
}

func iso(layout string) string {
	if layout == longDate {
		return time.DateOnly
	}
	return time.RFC3339
}

// addTo adds the large units first. Where the day does not exist in the month
// reached, the month's last day is taken: a month after 31 January is the end of
// February, not the 3rd of March as time.AddDate has it.
func (a amounts) addTo(t time.Time) (time.Time, string) {
	note := ""
	if a.Years != 0 || a.Months != 0 {
		first := time.Date(t.Year()+a.Years, t.Month()+time.Month(a.Months), 1, 0, 0, 0, 0, time.UTC)
		last := first.AddDate(0, 1, -1).Day()
		if t.Day() > last {
			note = fmt.Sprintf("%s has no day %d; its last day is taken", first.Format("January 2006"), t.Day())
		}
		t = time.Date(first.Year(), first.Month(), min(t.Day(), last),
			t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), t.Location())
	}
	t = t.AddDate(0, 0, 7*a.Weeks+a.Days)
	return addMinutes(t, int64(a.Hours)*60+int64(a.Minutes)), note
}

// addMinutes adds more than the 292 years that a time.Duration holds.
func addMinutes(t time.Time, minutes int64) time.Time {
	return time.Unix(t.Unix()+60*minutes, int64(t.Nanosecond())).In(t.Location())
}

// String lists the amounts, such as "plus 1 month, minus 3 days".
func (a amounts) String() string {
	var parts []string
	for _, part := range []struct {
		n    int
		unit string
	}{
		{a.Years, "year"}, {a.Months, "month"}, {a.Weeks, "week"}, {a.Days, "day"}, {a.Hours, "hour"}, {a.Minutes, "minute"},
	} {
		switch {
		case part.n > 0:
			parts = append(parts, "plus "+count(part.n, part.unit))
		case part.n < 0:
			parts = append(parts, "minus "+count(-part.n, part.unit))
		}
	}
	if parts == nil {
		return "plus nothing"
	}
	return strings.Join(parts, ", ")
}

func count(n int, unit string) string {
	if n == 1 {
		return "1 " + unit
	}
	return fmt.Sprintf("%d %ss", n, unit)
}

func joinNotes(notes ...string) string {
	var given []string
	for _, note := range notes {
		if note != "" {
			given = append(given, note)
		}
	}
	return strings.Join(given, ". ")
}

func (c *clock) betweenTool() server.ServerTool {
	spec := tool.Spec{
		Name: "days_between", Title: "Days between two dates", Hints: readOnly,
		Description: "Count the days, and the working days from Monday to Friday, from one date to another.",
		Params: []tool.Param{
			tool.String("from", "The first date, such as 2026-10-31 or today.").Required().AtMost(maxText),
			tool.String("to", "The last date.").Required().AtMost(maxText),
		},
	}
	type arguments struct{ From, To string }
	return tool.New(spec, func(_ context.Context, in arguments) (tool.Answer, error) {
		from, err := c.parseDate(in.From)
		if err != nil {
			return tool.Answer{}, err
		}
		to, err := c.parseDate(in.To)
		if err != nil {
			return tool.Answer{}, err
		}
		return describeDays(from, to), nil
	})
}

func (c *clock) parseDate(text string) (time.Time, error) {
	m, err := c.parse(text, c.local)
	if err != nil {
		return time.Time{}, err
	}
	if !m.hasDate {
		return time.Time{}, fmt.Errorf("%q has no date; write it as 2026-10-31", text)
	}
	return m.Time, nil
}

func describeDays(from, to time.Time) tool.Answer {
	days, working := daysApart(from, to), workingDays(from, to)
	text := fmt.Sprintf("From %s to %s: %s", from.Format(longDate), to.Format(longDate), count(days, "day"))
	if weeks := days / 7; weeks != 0 && days > 0 {
		text += fmt.Sprintf(" (%s and %s)", count(weeks, "week"), count(days%7, "day"))
	}
	text += fmt.Sprintf(", of which %d are Monday to Friday. The last date is not counted.", working)
	return tool.Answer{Text: text, Data: map[string]any{
		"days": days, "working_days": working, "from_weekday": from.Weekday().String(), "to_weekday": to.Weekday().String(),
	}}
}

// daysApart counts the midnights from one date to the other, each date as its
// own place has it; negative when the second is earlier.
func daysApart(from, to time.Time) int { return dayNumber(to) - dayNumber(from) }

// dayNumber counts days from a fixed day, without clock changes.
func dayNumber(t time.Time) int {
	const secondsPerDay = 24 * 60 * 60
	y, m, d := t.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / secondsPerDay)
}

// workingDays counts Mondays to Fridays in the days of daysApart.
func workingDays(from, to time.Time) int {
	days := daysApart(from, to)
	if days < 0 {
		return -workingDays(to, from)
	}
	n := days / 7 * 5
	for i := range days % 7 {
		if day := (int(from.Weekday()) + i) % 7; day != int(time.Saturday) && day != int(time.Sunday) {
			n++
		}
	}
	return n
}

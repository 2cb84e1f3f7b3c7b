// Package clock is the built-in server for dates, times and time zones.
package clock

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

const (
	longDate = "Monday, 2 January 2006"
	// maxText bounds a date or the name of a zone, in characters.
	maxText = 100
)

var readOnly = tool.Hints{ReadOnly: true}

type clock struct {
	now   func() time.Time
	local *time.Location
	zones zones
}

// New makes the server. Tests give a clock that stands still; others give
// time.Now and [Local].
func New(now func() time.Time, local *time.Location) tool.Server {
	c := &clock{now: now, local: local, zones: readZones()}
	return tool.Server{
		Title:        "Clock",
		Instructions: "Knows the time everywhere and counts with dates. Use it whenever today's date or the time matters.",
		Tools:        []server.ServerTool{c.nowTool(), c.convertTool(), c.addTool(), c.betweenTool()},
	}
}

func zoneParam(name, what string) tool.Param {
	return tool.String(name, what+" An IANA name (Europe/Berlin), a city (Tokyo) or an offset (+02:00).").AtMost(maxText)
}

func (c *clock) nowTool() server.ServerTool {
	spec := tool.Spec{
		Name: "now", Title: "Current date and time", Hints: readOnly,
		Description: "Tell the current date, time, weekday and UTC offset, here or in another time zone.",
		Params:      []tool.Param{zoneParam("timezone", "Where; left out, the zone of this machine.")},
	}
	type arguments struct {
		Timezone string `json:"timezone"`
	}
	return tool.New(spec, func(_ context.Context, in arguments) (tool.Answer, error) {
		place, err := c.find(in.Timezone)
		if err != nil {
			return tool.Answer{}, err
		}
		return describeNow(c.now().In(place)), nil
	})
}

func describeNow(t time.Time) tool.Answer {
	_, week := t.ISOWeek()
	text := fmt.Sprintf("It is %s on %s in %s.\n%s, week %d, day %d of the year.",
		t.Format(time.TimeOnly), t.Format(longDate), zoneLabel(t), t.Format(time.RFC3339), week, t.YearDay())
	return tool.Answer{Text: text, Data: map[string]any{
		"time": t.Format(time.RFC3339), "timezone": t.Location().String(), "weekday": t.Weekday().String(),
		"unix": t.Unix(), "iso_week": week, "daylight_saving": t.IsDST(),
	}}
}

// zoneLabel names a zone and its offset at that time, without repeating itself.
func zoneLabel(t time.Time) string {
	name, short, offset := t.Location().String(), t.Format("MST"), "UTC"+t.Format("-07:00")
	if name == offset || short == "UTC" {
		return name
	}
	if strings.Trim(short, "+-0123456789") == "" || short == name {
		return fmt.Sprintf("%s (%s)", name, offset)
	}
	return fmt.Sprintf("%s (%s, %s)", name, short, offset)
}

func (c *clock) convertTool() server.ServerTool {
	spec := tool.Spec{
		Name: "convert_time", Title: "Convert a time between zones", Hints: readOnly,
		Description: "Convert a time from one time zone to another, daylight saving included.",
		Params: []tool.Param{
			tool.String("time", "The time, such as 15:00, 3pm or 2026-10-31 15:00; without a date it is today.").Required().AtMost(maxText),
			zoneParam("from", "The zone of that time; left out, the zone of this machine."),
			zoneParam("to", "The zone to convert to.").Required(),
		},
	}
	type arguments struct{ Time, From, To string }
	return tool.New(spec, func(_ context.Context, in arguments) (tool.Answer, error) {
		from, err := c.find(in.From)
		if err != nil {
			return tool.Answer{}, err
		}
		to, err := c.find(in.To)
		if err != nil {
			return tool.Answer{}, err
		}
		m, err := c.parse(in.Time, from)
		if err != nil {
			return tool.Answer{}, err
		}
		if !m.hasTime {
			return tool.Answer{}, fmt.Errorf("%q has no time of day; write it as in %s 15:00", in.Time, in.Time)
		}
		return describeConversion(m, m.In(to)), nil
	})
}

func describeConversion(m moment, there time.Time) tool.Answer {
	text := fmt.Sprintf("%s on %s in %s is %s %s in %s.", m.Format("15:04"), m.Format(longDate), zoneLabel(m.Time),
		there.Format("15:04"), relativeDay(m.Time, there), zoneLabel(there))
	if m.ownOffset {
		m.note = "the time names its own offset from UTC, which counts"
	}
	return tool.Answer{Text: withNote(text, m.note), Data: map[string]any{
		"from": map[string]string{"time": m.Format(time.RFC3339), "timezone": m.Location().String()},
		"to":   map[string]string{"time": there.Format(time.RFC3339), "timezone": there.Location().String()},
	}}
}

func relativeDay(here, there time.Time) string {
	switch daysApart(here, there) {
	case 0:
		return "the same day"
	case 1:
		return "the next day, " + there.Format(longDate) + ","
	}
	return "the day before, " + there.Format(longDate) + ","
}

func withNote(text, note string) string {
	if note == "" {
		return text
	}
	return text + "\nNote: " + note + "."
}

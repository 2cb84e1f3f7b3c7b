package clock

import (
	"fmt"
	"strings"
	"time"
)

// Layouts for text in upper case without commas; time.Parse ignores the case of
// the names of months.
var (
	dateLayouts = []string{
		"2006-1-2", "2006/1/2", "2.1.2006", "2 Jan 2006", "2 January 2006", "Jan 2 2006", "January 2 2006",
	}
	timeLayouts   = []string{"15:04", "15:04:05", "3PM", "3:04PM", "3:04:05PM"}
	offsetLayouts = []string{time.RFC3339, "2006-01-02T15:04Z07:00", "2006-01-02 15:04:05Z07:00", "2006-01-02 15:04Z07:00"}
)

// tidy brings what people write into the form of the layouts.
var tidy = strings.NewReplacer(",", " ", "A.M.", "AM", "P.M.", "PM", "NOON", "12:00", "MIDNIGHT", "00:00")

// A moment is a point in time as somebody wrote it.
type moment struct {
	time.Time
	hasDate, hasTime bool
	// ownOffset tells that the text named its offset from UTC.
	ownOffset bool
	note      string // on a wall clock time that does not exist or comes twice
}

// parse reads a date, a time of day or both, as of a place.
func (c *clock) parse(text string, place *time.Location) (moment, error) {
	form := strings.Join(strings.Fields(tidy.Replace(strings.ToUpper(text))), " ")
	form = strings.NewReplacer(" AM", "AM", " PM", "PM").Replace(form)
	if m, ok := c.named(form, place); ok {
		return m, nil
	}
	for _, layout := range offsetLayouts {
		if t, err := time.Parse(layout, form); err == nil {
			return moment{Time: t.In(place), hasDate: true, hasTime: true, ownOffset: true}, nil
		}
	}
	if m, ok := c.written(form, place); ok {
		return m, nil
	}
	return moment{}, fmt.Errorf("%q is not a date or time that can be read; "+
		"write 2026-10-31, 2026-10-31 15:04, 15:04 or 3:04pm", text)
}

func (c *clock) named(form string, place *time.Location) (moment, bool) {
	now := c.now().In(place)
	days := map[string]int{"TODAY": 0, "TOMORROW": 1, "YESTERDAY": -1}
	if form == "NOW" {
		return moment{Time: now, hasDate: true, hasTime: true}, true
	}
	offset, ok := days[form]
	if !ok {
		return moment{}, false
	}
	return moment{Time: time.Date(now.Year(), now.Month(), now.Day()+offset, 0, 0, 0, 0, place), hasDate: true}, true
}

func (c *clock) written(form string, place *time.Location) (moment, bool) {
	for _, date := range dateLayouts {
		if t, err := time.Parse(date, form); err == nil {
			return moment{Time: onTheWall(t, place), hasDate: true}, true
		}
		for _, clockTime := range timeLayouts {
			for _, between := range []string{" ", "T"} {
				if t, err := time.Parse(date+between+clockTime, form); err == nil {
					return moment{Time: onTheWall(t, place), hasDate: true, hasTime: true, note: oddity(t, place)}, true
				}
			}
		}
	}
	for _, clockTime := range timeLayouts {
		if t, err := time.Parse(clockTime, form); err == nil {
			y, m, d := c.now().In(place).Date()
			t = time.Date(y, m, d, t.Hour(), t.Minute(), t.Second(), 0, time.UTC)
			return moment{Time: onTheWall(t, place), hasTime: true, note: oddity(t, place)}, true
		}
	}
	return moment{}, false
}

// onTheWall is the time at which a clock on the wall of place shows what t shows
// in UTC; of two such times it is the first.
func onTheWall(t time.Time, place *time.Location) time.Time {
	there := time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, place)
	start, _ := there.ZoneBounds()
	if gap := setBack(start); gap > 0 && there.Sub(start) < gap {
		return there.Add(-gap)
	}
	return there
}

// oddity says so when a clock on the wall of place never shows the time, or
// shows it twice.
func oddity(t time.Time, place *time.Location) string {
	there := onTheWall(t, place)
	if there.Hour() != t.Hour() || there.Minute() != t.Minute() {
		return fmt.Sprintf("%s does not exist that day in %s: the clocks go forward. %s is taken instead",
			t.Format(time.TimeOnly[:5]), place, there.Format("15:04 MST"))
	}
	_, end := there.ZoneBounds()
	if gap := setBack(end); gap > 0 && end.Sub(there) <= gap {
		return fmt.Sprintf("%s comes twice that day in %s: the clocks go back. The first, %s, is taken",
			there.Format("15:04"), place, there.Format("15:04 MST"))
	}
	return ""
}

// setBack is by how much the clocks go back at a change of the offset; zero or
// less when they do not, or when there is no change.
func setBack(change time.Time) time.Duration {
	if change.IsZero() {
		return 0
	}
	_, before := change.Add(-time.Second).Zone()
	_, after := change.Zone()
	return time.Duration(before-after) * time.Second
}

package builtin_test

import (
	"encoding/json"
	"testing"
	"time"
)

func TestClock(t *testing.T) {
	t.Parallel()
	c := open(t, "clock")
	var got struct {
		Time     time.Time
		Timezone string
	}
	before := time.Now().Truncate(time.Second)
	must(t, json.Unmarshal(c.call("now", args{"timezone": "Tokyo"}).Structured, &got))
	if got.Time.Before(before) || got.Time.After(time.Now()) || got.Timezone != "Asia/Tokyo" {
		t.Errorf("now is %+v; the test began at %v", got, before)
	}
	contains(t, c.says("now", nil), "Europe/Berlin")
	contains(t, c.refuses("now", args{"timezone": "Tokio"}), "Asia/Tokyo")
	contains(t, c.says("convert_time", args{"time": "2026-10-09 15:00", "from": "Berlin", "to": "Tokyo"}), "is 22:00 the same day in Asia/Tokyo")
	contains(t, c.says("add_to_date", args{"date": "2026-01-31", "months": 1}), "2026-02-28")
	contains(t, c.says("days_between", args{"from": "2026-10-09", "to": "2026-10-16"}), "7 days", "5 are Monday to Friday")
}

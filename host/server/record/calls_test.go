package record_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"switchboard/host/clean"
	"switchboard/host/server/record"
)

// The percentiles are the nearest ranks of the last thousand calls.
func TestPercentiles(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		times := rapid.SliceOfN(rapid.IntRange(0, 60_000), 1, 1500).Draw(t, "times")
		c := record.NewCalls(nil)
		for _, ms := range times {
			c.Add(record.Call{Took: time.Duration(ms) * time.Millisecond, Failed: ms%2 == 1})
		}
		sorted := slices.Clone(times[max(0, len(times)-1000):])
		slices.Sort(sorted)
		rank := func(p int) time.Duration {
			return time.Duration(sorted[(len(sorted)*p+99)/100-1]) * time.Millisecond
		}
		s := c.Stats()
		if s.Calls != len(times) || s.P50 != rank(50) || s.P95 != rank(95) || s.P99 != rank(99) || c.P50() != s.P50 {
			t.Fatalf("%+v, want %v %v %v", s, rank(50), rank(95), rank(99))
		}
		sum, last := 0, time.Duration(-1)
		for i, b := range s.Buckets {
			n := 0
			for _, ms := range times {
				if took := time.Duration(ms) * time.Millisecond; took > last && (b.UpTo == 0 || took <= b.UpTo) {
					n++
				}
			}
			if b.Count != n || b.UpTo == 0 && i != len(s.Buckets)-1 {
				t.Fatalf("bucket up to %v holds %d, want %d", b.UpTo, b.Count, n)
			}
			sum, last = sum+b.Count, b.UpTo
		}
		if sum != len(times) {
			t.Fatalf("the buckets hold %d of %d", sum, len(times))
		}
	})
}

func TestNoCalls(t *testing.T) {
	t.Parallel()
	c := record.NewCalls(nil)
	if s := c.Stats(); s.Calls != 0 || s.P99 != 0 || len(s.Buckets) != 0 || len(c.Recent()) != 0 {
		t.Errorf("%+v", s)
	}
}

func TestRecentCalls(t *testing.T) {
	t.Parallel()
	c := record.NewCalls(record.NewMasker("hunter22"))
	for range 60 {
		c.Add(record.Call{Tool: "old"})
	}
	c.Add(record.Call{
		Tool: "new", Failed: true, Bytes: 7,
		Arguments: json.RawMessage(`{"pw":"hunter22"}`), Text: clean.Foreign("refused hunter22"),
	})
	c.Add(record.Call{
		Arguments: json.RawMessage(`{"text":"` + strings.Repeat("x", 10_000) + `"}`), Text: clean.Foreign(strings.Repeat("é", 10_000)),
	})
	recent := c.Recent()
	if len(recent) != record.MaxCalls {
		t.Fatalf("%d calls kept", len(recent))
	}
	masked, long := recent[len(recent)-2], recent[len(recent)-1]
	if string(masked.Arguments) != `{"pw":"•••"}` || masked.Text.Raw() != "refused •••" || !masked.Failed || masked.Bytes != 7 {
		t.Errorf("kept as %+v", masked)
	}
	var head string
	if json.Unmarshal(long.Arguments, &head) != nil || !strings.HasPrefix(head, `{"text":"xxx`) || len(head) > record.MaxAnswer+3 {
		t.Errorf("long arguments kept as %.60s", long.Arguments)
	}
	if n := len(long.Text.Raw()); n > record.MaxAnswer+3 || n < record.MaxAnswer-3 {
		t.Errorf("%d bytes of a long answer kept", n)
	}
}

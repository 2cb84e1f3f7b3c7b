package record

import (
	"encoding/json"
	"slices"
	"sync"
	"time"

	"switchboard/host/clean"
)

// The bounds of [Calls].
const (
	MaxCalls    = 50      // kept whole
	MaxAnswer   = 8 << 10 // bytes kept of an answer, and of arguments
	window      = 1000    // calls that the percentiles look back on
	bucketCount = 16
	firstBucket = time.Millisecond
)

// A Call is one call that ended.
type Call struct {
	Tool string
	At   time.Time
	Took time.Duration
	// Arguments are as they were sent, secrets masked; where they were longer than
	// 8 KiB they are their beginning as a JSON string.
	Arguments json.RawMessage
	Text      clean.Text // the answer or the error, at most 8 KiB
	Failed    bool
	Bytes     int // of the answer
}

// Stats sums up the calls since the program started. The percentiles are exact
// over the last 1,000 calls.
type Stats struct {
	Calls, Failed int // Failed counts transport faults, timeouts and tool errors
	P50, P95, P99 time.Duration
	Buckets       []Bucket // the histogram, rising
}

// A Bucket counts the calls that took up to so long and more than the one before.
type Bucket struct {
	UpTo  time.Duration // 0 in the last one, which has no bound
	Count int
}

// Calls sums up calls and keeps the last 50 whole.
type Calls struct {
	mask *Masker
	ring *Ring[Call]

	mu      sync.Mutex
	stats   Stats
	counts  [bucketCount]int
	latest  []time.Duration // the window; used as a circle once it is full
	oldest  int
	ordered []time.Duration // the window, rising
}

// NewCalls makes an empty record; mask may be nil.
func NewCalls(mask *Masker) *Calls {
	return &Calls{mask: mask, ring: NewRing[Call](MaxCalls, 0)}
}

// Add keeps a call. Its arguments and text are masked and cut.
func (c *Calls) Add(call Call) {
	call.Arguments = c.arguments(call.Arguments)
	call.Text = c.head(call.Text)
	c.ring.Add(call, 0)
	c.mu.Lock()
	defer c.mu.Unlock()
	c.stats.Calls++
	if call.Failed {
		c.stats.Failed++
	}
	c.counts[bucket(call.Took)]++
	c.slide(call.Took)
}

func (c *Calls) arguments(raw json.RawMessage) json.RawMessage {
	masked := whole(c.mask.Head(raw, MaxAnswer))
	if len(raw) <= MaxAnswer && json.Valid(masked) || len(raw) == 0 {
		return masked
	}
	text := string(masked)
	if len(raw) > MaxAnswer {
		text += "…"
	}
	quoted, _ := json.Marshal(text)
	return quoted
}

func (c *Calls) head(t clean.Text) clean.Text {
	raw := t.Raw()
	if len(raw) <= MaxAnswer {
		return clean.Foreign(c.mask.String(raw))
	}
	return clean.Foreign(string(whole(c.mask.Head([]byte(raw[:min(len(raw), MaxAnswer+c.mask.longest())]), MaxAnswer))) + "…")
}

// slide moves the window on by one call and keeps it in order.
func (c *Calls) slide(took time.Duration) {
	if len(c.latest) == window {
		at, _ := slices.BinarySearch(c.ordered, c.latest[c.oldest])
		c.ordered = slices.Delete(c.ordered, at, at+1)
		c.latest[c.oldest] = took
		c.oldest = (c.oldest + 1) % window
	} else {
		c.latest = append(c.latest, took)
	}
	at, _ := slices.BinarySearch(c.ordered, took)
	c.ordered = slices.Insert(c.ordered, at, took)
}

// bucket is the index of the histogram's bucket: 1 ms, 2 ms, 4 ms, … 16 s, more.
func bucket(took time.Duration) int {
	i, bound := 0, firstBucket
	for i < bucketCount-1 && took > bound {
		i, bound = i+1, 2*bound
	}
	return i
}

// P50 is the median of the last 1,000 calls; 0 before any.
func (c *Calls) P50() time.Duration {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.percentile(50)
}

// percentile is the nearest rank: the least value that so many in a hundred do
// not exceed.
func (c *Calls) percentile(p int) time.Duration {
	n := len(c.ordered)
	if n == 0 {
		return 0
	}
	return c.ordered[(n*p+99)/100-1]
}

// Stats sums up. Empty buckets beyond the slowest call are left out.
func (c *Calls) Stats() Stats {
	c.mu.Lock()
	defer c.mu.Unlock()
	s := c.stats
	s.P50, s.P95, s.P99 = c.percentile(50), c.percentile(95), c.percentile(99)
	last := bucketCount - 1
	for last >= 0 && c.counts[last] == 0 {
		last--
	}
	for i := range last + 1 {
		b := Bucket{Count: c.counts[i]}
		if i < bucketCount-1 {
			b.UpTo = firstBucket << i
		}
		s.Buckets = append(s.Buckets, b)
	}
	return s
}

// Recent gives the last calls, oldest first.
func (c *Calls) Recent() []Call {
	calls, _ := c.ring.All()
	return calls
}

package amount_test

import (
	"testing"
	"time"

	"switchboard/ui/amount"
)

func TestTimes(t *testing.T) {
	t.Parallel()
	tests := []struct {
		d                     time.Duration
		elapsed, age, latency string
	}{
		{-time.Second, "0.0 s", "0 s", "<1 ms"},
		{0, "0.0 s", "0 s", "<1 ms"},
		{90 * time.Millisecond, "0.0 s", "0 s", "90 ms"},
		{3270 * time.Millisecond, "3.2 s", "3 s", "3.3 s"},
		{9999 * time.Millisecond, "9.9 s", "9 s", "10.0 s"},
		{59 * time.Second, "59 s", "59 s", "59.0 s"},
		{61 * time.Second, "1 min 1 s", "1 min 1 s", "61.0 s"},
		{3*time.Hour + 4*time.Minute, "3 h 4 min", "3 h 4 min", "11040.0 s"},
		{72 * time.Hour, "3 days", "3 days", "259200.0 s"},
	}
	for _, tt := range tests {
		if got := amount.Elapsed(tt.d); got != tt.elapsed {
			t.Errorf("Elapsed(%v) = %q, want %q", tt.d, got, tt.elapsed)
		}
		if got := amount.Age(tt.d); got != tt.age {
			t.Errorf("Age(%v) = %q, want %q", tt.d, got, tt.age)
		}
		if got := amount.Latency(tt.d); got != tt.latency {
			t.Errorf("Latency(%v) = %q, want %q", tt.d, got, tt.latency)
		}
	}
}

func TestNumbers(t *testing.T) {
	t.Parallel()
	tests := []struct{ got, want string }{
		{amount.Count(0, "tool"), "0 tools"},
		{amount.Count(1, "tool"), "1 tool"},
		{amount.Count(12345, "line"), "12,345 lines"},
		{amount.Group(-1234567), "-1,234,567"},
		{amount.Group(1000), "1,000"},
		{amount.Short(0), "0"},
		{amount.Short(999), "999"},
		{amount.Short(1234), "1.2k"},
		{amount.Short(9960), "10k"},
		{amount.Short(34_500), "34k"},
		{amount.Short(999_600), "1.0M"},
		{amount.Bytes(1), "1 byte"},
		{amount.Bytes(999), "999 bytes"},
		{amount.Bytes(8123), "8.1 KB"},
		{amount.Bytes(2_500_000), "2.5 MB"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("got %q, want %q", tt.got, tt.want)
		}
	}
}

package record_test

import (
	"testing"

	"pgregory.net/rapid"

	"switchboard/host/server/record"
)

// A ring is the end of the list of all that was added: as long as count and bytes
// allow, and never empty once something came.
func TestRingIsATail(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		count := rapid.IntRange(1, 100).Draw(t, "count")
		bytes := rapid.IntRange(0, 300).Draw(t, "bytes")
		sizes := rapid.SliceOfN(rapid.IntRange(0, 50), 0, 500).Draw(t, "sizes")
		r := record.NewRing[int](count, bytes)
		for i, size := range sizes {
			r.Add(i, size)
		}
		got, dropped := r.All()
		if len(got)+dropped != len(sizes) {
			t.Fatalf("%d kept and %d dropped of %d", len(got), dropped, len(sizes))
		}
		sum := 0
		for i, v := range got {
			if v != dropped+i {
				t.Fatalf("%v after %d dropped", got, dropped)
			}
			sum += sizes[v]
		}
		if len(got) > count || bytes > 0 && sum > bytes && len(got) > 1 {
			t.Fatalf("%d values of %d bytes, allowed %d of %d", len(got), sum, count, bytes)
		}
		if dropped > 0 && len(got) < count && (bytes == 0 || sum+sizes[dropped-1] <= bytes) {
			t.Fatalf("value %d was dropped although there was room", dropped-1)
		}
	})
}

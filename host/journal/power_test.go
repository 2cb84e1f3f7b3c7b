package journal

import (
	"bytes"
	"testing"

	"pgregory.net/rapid"
)

// powerless is a disk that forgets what was not synced when the power goes: of
// that it keeps any prefix, or loses pages out of the midst, as disks do.
type powerless struct {
	synced  []byte
	pending []byte
	fail    error
}

func (d *powerless) Write(b []byte) (int, error) {
	if d.fail != nil {
		d.pending = append(d.pending, b[:len(b)/2]...)
		return len(b) / 2, d.fail
	}
	d.pending = append(d.pending, b...)
	return len(b), nil
}

func (d *powerless) Sync() error {
	d.synced = append(d.synced, d.pending...)
	d.pending = nil
	return d.fail
}

func (d *powerless) Truncate(size int64) error {
	all := append(bytes.Clone(d.synced), d.pending...)
	d.pending = all[min(int64(len(all)), size):][:0]
	if size < int64(len(d.synced)) {
		d.synced = d.synced[:size]
	} else {
		d.pending = append([]byte(nil), all[len(d.synced):size]...)
	}
	return nil
}

func (d *powerless) Close() error { return nil }

// cut is what is left after a power cut.
func (d *powerless) cut(rt *rapid.T) []byte {
	left := bytes.Clone(d.synced)
	kept := rapid.IntRange(0, len(d.pending)).Draw(rt, "kept")
	tail := bytes.Clone(d.pending[:kept])
	if kept > 0 && rapid.Bool().Draw(rt, "a page is lost") {
		from := rapid.IntRange(0, kept-1).Draw(rt, "from")
		clear(tail[from:min(kept, from+16)])
	}
	return append(left, tail...)
}

// What was synced survives every power cut; what was not is lost without harm.
func TestPowerCuts(t *testing.T) {
	t.Parallel()
	cuts := 0
	for cuts < 10_000 {
		rapid.Check(t, func(rt *rapid.T) {
			cuts++
			d := &powerless{}
			w := &Writer{file: d}
			sure, n := 0, rapid.IntRange(1, 12).Draw(rt, "records")
			for i := range n {
				if err := w.Write(record("message", `{"text":"some words"}`)); err != nil {
					rt.Fatal(err)
				}
				if rapid.Bool().Draw(rt, "sync") {
					if err := w.Sync(); err != nil {
						rt.Fatal(err)
					}
					sure = i + 1
				}
			}
			got, _ := read(t, d.cut(rt))
			if len(got) < sure {
				rt.Fatalf("%d records are left of %d that were synced", len(got), sure)
			}
			for i, r := range got[:sure] {
				if r.Seq != int64(i+1) {
					rt.Fatalf("record %d is number %d", i+1, r.Seq)
				}
			}
		})
	}
}

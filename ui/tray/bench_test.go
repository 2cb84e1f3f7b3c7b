package tray_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/theme"
	"switchboard/ui/tray"
)

// big are arguments of about so many bytes: a long text and some short values.
func big(size int) host.Approval {
	text, _ := json.Marshal(strings.Repeat("0123456789 abcdefghi\n", size/21))
	return approval(fmt.Sprintf(`{"path":"a.txt","content":%s,"mode":"w"}`, text))
}

// BenchmarkFrame draws one frame with arguments of several sizes, folded and open:
// the cost must not grow with them.
func BenchmarkFrame(b *testing.B) {
	for _, size := range []int{2_000, 200_000, 2_000_000} {
		for _, open := range []bool{false, true} {
			b.Run(fmt.Sprintf("%dKB/open=%v", size/1000, open), func(b *testing.B) {
				frame := frames(b, size, open)
				for b.Loop() {
					frame()
				}
			})
		}
	}
}

// frames gives what draws a frame of a question with arguments of a size.
func frames(tb testing.TB, size int, open bool) func() {
	tb.Helper()
	th, err := theme.New("dark", true)
	if err != nil {
		tb.Fatal(err)
	}
	now := time.Unix(1e9, 0)
	t := tray.New(th)
	t.Ask(1, big(size), now, now)
	t.Focus(now)
	draw := func() {
		t.Layout(80, min(20, t.Want(80)))
		t.View(now)
	}
	draw()
	if open {
		t.Press(keyPress("enter"), now.Add(time.Minute))
		t.Press(keyPress("down"), now.Add(2*time.Minute))
		draw()
	}
	return draw
}

// A frame allocates the same whatever the size of the arguments, so that it costs
// the same.
func TestFrameCostIsIndependentOfSize(t *testing.T) {
	for _, open := range []bool{false, true} {
		small := testing.AllocsPerRun(20, frames(t, 20_000, open))
		large := testing.AllocsPerRun(20, frames(t, 2_000_000, open))
		if large > small*1.2+10 {
			t.Errorf("open %v: %.0f allocations for 2 MB, %.0f for 20 KB", open, large, small)
		}
	}
}

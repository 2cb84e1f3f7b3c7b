package ui

import (
	"testing"

	"pgregory.net/rapid"
)

func TestLayout(t *testing.T) {
	t.Parallel()
	tests := []struct {
		name string
		w, h int
		d    demand
		want plan
	}{
		{"too narrow", 19, 30, demand{composer: 1}, plan{tooSmall: true}},
		{"too low", 80, 5, demand{composer: 1}, plan{tooSmall: true}},
		{"nothing", 0, 0, demand{}, plan{tooSmall: true}},
		{
			"wide and idle", 120, 36,
			demand{composer: 1},
			plan{
				pane: rect{1, 0, 30, 35}, talk: rect{34, 0, 86, 33}, tray: rect{34, 33, 86, 0},
				rule: rect{34, 33, 86, 1}, composer: rect{34, 34, 86, 1}, status: rect{1, 35, 118, 1},
			},
		},
		{
			"narrow and asked", 80, 24,
			demand{composer: 2, tray: 9},
			plan{
				strip: rect{0, 0, 80, 1}, talk: rect{0, 1, 80, 10}, tray: rect{0, 11, 80, 9},
				rule: rect{0, 20, 80, 1}, composer: rect{0, 21, 80, 2}, status: rect{0, 23, 80, 1},
			},
		},
		{
			"small and answering", 40, 12,
			demand{composer: 1, tray: 20, trayFocused: true},
			plan{
				strip: rect{0, 0, 40, 1}, talk: rect{0, 1, 40, 1}, tray: rect{0, 2, 40, 7},
				rule: rect{0, 9, 40, 1}, composer: rect{0, 10, 40, 1}, status: rect{0, 11, 40, 1},
			},
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			if got := layout(tt.w, tt.h, tt.d); got != tt.want {
				t.Errorf("got  %+v\nwant %+v", got, tt.want)
			}
		})
	}
}

// Whatever the parts want, they lie on the screen, on rows of their own, and leave
// none of them empty.
func TestLayoutCoversTheScreen(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		w, h := rapid.IntRange(minWidth, 300).Draw(t, "w"), rapid.IntRange(minHeight, 100).Draw(t, "h")
		d := demand{
			tray: rapid.IntRange(0, 200).Draw(t, "tray"), composer: rapid.IntRange(1, 6).Draw(t, "composer"),
			trayFocused: rapid.Bool().Draw(t, "focused"),
		}
		p := layout(w, h, d)
		taken := make([]int, h)
		for _, r := range []rect{p.strip, p.talk, p.tray, p.rule, p.composer, p.status} {
			if r.h < 0 || r.w < 0 || r.x < 0 || r.h > 0 && r.x+r.w > w {
				t.Fatalf("%+v lies outside of %dx%d", r, w, h)
			}
			for y := r.y; y < r.y+r.h; y++ {
				taken[y]++
			}
		}
		for y, n := range taken {
			if n != 1 {
				t.Fatalf("row %d is taken %d times in %+v", y, n, p)
			}
		}
		if p.composer.h < 1 {
			t.Fatalf("nowhere to type in %+v", p)
		}
		if d.tray > 0 && p.tray.h < 1 && h > minHeight+1 {
			t.Fatalf("a question is out of sight in %+v", p)
		}
	})
}

package inspector

import "slices"

// A list is rows of which one is chosen and some are in sight. It holds the rows'
// keys alone; who has it draws the rows. A key stays what it is when rows before
// it come or go, so the chosen row stays chosen.
type list[K comparable] struct {
	keys   []K
	chosen int
	top    int
	follow bool // the last row is always the chosen one
}

// set takes the rows' newest keys. The chosen one stays chosen; when it is gone,
// the one in its place is.
func (l *list[K]) set(keys []K) {
	key, had := l.key()
	first := l.top - l.chosen
	l.keys = keys
	if i := slices.Index(keys, key); had && i >= 0 {
		l.chosen = i
	}
	if l.follow {
		l.chosen = len(keys) - 1
	}
	l.chosen = max(0, min(l.chosen, len(keys)-1))
	l.top = max(0, l.chosen+first) // the row does not jump on the screen
}

// key is the chosen row's key; false when there are no rows.
func (l *list[K]) key() (key K, ok bool) {
	if l.chosen >= len(l.keys) {
		return key, false
	}
	return l.keys[l.chosen], true
}

// move chooses the row n further down. Going up ends following, reaching the end
// does not begin it again: that is a key of its own.
func (l *list[K]) move(n int) {
	l.chosen = max(0, min(l.chosen+n, len(l.keys)-1))
	if n < 0 {
		l.follow = false
	}
}

// last chooses the last row and follows it.
func (l *list[K]) last() {
	l.follow = true
	l.chosen = max(0, len(l.keys)-1)
}

// window is which rows are in sight where there is room for h: those around the
// chosen one.
func (l *list[K]) window(h int) (from, to int) {
	h = max(0, h)
	l.top = min(l.top, l.chosen)
	l.top = max(l.top, l.chosen-h+1)
	l.top = max(0, min(l.top, len(l.keys)-h))
	return l.top, min(len(l.keys), l.top+h)
}

// press takes the keys that move through a list, a page being h rows.
func (l *list[K]) press(key string, h int) bool {
	switch key {
	case "up", "k":
		l.move(-1)
	case "down", "j":
		l.move(1)
	case "pgup":
		l.move(-max(1, h-1))
	case "pgdown":
		l.move(max(1, h-1))
	case "home", "g":
		l.move(-len(l.keys))
	case "end", "G":
		l.move(len(l.keys))
	default:
		return false
	}
	return true
}

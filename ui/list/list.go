// Package list is rows of which one is chosen, and the filter that narrows them
// down to those with some words in them.
package list

import "slices"

// A List is rows of which one is chosen and some are in sight. It holds the rows'
// keys alone; who has it draws the rows. A key stays what it is when rows before
// it come or go, so the chosen row stays chosen.
type List[K comparable] struct {
	Keys   []K
	Chosen int  // among Keys
	Follow bool // the last row is always the chosen one
	top    int
}

// Set takes the rows' newest keys. The chosen one stays chosen; when it is gone,
// the one in its place is.
func (l *List[K]) Set(keys []K) {
	key, had := l.Key()
	first := l.top - l.Chosen
	l.Keys = keys
	if i := slices.Index(keys, key); had && i >= 0 {
		l.Chosen = i
	}
	if l.Follow {
		l.Chosen = len(keys) - 1
	}
	l.Chosen = max(0, min(l.Chosen, len(keys)-1))
	l.top = max(0, l.Chosen+first) // the row does not jump on the screen
}

// Key is the chosen row's key; false when there are no rows.
func (l *List[K]) Key() (key K, ok bool) {
	if l.Chosen >= len(l.Keys) {
		return key, false
	}
	return l.Keys[l.Chosen], true
}

// Move chooses the row n further down. Going up ends following, reaching the end
// does not begin it again: that is a key of its own.
func (l *List[K]) Move(n int) {
	l.Chosen = max(0, min(l.Chosen+n, len(l.Keys)-1))
	if n < 0 {
		l.Follow = false
	}
}

// Last chooses the last row and follows it.
func (l *List[K]) Last() {
	l.Follow = true
	l.Chosen = max(0, len(l.Keys)-1)
}

// Window is which rows are in sight where there is room for h: those around the
// chosen one.
func (l *List[K]) Window(h int) (from, to int) {
	h = max(0, h)
	l.top = min(l.top, l.Chosen)
	l.top = max(l.top, l.Chosen-h+1)
	l.top = max(0, min(l.top, len(l.Keys)-h))
	return l.top, min(len(l.Keys), l.top+h)
}

// Press takes the keys that move through a list, a page being h rows. It tells
// whether the key was one of them.
func (l *List[K]) Press(key string, h int) bool {
	switch key {
	case "up", "k":
		l.Move(-1)
	case "down", "j":
		l.Move(1)
	case "pgup":
		l.Move(-max(1, h-1))
	case "pgdown":
		l.Move(max(1, h-1))
	case "home", "g":
		l.Move(-len(l.Keys))
	case "end", "G":
		l.Move(len(l.Keys))
	default:
		return false
	}
	return true
}

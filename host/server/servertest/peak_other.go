//go:build !linux || race

package servertest

// peak cannot be told: elsewhere there is no /proc, and the race detector takes
// many times what the program does.
func peak() int { return 0 }

// Package task starts goroutines that have an owner: the owner waits for them,
// and a panic in one becomes a report instead of the end of the program.
package task

import (
	"fmt"
	"runtime/debug"
	"sync"
)

// A Panic is what was recovered from a goroutine.
type Panic struct {
	Task  string // the name given to Go
	Value any
	Stack string
}

// Error tells where the panic happened; the stack is for the log.
func (p Panic) Error() string { return fmt.Sprintf("internal fault in %s: %v", p.Task, p.Value) }

// A Group owns goroutines. The zero value is ready to use.
type Group struct {
	// OnPanic takes what was recovered; nil drops it. It is called on the
	// goroutine that failed.
	OnPanic func(Panic)
	wg      sync.WaitGroup
}

// Go runs f on a goroutine of the group. The name tells a reader of a fault
// report which one it was.
func (g *Group) Go(name string, f func()) {
	g.wg.Go(func() {
		defer func() {
			v := recover()
			if v == nil {
				return
			}
			if g.OnPanic != nil {
				g.OnPanic(Panic{name, v, string(debug.Stack())})
			}
		}()
		f()
	})
}

// Wait returns when every goroutine of the group has ended.
func (g *Group) Wait() { g.wg.Wait() }

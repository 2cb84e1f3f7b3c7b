package inspector_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"switchboard/host"
	"switchboard/host/clean"
)

// A frame costs the same whatever number of records there is: compare the lines
// of one tab.
func BenchmarkFrame(b *testing.B) {
	for _, tab := range []string{"1", "2", "3", "4", "6", "7"} {
		for _, n := range []int{100, 10_000} {
			b.Run(fmt.Sprintf("tab%s/%d", tab, n), func(b *testing.B) {
				in := looking(b, filled(n))
				press(in, tab)
				at := now
				for b.Loop() {
					at = at.Add(time.Second) // so that it is drawn anew
					in.View(84, 33, at)
				}
			})
		}
	}
}

// filled is a server with so many records of each kind.
func filled(n int) host.ServerInspected {
	e := github()
	e.Inspection.Wire = traffic(n / 2)
	for i := range n {
		e.Inspection.Log = append(e.Inspection.Log, host.ServerLog{At: now, Source: host.LogStderr, Text: clean.Foreign(strings.Repeat("line ", 20))})
		info := e.Tools[0]
		info.Tool.ID.Tool = fmt.Sprintf("tool_%05d", i)
		e.Tools = append(e.Tools, info)
		e.Inspection.History = append(e.Inspection.History, host.ServerChange{At: now, State: host.ServerReady})
		r := e.Inspection.Resources[0]
		r.URI = fmt.Sprintf("repo://%d", i)
		e.Inspection.Resources = append(e.Inspection.Resources, r)
	}
	return e
}

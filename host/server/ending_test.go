package server_test

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"time"

	"switchboard/host/server"
	"switchboard/host/server/process"
	"switchboard/host/server/servertest"
)

func TestEnding(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no process groups and no SIGTERM")
	}
	for _, c := range []struct {
		name  string
		flags []string
		want  server.Ending
	}{
		{"obedient", nil, server.Ending{By: process.ClosedInput}},
		{"deaf to the end of input", []string{"-ignore=eof"}, server.Ending{By: process.Terminated}},
		{"deaf to both", []string{"-ignore=both"}, server.Ending{By: process.Killed}},
		{"with a child", []string{"-child", "-pids=" + t.TempDir() + "/pids"}, server.Ending{By: process.ClosedInput, Orphans: true}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			ready := make(chan struct{}, 1)
			s := server.New(servertest.Config("s", c.flags...), server.Options{
				Grace: 200 * time.Millisecond,
				Notify: func(st server.Status) {
					if st.State == server.Ready {
						select {
						case ready <- struct{}{}:
						default:
						}
					}
				},
			})
			ctx, cancel := context.WithCancel(t.Context())
			over := make(chan struct{})
			go func() { defer close(over); s.Run(ctx) }()
			<-ready
			if took, err := s.Ping(ctx); err != nil || took <= 0 {
				t.Errorf("the ping took %s, %v", took, err)
			}
			cancel()
			<-over
			got := s.Ending()
			if got.Took <= 0 {
				t.Error("it took no time at all")
			}
			if got.Took = 0; got != c.want {
				t.Errorf("it ended as %+v, want %+v", got, c.want)
			}
			var notReady *server.Error
			if _, err := s.Ping(t.Context()); !errors.As(err, &notReady) || notReady.Kind != server.NotReady {
				t.Errorf("a ping afterwards gave %v", err)
			}
		})
	}
}

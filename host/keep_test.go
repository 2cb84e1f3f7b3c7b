package host_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"switchboard/host"
	"switchboard/host/config"
	"switchboard/host/server/servertest"
	"switchboard/llm/llmtest"
)

// TestKeep has the configuration written once for every wish that is to last, in
// the order of the wishes, and tells what came of it.
func TestKeep(t *testing.T) {
	t.Parallel()
	var mu sync.Mutex
	var written []string
	s := begin(t, llmtest.New(), []config.Server{servertest.Config("db")}, func(o *host.Options) {
		o.SetDisabled = func(server string, disabled bool) error {
			mu.Lock()
			defer mu.Unlock()
			written = append(written, fmt.Sprint(server, disabled))
			if len(written) == 3 {
				return errors.New("the disk is full")
			}
			return nil
		}
	})
	s.host.Do(host.ControlServer{Server: "db", Action: host.Disable})
	s.host.Do(host.ControlServer{Server: "db", Action: host.Restart, Keep: true})
	s.host.Do(host.ControlServer{Server: "nobody", Action: host.Disable, Keep: true})
	for _, want := range []string{"db is disabled from now on", "db is enabled from now on", "for the session only: the disk is full"} {
		action := host.Disable
		if strings.Contains(want, "enabled") {
			action = host.Enable
		}
		s.host.Do(host.ControlServer{Server: "db", Action: action, Keep: true})
		next(s, func(n host.Notice) bool { return strings.Contains(n.Text.Raw(), want) })
	}
	mu.Lock()
	defer mu.Unlock()
	if want := []string{"dbtrue", "dbfalse", "dbtrue"}; !slices.Equal(written, want) {
		t.Errorf("wrote %v, want %v", written, want)
	}
}

func TestKeepWithoutConfiguration(t *testing.T) {
	t.Parallel()
	s := begin(t, llmtest.New(), []config.Server{servertest.Config("db")})
	s.host.Do(host.ControlServer{Server: "db", Action: host.Disable, Keep: true})
	n := next(s, anyOf[host.Notice])
	if n.Level != host.Warn || !strings.Contains(n.Text.Raw(), "no configuration") {
		t.Errorf("the notice is %+v", n)
	}
}

package servertest_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"switchboard/host/server/servertest"
)

func TestMain(m *testing.M) { servertest.Main(m) }

const (
	// maxResident is what a host may take, whatever its servers send, in KiB.
	maxResident = 300 << 10
	// maxRatio is how much worse the good servers' p99 may become.
	maxRatio = 10
	// leastP99 is what that p99 counts for at least where many tests share few cores:
	// a host that digests a flood has then had its share of them. The soak, which has
	// the machine to itself, is stricter.
	leastP99 = 200 * time.Millisecond
)

// Every mode runs next to five good servers that are called ten times a second and
// do not notice. Of each is said what must be said, the host stays small, and
// afterwards nothing is left of anything.
func TestModes(t *testing.T) {
	t.Parallel()
	control := begin(t, servertest.Trial{Alone: 8 * time.Second})
	verdicts := make(chan servertest.Verdict, 100)
	t.Run("groups", func(t *testing.T) {
		for i, group := range groups(servertest.Modes()) {
			t.Run(fmt.Sprint(i), func(t *testing.T) {
				t.Parallel()
				verdicts <- tryModes(t, group, time.Second, 1500*time.Millisecond)
			})
		}
	})
	close(verdicts)
	elsewhere := control()
	for v := range verdicts {
		judgeTimes(t, v, elsewhere, leastP99)
	}
}

// begin holds a trial beside the test; the function waits for its verdict.
func begin(t *testing.T, tr servertest.Trial) (end func() servertest.Verdict) {
	t.Helper()
	tr.PIDs = filepath.Join(t.TempDir(), "pids")
	done := make(chan servertest.Verdict, 1)
	var holding sync.WaitGroup
	holding.Go(func() {
		v, err := tr.Run(t.Context())
		if err != nil {
			t.Error(err)
		}
		done <- v
	})
	return func() servertest.Verdict {
		holding.Wait()
		return <-done
	}
}

// groups deals the modes out so that no two heavy ones are together.
func groups(modes []servertest.Mode) [][]servertest.Mode {
	var heavy, light []servertest.Mode
	for _, m := range modes {
		if m.Heavy {
			heavy = append(heavy, m)
		} else {
			light = append(light, m)
		}
	}
	dealt := make([][]servertest.Mode, len(heavy))
	for i, m := range slices.Concat(heavy, light) {
		dealt[i%len(heavy)] = append(dealt[i%len(heavy)], m)
	}
	return dealt
}

// tryModes holds a trial of some modes together.
func tryModes(t *testing.T, modes []servertest.Mode, alone, least time.Duration) servertest.Verdict {
	t.Helper()
	tr := servertest.Trial{URLs: map[string]string{}, PIDs: filepath.Join(t.TempDir(), "pids"), Alone: alone, Least: least}
	for _, m := range modes {
		tr.Modes = append(tr.Modes, m.Name)
		if m.Web != nil {
			tr.URLs[m.Name] = serve(t, m.Web)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	v, err := tr.Run(ctx)
	if err != nil {
		t.Fatalf("%s: %v", tr.Modes, err)
	}
	t.Logf("%s\nalone %v; beside %v; %d MiB", strings.Join(tr.Modes, ", "), v.Alone, v.Beside, v.Peak>>10)
	judge(t, v)
	if !gone(tr.PIDs) {
		t.Error("processes are left")
	}
	for _, m := range modes {
		judgeMode(t, m, v.Modes[m.Name])
	}
	return v
}

// judge holds against a trial what must be true of every one.
func judge(t *testing.T, v servertest.Verdict) {
	t.Helper()
	if failed := slices.Concat(v.Alone.Failed, v.Beside.Failed); len(failed) > 0 {
		t.Errorf("%d good calls failed, such as %q", len(failed), failed[0])
	}
	if v.Peak > maxResident {
		t.Errorf("the host took %d MiB", v.Peak>>10)
	}
	if v.Left != "" {
		t.Errorf("goroutines are left: %.2000s", v.Left)
	}
}

// judgeTimes compares the good servers' p99 with what it was alone, and with that of
// good servers in another host at the same time, since all of them share the
// machine with the modes.
func judgeTimes(t *testing.T, v, elsewhere servertest.Verdict, least time.Duration) {
	t.Helper()
	if v.Beside.P99 > maxRatio*max(v.Alone.P99, elsewhere.Alone.P99, least) {
		t.Errorf("next to the modes %v; alone %v; in another host %v", v.Beside, v.Alone, elsewhere.Alone)
	}
}

func judgeMode(t *testing.T, m servertest.Mode, f servertest.Finding) {
	t.Helper()
	if len(f.Unsaid) > 0 {
		t.Errorf("of %q nothing says %q, but:\n%s", m.Name, f.Unsaid, strings.Join(f.Lines[:min(len(f.Lines), 30)], "\n"))
	}
	if m.Ends.By != "" && (f.Ending.By != m.Ends.By || f.Ending.Orphans != m.Ends.Orphans) {
		t.Errorf("%q ended by %+v, want %+v", m.Name, f.Ending, m.Ends)
	}
	if f.Ending.Alive {
		t.Errorf("%q could not be ended", m.Name)
	}
}

// serve runs a handler for the test's time.
func serve(t *testing.T, h http.Handler) string {
	t.Helper()
	ts := httptest.NewServer(h)
	t.Cleanup(func() {
		ts.CloseClientConnections()
		ts.Close()
	})
	return ts.URL + "/mcp"
}

// The table says of every mode what it does and what must be said of it.
func TestModesAreToldApart(t *testing.T) {
	t.Parallel()
	names := map[string]bool{}
	for _, m := range servertest.Modes() {
		if m.Name == "" || m.Does == "" || len(m.Says) == 0 || names[m.Name] {
			t.Errorf("%q does %q and says %q", m.Name, m.Does, m.Says)
		}
		names[m.Name] = true
		if m.Times.Guard != nil || m.Times.Notify != nil {
			t.Errorf("%q changes more than durations", m.Name)
		}
	}
}

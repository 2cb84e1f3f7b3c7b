package server_test

import (
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

// Of thirty secrets in our environment the child sees none; it sees the short
// list and what its own entry names.
func TestEnvironment(t *testing.T) {
	t.Parallel()
	passed := []string{
		"HOME=/home/x", "LOGNAME=x", "PATH=" + os.Getenv("PATH"), "SHELL=/bin/sh", "USER=x", "LANG=C", "LC_ALL=C",
		"LC_TIME=C", "TERM=dumb", "TMPDIR=/tmp", "TZ=UTC", "XDG_CONFIG_HOME=/c", "XDG_DATA_HOME=/d", "XDG_CACHE_HOME=/e", "XDG_STATE_HOME=/f",
	}
	environ := slices.Clone(passed)
	for i := range 28 {
		environ = append(environ, fmt.Sprintf("SECRET_%d_API_KEY=hidden", i))
	}
	environ = append(environ, "OPENAI_API_KEY=hidden", "HTTPS_PROXY=http://user:hidden@proxy", "TOKEN=hidden")

	cfg := servertest.Config("fixture")
	cfg.Env = append(cfg.Env, "TOKEN=its own", "TERM=xterm")
	cfg.Dir = t.TempDir()
	l := run(t, cfg, server.Options{Environ: environ})
	l.awaitState(server.Ready)
	got := strings.Split(l.call("env", `{}`).Text.Raw(), "\n")
	slices.Sort(got)
	want := append(slices.DeleteFunc(slices.Clone(passed), func(nv string) bool { return nv == "TERM=dumb" }), cfg.Env...)
	slices.Sort(want)
	// Go's own os/exec and shells add PWD to no environment that is given whole.
	if !slices.Equal(got, want) {
		t.Errorf("the child sees\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if dir := l.call("cwd", `{}`).Text.Raw(); dir != cfg.Dir {
		t.Errorf("it works in %s, want %s", dir, cfg.Dir)
	}
}

// Package servertest gives tests of the host real MCP servers: the test binary
// runs itself as a child process that speaks the protocol, or breaks it in every
// way that servers were seen to.
package servertest

import (
	"flag"
	"os"
	"runtime"
	"strconv"
	"testing"

	"go.uber.org/goleak"

	"switchboard/host/config"
	"switchboard/host/server"
)

// The first arguments by which the test binary runs as something else.
const (
	fixtureArg = "servertest-fixture"
	guardArg   = "servertest-guard"
	trialArg   = "servertest-trial"
)

// Main is a TestMain: it runs the tests and then looks for goroutines left over,
// unless the program was started as one of this package's child processes. Tests
// that wait for other processes leave the processor idle, so without a -parallel
// flag twice as many as usual run side by side.
func Main(m *testing.M) {
	Children()
	_ = flag.Set("test.parallel", strconv.Itoa(2*runtime.GOMAXPROCS(0))) // the command line comes later and wins
	goleak.VerifyTestMain(m)
}

// Children returns at once in the test itself; in a child process it does the
// child's work and exits.
func Children() {
	if len(os.Args) < 2 {
		return
	}
	switch os.Args[1] {
	case fixtureArg:
		os.Exit(fixture(os.Args[2:]))
	case trialArg:
		os.Exit(trialMain(os.Args[2]))
	case guardArg:
		server.GuardMain(os.Stdin)
		os.Exit(0)
	}
}

// raceExit keeps a child that was built with the race detector from sleeping a
// second before it exits, as such programs do by default.
const raceExit = "GORACE=atexit_sleep_ms=0"

// Config is the entry of a fixture server. The flags, such as "-delay=1s", say how
// it behaves; see [Flags].
func Config(name string, flags ...string) config.Server {
	return config.Server{
		Name: name, Command: self(), Args: append([]string{fixtureArg}, flags...),
		Env: []string{raceExit},
	}
}

// Guard prepares a guard process for servers under test.
func Guard() *server.Guard { return server.StartGuard(self(), guardArg) }

func self() string {
	file, err := os.Executable()
	if err != nil {
		panic(err)
	}
	return file
}

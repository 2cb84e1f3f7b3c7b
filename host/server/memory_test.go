//go:build linux && !race

package server_test

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"
	"time"

	"switchboard/host/config"
	"switchboard/host/server"
	"switchboard/host/server/servertest"
)

const (
	memoryArg = "memory-host"
	// maxResident is what a host may take, whatever one server sends it, in KiB.
	maxResident = 300 << 10
)

func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == memoryArg {
		memoryHost(os.Args[2], os.Args[3], os.Args[4])
		return
	}
	servertest.Main(m)
}

// memoryHost is a host in a process of its own: it has a server, the fixture
// unless a URL is given, do what is asked and tells what the call came to, what
// the server is said to be, and how much memory all that took at most.
func memoryHost(url, tool, args string) {
	cfg := servertest.Config("fixture", "-offers=1")
	if url != "" {
		cfg = config.Server{Name: "web", URL: url}
	}
	ready := make(chan struct{}, 1)
	s := server.New(cfg, server.Options{CallTimeout: 20 * time.Second, Notify: func(st server.Status) {
		if st.State == server.Ready {
			select {
			case ready <- struct{}{}:
			default:
			}
		}
	}})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.Run(ctx)
	}()
	<-ready
	_, err := s.Call(ctx, tool, json.RawMessage(args), nil)
	i := s.Inspect()
	fmt.Printf("%v; %s; %d lines, %d messages\n", err, i.Status.Stdout.Line(), len(i.Log)+i.LogDropped, len(i.Wire)+i.WireDropped)
	cancel()
	<-done
	fmt.Println(residentPeak())
}

// residentPeak is the largest resident set that this process had, in KiB.
func residentPeak() int {
	status, _ := os.ReadFile("/proc/self/status")
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	n, _ := strconv.Atoi(strings.Fields(rest)[0])
	return n
}

// bomb serves a result that goes on for ever, in one of several ways.
func bomb(kind string) webServer {
	return webServer{tools: `{"name":"x"}`, call: func(w http.ResponseWriter, _ *http.Request, id json.RawMessage) {
		switch kind {
		case "body":
			endless(w, id)
		case "event":
			w.Header().Set("Content-Type", "text/event-stream")
			fmt.Fprint(w, "data: ")
			endless(w, id)
		case "gzip":
			w.Header().Set("Content-Encoding", "gzip")
			z, _ := gzip.NewWriterLevel(w, gzip.BestSpeed)
			endless(z, id)
		case "deep":
			fmt.Fprintf(w, `{"jsonrpc":"2.0","id":%s,"result":%s`, id, strings.Repeat("[", 1<<20))
		case "events":
			w.Header().Set("Content-Type", "text/event-stream")
			notice := `data: {"jsonrpc":"2.0","method":"notifications/message","params":{"data":"` + strings.Repeat("x", 4000) + "\"}}\n\n"
			for range 3000 {
				if _, err := fmt.Fprint(w, notice); err != nil {
					return
				}
			}
			fmt.Fprintf(w, "data: {\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"content\":[]}}\n\n", id)
		}
	}}
}

// Whatever one server sends, the host stays small, the call ends, and the reason
// is said in words.
func TestMemory(t *testing.T) {
	t.Parallel()
	const dropped, tooLarge, tooDeep = "a message of more than 16 MiB was dropped", "larger than 16 MiB", "nested deeper than 128 levels"
	note := `{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"` + strings.Repeat("x", 10_000) + `"}}`
	cases := map[string]struct {
		web, tool, args string
		want            []string
	}{
		"endless line":          {"", "endless", `{}`, []string{tooLarge, dropped}},
		"line of 60 MB":         {"", "big", `{"n":60000000}`, []string{tooLarge, dropped}},
		"line of 16 MB":         {"", "big", `{"n":16500000}`, []string{"<nil>"}},
		"deep answer":           {"", "deep", `{"n":3000000}`, []string{tooDeep}},
		"errors without a line": {"", "unbroken", `{"n":100000000}`, []string{"<nil>"}},
		"errors in a flood":     {"", "stderr", `{"n":100000,"text":"` + strings.Repeat("e", 200) + `"}`, []string{"<nil>", "100000 lines"}},
		"list changes":          {"", "flood", `{"n":20000}`, []string{"<nil>"}},
		"log messages":          {"", "line", `{"n":1500,"line":` + note + `}`, []string{"<nil>", "1500 lines"}},
		"large notifications":   {"", "line", `{"n":8,"line":{"jsonrpc":"2.0","method":"x","params":{"a":[` + strings.Repeat(`{"a":1},`, 9_000) + `1]}}}`, []string{"<nil>"}},
		"HTTP body":             {"body", "x", `{}`, []string{tooLarge}},
		"HTTP event":            {"event", "x", `{}`, []string{tooLarge}},
		"HTTP gzip":             {"gzip", "x", `{}`, []string{tooLarge}},
		"HTTP deep":             {"deep", "x", `{}`, []string{tooDeep}},
		"HTTP events":           {"events", "x", `{}`, []string{"<nil>", "3000 lines"}},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := ""
			if c.web != "" {
				url = serve(t, bomb(c.web)).URL
			}
			out, err := exec.CommandContext(t.Context(), os.Args[0], memoryArg, url, c.tool, c.args).CombinedOutput()
			if err != nil {
				t.Fatalf("%v: %.2000s", err, out)
			}
			lines := strings.Split(strings.TrimSpace(string(out)), "\n")
			peak, err := strconv.Atoi(lines[len(lines)-1])
			if err != nil || peak == 0 || peak > maxResident {
				t.Errorf("%d MB at most", peak>>10)
			}
			for _, want := range c.want {
				if !strings.Contains(lines[0], want) {
					t.Errorf("%q is not in %.1000s", want, lines[0])
				}
			}
			t.Logf("%d MB: %.200s", peak>>10, lines[0])
		})
	}
}

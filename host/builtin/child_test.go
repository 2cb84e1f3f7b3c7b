package builtin_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"

	"switchboard/host/builtin"
)

// The variables that turn the test binary into a built-in server.
const (
	childName = "SWITCHBOARD_TEST_BUILTIN"
	childData = "SWITCHBOARD_TEST_DATA"
)

// childPatience bounds how long a test waits for a child.
const childPatience = 30 * time.Second

func TestMain(m *testing.M) {
	if name := os.Getenv(childName); name != "" {
		os.Exit(serveChild(name))
	}
	goleak.VerifyTestMain(m)
}

func serveChild(name string) int {
	dir, err := os.Getwd()
	if err == nil {
		err = builtin.Serve(context.Background(), name, builtin.Options{
			Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr,
			Dir: dir, DataDir: os.Getenv(childData), Getenv: os.Getenv, Version: "1.2.3",
		})
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// A child is a built-in server running as a process of its own.
type child struct {
	t      testing.TB
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    *bufio.Reader
	stderr *strings.Builder
	nextID int
}

type setting func(*exec.Cmd)

func in(dir string) setting { return func(c *exec.Cmd) { c.Dir = dir } }

func env(name, value string) setting {
	return func(c *exec.Cmd) { c.Env = append(c.Env, name+"="+value) }
}

func launch(t testing.TB, name string, settings ...setting) *child {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), childPatience)
	t.Cleanup(cancel)
	binary, err := os.Executable()
	must(t, err)
	c := &child{t: t, cmd: exec.CommandContext(ctx, binary), stderr: new(strings.Builder)}
	c.cmd.Env = []string{childName + "=" + name, "TZ=Europe/Berlin"}
	c.cmd.Dir = t.TempDir()
	for _, set := range settings {
		set(c.cmd)
	}
	c.cmd.Stderr = c.stderr
	c.in, err = c.cmd.StdinPipe()
	must(t, err)
	stdout, err := c.cmd.StdoutPipe()
	must(t, err)
	c.out = bufio.NewReaderSize(stdout, 1<<20)
	must(t, c.cmd.Start())
	t.Cleanup(sync.OnceFunc(func() { c.in.Close(); c.cmd.Wait() }))
	return c
}

// open launches a server and shakes hands as a client of 2025-11-25.
func open(t testing.TB, name string, settings ...setting) *child {
	t.Helper()
	c := launch(t, name, settings...)
	c.result("initialize", map[string]any{
		"protocolVersion": "2025-11-25", "capabilities": map[string]any{},
		"clientInfo": map[string]any{"name": "test", "version": "1"},
	})
	c.send(map[string]any{"jsonrpc": "2.0", "method": "notifications/initialized"})
	return c
}

type rpcError struct {
	Code    int    `json:"code"`
	Message string `json:"message"`
}

type message struct {
	ID     *int            `json:"id"`
	Method string          `json:"method"`
	Result json.RawMessage `json:"result"`
	Error  *rpcError       `json:"error"`
}

func (c *child) send(v any) {
	c.t.Helper()
	line, err := json.Marshal(v)
	must(c.t, err)
	c.sendLine(string(line))
}

func (c *child) sendLine(line string) {
	c.t.Helper()
	_, err := io.WriteString(c.in, line+"\n")
	must(c.t, err)
}

// receive reads the next message; a line that is not JSON fails the test.
func (c *child) receive() message {
	c.t.Helper()
	line, err := c.out.ReadString('\n')
	if err != nil {
		c.t.Fatalf("reading from the server: %v; its standard error: %s", err, c.stderr)
	}
	var m message
	if err := json.Unmarshal([]byte(line), &m); err != nil {
		c.t.Fatalf("the server wrote %q: %v", line, err)
	}
	return m
}

func (c *child) request(method string, params any) message {
	c.t.Helper()
	c.nextID++
	c.send(map[string]any{"jsonrpc": "2.0", "id": c.nextID, "method": method, "params": params})
	m := c.receive()
	if m.ID == nil || *m.ID != c.nextID {
		c.t.Fatalf("the answer to request %d is %+v", c.nextID, m)
	}
	return m
}

func (c *child) result(method string, params any) json.RawMessage {
	c.t.Helper()
	m := c.request(method, params)
	if m.Error != nil {
		c.t.Fatalf("%s: %+v", method, *m.Error)
	}
	return m.Result
}

// A reply is the result of a tool call.
type reply struct {
	Content []struct {
		Type, Text string
	}
	Structured json.RawMessage `json:"structuredContent"`
	IsError    bool
}

func (r reply) text() string { return r.Content[0].Text }

type args map[string]any

func (c *child) call(tool string, a args) reply {
	c.t.Helper()
	var r reply
	must(c.t, json.Unmarshal(c.result("tools/call", map[string]any{"name": tool, "arguments": a}), &r))
	if len(r.Content) != 1 || r.Content[0].Type != "text" || r.text() == "" {
		c.t.Fatalf("%s(%v) gave %+v; want one piece of text", tool, a, r)
	}
	return r
}

// says calls a tool that must succeed and gives its text.
func (c *child) says(tool string, a args) string {
	c.t.Helper()
	r := c.call(tool, a)
	if r.IsError {
		c.t.Fatalf("%s(%v) failed: %s", tool, a, r.text())
	}
	return r.text()
}

// refuses calls a tool that must fail and gives the reason.
func (c *child) refuses(tool string, a args) string {
	c.t.Helper()
	r := c.call(tool, a)
	if !r.IsError {
		c.t.Fatalf("%s(%v) succeeded: %s", tool, a, r.text())
	}
	return r.text()
}

// end closes the input and gives what the process still wrote and how it ended.
func (c *child) end() (string, error) {
	c.t.Helper()
	must(c.t, c.in.Close())
	rest, err := io.ReadAll(c.out)
	must(c.t, err)
	return string(rest), c.cmd.Wait()
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func contains(t testing.TB, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("missing %q in:\n%s", part, text)
		}
	}
}

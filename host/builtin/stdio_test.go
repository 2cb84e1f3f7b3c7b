package builtin

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

func makeTool(name string, run func(context.Context) (tool.Answer, error)) server.ServerTool {
	return tool.New(tool.Spec{Name: name}, func(ctx context.Context, _ struct{}) (tool.Answer, error) { return run(ctx) })
}

func callLine(id int, name string) string {
	return fmt.Sprintf(`{"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":%q,"arguments":{}}}`+"\n", id, name)
}

// serveTools runs a server of the tools until the input ends, and gives what it
// wrote.
func serveTools(t *testing.T, in io.Reader, tools ...server.ServerTool) string {
	t.Helper()
	var out bytes.Buffer
	opts := Options{Stdin: in, Stdout: &out}.complete()
	if err := converse(t.Context(), speaker("test", "1", tool.Server{Tools: tools}), opts); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestPanicInATool(t *testing.T) {
	t.Parallel()
	panics := makeTool("panics", func(context.Context) (tool.Answer, error) { panic("out of order") })
	works := makeTool("works", func(context.Context) (tool.Answer, error) { return tool.Answer{Text: "fine"}, nil })
	got := serveTools(t, strings.NewReader(callLine(1, "panics")+callLine(2, "works")), panics, works)
	for _, want := range []string{`"id":1`, "out of order", `"id":2`, "fine"} {
		if !strings.Contains(got, want) {
			t.Errorf("missing %q in %s", want, got)
		}
	}
}

func TestCancelledCall(t *testing.T) {
	t.Parallel()
	in, write := io.Pipe()
	started := make(chan struct{})
	waits := makeTool("waits", func(ctx context.Context) (tool.Answer, error) {
		close(started)
		<-ctx.Done()
		return tool.Answer{}, errors.New("was cancelled")
	})
	go func() {
		defer write.Close()
		io.WriteString(write, callLine(1, "waits"))
		<-started
		io.WriteString(write, `{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":1}}`+"\n")
	}()
	if got := serveTools(t, in, waits); !strings.Contains(got, "was cancelled") {
		t.Errorf("the call gave %s", got)
	}
}

// A call that goes on when the input has ended has a second to come to its end.
func TestCallsAfterTheInput(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		takes := func(d time.Duration) func(context.Context) (tool.Answer, error) {
			return func(ctx context.Context) (tool.Answer, error) {
				select {
				case <-time.After(d):
					return tool.Answer{Text: "came to its end"}, nil
				case <-ctx.Done():
					return tool.Answer{}, errors.New("was stopped")
				}
			}
		}
		began := time.Now()
		quick, slow := makeTool("quick", takes(grace/2)), makeTool("slow", takes(time.Hour))
		got := serveTools(t, strings.NewReader(callLine(1, "quick")+callLine(2, "slow")), quick, slow)
		if !strings.Contains(got, "came to its end") || !strings.Contains(got, "was stopped") {
			t.Errorf("the calls gave %s", got)
		}
		if took := time.Since(began); took != grace {
			t.Errorf("the server ended after %v, want %v", took, grace)
		}
	})
}

func TestCallsSideBySide(t *testing.T) {
	t.Parallel()
	meet := make(chan struct{})
	meets := makeTool("meets", func(context.Context) (tool.Answer, error) {
		select {
		case meet <- struct{}{}:
		case <-meet:
		}
		return tool.Answer{Text: "met"}, nil
	})
	got := serveTools(t, strings.NewReader(callLine(1, "meets")+callLine(2, "meets")), meets)
	if strings.Count(got, `"met"`) != 2 {
		t.Errorf("the calls gave %s", got)
	}
}

func TestLongLine(t *testing.T) {
	t.Parallel()
	fits, long := strings.Repeat("a", maxLine-1), strings.Repeat("b", maxLine)
	r := bufio.NewReaderSize(strings.NewReader(fits+"\n"+long+"\nnext\n"+long), 64<<10)
	for i, want := range []struct {
		length int
		err    error
	}{{maxLine, nil}, {0, errLineTooLong}, {5, nil}, {maxLine, nil}, {0, io.EOF}} {
		line, err := nextLine(r)
		if len(line) != want.length || !errors.Is(err, want.err) {
			t.Errorf("line %d has %d bytes and the error %v, want %d and %v", i, len(line), err, want.length, want.err)
		}
	}
}

func FuzzLines(f *testing.F) {
	for _, seed := range []string{"", "\n", "a\nb", "a\n\nb\n", "\r\n", strings.Repeat("x", 100_000) + "\ny"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var whole []byte
		r := bufio.NewReaderSize(bytes.NewReader(content), 16)
		for {
			line, err := nextLine(r)
			whole = append(whole, line...)
			if bytes.IndexByte(line, '\n') != -1 && bytes.IndexByte(line, '\n') != len(line)-1 {
				t.Fatalf("%q is more than one line", line)
			}
			if err != nil {
				break
			}
		}
		if len(content) <= maxLine && !bytes.Equal(whole, content) {
			t.Errorf("%q was read as %q", content, whole)
		}
	})
}

// Whatever comes in, what goes out is JSON, a message a line.
func FuzzConversation(f *testing.F) {
	f.Add([]byte(callLine(1, "works")))
	f.Add([]byte("{}\n[]\nnull\n\"\"\n{\"id\":1}\n"))
	f.Add([]byte(`{"jsonrpc":"2.0","id":{},"method":"initialize","params":[]}`))
	f.Add([]byte(`{"jsonrpc":"2.0","id":"x","method":"tools/list","params":{"cursor":"!"}}`))
	works := makeTool("works", func(context.Context) (tool.Answer, error) { return tool.Answer{Text: "fine"}, nil })
	f.Fuzz(func(t *testing.T, content []byte) {
		got := serveTools(t, bytes.NewReader(content), works)
		for line := range strings.Lines(got) {
			if !json.Valid([]byte(line)) {
				t.Errorf("%q is answered by %q", content, line)
			}
		}
	})
}

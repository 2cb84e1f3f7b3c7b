package servertest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"
)

// A peer is the fixture's side of one connection.
type peer struct {
	flags Flags

	mu        sync.Mutex // of standard output and what follows
	closed    bool
	cancelled []string // ids that notifications/cancelled named
	extra     []string // tools that were added while running
	answers   map[string]chan json.RawMessage
	nextID    int
	stop      bool // read no more
	more      int  // resources that were added while running
	pulled    bool // the tools are described in another way
}

type message struct {
	ID     json.RawMessage `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  json.RawMessage `json:"error"`
}

func fixture(args []string) int {
	f := parse(args)
	if f.ignores("term") {
		signal.Ignore(syscall.SIGTERM)
	}
	if f.PIDs != "" {
		note(f.PIDs, os.Getpid())
	}
	if f.Child {
		child := exec.Command(self(), fixtureArg, "-idle", "-ignore=term", "-pids="+f.PIDs)
		child.Stdout = os.Stdout // holds our pipes open
		child.Stderr = os.Stderr
		_ = child.Start()
	}
	fmt.Fprint(os.Stderr, f.Stderr)
	fmt.Print(f.Banner)
	switch {
	case f.Idle:
		time.Sleep(time.Hour)
	case f.Exit >= 0:
		return f.Exit
	}
	if f.DieAfter > 0 {
		time.AfterFunc(f.DieAfter, func() {
			fmt.Fprintln(os.Stderr, "Error: the database went away")
			os.Exit(3)
		})
	}
	p := &peer{flags: f, answers: map[string]chan json.RawMessage{}}
	p.read(os.Stdin)
	if f.ignores("eof") {
		time.Sleep(time.Hour)
	}
	return 0
}

// note adds a process id to a file.
func note(file string, pid int) {
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		panic(err)
	}
	defer f.Close()
	fmt.Fprintln(f, pid)
}

func (p *peer) read(r io.Reader) {
	for br := bufio.NewReader(r); ; {
		line, err := br.ReadBytes('\n')
		if err != nil {
			return
		}
		var m message
		if json.Unmarshal(line, &m) == nil {
			p.take(m)
		}
		p.mu.Lock()
		stop := p.stop
		p.mu.Unlock()
		if stop {
			time.Sleep(time.Hour)
		}
	}
}

func (p *peer) take(m message) {
	switch {
	case m.Method == "":
		p.mu.Lock()
		answer := p.answers[string(m.ID)]
		p.mu.Unlock()
		if answer != nil {
			both, _ := json.Marshal(map[string]json.RawMessage{"result": orNull(m.Result), "error": orNull(m.Error)})
			answer <- both
		}
	case has(p.flags.Mute, m.Method):
	case m.Method == "notifications/cancelled":
		p.mu.Lock()
		p.cancelled = append(p.cancelled, string(m.Params))
		p.mu.Unlock()
	case m.Method == "notifications/initialized":
		for range p.flags.Flood {
			p.write(`{"jsonrpc":"2.0","method":"notifications/tools/list_changed"}`)
		}
	case len(m.ID) > 0:
		if m.Method == "tools/call" && strings.Contains(string(m.Params), `"stopread"`) {
			p.mu.Lock()
			p.stop = true
			p.mu.Unlock()
		}
		go p.serve(m)
	}
}

func orNull(raw json.RawMessage) json.RawMessage {
	if raw == nil {
		return json.RawMessage("null")
	}
	return raw
}

func (p *peer) serve(m message) {
	switch m.Method {
	case "initialize":
		time.Sleep(p.flags.Delay)
		p.initialize(m)
	case "server/discover":
		p.discover(m)
	case "tools/list":
		p.list(m)
	case "tools/call":
		p.call(m)
	case "ping":
		p.result(m, `{}`)
	default:
		if p.offer(m) {
			return
		}
		p.fail(m, -32601, "method not found: "+m.Method, "")
	}
}

func (p *peer) capabilities() string {
	if p.flags.NoCaps {
		return `{}`
	}
	if p.flags.Offers > 0 {
		return `{"tools":{"listChanged":true},"resources":{"subscribe":true,"listChanged":true},"prompts":{},"logging":{}}`
	}
	return `{"tools":{"listChanged":true}}`
}

func (p *peer) initialize(m message) {
	version := p.flags.Version
	if version == "" {
		version = "2025-11-25"
	}
	switch p.flags.Era {
	case "modern":
		p.fail(m, -32022, "unsupported protocol version", `{"supported":["2026-07-28"],"requested":"2025-11-25"}`)
	case "refuse":
		p.fail(m, -32600, "come back tomorrow", "")
	case "odd": // a capability of the wrong type
		p.result(m, `{"protocolVersion":"2025-06-18","capabilities":{"tools":true,"logging":[]},"serverInfo":"fixture"}`)
	default:
		p.result(m, fmt.Sprintf(`{"protocolVersion":%q,"capabilities":%s,"instructions":%q,"serverInfo":{"name":"fixture","version":"1"}}`, version, p.capabilities(), os.Getenv("INSTRUCTIONS")))
	}
}

func (p *peer) discover(m message) {
	if p.flags.Era != "modern" {
		p.fail(m, -32601, "method not found", "")
		return
	}
	p.result(m, fmt.Sprintf(`{"supportedVersions":["2026-07-28"],"capabilities":%s}`, p.capabilities()))
}

func (p *peer) result(m message, result string) {
	p.reply(m.ID, `"result":`+result)
}

func (p *peer) fail(m message, code int, text, data string) {
	if data != "" {
		data = `,"data":` + data
	}
	p.reply(m.ID, fmt.Sprintf(`"error":{"code":%d,"message":%q%s}`, code, text, data))
}

// reply writes an answer in the style asked for; handshakes too.
func (p *peer) reply(id json.RawMessage, body string) {
	plain := fmt.Sprintf(`{"jsonrpc":"2.0","id":%s,%s}`, id, body)
	switch p.flags.Style {
	case "pretty":
		var v any
		_ = json.Unmarshal([]byte(plain), &v)
		pretty, _ := json.MarshalIndent(v, "", "  ")
		plain = string(pretty)
	case "batch":
		plain = `[` + plain + `]`
	case "stringid":
		plain = fmt.Sprintf(`{"jsonrpc":"2.0","id":"%s",%s}`, id, body)
	case "controls":
		plain = strings.ReplaceAll(plain, `\u0007`, "\a")
	case "glued":
		plain = "DEBUG about to answer " + plain
	case "crlf":
		plain += "\r"
	case "twice":
		plain += "\n" + plain
	case "sameline":
		plain = `{"jsonrpc":"2.0","method":"notifications/message","params":{}} ` + plain
	case "chatty":
		plain = "listening on stdio\n[INFO] request\n42\n[1,2]\n\x1b[31mred\x1b[0m\n" + plain
	}
	p.write(plain)
}

func (p *peer) write(line string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.closed {
		_, _ = os.Stdout.WriteString(line + "\n")
	}
}

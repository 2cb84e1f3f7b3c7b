package tray_test

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/exp/golden"

	"switchboard/host"
	"switchboard/host/config"
)

func proposal() host.Consent {
	return host.Consent{Proposal: host.Proposal{
		Folder: "/home/ana/clone", File: ".mcp.json", Server: "db", Hash: "sha256:1",
		Command: "npx", Args: []string{"-y", "@acme/db-server\u202e", "--dsn=postgres://localhost/" + strings.Repeat("a", 120), "trailing ", ""},
		Dir:   "/home/ana/clone/tools",
		Env:   []config.Setting{{Name: "NODE_OPTIONS", Value: "--require ./hook.js"}, {Name: "TOKEN", Value: "${GITHUB_TOKEN}"}},
		Takes: []string{"GITHUB_TOKEN"},
	}}
}

// The card as it is first seen and after its end, on a terminal of 80×24, where the
// tray has half of the rows.
func TestConsentPictures(t *testing.T) {
	t.Parallel()
	web := proposal()
	web.Proposal.Command, web.Proposal.Args, web.Proposal.Dir, web.Proposal.Env = "", nil, "", nil
	web.Proposal.Server, web.Proposal.URL = "web", "https://acme.example/mcp?user=${USER}"
	web.Proposal.Headers = []config.Setting{{Name: "Authorization", Value: "Bearer ${GITHUB_TOKEN}"}}
	web.Proposal.Takes = []string{"USER", "GITHUB_TOKEN"}
	for _, c := range []struct {
		name string
		q    host.Consent
		keys []string
		h    int
	}{
		{"command", proposal(), nil, 12},
		{"command-end", proposal(), []string{"end"}, 12},
		{"command-whole", proposal(), nil, 24},
		{"address", web, nil, 16},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			p := newPerson(t, c.q)
			p.h = c.h
			p.look()
			for _, k := range c.keys {
				p.press(k)
			}
			golden.RequireEqual(t, []byte(p.look()+"\n"))
		})
	}
}

// A yes needs all of the card seen, and is never Enter, a key of another card or a
// key in a burst.
func TestConsentIsGivenDeliberately(t *testing.T) {
	t.Parallel()
	p := newPerson(t, proposal())
	p.h = 10
	p.look()
	for _, key := range []string{"enter", "y", "o", "s", "a"} {
		if out := p.press(key); out.Op != nil {
			t.Fatalf("%s does %+v before all was seen", key, out.Op)
		}
	}
	p.press("end")
	for _, key := range []string{"enter", "y", "o", "1"} {
		if out := p.press(key); out.Op != nil {
			t.Fatalf("%s does %+v", key, out.Op)
		}
	}
	p.wait(time.Second)
	p.tray.Paste("a", p.now)
	if out := p.tray.Press(keyPress("a"), p.now); out.Op != nil {
		t.Fatalf("a key in a burst does %+v", out.Op)
	}
	if out := p.press("a"); out.Op != host.Op(host.AnswerQuestion{ID: 1, Answer: host.Agree{Scope: host.Always}}) {
		t.Errorf("a does %+v", out)
	}
}

func TestConsentAnswers(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]host.Answer{
		"s": host.Agree{Scope: host.Session}, "a": host.Agree{Scope: host.Always}, "d": host.Deny{},
	} {
		p := newPerson(t, proposal())
		p.press("end")
		if out := p.press(key); out.Op != host.Op(host.AnswerQuestion{ID: 1, Answer: want}) {
			t.Errorf("%s does %+v", key, out)
		}
	}
}

// Nothing is cut, folded or masked, and what hides is counted and shown.
func TestConsentShowsEveryWord(t *testing.T) {
	t.Parallel()
	p := newPerson(t, proposal())
	p.h = 60
	screen := p.look()
	for _, want := range []string{
		"start db?", "1 hidden character", "npx", "@acme/db-server‹U+202E›", `"trailing "`, `""`, "/home/ana/clone/tools",
		"NODE_OPTIONS=--require ./hook.js", "TOKEN=${GITHUB_TOKEN}", "is given    │ GITHUB_TOKEN",
	} {
		if !strings.Contains(screen, want) {
			t.Errorf("%q is not on the card:\n%s", want, screen)
		}
	}
	if n := strings.Count(screen, "a") - strings.Count(strings.ReplaceAll(screen, strings.Repeat("a", 20), ""), "a"); n < 100 {
		t.Errorf("of 120 letters only %d are there:\n%s", n, screen)
	}
}

// A call that waits comes before a server that may be started later.
func TestACallComesBeforeAConsent(t *testing.T) {
	t.Parallel()
	p := newPerson(t, proposal(), approval(`{}`))
	screen := p.look()
	if call, server := strings.Index(screen, "files ▸ write_file"), strings.Index(screen, "2 start db?"); call < 0 || server < call {
		t.Errorf("in this order:\n%s", screen)
	}
}

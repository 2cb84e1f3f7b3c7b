package tray_test

import (
	"encoding/json"
	"strings"
	"testing"

	"switchboard/host"
	"switchboard/host/catalog"
	"switchboard/host/clean"
)

// FuzzApprovalIsClean: whatever a server and a model say, on the card and in every
// panel of it, no character gets to the screen that a terminal obeys or hides.
func FuzzApprovalIsClean(f *testing.F) {
	f.Add("files", "write_file", "Title", "Says.", `{"path":"a"}`)
	f.Add("fi\x1b]0;x\aes", "wr\u202eite", "\x1b[2J", "a\r\nb\u200b\U000e0061", `{"a\u001b":"\u001b[31m","b":[1,{"c":"\u202e"}]}`)
	f.Add("\xff", "\u3164", "\u009b2J", strings.Repeat("\t", 99), `{"a":1,"a":2}`)
	f.Fuzz(func(t *testing.T, server, tool, title, description, arguments string) {
		q := approval(arguments)
		q.Name = tool
		q.Tool = catalog.Tool{ID: catalog.ID{Server: server, Tool: tool}, Title: clean.Foreign(title), Description: clean.Foreign(description), Schema: json.RawMessage(description)}
		q.Says, q.New, q.CanLook = clean.Foreign(description), true, true
		q.Changed = []catalog.Change{{Field: clean.Foreign(tool), Kind: catalog.Changed, Words: catalog.Words(clean.Foreign(title), clean.Foreign(description))}}
		result := review(description)
		result.Tool = q.Tool
		for _, question := range []host.Question{q, result} {
			for _, keys := range []string{"", "enter end", "end a", "end a space", "e", "e x", "r x", "i", "e ctrl+s", "f", "?"} {
				p := newPerson(t, question)
				p.h = 40
				p.keys(keys)
				for row := range strings.SplitSeq(p.look(), "\n") {
					if clean.Hidden(row) > 0 {
						t.Fatalf("after %q a row hides something: %q", keys, row)
					}
				}
			}
		}
	})
}

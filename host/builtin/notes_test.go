package builtin_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestNotes(t *testing.T) {
	t.Parallel()
	data := env(childData, filepath.Join(t.TempDir(), "data"))
	c := open(t, "notes", data)
	contains(t, c.says("add_note", args{"text": "Water the plants", "title": "Home"}), "n1")
	contains(t, c.refuses("add_note", args{"text": ""}), "must not be empty")
	if _, err := c.end(); err != nil {
		t.Fatal(err)
	}
	next := open(t, "notes", data)
	contains(t, next.says("list_notes", nil), "n1", "Home", "Water the plants")
	var found struct {
		Notes []struct{ ID, Title, Text, Created string }
		Total int
	}
	must(t, json.Unmarshal(next.call("search", args{"query": "plants"}).Structured, &found))
	if found.Total != 1 || len(found.Notes) != 1 || found.Notes[0].ID != "n1" || found.Notes[0].Title != "Home" {
		t.Errorf("search found %+v", found)
	}
	contains(t, next.says("delete_note", args{"id": "n1"}), "Deleted", "Water the plants")
	contains(t, next.refuses("delete_note", args{"id": "n1"}), "there is no note n1")
	contains(t, next.says("list_notes", nil), "no notes")
}

// Two processes that add at the same time lose nothing of each other.
func TestNotesOfTwoProcesses(t *testing.T) {
	t.Parallel()
	const each = 50
	dir := t.TempDir()
	children := []*child{open(t, "notes", env(childData, dir)), open(t, "notes", env(childData, dir))}
	for i := range each {
		for who, c := range children {
			c.send(map[string]any{
				"jsonrpc": "2.0", "id": 1000 + i, "method": "tools/call",
				"params": map[string]any{"name": "add_note", "arguments": args{"text": fmt.Sprintf("%d of %d", i, who)}},
			})
		}
	}
	for _, c := range children {
		for range each {
			if m := c.receive(); m.Error != nil {
				t.Fatalf("adding failed: %+v", *m.Error)
			}
		}
	}
	content, err := os.ReadFile(filepath.Join(dir, "notes.json"))
	must(t, err)
	var kept struct {
		Notes []struct{ ID, Text string }
	}
	must(t, json.Unmarshal(content, &kept))
	texts, ids := map[string]bool{}, map[string]bool{}
	for _, n := range kept.Notes {
		texts[n.Text], ids[n.ID] = true, true
	}
	if len(kept.Notes) != 2*each || len(texts) != 2*each || len(ids) != 2*each {
		t.Errorf("%d notes, %d texts and %d ids of %d were kept", len(kept.Notes), len(texts), len(ids), 2*each)
	}
}

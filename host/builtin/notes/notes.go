// Package notes is the built-in server that keeps short notes for the person.
package notes

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

const (
	maxTitle = 200
	maxText  = 32 << 10
	maxQuery = 500
	maxID    = 20
	// maxListed bounds how many notes one answer shows.
	maxListed     = 100
	defaultListed = 20
	// briefly and fully are how many characters of a note a list and a search show.
	briefly = 300
	fully   = 2000
)

type notebook struct {
	store *store
	now   func() time.Time
}

// New makes the server that keeps its notes in the folder dir, which is made when
// a note is first written.
func New(dir string, now func() time.Time) (tool.Server, error) {
	if dir == "" {
		return tool.Server{}, errors.New("notes need a data folder to be kept in")
	}
	n := &notebook{store: &store{dir: dir}, now: now}
	return tool.Server{
		Title:        "Notes",
		Instructions: "Keeps notes for the person from one conversation to the next.",
		Tools:        []server.ServerTool{n.addTool(), n.listTool(), n.searchTool(), n.deleteTool()},
	}, nil
}

func (n *notebook) addTool() server.ServerTool {
	spec := tool.Spec{
		Name: "add_note", Title: "Add a note",
		Description: "Keep a note. The answer tells its id.",
		Params: []tool.Param{
			tool.String("text", "What to keep.").Required().AtMost(maxText),
			tool.String("title", "A short title.").AtMost(maxTitle),
		},
	}
	type arguments struct{ Text, Title string }
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		added := Note{Title: strings.TrimSpace(in.Title), Text: in.Text, Created: n.now().UTC().Truncate(time.Second)}
		err := n.store.change(ctx, func(b *book) error { return b.add(&added) })
		if err != nil {
			return tool.Answer{}, fmt.Errorf("adding the note: %w", err)
		}
		return tool.Answer{Text: "Kept as note " + added.ID + ".", Data: map[string]any{"id": added.ID, "created": added.Created}}, nil
	})
}

func (n *notebook) listTool() server.ServerTool {
	spec := tool.Spec{
		Name: "list_notes", Title: "List notes", Hints: tool.Hints{ReadOnly: true},
		Description: "List the notes, newest first, each with its id and the beginning of its text.",
		Params:      []tool.Param{tool.Integer("limit", "How many at most.", 1, maxListed).Default(defaultListed)},
	}
	type arguments struct{ Limit int }
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		all, err := n.newestFirst(ctx)
		if err != nil {
			return tool.Answer{}, err
		}
		if in.Limit == 0 {
			in.Limit = defaultListed
		}
		return describe(all, in.Limit, briefly, "There are no notes yet."), nil
	})
}

func (n *notebook) searchTool() server.ServerTool {
	spec := tool.Spec{
		Name: "search", Title: "Search the notes", Hints: tool.Hints{ReadOnly: true},
		Description: "Find notes whose title and text contain all the words, newest first. An id such as n3 finds that note and shows all of it.",
		Params:      []tool.Param{tool.String("query", "Words to find, or the id of a note.").Required().AtMost(maxQuery)},
	}
	type arguments struct{ Query string }
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		all, err := n.newestFirst(ctx)
		if err != nil {
			return tool.Answer{}, err
		}
		if i := slices.IndexFunc(all, func(one Note) bool { return one.ID == normalID(in.Query) }); i >= 0 {
			return describe(all[i:i+1], 1, maxText, ""), nil
		}
		words := strings.Fields(strings.ToLower(in.Query))
		found := slices.DeleteFunc(all, func(one Note) bool { return !one.contains(words) })
		return describe(found, defaultListed, fully, fmt.Sprintf("No note contains %q.", in.Query)), nil
	})
}

func (n *notebook) deleteTool() server.ServerTool {
	spec := tool.Spec{
		Name: "delete_note", Title: "Delete a note", Hints: tool.Hints{Destructive: true, Idempotent: true},
		Description: "Delete one note for good. The answer repeats what was deleted.",
		Params:      []tool.Param{tool.String("id", "The id of the note, such as n3.").Required().AtMost(maxID)},
	}
	type arguments struct{ ID string }
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		var gone Note
		err := n.store.change(ctx, func(b *book) (err error) {
			gone, err = b.remove(normalID(in.ID))
			return err
		})
		if err != nil {
			return tool.Answer{}, fmt.Errorf("deleting the note: %w", err)
		}
		return tool.Answer{Text: "Deleted.\n" + gone.String()}, nil
	})
}

func (n *notebook) newestFirst(ctx context.Context) ([]Note, error) {
	b, err := n.store.read(ctx)
	if err != nil {
		return nil, fmt.Errorf("reading the notes: %w", err)
	}
	slices.Reverse(b.Notes)
	return b.Notes, nil
}

// describe shows at most limit notes, each cut to so many characters.
func describe(found []Note, limit, characters int, none string) tool.Answer {
	shown, parts := []Note{}, []string{}
	for _, one := range found[:min(len(found), limit)] {
		one = one.cut(characters)
		shown, parts = append(shown, one), append(parts, one.String())
	}
	data := map[string]any{"notes": shown, "total": len(found)}
	if len(found) == 0 {
		return tool.Answer{Text: none, Data: data}
	}
	if len(shown) < len(found) {
		parts = append(parts, fmt.Sprintf("[the newest %d of %d notes]", len(shown), len(found)))
	}
	return tool.Answer{Text: strings.Join(parts, "\n\n"), Data: data}
}

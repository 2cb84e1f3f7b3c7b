package files

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

const (
	// maxEntries bounds how many entries of a folder are listed.
	maxEntries = 500
	// maxRead bounds how many are looked at to find the first of them.
	maxRead = 20_000
)

// An entry is one line of a list.
type entry struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"` // file, folder, link or special
	Size     int64  `json:"size,omitempty"`
	Modified string `json:"modified,omitempty"`
	Target   string `json:"target,omitempty"` // of a link
}

func (f *folder) listTool() server.ServerTool {
	spec := tool.Spec{
		Name: "list", Title: "List a folder", Hints: readOnly,
		Description: "List what is in a folder: names, sizes in bytes and dates. Folders end in a slash.",
		Params:      []tool.Param{pathParam("The folder; left out, the top one.")},
	}
	type arguments struct{ Path string }
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		return f.list(ctx, f.local(in.Path))
	})
}

func (f *folder) list(ctx context.Context, name string) (tool.Answer, error) {
	found, more, err := f.entries(ctx, name)
	if err != nil {
		return tool.Answer{}, err
	}
	slices.SortFunc(found, func(a, b fs.DirEntry) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Name(), b.Name()))
	})
	hidden := max(0, len(found)-maxEntries)
	var text strings.Builder
	entries := make([]entry, 0, min(len(found), maxEntries))
	for _, d := range found[:len(found)-hidden] {
		e := f.describe(name, d)
		entries = append(entries, e)
		fmt.Fprintln(&text, e)
	}
	text.WriteString(summary(len(found), hidden, more))
	return tool.Answer{Text: text.String(), Data: map[string]any{"path": shown(name), "entries": entries}}, nil
}

// rank puts folders before all else.
func rank(d fs.DirEntry) int {
	if d.IsDir() {
		return 0
	}
	return 1
}

// entries reads a folder, at most maxRead of it, and tells whether there is more.
func (f *folder) entries(ctx context.Context, name string) ([]fs.DirEntry, bool, error) {
	info, err := f.root.Stat(name)
	if err != nil {
		return nil, false, f.explain(name, err)
	}
	if !info.IsDir() {
		return nil, false, fmt.Errorf("%s is not a folder; use read to see a file", shown(name))
	}
	dir, err := f.root.Open(name)
	if err != nil {
		return nil, false, f.explain(name, err)
	}
	defer dir.Close()
	var found []fs.DirEntry
	for len(found) < maxRead && ctx.Err() == nil {
		part, err := dir.ReadDir(1000)
		found = append(found, part...)
		if errors.Is(err, io.EOF) {
			return found, false, nil
		}
		if err != nil {
			return nil, false, f.explain(name, err)
		}
	}
	return found, true, ctx.Err()
}

func (f *folder) describe(dir string, d fs.DirEntry) entry {
	e := entry{Name: d.Name(), Kind: "special"}
	switch {
	case d.IsDir():
		e.Kind = "folder"
	case d.Type().IsRegular():
		e.Kind = "file"
	case d.Type()&fs.ModeSymlink != 0:
		e.Kind = "link"
		if target, err := f.root.Readlink(filepath.Join(dir, d.Name())); err == nil {
			e.Target = target
		}
	}
	if info, err := d.Info(); err == nil && e.Kind == "file" {
		e.Size, e.Modified = info.Size(), info.ModTime().Format("2006-01-02 15:04")
	}
	return e
}

// String is the entry as a line of text.
func (e entry) String() string {
	switch e.Kind {
	case "folder":
		return e.Name + "/"
	case "link":
		return e.Name + " -> " + e.Target
	case "file":
		return fmt.Sprintf("%s  %d bytes  %s", e.Name, e.Size, e.Modified)
	}
	return e.Name + "  (a pipe, socket or device)"
}

func summary(found, hidden int, more bool) string {
	switch {
	case found == 0:
		return "[the folder is empty]"
	case more:
		return fmt.Sprintf("[%d entries of more than %d; the folder is too large to list]", found-hidden, found)
	case hidden > 0:
		return fmt.Sprintf("[the first %d of %d entries; search with a glob finds the others by name]", found-hidden, found)
	case found == 1:
		return "[1 entry]"
	}
	return fmt.Sprintf("[%d entries]", found)
}

package host

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"switchboard/host/clean"
	"switchboard/host/disk"
	"switchboard/host/journal"
)

// list looks through the sessions; a newer search ends an older one.
func (d *hand) list(ctx context.Context, query string) {
	if d.search != nil {
		d.search()
	}
	ctx, d.search = context.WithCancel(ctx)
	d.tasks.Go("listing sessions", func() {
		e := SessionsListed{Query: query}
		store := d.h.book.store
		ids, err := store.IDs()
		if err != nil {
			e.Failed = clean.Line(err.Error())
		}
		for _, id := range ids {
			if ctx.Err() != nil {
				return
			}
			if s, ok, err := store.Look(id, query); ok && err == nil && s.Turns > 0 {
				e.Sessions = append(e.Sessions, infoOf(s))
			}
		}
		d.h.out.Put(e)
	})
}

func infoOf(s journal.Summary) SessionInfo { return SessionInfo(s) }

// export writes the session that is open to a file.
func (d *hand) export(ctx context.Context, path string) {
	id := d.h.book.id()
	d.tasks.Go("exporting the session", func() {
		d.h.book.sync(ctx)
		text := "the session is in " + path
		level := Info
		if err := d.h.book.export(id, path); err != nil {
			text, level = "the session was not exported: "+err.Error(), Warn
		}
		d.h.out.Put(Notice{Level: level, Text: clean.Foreign(text)})
	})
}

func (b *book) export(id, path string) error {
	if id == "" {
		return fmt.Errorf("nothing was recorded yet")
	}
	text, err := Export(b.store, id, FormatOf(path))
	if err != nil {
		return err
	}
	return disk.WriteFile(path, []byte(text))
}

// A Format is a way to write a session for others.
type Format string

// The formats.
const (
	Markdown Format = "markdown"
	JSON     Format = "json"
	Plain    Format = "plain"
)

// ParseFormat reads a format as a person writes it.
func ParseFormat(word string) (Format, error) {
	switch strings.ToLower(word) {
	case "markdown", "md", "":
		return Markdown, nil
	case "json":
		return JSON, nil
	case "plain", "text", "txt":
		return Plain, nil
	}
	return "", fmt.Errorf("there is no format %q: use markdown, json or plain", clean.Line(word))
}

// FormatOf is the format that the ending of a file's name says.
func FormatOf(path string) Format {
	f, err := ParseFormat(strings.TrimPrefix(filepath.Ext(path), "."))
	if err != nil {
		return Markdown
	}
	return f
}

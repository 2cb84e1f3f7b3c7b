package ui

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	tea "charm.land/bubbletea/v2"

	"switchboard/host"
	"switchboard/ui/tray"
)

// maxDraft bounds what an editor may give back, in bytes.
const maxDraft = 16 << 20

// A draftWritten tells that a question's text lies in a file for the editor.
type draftWritten struct {
	of   host.QuestionID
	path string
	err  error
}

// A draftEdited tells what the person made of it.
type draftEdited struct {
	of   host.QuestionID
	text string
	err  error
}

var errNoEditor = errors.New("no editor can be opened here")

// writeDraft puts a text into a file of its own that nobody else may read.
func (m *Model) writeDraft(d tray.Draft) tea.Cmd {
	if m.opener == nil {
		return func() tea.Msg { return draftEdited{of: d.For, err: errNoEditor} }
	}
	name := "result.txt"
	if d.JSON {
		name = "arguments.json"
	}
	return func() tea.Msg {
		path, err := draftFile(name, d.Text)
		return draftWritten{d.For, path, err}
	}
}

func draftFile(name, text string) (string, error) {
	dir, err := os.MkdirTemp("", "switchboard-")
	if err != nil {
		return "", fmt.Errorf("making a place for the text: %w", err)
	}
	path := filepath.Join(dir, name)
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		return "", errors.Join(fmt.Errorf("writing the text for your editor: %w", err), os.RemoveAll(dir))
	}
	return path, nil
}

// editDraft opens the file in the person's editor and takes it back.
func (m *Model) editDraft(w draftWritten) tea.Cmd {
	if w.err != nil {
		return func() tea.Msg { return draftEdited{of: w.of, err: w.err} }
	}
	return tea.Exec(m.opener(w.path, 0, true), func(err error) tea.Msg {
		text, readErr := takeDraft(w.path)
		if err != nil {
			return draftEdited{of: w.of, err: fmt.Errorf("your editor: %w", err)}
		}
		return draftEdited{w.of, text, readErr}
	})
}

// takeDraft reads the file and removes it.
func takeDraft(path string) (text string, err error) {
	defer func() { err = errors.Join(err, os.RemoveAll(filepath.Dir(path))) }()
	f, err := os.Open(path)
	if err != nil {
		return "", fmt.Errorf("reading what you wrote: %w", err)
	}
	defer f.Close()
	read, err := io.ReadAll(io.LimitReader(f, maxDraft+1))
	switch {
	case err != nil:
		return "", fmt.Errorf("reading what you wrote: %w", err)
	case len(read) > maxDraft:
		return "", fmt.Errorf("what you wrote is longer than %d MB", maxDraft>>20)
	}
	return string(read), nil
}

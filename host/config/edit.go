package config

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/tailscale/hujson"

	"switchboard/host/disk"
)

// SetDisabled writes into the entry of a server in the file at path whether the
// server is disabled, in place: comments, formatting and everything else stay. It
// refuses, and changes nothing, when the file does not parse, has no such entry or
// is changed by somebody else at that moment.
func SetDisabled(path, server string, disabled bool) error {
	return set(path, server, disabled, false)
}

// SetBuiltinDisabled is [SetDisabled] for a server inside this binary, which needs
// no entry: one that says {"disabled": true} is added, the file with it where
// there is none, and is taken out again.
func SetBuiltinDisabled(path, server string, disabled bool) error {
	return set(path, server, disabled, true)
}

func set(path, server string, disabled, builtin bool) error {
	err := edit(path, func(text []byte) ([]byte, error) {
		e := surgeon{text: text, server: server, disabled: disabled, builtin: builtin}
		return e.operate()
	})
	if err != nil {
		return fmt.Errorf("writing to %s that %s is %s: %w", shown(path), shown(server), stateWord(disabled), err)
	}
	return nil
}

func stateWord(disabled bool) string {
	if disabled {
		return "disabled"
	}
	return "enabled"
}

// edit replaces a file by what change makes of it. A missing file is an empty one.
func edit(path string, change func([]byte) ([]byte, error)) error {
	before, err := readOrNothing(path)
	if err != nil {
		return err
	}
	after, err := change(before)
	if err != nil || bytes.Equal(before, after) {
		return err
	}
	// Between this look and the rename there is but a moment; an editor keeps its
	// own copy for minutes.
	now, err := readOrNothing(path)
	if err != nil {
		return err
	}
	if !bytes.Equal(before, now) {
		return errors.New("somebody else is changing the file; try again")
	}
	return disk.ReplaceFile(path, after)
}

func readOrNothing(path string) ([]byte, error) {
	data, _, err := read(path)
	if errors.Is(err, fs.ErrNotExist) {
		// A link to nowhere would be replaced by a file: that is not what it is for.
		if _, err := os.Lstat(path); err == nil {
			return nil, errors.New("it is a link to a file that is not there")
		}
		return nil, nil
	}
	if err != nil {
		return nil, errors.New(reason(err))
	}
	return data, nil
}

// newFile is a configuration that only disables one server.
func newFile(server string) []byte {
	return fmt.Appendf(nil, "{\n  \"mcpServers\": {\n    %s: {\"disabled\": true}\n  }\n}\n", quotedJSON(server))
}

// check makes sure that the edited text says what it should, before it replaces
// the person's own.
func (e *surgeon) check(text []byte) error {
	for _, s := range Parse("", text, func(string) (string, bool) { return "", true }).Servers {
		if s.Name != e.server {
			continue
		}
		if s.Disabled != e.disabled {
			return errors.New("the entry cannot be changed in place; edit the file by hand")
		}
		return nil
	}
	if e.builtin && !e.disabled {
		return nil
	}
	return errors.New("the entry cannot be changed in place; edit the file by hand")
}

// parseForEdit parses all of the text or refuses: what was only half understood is
// not written back.
func parseForEdit(text []byte) (*hujson.Object, error) {
	root, err := hujson.Parse(text)
	if err != nil {
		return nil, errors.New("the file has syntax errors; correct them first (switchboard config show lists them)")
	}
	object, ok := root.Value.(*hujson.Object)
	if !ok {
		return nil, errors.New("the file holds no object")
	}
	return object, nil
}

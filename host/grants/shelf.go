package grants

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"switchboard/host/disk"
)

const (
	// bodyLimit is the largest definition that is kept, in bytes. Of a larger one
	// only the hash is known: that it changed shows, and not how.
	bodyLimit = 64 << 10
	// unwanted is how old a definition that nobody refers to must be to be removed:
	// a younger one may be another instance's that is just about to refer to it.
	unwanted = 24 * time.Hour
)

// hashForm is a hash that may be part of a file's name, shelved such a name.
var (
	hashForm = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)
	shelved  = regexp.MustCompile(`^[0-9a-f]{64}\.json$`)
)

// A shelf is the folder of definitions, each in a file named by its hash.
type shelf struct{ dir string }

func (s shelf) file(hash string) string {
	return filepath.Join(s.dir, strings.TrimPrefix(hash, "sha256:")+".json")
}

// put keeps definitions that are not there yet and are not too large.
func (s shelf) put(all []Definition) error {
	for _, d := range all {
		if len(d.Body) == 0 || len(d.Body) > bodyLimit || !hashForm.MatchString(d.Hash) {
			continue
		}
		if _, err := os.Stat(s.file(d.Hash)); err == nil {
			continue
		}
		if err := disk.WriteFile(s.file(d.Hash), d.Body); err != nil {
			return fmt.Errorf("keeping a definition: %w", err)
		}
	}
	return nil
}

// get gives the body behind a hash; nil when it was not kept.
func (s shelf) get(hash string) json.RawMessage {
	if !hashForm.MatchString(hash) {
		return nil
	}
	body, err := os.ReadFile(s.file(hash))
	if err != nil || !json.Valid(body) {
		return nil
	}
	return body
}

// sweep removes old definitions that the data does not refer to.
func (s shelf) sweep(d *Data, now time.Time) error {
	wanted := map[string]bool{}
	for _, server := range d.Servers {
		for _, pin := range server.Seen {
			wanted[s.file(pin.Hash)] = true
		}
	}
	for _, c := range d.Collisions {
		for _, contender := range c.Made().Among {
			wanted[s.file(contender.Hash)] = true
		}
	}
	files, err := os.ReadDir(s.dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("tidying the definitions: %w", err)
	}
	for _, f := range files {
		path := filepath.Join(s.dir, f.Name())
		info, err := f.Info()
		if err != nil || !shelved.MatchString(f.Name()) || wanted[path] || now.Sub(info.ModTime()) < unwanted {
			continue
		}
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("tidying the definitions: %w", err)
		}
	}
	return nil
}

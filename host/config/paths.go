package config

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/adrg/xdg"
)

// StandardFile is where the configuration lies when nobody names another:
// $XDG_CONFIG_HOME/switchboard/config.json.
func StandardFile() string { return filepath.Join(xdg.ConfigHome, "switchboard", "config.json") }

// Paths lists the files to load: those of the --config flags; else the one that
// SWITCHBOARD_CONFIG names; else standard (see [StandardFile]), if there is one.
// Files in the working directory are not among them: a repository could have
// brought those; see [LoadProject].
func Paths(flags []string, env Env, standard string) []string {
	if len(flags) > 0 {
		return flags
	}
	if file, _ := env("SWITCHBOARD_CONFIG"); file != "" {
		return []string{file}
	}
	// A file that is there but cannot be looked at is listed too, so that Load
	// says why.
	if _, err := os.Stat(standard); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return []string{standard}
}

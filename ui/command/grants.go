package command

import (
	"context"
	"path/filepath"
	"time"

	"switchboard/host/grants"
)

// grantsPath is where the person's answers are kept, beside the configuration.
func grantsPath(w World) string {
	if dir, set := w.Env("XDG_CONFIG_HOME"); set && filepath.IsAbs(dir) {
		return filepath.Join(dir, "switchboard", "grants.json")
	}
	return grants.Path()
}

// lockPatience is how long another instance may hold the grants.
const lockPatience = 5 * time.Second

// openGrants opens what the person answered in earlier sessions.
func openGrants(w World) (*grants.Store, error) {
	ctx, cancel := context.WithTimeout(context.Background(), lockPatience)
	defer cancel()
	return grants.Open(ctx, grantsPath(w))
}

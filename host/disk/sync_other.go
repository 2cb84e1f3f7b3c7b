//go:build !windows

package disk

import (
	"errors"
	"os"
)

// syncDir makes a rename in the folder last beyond a crash.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

package disk

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/gofrs/flock"
)

// How long to wait for another holder, and how often to look.
const (
	lockPatience = 10 * time.Second
	lockPause    = 5 * time.Millisecond
)

// Lock takes the lock that the file at path stands for, against other processes
// and against other callers in this one; the file and its folder are made when
// they are missing, and the file stays. It waits until ctx ends, ten seconds at
// most. The lock ends with unlock or with the process, however that dies.
func Lock(ctx context.Context, path string) (unlock func(), err error) {
	if err := MakeDir(filepath.Dir(path)); err != nil {
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	ctx, cancel := context.WithTimeout(ctx, lockPatience)
	defer cancel()
	// For writing, since some network file systems lock nothing else for one alone.
	lock := flock.New(path, flock.SetFlag(os.O_CREATE|os.O_RDWR), flock.SetPermissions(fileMode))
	_, err = lock.TryLockContext(ctx, lockPause)
	switch {
	case ctx.Err() != nil && err != nil:
		return nil, fmt.Errorf("another instance holds %s: %w", path, context.Cause(ctx))
	case err != nil:
		return nil, fmt.Errorf("locking %s: %w", path, err)
	}
	return func() { _ = lock.Unlock() }, nil // closing the file ends the lock in any case
}

// TryLock takes the lock on the file at path, which must exist, or says at once
// that another process or caller has it. The lock ends with unlock or with the
// process.
func TryLock(path string) (unlock func(), ok bool, err error) {
	lock := flock.New(path, flock.SetFlag(os.O_RDWR))
	ok, err = lock.TryLock()
	if err != nil || !ok {
		if err != nil {
			err = fmt.Errorf("locking %s: %w", path, err)
		}
		return nil, false, err
	}
	return func() { _ = lock.Unlock() }, true, nil
}

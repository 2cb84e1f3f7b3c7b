//go:build unix && !aix && !solaris

package notes

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// tryLock opens the lock file and takes the lock, or gives errLocked. Closing
// what it gives ends the lock, and so does the end of the process.
func tryLock(path string) (io.Closer, error) {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if err == nil {
		return file, nil
	}
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		err = errLocked
	}
	return nil, errors.Join(err, file.Close())
}

// syncDir makes a rename in the folder last beyond a crash.
func syncDir(path string) error {
	dir, err := os.Open(path)
	if err != nil {
		return err
	}
	return errors.Join(dir.Sync(), dir.Close())
}

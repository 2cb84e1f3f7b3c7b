package notes

import (
	"errors"
	"io"
	"os"
	"syscall"
)

// tryLock opens the lock file so that nobody else can, or gives errLocked.
// Closing what it gives ends the lock, and so does the end of the process.
func tryLock(path string) (io.Closer, error) {
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	const (
		access           = syscall.GENERIC_READ | syscall.GENERIC_WRITE
		sharedWithNobody = 0
		sharingViolation = syscall.Errno(32)
	)
	handle, err := syscall.CreateFile(name, access, sharedWithNobody, nil,
		syscall.OPEN_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharingViolation) {
		return nil, errLocked
	}
	if err != nil {
		return nil, os.NewSyscallError("CreateFile", err)
	}
	return os.NewFile(uintptr(handle), path), nil
}

// syncDir has nothing to do: Windows writes a rename through by itself.
func syncDir(string) error { return nil }

package server

import (
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"
)

const (
	maxLogFile     = 1 << 20
	maxLogFileName = 80 // bytes of a server's name in it
)

// A logFile keeps a server's standard error in a file of at most 1 MiB, and the
// one before it under the same name with ".old". The zero path keeps nothing. A
// file that cannot be written is tried again with the next life.
type logFile struct {
	path string

	mu     sync.Mutex
	file   *os.File
	size   int64
	broken bool
	hasty  int // lines that were dropped so far
}

// newLogFile names the file of a server in dir; "" for none.
func newLogFile(dir, name string) *logFile {
	if dir == "" {
		return &logFile{}
	}
	return &logFile{path: filepath.Join(dir, FileName(name)+".log")}
}

// FileName makes of a server's name, which is a foreign text, one for a file. Two
// servers never get the same one.
func FileName(name string) string {
	safe := strings.Map(func(r rune) rune {
		switch {
		case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9', r == '-', r == '_':
			return r
		}
		return '_'
	}, name)
	safe = safe[:min(len(safe), maxLogFileName)]
	if safe == name && safe == strings.ToLower(name) && name != "" {
		return safe
	}
	return fmt.Sprintf("%s-%.4x", safe, sha256.Sum256([]byte(name))) // some file systems take A for a
}

// add appends a line. Hasty is how many lines came too fast to be kept, in all.
func (f *logFile) add(line string, hasty int) {
	if f.path == "" {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	entry := time.Now().UTC().Format("2006-01-02T15:04:05.000Z ") + line + "\n"
	if hasty > f.hasty {
		entry = fmt.Sprintf("(%d lines came too fast and were dropped)\n", hasty-f.hasty) + entry
		f.hasty = hasty
	}
	if f.ready(len(entry)) {
		n, err := f.file.WriteString(entry)
		f.size += int64(n)
		f.broken = err != nil
	}
}

// ready sees to it that the file is open and has room for n more bytes.
func (f *logFile) ready(n int) bool {
	if f.broken {
		return false
	}
	if f.file == nil && !f.open() {
		return false
	}
	if f.size > 0 && f.size+int64(n) > maxLogFile {
		_ = f.file.Close()
		f.file = nil
		f.broken = os.Rename(f.path, f.path+".old") != nil || !f.open()
	}
	return !f.broken
}

func (f *logFile) open() bool {
	f.broken = true
	if os.MkdirAll(filepath.Dir(f.path), 0o700) != nil {
		return false
	}
	file, err := os.OpenFile(f.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return false
	}
	if info, err := file.Stat(); err == nil {
		f.size = info.Size()
	}
	f.file, f.broken = file, false
	return true
}

// close ends a life; the next line opens the file again.
func (f *logFile) close() {
	f.mu.Lock()
	defer f.mu.Unlock()
	if f.file != nil {
		_ = f.file.Close()
	}
	f.file, f.broken = nil, false
}

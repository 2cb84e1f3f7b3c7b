package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"runtime"
)

// MaxFile is the largest file that is read, in bytes.
const MaxFile = 16 << 20

var errTooLarge = fmt.Errorf("larger than %d MiB", MaxFile>>20)

// Env looks up an environment variable, as [os.LookupEnv] does.
type Env func(name string) (value string, set bool)

// Load reads the files in order and merges them as the package comment says. It
// never fails as a whole: a file that cannot be read is a [Problem] too.
func Load(files []string, env Env) Config {
	var parts []part
	for _, file := range files {
		parts = append(parts, load(file, env))
	}
	return merge(parts)
}

// Parse reads one file's text; name is the file's path, for messages and for a
// relative cwd. It touches no file and looks at nothing but its arguments.
func Parse(name string, data []byte, env Env) Config {
	return merge([]part{parse(name, filepath.Dir(name), data, env, false)})
}

func load(file string, env Env) part {
	data, open, err := read(file)
	if err != nil {
		return unread(file, err)
	}
	dir, err := filepath.Abs(filepath.Dir(file))
	if err != nil {
		return unread(file, err)
	}
	p := parse(file, dir, data, env, false)
	if open {
		p.problems = append([]Problem{openToAll(file)}, p.problems...)
	}
	return p
}

// read gives the file's bytes, and whether everybody may change them.
func read(file string) (data []byte, open bool, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, false, err
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return nil, false, err
	}
	data, err = io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err == nil && len(data) > MaxFile {
		err = errTooLarge
	}
	// Windows reports every writable file as writable by all.
	open = runtime.GOOS != "windows" && info.Mode().IsRegular() && info.Mode().Perm()&0o002 != 0
	return data, open, err
}

// unread is what a file amounts to that could not be read. Rules may have stood
// in it.
func unread(file string, err error) part {
	p := Problem{At: Position{File: file}, Message: "cannot be read: " + reason(err)}
	if errors.Is(err, fs.ErrNotExist) {
		p.Message, p.Hint = "there is no such file", "check the path"
	}
	return part{problems: []Problem{p}, torn: &p, rulesLost: true}
}

// reason leaves out the path, which the problem names already.
func reason(err error) string {
	var at *fs.PathError
	if errors.As(err, &at) {
		err = at.Err
	}
	return err.Error()
}

func openToAll(file string) Problem {
	return Problem{
		At: Position{File: file}, Warning: true,
		Message: "everybody on this machine may change this file, and it says which programs are started",
		Hint:    "chmod go-w",
	}
}

// parse reads one file's text. dir is what a relative cwd counts from; project
// tells whether a repository may have brought the file.
func parse(name, dir string, data []byte, env Env, project bool) part {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	r := &reader{file: name, dir: dir, env: env, project: project, size: len(data), lines: lineStarts(data), cut: math.MaxInt}
	root := r.syntax(data)
	r.root(root)
	return r.finish()
}

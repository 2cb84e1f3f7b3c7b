// Package files is the built-in server that shows the files below one folder. It
// only reads, and nothing outside the folder can be reached: not through "..",
// not by an absolute path, not over a symbolic link.
package files

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

// maxPath bounds a path or a pattern, in characters.
const maxPath = 1024

var readOnly = tool.Hints{ReadOnly: true}

// folder is the part of the file system that may be seen.
type folder struct {
	root *os.Root
	dir  string // absolute
}

// New makes the server for the folder dir, which must exist.
func New(dir string) (tool.Server, error) {
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return tool.Server{}, fmt.Errorf("finding the folder %s: %w", dir, err)
	}
	root, err := os.OpenRoot(absolute)
	if err != nil {
		return tool.Server{}, fmt.Errorf("opening the folder of the files server: %w", err)
	}
	f := &folder{root: root, dir: absolute}
	return tool.Server{
		Title:        "Files",
		Instructions: "Reads the files below the folder " + absolute + ". Paths are relative to it. Nothing can be changed.",
		Tools:        []server.ServerTool{f.listTool(), f.readTool(), f.searchTool()},
		Close:        root.Close,
	}, nil
}

func pathParam(what string) tool.Param {
	return tool.String("path", what+" Relative to the folder of this server.").AtMost(maxPath)
}

// local turns what the model gave into a path below the root. An absolute path
// inside the folder is taken too, because models like to write those; the root
// itself refuses what leads outside.
func (f *folder) local(path string) string {
	path = strings.TrimSpace(path)
	if filepath.IsAbs(path) {
		if inside, err := filepath.Rel(f.dir, path); err == nil {
			path = inside
		}
	}
	if path == "" {
		return "."
	}
	return filepath.FromSlash(path)
}

// open opens a regular file. It never waits: opening a pipe without O_NONBLOCK
// would, until somebody writes to it.
func (f *folder) open(name string) (*os.File, fs.FileInfo, error) {
	info, err := f.root.Stat(name)
	if err != nil {
		return nil, nil, f.explain(name, err)
	}
	if err := regular(name, info); err != nil {
		return nil, nil, err
	}
	file, err := f.root.OpenFile(name, os.O_RDONLY|syscall.O_NONBLOCK, 0)
	if err != nil {
		return nil, nil, f.explain(name, err)
	}
	if info, err = file.Stat(); err == nil {
		err = regular(name, info)
	}
	if err != nil {
		return nil, nil, errors.Join(err, file.Close())
	}
	return file, info, nil
}

func regular(name string, info fs.FileInfo) error {
	switch mode := info.Mode(); {
	case mode.IsRegular():
		return nil
	case mode.IsDir():
		return fmt.Errorf("%s is a folder; use list to see what is in it", shown(name))
	default:
		return fmt.Errorf("%s is %s, not a file that can be read", shown(name), kind(mode))
	}
}

// kind names what is neither a file nor a folder.
func kind(mode fs.FileMode) string {
	switch {
	case mode&fs.ModeSymlink != 0:
		return "a symbolic link"
	case mode&fs.ModeNamedPipe != 0:
		return "a named pipe"
	case mode&fs.ModeSocket != 0:
		return "a socket"
	case mode&fs.ModeDevice != 0:
		return "a device"
	}
	return "a special file"
}

// explain says in words why a path cannot be used.
func (f *folder) explain(name string, err error) error {
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("there is no %s in the folder %s", shown(name), f.dir)
	case errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("%s may not be read: permission denied", shown(name))
	case escapes(err):
		return fmt.Errorf("%s leads outside the folder %s; only what is inside can be read", shown(name), f.dir)
	}
	return fmt.Errorf("reading %s: %w", shown(name), cause(err))
}

// escapes recognises the refusal of os.Root, whose error value is not exported.
func escapes(err error) bool { return strings.Contains(err.Error(), "path escapes from parent") }

// cause strips the name of the system call, which tells a reader nothing.
func cause(err error) error {
	if wrapped, ok := errors.AsType[*fs.PathError](err); ok {
		return wrapped.Err
	}
	return err
}

func shown(name string) string { return filepath.ToSlash(name) }

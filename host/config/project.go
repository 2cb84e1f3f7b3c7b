package config

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// ProjectFiles are the names of the files that are looked for in a working
// directory: that of other clients, then our own, which comes first where both
// name a server.
func ProjectFiles() []string { return []string{mcpFile, ownFile} }

const (
	mcpFile = ".mcp.json"
	ownFile = ".switchboard.json"
)

// A Project is what the files in a working directory ask for. A repository may
// have brought them, so they can only name servers, which wait for the person's
// consent, and ask and deny calls. All other keys are ignored, with a warning.
type Project struct {
	Folder string // links resolved
	Files  []string
	// Servers have a [Proposal] and are Untrusted, but for those with a Problem.
	Servers   []Server
	Approval  Approval // without Allow
	Problems  []Problem
	Torn      []Problem // as [Config.Torn]; a file that is not to be read is none
	rulesLost bool
}

// projectSections are what a project file may hold.
var projectSections = map[string]bool{"mcpServers": true, "approval": true}

// permissions are what other clients call keys of an entry that let its calls
// through.
var permissions = map[string]bool{"autoApprove": true, "alwaysAllow": true, "trust": true}

const (
	barred  = "a file that a repository may have brought cannot set this"
	yourOwn = "write it into your own configuration"
)

// LoadProject reads the [ProjectFiles] of a folder. Nothing is started, reached or
// written, and no other file is read. A link that leads out of the folder is not
// followed; one of the person's own files, by path, is passed over.
func LoadProject(folder string, env Env, own ...string) Project {
	folder, err := filepath.Abs(folder)
	if err == nil {
		folder, err = filepath.EvalSymlinks(folder)
	}
	if err != nil {
		return Project{} // the folder is gone: there is nothing in it
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		return Project{}
	}
	defer root.Close()
	p := Project{Folder: folder}
	var parts []part
	for _, name := range ProjectFiles() {
		if part, found := loadProjectFile(root, name, env, own); found {
			parts = append(parts, part)
		}
	}
	p.take(parts)
	return p
}

// take merges the files; the faults of all of them are told, but none is worth an
// end of the program.
func (p *Project) take(parts []part) {
	c := merge(parts)
	p.Files, p.Servers, p.Approval, p.Problems, p.Torn = c.Files, c.Servers, c.Approval, c.Problems, c.Torn
	for _, part := range parts {
		p.rulesLost = p.rulesLost || part.rulesLost
		for _, s := range part.servers {
			if winner := c.server(s.Name); winner.Source != s.Source {
				p.Problems = append(p.Problems, Problem{
					At: s.Source, Key: node{key: "mcpServers"}.path(s.Name), Warning: true,
					Message: "not used: " + filepath.Base(winner.Source.File) + " names a server of the same name, and comes first",
				})
			}
		}
	}
}

// server finds an entry; the zero value when there is none.
func (c *Config) server(name string) Server {
	for _, s := range c.Servers {
		if s.Name == name {
			return s
		}
	}
	return Server{}
}

// loadProjectFile reads one file; found is false when it is not there, or is one
// of the person's own.
func loadProjectFile(root *os.Root, name string, env Env, own []string) (p part, found bool) {
	file := filepath.Join(root.Name(), name)
	data, info, err := readProjectFile(root, name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && !linked(root, name):
		return part{}, false
	case err != nil:
		return part{rulesLost: true, problems: []Problem{{
			At: Position{File: file}, Warning: true, Message: "not read: " + reason(err),
		}}}, true
	case isOne(info, own):
		return part{}, false
	}
	return parse(file, root.Name(), data, env, true), true
}

// linked tells whether a name is taken by a link, one to nowhere for instance.
func linked(root *os.Root, name string) bool {
	_, err := root.Lstat(name)
	return err == nil
}

// readProjectFile reads a regular file below the root. It looks first: to open a
// pipe would wait for whoever writes to it.
func readProjectFile(root *os.Root, name string) ([]byte, fs.FileInfo, error) {
	info, err := root.Stat(name)
	switch {
	case err != nil && linked(root, name) && !errors.Is(err, fs.ErrPermission):
		return nil, nil, errors.New("it is a link that leads nowhere or out of this folder")
	case err != nil:
		return nil, nil, err
	case !info.Mode().IsRegular():
		return nil, nil, errors.New("it is no regular file")
	case info.Size() > MaxFile:
		return nil, nil, errTooLarge
	}
	f, err := root.Open(name)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	data, err := io.ReadAll(io.LimitReader(f, MaxFile+1))
	if err == nil && len(data) > MaxFile {
		err = errTooLarge
	}
	return data, info, err
}

// isOne tells whether a file is one of those at the paths.
func isOne(info fs.FileInfo, paths []string) bool {
	for _, path := range paths {
		if other, err := os.Stat(path); err == nil && os.SameFile(info, other) {
			return true
		}
	}
	return false
}

package process

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// A Search is where a command was looked for.
type Search struct {
	Path   string   // of the program; "" when there is none
	Places []string // what was found where, a line a place, in order
	Err    error    // why there is none; it tells a person what to do
}

// Lookup finds the file that a command means, as the child would: a name with a
// slash from dir, any other in the PATH of env. Folders in PATH that are not
// absolute are passed over.
func Lookup(command string, env []string, dir string) Search {
	if dir != "" {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return failedSearch(fmt.Errorf("the working directory %s does not exist", dir))
		}
	}
	if strings.ContainsRune(command, '/') || strings.ContainsRune(command, filepath.Separator) {
		path, err := lookupFile(command, dir)
		if err != nil {
			return failedSearch(err)
		}
		return Search{Path: path, Places: []string{path + ": named by its path"}}
	}
	return searchPath(command, variable(env, "PATH"))
}

func failedSearch(err error) Search { return Search{Places: []string{err.Error()}, Err: err} }

func searchPath(command, list string) (s Search) {
	folders := 0
	for _, folder := range filepath.SplitList(list) {
		if !filepath.IsAbs(folder) {
			s.note("%q: passed over, because it is no absolute path", folder)
			continue
		}
		folders++
		file, err := executable(filepath.Join(folder, command))
		switch {
		case err == nil:
			s.note("%s: found", file)
			s.Path = file
			return s
		case errors.Is(err, fs.ErrNotExist):
			s.note("%s: not there", folder)
		default:
			s.note("%s: %v", filepath.Join(folder, command), bare(err))
		}
	}
	s.Err = fmt.Errorf("%s: not found in PATH (%s); %s", command, count(folders, "folder"), remedy(command))
	return s
}

// bare is an error without the path that it repeats.
func bare(err error) error {
	var path *fs.PathError
	if errors.As(err, &path) {
		return path.Err
	}
	return err
}

func (s *Search) note(format string, args ...any) {
	s.Places = append(s.Places, fmt.Sprintf(format, args...))
}

func lookupFile(command, dir string) (string, error) {
	file := command
	if !filepath.IsAbs(file) {
		base, err := filepath.Abs(dir)
		if err != nil {
			return "", fmt.Errorf("finding %s: %w", command, err)
		}
		file = filepath.Join(base, file)
	}
	found, err := executable(file)
	switch {
	case err == nil:
		return found, nil
	case os.IsNotExist(err):
		return "", fmt.Errorf("%s: no such file; correct \"command\" in the configuration", file)
	}
	return "", fmt.Errorf("%s: %w", file, err)
}

// remedies say where well-known commands come from.
var remedies = map[string]string{
	"node": "install Node.js", "npm": "install Node.js", "npx": "install Node.js, which brings npx",
	"uv": "install uv", "uvx": "install uv, which brings uvx", "pipx": "install pipx",
	"python": "install Python (or write python3)", "python3": "install Python",
	"docker": "install Docker", "podman": "install Podman",
	"bun": "install Bun", "bunx": "install Bun, which brings bunx",
	"pnpm": "install pnpm", "deno": "install Deno", "go": "install Go",
}

func remedy(command string) string {
	if r, ok := remedies[command]; ok {
		return r
	}
	if strings.ContainsAny(command, " \t") {
		return "put only the program into \"command\" and the rest into \"args\""
	}
	return "install it, or write its full path in the configuration"
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

package process

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Lookup finds the file that a command means, as the child would: a name with a
// slash from dir, any other in the PATH of env. Folders in PATH that are not
// absolute are passed over. The error tells a person what to do.
func Lookup(command string, env []string, dir string) (string, error) {
	if dir != "" {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return "", fmt.Errorf("the working directory %s does not exist", dir)
		}
	}
	if strings.ContainsRune(command, '/') || strings.ContainsRune(command, filepath.Separator) {
		return lookupFile(command, dir)
	}
	folders := 0
	for _, folder := range filepath.SplitList(variable(env, "PATH")) {
		if !filepath.IsAbs(folder) {
			continue
		}
		folders++
		if file, err := executable(filepath.Join(folder, command)); err == nil {
			return file, nil
		}
	}
	return "", fmt.Errorf("%s: not found in PATH (%s); %s", command, count(folders, "folder"), remedy(command))
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

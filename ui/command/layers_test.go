package command_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

const module = "switchboard"

// mayImport says which rooms of the house each room may look into. The longest
// matching key counts. An entry is one package, or with /... all below it too.
var mayImport = map[string][]string{
	".":             {"ui/command"},
	"ui/command":    {"ui/...", "host/...", "llm/...", "theme"},
	"ui/plain":      {"host", "host/catalog", "host/check", "host/clean", "host/server", "ui/amount"},
	"ui/uitest":     {"ui/...", "host", "host/clean", "host/task"},
	"ui":            {"ui/...", "host", "host/catalog", "host/clean/...", "host/near", "host/schema", "theme"},
	"host":          {"host/...", "llm", "llm/preflight", "llm/find", "llm/tokens"},
	"host/catalog":  {"host/clean", "host/near"},
	"host/policy":   {"host/catalog", "host/clean", "host/near"},
	"host/grants":   {"host/catalog", "host/clean", "host/disk", "host/policy"},
	"host/check":    {"host/...", "llm", "llm/preflight", "llm/tokens"},
	"host/clean":    {},
	"host/disk":     {},
	"host/journal":  {"host/disk", "llm"},
	"host/near":     {},
	"host/task":     {},
	"host/workflow": {},
	"host/trace":    {},
	"host/config":   {"host/clean", "host/disk", "host/near", "host/policy", "host/workflow"},
	"host/schema":   {"host/clean", "host/near"},
	"host/server":   {"host/server/...", "host/catalog", "host/clean", "host/config", "host/task"},
	"host/builtin":  {"host/builtin/...", "host/clean", "host/disk", "host/near", "host/task"},
	"llm":           {"llm/..."},
	"llm/connect":   {"llm/...", "host/near", "host/task"},
	"theme":         {},
}

// onlyIn says where a library may be imported at all, tests aside.
var onlyIn = map[string][]string{
	"github.com/sashabaranov/go-openai":     {"llm/openai"},
	"github.com/mark3labs/mcp-go/client":    {"host/server/..."},
	"github.com/mark3labs/mcp-go/server":    {"host/builtin/..."},
	"charm.land/bubbletea":                  {"ui/..."},
	"charm.land/bubbles":                    {"ui/..."},
	"charm.land/lipgloss":                   {"ui/...", "theme"},
	"github.com/yuin/goldmark":              {"ui/transcript/..."},
	"github.com/alecthomas/chroma":          {"ui/transcript/..."},
	"github.com/spf13":                      {"ui/command"},
	"github.com/tailscale/hujson":           {"host/config"},
	"github.com/gofrs/flock":                {"host/disk"},
	"github.com/google/jsonschema-go":       {"host/schema"},
	"github.com/fsnotify/fsnotify":          {"host/config/watch"},
	"os/exec":                               {"host/server/...", "ui/command"},
	"github.com/shirou/gopsutil":            {"host/server/..."},
	"github.com/charmbracelet/x/vt":         {"ui/uitest"},
	"github.com/charmbracelet/x/exp/golden": {"ui/uitest"},
	module + "/host/server/servertest":      {},
	module + "/llm/llmtest":                 {},
	module + "/ui/uitest":                   {},
}

type room struct {
	path    string // below the module, "." for its root
	imports []string
}

// TestLayers holds the arrows of the house: who may import whom, downwards only.
func TestLayers(t *testing.T) {
	t.Parallel()
	for _, r := range rooms(t) {
		allowed, known := nearest(mayImport, r.path)
		if !known {
			t.Errorf("%s stands outside of the plan", r.path)
		}
		for _, imp := range r.imports {
			if own, ok := strings.CutPrefix(imp, module+"/"); ok && !among(own, allowed) {
				t.Errorf("%s imports %s; it may import %v", r.path, own, allowed)
			}
			if homes, bound := nearest(onlyIn, imp); bound && !among(r.path, homes) {
				t.Errorf("%s imports %s, which belongs in %v", r.path, imp, homes)
			}
		}
	}
}

// TestGoroutinesAndEnvironment holds what imports cannot show: no goroutine starts
// but through host/task, which ui may not import, and the whole environment is
// read in one place.
func TestGoroutinesAndEnvironment(t *testing.T) {
	t.Parallel()
	for path, file := range sources(t) {
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				if strings.HasPrefix(path, "host/server/servertest/") {
					return true // a server for tests, in a process of its own
				}
				t.Errorf("%s starts a goroutine without an owner: use host/task", path)
			case *ast.CallExpr:
				if calls(n, "os", "Environ") && !strings.HasPrefix(path, "host/server/") {
					t.Errorf("%s reads the whole environment; only host/server may", path)
				}
			}
			return true
		})
	}
}

// calls tells whether a call is pkg.name(…).
func calls(c *ast.CallExpr, pkg, name string) bool {
	sel, ok := c.Fun.(*ast.SelectorExpr)
	if !ok || sel.Sel.Name != name {
		return false
	}
	x, ok := sel.X.(*ast.Ident)
	return ok && x.Name == pkg
}

// sources parses every file of the module that is not a test.
func sources(t *testing.T) map[string]*ast.File {
	t.Helper()
	root := moduleRoot(t)
	files := map[string]*ast.File{}
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, path)
		files[filepath.ToSlash(rel)] = f
		return err
	})
	if err != nil {
		t.Fatalf("reading the sources: %v", err)
	}
	return files
}

func moduleRoot(t *testing.T) string {
	t.Helper()
	out, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		t.Fatalf("finding the module: %v", err)
	}
	return strings.TrimSpace(string(out))
}

// rooms lists every package of the module with what its own files import, tests
// left out.
func rooms(t *testing.T) []room {
	t.Helper()
	out, err := exec.Command("go", "list", "-f", `{{.ImportPath}} {{join .Imports " "}}`, module+"/...").Output()
	if err != nil {
		t.Fatalf("listing the packages: %v", err)
	}
	var all []room
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		path := strings.TrimPrefix(strings.TrimPrefix(fields[0], module), "/")
		if path == "" {
			path = "."
		}
		all = append(all, room{path, fields[1:]})
	}
	if len(all) < 10 {
		t.Fatalf("only %d packages found", len(all))
	}
	return all
}

// nearest finds the entry whose key is path or the closest folder above it.
func nearest(table map[string][]string, path string) ([]string, bool) {
	best, found := "", false
	for key := range table {
		if (path == key || strings.HasPrefix(path, key+"/")) && len(key) >= len(best) {
			best, found = key, true
		}
	}
	return table[best], found
}

// among tells whether a package is in a list of packages and, with /..., trees.
func among(path string, list []string) bool {
	return slices.ContainsFunc(list, func(entry string) bool {
		tree, whole := strings.CutSuffix(entry, "/...")
		return path == tree || whole && strings.HasPrefix(path, tree+"/")
	})
}

package files

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/mark3labs/mcp-go/server"

	"switchboard/host/builtin/tool"
)

// Bounds of one search.
const (
	maxMatches  = 100
	maxFiles    = 20_000
	maxBytes    = 256 << 20
	maxFileSize = 16 << 20
	maxDuration = 5 * time.Second
	// excerpt is how many bytes of a line are shown on either side of a match.
	excerpt  = 100
	maxQuery = 500
)

var (
	errEnough = errors.New("enough found")
	// passedOver are folders that hold what nobody wrote by hand.
	passedOver = []string{"node_modules", "vendor", "__pycache__"}
)

// A match is a line that contains the query, or a file whose name does.
type match struct {
	Path string `json:"path"`
	Line int    `json:"line,omitempty"` // from 1; absent when the name matches
	Text string `json:"text,omitempty"`
}

// A search is one walk through the folder.
type search struct {
	f       *folder
	query   *regexp.Regexp
	glob    glob
	matches []match
	files   int
	bytes   int64
	large   int      // files beyond maxFileSize
	skipped []string // folders that were not entered
	cut     string   // why the search ended early
	until   time.Time
}

func (f *folder) searchTool() server.ServerTool {
	spec := tool.Spec{
		Name: "search", Title: "Search the files", Hints: readOnly,
		Description: "Find text in the files of the folder, in their lines and in their names. Upper and lower case are the same; " +
			"the text is taken literally. Hidden folders and node_modules are skipped.",
		Params: []tool.Param{
			tool.String("query", "The text to find.").Required().AtMost(maxQuery),
			pathParam("The folder or file to search; left out, everything."),
			tool.String("glob", "Only files of such names: *.go, src/**/*.md.").AtMost(maxPath),
		},
	}
	type arguments struct{ Query, Path, Glob string }
	return tool.New(spec, func(ctx context.Context, in arguments) (tool.Answer, error) {
		pattern, err := parseGlob(in.Glob)
		if err != nil {
			return tool.Answer{}, err
		}
		query, err := regexp.Compile("(?i)" + regexp.QuoteMeta(in.Query))
		if err != nil {
			return tool.Answer{}, fmt.Errorf("the query cannot be searched for: %w", err)
		}
		s := &search{f: f, query: query, glob: pattern, until: time.Now().Add(maxDuration)}
		if err := s.walk(ctx, f.local(in.Path)); err != nil {
			return tool.Answer{}, err
		}
		return s.answer(in.Query), nil
	})
}

func (s *search) walk(ctx context.Context, start string) error {
	if _, err := s.f.root.Stat(start); err != nil {
		return s.f.explain(start, err)
	}
	start = path.Clean(filepath.ToSlash(start))
	err := fs.WalkDir(s.f.root.FS(), start, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return s.unreadable(name, d)
		}
		if err := s.visit(ctx, name, d, name == start); err != nil {
			return err
		}
		return s.spent(ctx)
	})
	if errors.Is(err, errEnough) {
		return nil
	}
	return err
}

// spent ends the walk when it took too much of anything.
func (s *search) spent(ctx context.Context) error {
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case len(s.matches) >= maxMatches:
		s.cut = fmt.Sprintf("the first %d matches", maxMatches)
	case s.files >= maxFiles:
		s.cut = fmt.Sprintf("%d files", maxFiles)
	case s.bytes >= maxBytes:
		s.cut = fmt.Sprintf("%d MiB", maxBytes>>20)
	case time.Now().After(s.until):
		s.cut = maxDuration.String()
	default:
		return nil
	}
	return errEnough
}

func (s *search) unreadable(name string, d fs.DirEntry) error {
	s.skipped = append(s.skipped, name)
	if d != nil && d.IsDir() {
		return fs.SkipDir
	}
	return nil
}

func (s *search) visit(ctx context.Context, name string, d fs.DirEntry, asked bool) error {
	if d.IsDir() {
		hidden := strings.HasPrefix(d.Name(), ".") || slices.Contains(passedOver, d.Name())
		if hidden && !asked {
			s.skipped = append(s.skipped, name)
			return fs.SkipDir
		}
		return nil
	}
	if !s.glob.match(name) || (!asked && !d.Type().IsRegular()) {
		return nil
	}
	s.files++
	if s.query.MatchString(path.Base(name)) {
		s.matches = append(s.matches, match{Path: name})
	}
	return s.lines(ctx, name)
}

// lines searches one file. A file that cannot be read is no reason to stop.
func (s *search) lines(ctx context.Context, name string) error {
	file, info, err := s.f.open(filepath.FromSlash(name))
	if err != nil {
		return nil
	}
	defer file.Close()
	if info.Size() > maxFileSize {
		s.large++
		return nil
	}
	if what, err := binary(file); err != nil || what != "" {
		return nil
	}
	r := bufio.NewReaderSize(io.LimitReader(file, maxFileSize), maxPage)
	for n := 1; len(s.matches) < maxMatches; n++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		line, dropped, err := boundedLine(r)
		s.bytes += int64(len(line) + dropped)
		if at := s.query.FindIndex(line); at != nil {
			s.matches = append(s.matches, match{name, n, around(line, at)})
		}
		if err != nil {
			return nil
		}
	}
	return nil
}

// around cuts a long line down to what stands near the match.
func around(line []byte, at []int) string {
	from, to := max(0, at[0]-excerpt), min(len(line), at[1]+excerpt)
	text := string(bytes.TrimSpace(line[from:to]))
	if from > 0 {
		text = "…" + text
	}
	if to < len(line) {
		text += "…"
	}
	return strings.ToValidUTF8(text, "")
}

func (s *search) answer(query string) tool.Answer {
	var b strings.Builder
	for _, m := range s.matches {
		if m.Line == 0 {
			fmt.Fprintf(&b, "%s (the name)\n", m.Path)
			continue
		}
		fmt.Fprintf(&b, "%s:%d: %s\n", m.Path, m.Line, m.Text)
	}
	if len(s.matches) == 0 {
		fmt.Fprintf(&b, "Nothing contains %q.\n", query)
	}
	b.WriteString("[" + s.report() + "]")
	return tool.Answer{Text: b.String(), Data: map[string]any{"matches": append([]match{}, s.matches...), "complete": s.cut == ""}}
}

// report says what was searched and what was left out.
func (s *search) report() string {
	parts := []string{fmt.Sprintf("%d matches in %d files searched", len(s.matches), s.files)}
	if s.cut != "" {
		parts = append(parts, "the search was cut after "+s.cut+": narrow it with path or glob")
	}
	if s.large > 0 {
		parts = append(parts, fmt.Sprintf("%d files above %d MiB were skipped", s.large, maxFileSize>>20))
	}
	if n := len(s.skipped); n > 0 {
		const named = 5
		list := strings.Join(s.skipped[:min(n, named)], ", ")
		if n > named {
			list += fmt.Sprintf(" and %d more", n-named)
		}
		parts = append(parts, "skipped: "+list)
	}
	return strings.Join(parts, "; ")
}

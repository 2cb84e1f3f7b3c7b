package uitest

import (
	"bytes"
	"fmt"
	"io"
	"strings"
	"sync"

	"github.com/charmbracelet/x/ansi"
	"github.com/charmbracelet/x/vt"
)

// String is the size as people write it: 80x24.
func (s Size) String() string { return fmt.Sprintf("%dx%d", s.Width, s.Height) }

// A screen is a terminal in memory: the program writes escape sequences, the test
// reads cells.
type screen struct {
	mu     sync.Mutex
	term   *vt.Emulator
	title  string
	hidden bool
}

func newScreen(size Size) *screen {
	s := &screen{term: vt.NewEmulator(size.Width, size.Height)}
	s.term.SetCallbacks(vt.Callbacks{
		Title:            func(t string) { s.title = t },
		CursorVisibility: func(visible bool) { s.hidden = !visible },
	})
	return s
}

// Write feeds the terminal. Without a tty on the input the program leaves the
// carriage returns to the driver.
func (s *screen) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.term.Write(bytes.ReplaceAll(p, []byte("\n"), []byte("\r\n")))
	return len(p), err
}

// answer passes on what the terminal answers to the program's questions, until it
// is closed.
func (s *screen) answer(to io.Writer) { _, _ = io.Copy(to, s.term) }

// close ends the terminal's answers.
func (s *screen) close() {
	if c, ok := s.term.InputPipe().(io.Closer); ok {
		_ = c.Close()
	}
}

func (s *screen) resize(size Size) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.term.Resize(size.Width, size.Height)
}

func (s *screen) styled() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.term.Render()
}

func (s *screen) plain() string {
	rows := strings.Split(ansi.Strip(s.styled()), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " \r")
	}
	return strings.Join(rows, "\n")
}

func (s *screen) cursor() (x, y int, visible bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	at := s.term.CursorPosition()
	return at.X, at.Y, !s.hidden
}

func (s *screen) windowTitle() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.title
}

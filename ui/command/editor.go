package command

import (
	"io"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	tea "charm.land/bubbletea/v2"
)

// opener makes the commands that show or edit a file with the person's own
// programs, on the terminal of w.
func opener(w World) func(path string, line int, edit bool) tea.ExecCommand {
	return func(path string, line int, edit bool) tea.ExecCommand {
		words := pager(w.Env)
		if edit {
			words = editor(w.Env)
		}
		words = append(words, target(words[0], path, line)...)
		c := exec.Command(words[0], words[1:]...)
		// The screen reads keys through a filter, which is no terminal: the person's
		// program gets the terminal itself.
		c.Stdin, c.Stdout, c.Stderr = w.In, w.Out, w.Err
		return command{c, w.Interrupt}
	}
}

// editor is the person's editor and its first arguments: VISUAL, else EDITOR, else
// what every system has.
func editor(env func(string) (string, bool)) []string {
	if words := first(env, "VISUAL", "EDITOR"); words != nil {
		return words
	}
	if runtime.GOOS == "windows" {
		return []string{"notepad"}
	}
	return []string{"vi"}
}

func pager(env func(string) (string, bool)) []string {
	if words := first(env, "PAGER"); words != nil {
		return words
	}
	if runtime.GOOS == "windows" {
		return []string{"more"}
	}
	return []string{"less"}
}

// first is the first of the variables that says anything, in words. Quotes are not
// understood: a program whose path has spaces needs a script.
func first(env func(string) (string, bool), names ...string) []string {
	for _, name := range names {
		value, _ := env(name)
		if words := strings.Fields(value); len(words) > 0 {
			return words
		}
	}
	return nil
}

// takesLine are the programs that understand +LINE before a file.
var takesLine = map[string]bool{
	"vi": true, "vim": true, "nvim": true, "view": true, "nano": true, "emacs": true, "emacsclient": true,
	"micro": true, "kak": true, "joe": true, "ne": true, "less": true, "more": true,
}

// target is the file as a program takes it; at a line where it is known how.
func target(program, path string, line int) []string {
	name := strings.TrimSuffix(filepath.Base(program), ".exe")
	if !filepath.IsAbs(path) {
		path = "." + string(filepath.Separator) + path // never an option
	}
	switch {
	case line < 1:
		return []string{path}
	case takesLine[name]:
		return []string{"+" + strconv.Itoa(line), path}
	case name == "code" || name == "codium" || name == "cursor":
		return []string{"--goto", path + ":" + strconv.Itoa(line)}
	case name == "hx" || name == "subl" || name == "zed":
		return []string{path + ":" + strconv.Itoa(line)}
	}
	return []string{path}
}

// A command is a process the way the screen runs one: it has its streams already.
type command struct {
	*exec.Cmd
	interrupt *Interrupt
}

// Run runs the program to its end. A ctrl+c in it is its own.
func (c command) Run() error {
	defer c.interrupt.Lend()()
	return c.Cmd.Run()
}

// SetStdin does nothing: see [opener].
func (command) SetStdin(io.Reader) {}

// SetStdout does nothing.
func (command) SetStdout(io.Writer) {}

// SetStderr does nothing.
func (command) SetStderr(io.Writer) {}

package offline

import (
	"strings"

	"switchboard/llm/find"
)

var (
	fieldPattern    = lazy(`\S+`)
	fileNamePattern = lazy(`^[\w-]+(?:\.[\w-]+)*\.[A-Za-z][A-Za-z0-9]{0,4}$|^\.[A-Za-z][\w.-]+$`)
	relativePattern = lazy(`^[\w.@-]+/[\w./@*-]*$`)
	slugPattern     = lazy(`^([A-Za-z0-9][\w-]*)/([\w.-]+)$`)
	extension       = lazy(`\.[A-Za-z]\w{0,4}$`)
	letter          = lazy(`[A-Za-z]`)
)

// Words with a slash that are no paths.
var slashWords = setOf("and/or he/she his/her i/o n/a w/o")

// paths finds file names, paths, owner/name pairs and globs, each between white
// space.
func paths(s string) []entity {
	var out []entity
	for _, m := range fieldPattern().FindAllStringIndex(s, -1) {
		text := strings.TrimLeft(s[m[0]:m[1]], "([{<")
		at := m[1] - len(text)
		text = trimSentence(text)
		switch {
		case isGlob(text):
			out = append(out, entity{kind: glob, text: text, at: at, end: at + len(text)})
		case isPath(text):
			out = append(out, entity{kind: path, text: text, at: at, end: at + len(text)})
		}
	}
	return out
}

// trimSentence takes the punctuation of the sentence off a path.
func trimSentence(s string) string {
	if s == "." || s == ".." {
		return s
	}
	return strings.TrimRight(s, ".,;:?!)]}>")
}

func isGlob(s string) bool {
	return strings.Contains(s, "*") && letter().MatchString(s) && strings.ContainsAny(s, "./")
}

func isPath(s string) bool {
	switch {
	case slashWords[strings.ToLower(s)]:
		return false
	case s == "." || s == ".." || s == "/":
		return true
	case strings.HasPrefix(s, "/"), strings.HasPrefix(s, "~/"), strings.HasPrefix(s, "./"), strings.HasPrefix(s, "../"):
		return len(s) > 1
	}
	return fileNamePattern().MatchString(s) || relativePattern().MatchString(s) && letter().MatchString(s)
}

// slug takes "owner/name" apart, the way repositories are written.
func (e entity) slug() (owner, repo string, ok bool) {
	m := slugPattern().FindStringSubmatch(e.text)
	if e.kind != path || m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// mediaFiles are the endings of files that hold no text.
var mediaFiles = setOf("png jpg jpeg gif webp bmp ico svg mp3 wav ogg flac m4a mp4 mov avi mkv webm pdf")

// content is the stem that file tools use for what is in such a file.
func (e entity) content() string {
	if mediaFiles[strings.ToLower(strings.TrimPrefix(extension().FindString(e.text), "."))] {
		return find.Stem("media")
	}
	return find.Stem("text")
}

// isFile guesses from the ending whether a path names a file.
func (e entity) isFile() bool { return e.kind == path && extension().MatchString(e.text) }

package notes

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// maxNotes bounds the notebook; each note may have 32 KiB.
const maxNotes = 10_000

// A Note is one entry of the file.
type Note struct {
	// ID is "n" and a number. It never changes and is never given twice.
	ID      string    `json:"id"`
	Title   string    `json:"title,omitempty"`
	Text    string    `json:"text"`
	Created time.Time `json:"created"` // UTC, whole seconds
}

// cut shortens the text to so many characters and says so in its last line.
func (n Note) cut(characters int) Note {
	text := []rune(strings.TrimSpace(n.Text))
	if len(text) <= characters {
		return n
	}
	n.Text = fmt.Sprintf("%s…\n[%d characters more; search for %s shows all]",
		string(text[:characters]), len(text)-characters, n.ID)
	return n
}

// String gives the note in a few lines of text.
func (n Note) String() string {
	head := n.ID + "  " + n.Created.Local().Format("2006-01-02 15:04")
	if n.Title != "" {
		head += "  " + n.Title
	}
	return head + "\n" + strings.TrimSpace(n.Text)
}

// contains tells whether all the words, in lower case, occur in the note.
func (n Note) contains(words []string) bool {
	text := strings.ToLower(n.Title + "\n" + n.Text)
	return !slices.ContainsFunc(words, func(word string) bool { return !strings.Contains(text, word) })
}

// normalID takes n3, N3, #3 and 3 alike.
func normalID(text string) string {
	text = strings.TrimLeft(strings.ToLower(strings.TrimSpace(text)), "n#")
	return "n" + text
}

// A book is the content of the file, oldest note first.
type book struct {
	// Next is the number of the next note. It only grows, so that an id is never
	// given a second time.
	Next  int    `json:"next"`
	Notes []Note `json:"notes"`
}

func (b *book) add(n *Note) error {
	if len(b.Notes) >= maxNotes {
		return fmt.Errorf("there are %d notes already; delete some first", len(b.Notes))
	}
	n.ID = "n" + strconv.Itoa(b.Next)
	b.Next++
	b.Notes = append(b.Notes, *n)
	return nil
}

func (b *book) remove(id string) (Note, error) {
	i := slices.IndexFunc(b.Notes, func(n Note) bool { return n.ID == id })
	if i < 0 {
		return Note{}, fmt.Errorf("there is no note %s; list_notes tells the ids", id)
	}
	gone := b.Notes[i]
	b.Notes = slices.Delete(b.Notes, i, i+1)
	return gone, nil
}

// check refuses a file that this program cannot have written, and so must not
// replace.
func (b *book) check() error {
	seen := map[string]bool{}
	for _, n := range b.Notes {
		number, err := strconv.Atoi(strings.TrimPrefix(n.ID, "n"))
		if err != nil || n.ID != "n"+strconv.Itoa(number) || number < 1 || number >= b.Next {
			return fmt.Errorf("it has a note with the id %q", n.ID)
		}
		if seen[n.ID] {
			return fmt.Errorf("it has the note %s twice", n.ID)
		}
		seen[n.ID] = true
	}
	if b.Next < 1 {
		return errors.New("it does not tell the number of the next note")
	}
	return nil
}

package clean

import "unicode/utf8"

// A Stream joins the pieces of a text that arrives in deltas, so that a
// character that was cut between two of them is not shown as two broken ones.
// The zero value is ready to use.
type Stream struct{ tail string }

// Add takes the next piece and gives the text that is safe to append: all that
// has arrived and was not given before, without the start of a character whose
// end is still to come (at most 3 bytes). The text is as foreign as the piece.
func (s *Stream) Add(piece string) string {
	all := s.tail + piece
	end := len(all)
	for i := max(end-utf8.UTFMax+1, 0); i < end; i++ {
		if utf8.RuneStart(all[i]) && !utf8.FullRuneInString(all[i:]) {
			end = i
		}
	}
	s.tail = all[end:]
	return all[:end]
}

// Rest gives what is still held back when no piece follows: nothing, or bytes
// that never became a character.
func (s *Stream) Rest() string {
	rest := s.tail
	s.tail = ""
	return rest
}

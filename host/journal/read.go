package journal

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
)

// A Damage is a stretch of a journal that holds no record.
type Damage struct {
	Line   int   // from 1
	Offset int64 // of its first byte
	Bytes  int
	Why    string
}

// String names the place: "line 7 (312 bytes): its checksum does not fit".
func (d Damage) String() string { return fmt.Sprintf("line %d (%d bytes): %s", d.Line, d.Bytes, d.Why) }

// A Condition is what reading found out about a file.
type Condition struct {
	Last  int64 // the highest number of a record; 0 when there is none
	Whole int64 // bytes up to the end of the last whole line
	// Torn is how many bytes follow Whole: a line that a crash broke off, whose
	// writer was never told that it is on disk. It is dropped on resume.
	Torn    int64
	Damaged []Damage
	Missing int64 // records that the numbering shows to be lost
}

// Read hands every sound record to yield, in order, until the end or until yield
// says no. Damage is no error: it is in the [Condition]. The error is one of
// reading.
func Read(from io.Reader, yield func(Record) bool) (Condition, error) {
	var c Condition
	in := bufio.NewReaderSize(from, 64<<10)
	var line []byte
	for n := 1; ; n++ {
		var whole bool
		var err error
		line, whole, err = nextLine(in, line[:0])
		if err != nil {
			return c, fmt.Errorf("reading the journal: %w", err)
		}
		if !whole {
			c.Torn = int64(len(line))
			return c, nil
		}
		at := c.Whole
		c.Whole += int64(len(line))
		r, err := parseLine(bytes.TrimSuffix(line, []byte("\n")))
		if err != nil {
			c.Damaged = append(c.Damaged, Damage{n, at, len(line), err.Error()})
			continue
		}
		c.count(r.Seq)
		if !yield(r) {
			return c, nil
		}
	}
}

// count follows the numbering. A damaged line leaves a gap of its own, which is
// not counted as missing besides.
func (c *Condition) count(seq int64) {
	if gap := seq - c.Last - 1; gap > 0 {
		c.Missing += gap
	}
	c.Last = max(c.Last, seq)
}

// Sound tells whether nothing but a torn tail is wrong with the file.
func (c Condition) Sound() bool { return len(c.Damaged) == 0 && c.Missing == 0 }

// nextLine reads up to a newline into line. Without one the line is not whole; at
// the end of the file it is empty.
func nextLine(in *bufio.Reader, line []byte) (_ []byte, whole bool, err error) {
	for {
		part, err := in.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case err == nil:
			return line, true, nil
		case errors.Is(err, io.EOF):
			return line, false, nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return line, false, err
		}
	}
}

package builtin

import (
	"bufio"
	"context"
	"errors"
	"io"
)

// maxLine bounds one message of the client, in bytes.
const maxLine = 4 << 20

var errLineTooLong = errors.New("a message was longer than 4 MiB")

// nextLine reads one line without its end. A line beyond maxLine is read to its
// end, dropped and reported as errLineTooLong. The last line may lack its end.
func nextLine(r *bufio.Reader) ([]byte, error) {
	var line []byte
	tooLong := false
	for {
		part, err := r.ReadSlice('\n')
		if tooLong = tooLong || len(line)+len(part) > maxLine; tooLong {
			line = nil
		} else {
			line = append(line, part...)
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if tooLong && (err == nil || errors.Is(err, io.EOF)) {
			return nil, errLineTooLong
		}
		if len(line) > 0 && errors.Is(err, io.EOF) {
			return line, nil
		}
		return line, err
	}
}

// input is one line, or the reason why there is none.
type input struct {
	line []byte
	err  error
}

// readLines sends every line to lines and closes it at the end of r, or when the
// context ends while nobody takes a line.
func readLines(ctx context.Context, r io.Reader, lines chan<- input) {
	defer close(lines)
	buffered := bufio.NewReaderSize(r, 64<<10)
	for {
		line, err := nextLine(buffered)
		if errors.Is(err, io.EOF) {
			return
		}
		select {
		case lines <- input{line, err}:
		case <-ctx.Done():
			return
		}
		if err != nil && !errors.Is(err, errLineTooLong) {
			return
		}
	}
}

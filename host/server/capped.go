package server

import (
	"fmt"
	"io"
	"sync"
)

// notes travel in a request's context down to the network and bring back what
// mcp-go loses on the way up.
type notes struct {
	mu  sync.Mutex
	err error
}

type notesKey struct{}

// keep remembers an error and returns it. Nil notes forget it.
func (n *notes) keep(err error) error {
	if n != nil {
		n.mu.Lock()
		defer n.mu.Unlock()
		n.err = err
	}
	return err
}

// or gives the kept error, or else err.
func (n *notes) or(err error) error {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.err != nil {
		return n.err
	}
	return err
}

// A capped body ends with an error when a message in it grows beyond maxMessage:
// the whole body, or one event of a stream.
type capped struct {
	io.ReadCloser
	notes  *notes
	done   func()
	events bool

	size    int  // of the message so far
	newline bool // the last byte, carriage returns aside, was a line break
}

// Read implements [io.Reader].
func (c *capped) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.count(p[:n])
	if c.size > maxMessage {
		return 0, c.notes.keep(&invalidError{fmt.Sprintf("the answer is larger than %d MiB and was dropped", maxMessage>>20)})
	}
	return n, err
}

func (c *capped) count(p []byte) {
	if !c.events {
		c.size += len(p)
		return
	}
	for _, b := range p {
		c.size++
		switch {
		case b == '\r':
		case b != '\n':
			c.newline = false
		case c.newline: // a blank line ends an event
			c.size = 0
		default:
			c.newline = true
		}
		if c.size > maxMessage {
			return
		}
	}
}

// Close implements [io.Closer].
func (c *capped) Close() error {
	defer c.done()
	return c.ReadCloser.Close()
}

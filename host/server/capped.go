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

var (
	errTooLarge = &invalidError{fmt.Sprintf("the answer is larger than %d MiB and was dropped", maxMessage>>20)}
	errTooDeep  = &invalidError{fmt.Sprintf("the answer is nested deeper than %d levels and was dropped", maxDepth)}
)

// A capped body ends with an error when a message in it grows larger or deeper
// than messages may be: the whole body, or one event of a stream.
type capped struct {
	io.ReadCloser
	notes *notes
	done  func()

	mu       sync.Mutex // Close may come in the middle of a Read
	messages messages
}

// Read implements [io.Reader].
func (c *capped) Read(p []byte) (int, error) {
	n, err := c.ReadCloser.Read(p)
	c.mu.Lock()
	defer c.mu.Unlock()
	if bad := c.messages.read(p[:n]); bad != nil {
		return 0, c.notes.keep(bad)
	}
	if err == io.EOF {
		c.messages.end()
	}
	return n, err
}

// Close implements [io.Closer].
func (c *capped) Close() error {
	defer c.done()
	c.mu.Lock()
	c.messages.end()
	c.mu.Unlock()
	return c.ReadCloser.Close()
}

package host

import "sync"

// mailbox is a queue without a limit: putting never blocks, so that neither the
// screen nor a server ever waits for the host's loop.
type mailbox struct {
	ready chan struct{} // holds a token while the queue may have something in it

	mu    sync.Mutex
	queue []any
}

func newMailbox() *mailbox { return &mailbox{ready: make(chan struct{}, 1)} }

func (m *mailbox) put(v any) {
	m.mu.Lock()
	m.queue = append(m.queue, v)
	m.mu.Unlock()
	poke(m.ready)
}

func (m *mailbox) take() []any {
	m.mu.Lock()
	defer m.mu.Unlock()
	q := m.queue
	m.queue = nil
	return q
}

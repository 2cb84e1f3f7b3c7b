package host

import "sync"

// A queue holds the prompts that came while a turn ran. The turn takes them at its
// next step, so that the person can steer it; what comes too late for that begins
// the next turn. It is safe for concurrent use.
type queue struct {
	mu      sync.Mutex
	waiting []string
}

func (q *queue) put(prompt string) {
	q.mu.Lock()
	defer q.mu.Unlock()
	q.waiting = append(q.waiting, prompt)
}

// all takes everything.
func (q *queue) all() []string {
	q.mu.Lock()
	defer q.mu.Unlock()
	all := q.waiting
	q.waiting = nil
	return all
}

// first takes the prompt that waited longest.
func (q *queue) first() (prompt string, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.waiting) == 0 {
		return "", false
	}
	prompt, q.waiting = q.waiting[0], q.waiting[1:]
	return prompt, true
}

// last takes the newest prompt back.
func (q *queue) last() (prompt string, ok bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	n := len(q.waiting)
	if n == 0 {
		return "", false
	}
	prompt, q.waiting = q.waiting[n-1], q.waiting[:n-1]
	return prompt, true
}

package composer

import tea "charm.land/bubbletea/v2"

// maxHistory is how many drafts are kept.
const maxHistory = 200

// A history holds what was sent, oldest first, and the draft that was left to
// look at it.
type history struct {
	sent  []string
	back  int // how far back the composer looks; 0 is the draft itself
	draft string
}

func (h *history) add(text string) {
	if n := len(h.sent); n == 0 || h.sent[n-1] != text {
		h.sent = append(h.sent, text)
	}
	if n := len(h.sent); n > maxHistory {
		h.sent = h.sent[n-maxHistory:]
	}
	h.back, h.draft = 0, ""
}

// older steps back; now is what the composer holds.
func (h *history) older(now string) (string, bool) {
	if h.back >= len(h.sent) {
		return "", false
	}
	if h.back == 0 {
		h.draft = now
	}
	h.back++
	return h.sent[len(h.sent)-h.back], true
}

// newer steps forward, at last to the draft.
func (h *history) newer() (string, bool) {
	if h.back == 0 {
		return "", false
	}
	h.back--
	if h.back == 0 {
		return h.draft, true
	}
	return h.sent[len(h.sent)-h.back], true
}

// up moves the cursor up; on the first row it recalls what was sent before.
func (c *Composer) up(k tea.KeyPressMsg) {
	if c.area.Line() > 0 || c.area.LineInfo().RowOffset > 0 {
		c.update(k)
		return
	}
	if text, ok := c.history.older(c.area.Value()); ok {
		c.area.SetValue(text)
		c.area.MoveToBegin()
	}
}

// down moves the cursor down; on the last row it comes back from the history.
func (c *Composer) down(k tea.KeyPressMsg) {
	info := c.area.LineInfo()
	if c.area.Line() < c.area.LineCount()-1 || info.RowOffset+1 < info.Height {
		c.update(k)
		return
	}
	if text, ok := c.history.newer(); ok {
		c.area.SetValue(text)
		c.area.MoveToEnd()
	}
}

package ui

// recalled puts a prompt that was taken off the queue into the input, unless the
// person has begun another one meanwhile.
func (m *Model) recalled(prompt string) {
	if !m.composer.Empty() {
		prompt = m.composer.Draft() + "\n" + prompt
	}
	m.composer.SetDraft(prompt)
	m.say("taken back: enter sends it again")
}

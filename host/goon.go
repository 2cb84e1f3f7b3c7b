package host

// GoOn asks whether a turn goes on that has asked the model many times: [Proceed]
// or [Deny].
type GoOn struct {
	Turn  int
	Steps int // so far
}

// Proceed lets a turn go on.
type Proceed struct{}

func (GoOn) question()  {}
func (Proceed) answer() {}

package host

import "encoding/json"

// An Op is something the person, or a program in their place, wants done. [Host.Do]
// takes it and never blocks; what comes of it arrives as events.
type Op interface{ op() }

// Begin starts the servers of a host that was told to hold them back; later ones
// change nothing.
type Begin struct{}

// Submit starts a turn with a prompt. While a turn runs the prompt goes to the
// model at its next step, or begins the next turn if there is none.
type Submit struct{ Text string }

// TakeBack takes the newest prompt that waits off the queue; [TurnRecalled]
// follows, unless it was sent already.
type TakeBack struct{}

// Cancel stops the running turn: the model, its calls and its questions.
type Cancel struct{}

// AnswerQuestion answers the question with this ID. The first answer wins; one to
// a question that is no longer open is dropped.
type AnswerQuestion struct {
	ID     QuestionID
	Answer Answer
}

// ServerAction is what can be done to a server by hand.
type ServerAction string

// The actions on a server.
const (
	Restart ServerAction = "restart"
	Stop    ServerAction = "stop" // until a restart; its tools stay listed
	Disable ServerAction = "disable"
	Enable  ServerAction = "enable"
	// RestartPatiently restarts with twice the start timeout of the last time.
	RestartPatiently ServerAction = "restart patiently"
	// Trust consents to start, or reach, a server that waits for that.
	Trust ServerAction = "trust"
)

// ControlServer does an action to a server, for this session.
type ControlServer struct {
	Server string
	Action ServerAction
	// Keep writes a Disable or an Enable into the configuration as well.
	Keep bool
}

// CallTool calls one tool of one server by hand, outside of a turn. The person
// asked for it, so it does not ask again; deny rules still hold.
type CallTool struct {
	Server, Tool string
	Arguments    json.RawMessage // a JSON object; nil means {}
}

func (Begin) op()          {}
func (Submit) op()         {}
func (Cancel) op()         {}
func (TakeBack) op()       {}
func (AnswerQuestion) op() {}
func (ControlServer) op()  {}
func (CallTool) op()       {}

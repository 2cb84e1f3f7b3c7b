package servertest

import (
	"flag"
	"os"
	"strings"
	"time"
)

// Flags are what a fixture can be told on its command line.
type Flags struct {
	Delay    time.Duration // -delay: before every answer to initialize
	Mute     string        // -mute: methods, comma-separated, that get no answer
	Banner   string        // -banner: written to standard output first, as it is
	Stderr   string        // -stderr: written to standard error first
	Exit     int           // -exit: with this status at once; -1 for not at all
	Style    string        // -style: how answers are written, see reply
	Era      string        // -era: legacy, modern, both, or refuse
	Version  string        // -version: what initialize is answered with
	Tools    string        // -tools: names of more tools, comma-separated
	Raw      string        // -raw: more elements of tools/list, a JSON array; $NAME for that variable's value
	Pages    int           // -pages: into which the list is cut
	Cursor   string        // -cursor: "" counts up, empty starts with "", same never advances
	FailPage int           // -failpage: this page is answered with an error
	FailWhen string        // -failwhen: lists fail once a tool of this name was added
	Ignore   string        // -ignore: eof, term, or both
	Child    bool          // -child: start a process that ignores everything
	PIDs     string        // -pids: file to which own and child's process ids are added
	DieAfter time.Duration // -dieafter: exit by itself with status 3
	Flood    int           // -flood: tools/list_changed right after the handshake
	NoCaps   bool          // -nocaps: declare no capabilities
	Idle     bool          // -idle: do nothing at all, for ever
	Offers   int           // -offers: so many resources, templates and prompts
	NoOffers bool          // -nooffers: declare them but know none of their methods
	Many     int           // -many: so many tools more
	AnyOf    int           // -anyof: one tool more, whose schema has so many alternatives
}

func parse(args []string) (f Flags) {
	fs := flag.NewFlagSet("fixture", flag.ExitOnError)
	fs.DurationVar(&f.Delay, "delay", 0, "")
	fs.StringVar(&f.Mute, "mute", "", "")
	fs.StringVar(&f.Banner, "banner", "", "")
	fs.StringVar(&f.Stderr, "stderr", "", "")
	fs.IntVar(&f.Exit, "exit", -1, "")
	fs.StringVar(&f.Style, "style", "", "")
	fs.StringVar(&f.Era, "era", "legacy", "")
	fs.StringVar(&f.Version, "version", "", "")
	fs.StringVar(&f.Tools, "tools", "", "")
	fs.StringVar(&f.Raw, "raw", "", "")
	fs.IntVar(&f.Pages, "pages", 1, "")
	fs.StringVar(&f.Cursor, "cursor", "", "")
	fs.IntVar(&f.FailPage, "failpage", 0, "")
	fs.StringVar(&f.FailWhen, "failwhen", "", "")
	fs.StringVar(&f.Ignore, "ignore", "", "")
	fs.BoolVar(&f.Child, "child", false, "")
	fs.StringVar(&f.PIDs, "pids", "", "")
	fs.DurationVar(&f.DieAfter, "dieafter", 0, "")
	fs.IntVar(&f.Flood, "flood", 0, "")
	fs.BoolVar(&f.NoCaps, "nocaps", false, "")
	fs.BoolVar(&f.Idle, "idle", false, "")
	fs.IntVar(&f.Offers, "offers", 0, "")
	fs.BoolVar(&f.NoOffers, "nooffers", false, "")
	fs.IntVar(&f.Many, "many", 0, "")
	fs.IntVar(&f.AnyOf, "anyof", 0, "")
	_ = fs.Parse(args)
	if name, variable := strings.CutPrefix(f.Raw, "$"); variable {
		f.Raw = os.Getenv(name)
	}
	return f
}

// ignores tells what the fixture is to be deaf to: "eof" or "term".
func (f Flags) ignores(what string) bool { return f.Ignore == what || f.Ignore == "both" }

// has tells whether a comma-separated list has an element.
func has(list, element string) bool {
	for one := range strings.SplitSeq(list, ",") {
		if one == element {
			return true
		}
	}
	return false
}

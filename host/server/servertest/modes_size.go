package servertest

import (
	"strconv"
	"strings"
	"time"

	"switchboard/host/server"
)

func withCap(o server.Options) server.Options {
	o.CallCap = 1500 * time.Millisecond
	return o
}

const dropped = `^stdout \(a message of more than 16 MiB was dropped\)$`

// sizeModes send more at once than anyone can keep.
func sizeModes() []Mode {
	return []Mode{
		{
			Name: "endless line", Does: "begins an answer and goes on for ever", Heavy: true,
			Acts: []Act{{"endless", `{}`}}, Says: []string{tooLarge},
		},
		{
			Name: "line of 60 MB", Does: "answers with more than a message may hold", Heavy: true,
			Acts: []Act{{"big", `{"n":60000000}`}, echo}, Says: []string{tooLarge, dropped, answersEcho},
		},
		{
			Name: "line of 16 MB", Does: "answers with as much as a message may hold", Heavy: true,
			Acts: []Act{{"big", `{"n":16500000}`}, echo}, Says: []string{`^answer x{100}`, answersEcho},
		},
		{
			Name: "a million lines", Does: "answers with line breaks alone", Heavy: true,
			Acts: []Act{{"big", `{"n":1000000,"text":"\\n"}`}, echo}, Says: []string{answersEcho},
		},
		{
			Name: "deep answer", Does: "nests its answer three million levels deep",
			Acts: []Act{{"deep", `{"n":3000000}`}, echo},
			Says: []string{tooDeep, `^stdout \(a message nested deeper than 128 levels was dropped\)$`, answersEcho},
		},
		{
			Name: "errors without a line", Does: "writes 100 MB to standard error and no line break", Heavy: true,
			Acts: []Act{{"unbroken", `{"n":100000000}`}, echo}, Says: []string{answersEcho},
		},
		{
			Name: "more tools than anybody needs", Does: "lists a hundred thousand tools on one page", Heavy: true,
			Flags: []string{"-many=" + strconv.Itoa(manyTools)}, Acts: []Act{echo},
			Says: []string{answersEcho, `^ready: it offers more than 512 tools; only the first 512 are used$`, `^tools 512 `},
		},
		{
			Name: "vast schema", Does: "describes a tool with fifty thousand alternatives",
			Flags: []string{"-anyof=50000"}, Acts: []Act{echo}, Says: []string{answersEcho, `^tools 2 vast echo$`},
		},
	}
}

// floodModes send too much of what is small.
func floodModes() []Mode {
	const note = `{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":"DATA"}}`
	lines := func(n int, data string) string {
		return `{"n":` + strconv.Itoa(n) + `,"line":` + strings.Replace(note, "DATA", data, 1) + `}`
	}
	return []Mode{
		{
			Name: "list changes", Does: "says twenty thousand times that its tools changed",
			Acts: []Act{{"flood", `{"n":20000}`}, echo}, Says: []string{`^answer flooded$`, answersEcho},
		},
		{
			Name: "flood at the start", Does: "says so a thousand times before anyone asks",
			Flags: []string{"-flood=1000"}, Acts: []Act{echo}, Says: []string{answersEcho, isReady},
		},
		{
			Name: "log messages", Does: "sends thousands of large log messages", Heavy: true,
			Acts: []Act{{"line", lines(1500, strings.Repeat("x", 10_000))}, echo}, Says: []string{answersEcho, `^mcp x{100}`},
		},
		{
			Name: "progress of nobody", Does: "reports progress on calls that do not exist",
			Acts: []Act{{"line", `{"n":20000,"line":{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"nobody","progress":1}}}`}, echo},
			Says: []string{answersEcho},
		},
		{
			Name: "answers of nobody", Does: "answers ten thousand requests that were never made",
			Acts: []Act{{"line", `{"n":10000,"line":{"jsonrpc":"2.0","id":77000000,"result":{}}}`}, echo},
			Says: []string{answersEcho, `^noise 10000$`, `^stdout .*77000000`},
		},
		{
			Name: "errors in a flood", Does: "writes a hundred thousand lines to standard error",
			Acts: []Act{{"stderr", `{"n":100000,"text":"` + strings.Repeat("e", 200) + `"}`}, echo},
			Says: []string{answersEcho, `^stderr e{100}`, `^lost [1-9]\d{3}`},
		},
		{
			Name: "chatter", Does: "writes to standard error without a pause, for ever",
			Acts: []Act{{"chatter", `{"n":20,"text":"working"}`}}, Times: impatient, Says: []string{timedOut, `^stderr working$`},
		},
	}
}

package servertest

// wireModes break the framing of messages.
func wireModes() []Mode {
	return []Mode{
		{
			Name: "logs on stdout", Does: "writes its log, colours, numbers and arrays between the messages",
			Flags: []string{"-style=chatty"}, Acts: []Act{echo},
			Says: []string{answersEcho, `^stdout listening on stdio$`},
		},
		{
			Name: "glued banner", Does: "writes text without a line break before every message",
			Flags: []string{"-style=glued"}, Acts: []Act{echo},
			Says: []string{answersEcho, `^stdout DEBUG about to answer`},
		},
		{
			Name: "pretty JSON", Does: "spreads every message over many lines",
			Flags: []string{"-style=pretty"}, Acts: []Act{echo}, Says: []string{answersEcho},
		},
		{
			Name: "batches", Does: "wraps every answer in an array",
			Flags: []string{"-style=batch"}, Acts: []Act{echo}, Says: []string{answersEcho},
		},
		{
			Name: "ids as strings", Does: "answers the request 7 with the id \"7\"",
			Flags: []string{"-style=stringid"}, Acts: []Act{echo}, Says: []string{answersEcho},
		},
		{
			Name: "raw control characters", Does: "does not escape them inside of JSON strings",
			Flags: []string{"-style=controls"}, Acts: []Act{{"result", `{"result":{"content":[{"type":"text","text":"a\u0007b"}]}}`}},
			Says: []string{`^answer a.+b$`},
		},
		{
			Name: "everything twice", Does: "sends every answer two times",
			Flags: []string{"-style=twice"}, Acts: []Act{echo, echo}, Says: []string{answersEcho},
		},
		{
			Name: "foreign ids", Does: "answers a request that nobody made, and not the one that was",
			Times: impatient, Acts: []Act{{"wrongid", `{}`}},
			Says: []string{timedOut, `^stdout .*"id":4711`},
		},
		{
			Name: "garbage", Does: "writes binary data to standard output, without line breaks and with",
			Acts: []Act{{"garbage", `{"n":300000}`}, echo}, Says: []string{`^answer .*written`, answersEcho, `^noise [1-9]`},
		},
		{
			Name: "half a message", Does: "never finishes a line, and with that silences itself",
			Times: hasty, Acts: []Act{{"half", `{}`}},
			Says: []string{timedOut, noPing, `^restarts [1-9]`},
		},
		{
			Name: "dripping", Does: "sends an answer byte by byte, slower than anyone can wait",
			Times: hasty, Acts: []Act{{"drip", `{"ms":200}`}},
			Says: []string{timedOut, noPing, `^restarts [1-9]`},
		},
		{
			Name: "closed output", Does: "closes its standard output and runs on",
			Acts: []Act{{"closeout", `{}`}},
			Says: []string{`^answer .*the connection ended before the answer: closed its standard output after .* while it was still running`},
		},
	}
}

// answerModes send messages whose content is wrong.
func answerModes() []Mode {
	return []Mode{
		{
			Name: "empty result", Does: "answers a call with {}",
			Acts: []Act{{"result", `{"result":{}}`}}, Says: []string{`^answer $`},
		},
		{
			Name: "structured content alone", Does: "leaves out the content that goes with it",
			Acts: []Act{{"result", `{"result":{"structuredContent":{"n":1}}}`}}, Says: []string{answersEcho},
		},
		{
			Name: "unknown content", Does: "sends a block of a type that no protocol knows, next to a good one",
			Acts: []Act{{"result", `{"result":{"content":[{"type":"hologram","data":"x"},{"type":"text","text":"kept"}]}}`}},
			Says: []string{`^answer \[hologram content, \d+ bytes\]$`, `^answer kept$`},
		},
		{
			Name: "unknown error", Does: "refuses with a code of its own, and data",
			Acts: []Act{{"body", `{"text":"\"error\":{\"code\":-32050,\"message\":\"rebuilding\",\"data\":{\"wait\":5}}"}`}},
			Says: []string{`^answer .*error -32050: rebuilding \(\{"wait":5\}\)`},
		},
		{
			Name: "error as text", Does: "sends an error that is a string and no object",
			Acts: []Act{{"body", `{"text":"\"error\":\"out of luck\""}`}}, Says: []string{`^answer .*out of luck`},
		},
		{
			Name: "escape sequences", Does: "colours its answer, sets the title, hides and turns around text",
			Acts: []Act{{"result", `{"result":{"content":[{"type":"text","text":"\u001b]0;owned\u0007\u001b[2Ja\u202eb\u200bc"}]}}`}},
			Says: []string{`^answer [^\x00-\x1f\x7f-\x9f\x{200b}\x{202e}]*owned[^\x00-\x1f\x7f-\x9f\x{200b}\x{202e}]*$`},
		},
		{
			Name: "asks back", Does: "wants roots and a sampling that were never offered",
			Acts: []Act{{"ask", `{"method":"sampling/createMessage"}`}, {"ask", `{"method":"roots/list"}`}},
			Says: []string{`^answer .*Switchboard did not offer sampling/createMessage`, `^answer .*Switchboard did not offer roots/list`},
		},
		{
			Name: "late answers", Does: "answers after the call was given up",
			Times: impatient, Acts: []Act{{"slow", `{"ms":1200}`}}, Says: []string{timedOut, `^late 1$`},
		},
		{
			Name: "progress for ever", Does: "reports progress and never comes to an end",
			Flags: nil, Times: withCap(impatient), Acts: []Act{{"progress", `{"n":100000,"ms":50}`}},
			Says: []string{`^answer .*no answer after 1\.5 s; the server was told to stop`},
		},
	}
}

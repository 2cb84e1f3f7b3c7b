package ui_test

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"switchboard/host"
	"switchboard/ui"
	"switchboard/ui/uitest"
)

// FuzzComposerNeverApproves sends bytes in pieces, in any rhythm, through the
// program's own decoder. As long as they do not hold a chord that leads to the
// questions, nothing is answered and nobody is trusted; and not in the piece that
// holds it either.
func FuzzComposerNeverApproves(f *testing.F) {
	f.Add("yes, do it\ryes\ry\ro\r", uint32(0))
	f.Add("o\ry\ra\ra\r*\ro\r", uint32(12345))
	f.Add("\x1b[200~o\ro\r\x1b[201~o\r\x1b[201~y\r", uint32(99))
	f.Add("\x1b[111u\x1b[111;1:1u\x1b[13u\x1b[27;1;111~", uint32(7)) // kitty and modifyOtherKeys
	f.Add("\x1b[116;5u"+"o", uint32(0))                              // the chord as kitty says it
	f.Add("\x1bOQ"+"o\r", uint32(0))
	f.Add("\x1b[12~o\x1b[<0;30;20Mo\x1b[Io\x1b[Oo", uint32(4242))
	f.Add("/help\ro\x1b[Bo/servers\ru\ry\r", uint32(31))
	f.Add("\xff\xfe\x9b200~o\x00\x14", uint32(3))
	f.Add(strings.Repeat("o\ry\rs\r", 300), uint32(0x80000001))
	f.Fuzz(func(t *testing.T, bytes string, rhythm uint32) {
		if strings.Contains(bytes, "122") || strings.Contains(bytes, "99;") {
			return // ctrl+z would stop the test, ctrl+c end it, as some terminals spell them
		}
		bytes = strings.Map(func(r rune) rune {
			if r == 0x03 || r == 0x1a {
				return -1 // likewise
			}
			return r
		}, bytes)
		synctest.Test(t, func(t *testing.T) { neverApproves(t, bytes, rhythm) })
	})
}

func neverApproves(t *testing.T, bytes string, rhythm uint32) {
	e := uitest.NewEngine()
	d := uitest.Start(t, large, e)
	e.Play(questions()...)
	d.Wait(time.Second)
	for bytes != "" && !ui.OnTray(d.Model()) {
		rhythm = rhythm*1664525 + 1013904223
		n := min(len(bytes), 1+int(rhythm>>16)%397)
		d.Raw(bytes[:n])
		d.Wait([]time.Duration{0, time.Millisecond, 60 * time.Millisecond, time.Second}[rhythm>>30])
		synctest.Wait()
		bytes = bytes[n:]
	}
	if got := e.Answers(); len(got) > 0 {
		t.Errorf("answered %+v", got)
	}
	if got := uitest.Only[host.SetTrust](e); len(got) > 0 {
		t.Errorf("trusted %+v", got)
	}
	d.Quit()
	e.Close()
	synctest.Wait()
}

package lookalike

import (
	"strings"
	"unicode"
)

// A script is one whose letters are taken for another's.
type script uint8

const (
	other script = iota
	latin
	cyrillic
	greek
)

func scriptOf(r rune) script {
	switch {
	case r < 0x80 && (r|0x20 < 'a' || r|0x20 > 'z'):
		return other
	case unicode.Is(unicode.Latin, r):
		return latin
	case unicode.Is(unicode.Cyrillic, r):
		return cyrillic
	case unicode.Is(unicode.Greek, r) && r != 'µ' && r != 'Ω':
		return greek
	}
	return other
}

// The letters that look like Latin ones in common type, after confusables.txt of
// UTS #39.
const (
	cyrillicTwins = "аеорсухіјѕһԁԛԝѵҽАВЕКМНОРСТУХІЈЅҺԌԜѴҮү"
	greekTwins    = "ανορυικΑΒΕΖΗΙΚΜΝΟΡΤΥΧϲϳ"
)

// twin tells whether a letter of another script passes for a Latin one.
func twin(r rune) bool {
	return r >= 0x370 && (strings.ContainsRune(cyrillicTwins, r) || strings.ContainsRune(greekTwins, r))
}

// disguised tells whether a letter or digit is an ASCII one in other clothes:
// fullwidth, mathematical, or the Kelvin and Ångström signs.
func disguised(r rune) bool {
	switch {
	case 0xff10 <= r && r <= 0xff19, 0xff21 <= r && r <= 0xff3a, 0xff41 <= r && r <= 0xff5a:
		return true
	case 0x1d400 <= r && r <= 0x1d7ff:
		return true
	}
	return r == '\u212a' || r == '\u212b'
}

// signTwins pass for ' " / \ . : ; - @ $ * = | and the backtick. Dashes and bullets
// of ordinary prose are not among them.
const signTwins = "‘’‚‛“”„‟′″‵‶＇＂ʹʺʻʼˈˊˋ´｀" + "∕⁄⧸／＼⧵∖" + "․﹒．｡" + "∶ː꞉：﹕" + "\u037e；" + "‐‑‒−﹣－" + "＠＄∗＊꞊＝ǀ∣｜"

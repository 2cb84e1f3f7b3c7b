package calculator

import (
	"slices"
	"strings"
	"unicode"
)

// peek gives the character at hand, 0 at the end.
func (p *parser) peek() rune {
	if p.pos < len(p.src) {
		return p.src[p.pos]
	}
	return 0
}

func (p *parser) space() {
	for unicode.IsSpace(p.peek()) {
		p.pos++
	}
}

// at is the position of the next character that is not space.
func (p *parser) at() int {
	p.space()
	return p.pos
}

// accept takes the first of the signs that comes next, if one does.
func (p *parser) accept(signs ...string) bool {
	p.space()
	for _, sign := range signs {
		want := []rune(sign)
		if len(p.src)-p.pos < len(want) || !slices.Equal(p.src[p.pos:p.pos+len(want)], want) {
			continue
		}
		p.pos += len(want)
		return true
	}
	return false
}

func (p *parser) acceptWord(word string) bool {
	p.space()
	start := p.pos
	if strings.EqualFold(p.word(), word) {
		return true
	}
	p.pos = start
	return false
}

func (p *parser) word() string {
	start := p.pos
	for unicode.IsLetter(p.peek()) {
		p.pos++
	}
	return string(p.src[start:p.pos])
}

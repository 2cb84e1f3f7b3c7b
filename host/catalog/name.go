package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// A model's tool name matches ^[a-zA-Z0-9_-]{1,64}$ (OpenAI; every other
// provider accepts at least that).
const (
	maxName   = 64
	tailHex   = 12          // 48 bits: not to be forged by chance or by patience
	tailLen   = 1 + tailHex // with its underscore
	serverHex = 8           // servers are named by the person, not by strangers
	separator = "__"
	minPrefix = 16 // what a long server name keeps when a name must be cut
)

// tailed is a name that ends as hash tails do. It gets a tail of its own, so
// that no server can choose a name that the catalogue gives to another.
var tailed = regexp.MustCompile(`_[0-9a-f]{12}$`)

// A wish is a name somebody would like to have.
type wish struct {
	key  string // whose wish: [bareKey] or [prefixedKey]
	name string // clean, of any length
	cut  string // name, or what is left of it before a tail
}

// Keys of different wishes differ: the first word tells the kinds apart, and a
// raw tool name holds no NUL.
func bareKey(raw string) string { return "name\x00" + raw }
func prefixedKey(id ID) string  { return "tool\x00" + id.Server + "\x00" + id.Tool }

// digest is the first n hex digits of a hash of s.
func digest(s string, n int) string {
	sum := sha256.Sum256([]byte(s))
	return hex.EncodeToString(sum[:])[:n]
}

// spell turns wishes into names. A name that nobody else wishes for and that
// fits is kept; all others get a tail made of their key alone, so that the
// result depends neither on the order nor on who came first.
func spell(wishes []wish) map[string]string {
	count := map[string]int{}
	for _, w := range wishes {
		count[w.name]++
	}
	names := map[string]string{}
	for _, w := range wishes {
		names[w.key] = w.name
		if count[w.name] > 1 || len(w.name) > maxName || tailed.MatchString(w.name) {
			names[w.key] = w.cut + "_" + digest(w.key, tailHex)
		}
	}
	return names
}

// wishes lists the names of every group and of every tool, whatever was chosen:
// then a choice about one name never changes another.
func (c *Catalog) wishes(groups []group) []wish {
	var wishes []wish
	for _, g := range groups {
		name := tidy(g.raw)
		wishes = append(wishes, wish{bareKey(g.raw), name, head(name, maxName-tailLen)})
	}
	prefixes := prefixes(slices.Collect(maps.Keys(c.ready)))
	for id := range c.tools {
		prefix, tool := prefixes[id.Server], tidy(id.Tool)
		wishes = append(wishes, wish{prefixedKey(id), prefix + separator + tool, cutPrefixed(prefix, tool)})
	}
	return wishes
}

// prefixes makes a prefix of each server's name. Those that look the same after
// cleaning all get a tail.
func prefixes(servers []string) map[string]string {
	count := map[string]int{}
	for _, s := range servers {
		count[tidy(s)]++
	}
	prefixes := map[string]string{}
	for _, s := range servers {
		prefixes[s] = tidy(s)
		if count[tidy(s)] > 1 {
			prefixes[s] = head(tidy(s), minPrefix) + "_" + digest(s, serverHex)
		}
	}
	return prefixes
}

// cutPrefixed shortens a prefixed name to the room before a tail, the prefix
// first: the tool's own name tells the model more.
func cutPrefixed(prefix, tool string) string {
	room := maxName - tailLen - len(separator) - len(tool)
	return head(head(prefix, max(room, minPrefix))+separator+tool, maxName-tailLen)
}

// tidy replaces every character that a model's tool name must not have.
func tidy(s string) string {
	if s == "" {
		return "_"
	}
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return '_'
	}, s)
}

// head cuts clean, and so ASCII, text.
func head(s string, n int) string { return s[:min(len(s), n)] }

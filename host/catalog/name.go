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
	// fits tells whether a tool that holds the name is the one that wishes for it.
	fits func(holder ID) bool
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

// spell names every raw name and every tool, whatever was chosen: then a choice
// about one name never changes another. A wish that nobody else has and that fits
// is granted; all others get a tail made of their key alone, so that the result
// depends neither on the order nor on who came first. Names of the host, of the
// person and those that the model was promised come before wishes.
func (c *Catalog) spell(aliases map[ID]string) map[string]string {
	wishes := c.wishes()
	count := map[string]int{}
	for _, w := range wishes {
		count[w.name]++
	}
	taken := map[string]bool{}
	for _, name := range c.choices.Reserved {
		taken[name] = true
	}
	for _, alias := range aliases {
		taken[alias] = true
	}
	names := map[string]string{}
	for _, w := range wishes {
		tail := w.cut + "_" + digest(w.key, tailHex)
		switch {
		case taken[w.name] || len(w.name) > maxName || tailed.MatchString(w.name):
			names[w.key] = tail
		case c.holds(w, w.name):
			names[w.key] = w.name
		case c.holds(w, tail) || count[w.name] > 1 || len(c.choices.Held[w.name]) > 0:
			names[w.key] = tail
		default:
			names[w.key] = w.name
		}
	}
	return names
}

// holds tells whether the model was promised a name for what wishes for it.
func (c *Catalog) holds(w wish, name string) bool {
	return slices.ContainsFunc(c.choices.Held[name], w.fits)
}

// wishes lists the names of every raw name and of every tool, also of a raw name
// that a choice keeps for a server.
func (c *Catalog) wishes() []wish {
	raws := map[string]bool{}
	for raw, choice := range c.choices.Tools {
		if _, owned := choice.Owner(); owned {
			raws[raw] = true
		}
	}
	prefixes := prefixes(slices.Collect(maps.Keys(c.servers)))
	var wishes []wish
	for id := range c.tools {
		raws[id.Tool] = true
		prefix, tool := c.prefix(id, prefixes[id.Server]), tidy(id.Tool)
		wishes = append(wishes, wish{
			prefixedKey(id), prefix + separator + tool, cutPrefixed(prefix, tool),
			func(holder ID) bool { return holder == id },
		})
	}
	for raw := range raws {
		name := tidy(raw)
		wishes = append(wishes, wish{
			bareKey(raw), name, head(name, maxName-tailLen),
			func(holder ID) bool { return holder.Tool == raw },
		})
	}
	return wishes
}

// prefix is the one with which a tool was promised to the model, whatever servers
// that look alike came or went since; else that of now.
func (c *Catalog) prefix(id ID, now string) string {
	if len(c.choices.Held) == 0 {
		return now
	}
	tool := tidy(id.Tool)
	for _, p := range []string{now, tidy(id.Server), distinctPrefix(id.Server)} {
		for _, name := range []string{p + separator + tool, cutPrefixed(p, tool) + "_" + digest(prefixedKey(id), tailHex)} {
			if slices.Contains(c.choices.Held[name], id) {
				return p
			}
		}
	}
	return now
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
			prefixes[s] = distinctPrefix(s)
		}
	}
	return prefixes
}

// distinctPrefix is the prefix of a server that others look like.
func distinctPrefix(server string) string {
	return head(tidy(server), minPrefix) + "_" + digest(server, serverHex)
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

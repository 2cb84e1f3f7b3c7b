package preflight

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// maxCopied bounds what is put into several places, in bytes of JSON: schemas
// that refer to each other, and what many alternatives share, grow without
// measure.
const maxCopied = 256 << 10

// references finds a reference that leads nowhere, or that the provider does not
// follow.
func references(n *node) *flaw {
	ref, there := n.s["$ref"].(string)
	if !there {
		return nil
	}
	target, found := resolve(n.w.whole, ref)
	switch {
	case !found:
		return &flaw{"$ref leads to nothing: " + brief(ref), "anything is allowed", func() { delete(n.s, "$ref") }}
	case !n.refuses("$ref") && !n.at.root():
		return nil
	case slices.Contains(n.at.open, ref):
		return &flaw{"$ref leads back to where it stands: " + brief(ref), "cut off there", func() { n.cutOff(target) }}
	}
	return &flaw{"$ref is refused", "replaced by what it leads to", func() {
		if n.w.copied += len(encode(target)); n.w.copied > maxCopied {
			n.cutOff(target)
			return
		}
		delete(n.s, "$ref")
		n.become(both(n.s, target))
		n.at.open = append(slices.Clip(n.at.open), ref)
	}}
}

// cutOff keeps of a reference's target the type alone.
func (n *node) cutOff(target map[string]any) {
	delete(n.s, "$ref")
	if t := typesOf(target); len(t) == 1 && !n.has("type") {
		n.s["type"] = t[0]
	}
	if d, ok := target["description"]; ok && !n.has("description") {
		n.s["description"] = d
	}
	n.note("nested as above")
}

// become takes over all keywords of another schema.
func (n *node) become(s map[string]any) {
	clear(n.s)
	for key, v := range s {
		n.s[key] = v
	}
}

// followed gives a branch of a combination with its references replaced, and the
// references that are open in it. It fails where one leads nowhere or back.
func (n *node) followed(branch any) (map[string]any, []string, bool) {
	open := n.at.open
	s, ok := branch.(map[string]any)
	if !ok {
		return map[string]any{}, open, branch == true
	}
	for {
		ref, there := s["$ref"].(string)
		if !there {
			return s, open, true
		}
		target, found := resolve(n.w.whole, ref)
		if n.w.copied += len(encode(target)); !found || slices.Contains(open, ref) || n.w.copied > maxCopied {
			return nil, nil, false
		}
		open = append(slices.Clip(open), ref)
		s = clone(s)
		delete(s, "$ref")
		s = both(s, target)
	}
}

// resolve follows a JSON pointer within the same schema. References to other
// documents lead nowhere: nothing is fetched.
func resolve(root map[string]any, ref string) (map[string]any, bool) {
	pointer, local := strings.CutPrefix(ref, "#")
	if !local {
		return nil, false
	}
	if decoded, err := url.PathUnescape(pointer); err == nil {
		pointer = decoded
	}
	if pointer != "" && pointer[0] != '/' {
		return nil, false // an anchor
	}
	var at any = root
	for _, part := range pointerParts(pointer) {
		at = step(at, strings.NewReplacer("~1", "/", "~0", "~").Replace(part))
	}
	target, ok := at.(map[string]any)
	if at == true {
		return map[string]any{}, true
	}
	return target, ok
}

func step(at any, part string) any {
	switch at := at.(type) {
	case map[string]any:
		return at[part]
	case []any:
		if i, err := strconv.Atoi(part); err == nil && i >= 0 && i < len(at) {
			return at[i]
		}
	}
	return nil
}

// pointerParts takes "/a/b" apart; "" has no parts.
func pointerParts(pointer string) []string {
	if pointer == "" {
		return nil
	}
	return strings.Split(pointer[1:], "/")
}

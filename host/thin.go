package host

import (
	"slices"

	"switchboard/llm"
)

// How results that stand far back are shortened where a single prompt has filled
// the window with calls, so that there is nothing to sum up.
const (
	thinKeeps = 2       // messages at the end are left alone
	thinFrom  = 2 << 10 // bytes; shorter results stay whole
	thinTo    = 512     // bytes
	thinNote  = "; make the call again for all of it"
)

// thin shortens the long results that stand before the last messages, and tells
// whether there were any. The journal has them whole.
func thin(history []llm.Message) (shorter []llm.Message, any bool) {
	shorter = slices.Clone(history)
	for i := range max(0, len(shorter)-thinKeeps) {
		parts := slices.Clone(shorter[i].Parts)
		for j, p := range parts {
			r, ok := p.(llm.ToolResult)
			if !ok || len(r.Text) <= thinFrom && len(r.Images) == 0 {
				continue
			}
			r.Text, r.Images = cut(r.Text, thinTo, thinNote), nil
			parts[j], any = r, true
		}
		shorter[i].Parts = parts
	}
	return shorter, any
}

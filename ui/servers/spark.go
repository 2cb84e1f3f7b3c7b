package servers

import (
	"slices"
	"time"
)

var sparks = [...]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'}

// Sparkline draws the newest latencies as bars, oldest first, at most w of them.
// The longest of those drawn has the full height; "" for fewer than two.
func Sparkline(latencies []time.Duration, w int) string {
	shown := latencies[max(0, len(latencies)-max(0, w)):]
	if len(shown) < 2 {
		return ""
	}
	longest := max(1, slices.Max(shown))
	line := make([]rune, len(shown))
	for i, d := range shown {
		step := int(max(0, d) * time.Duration(len(sparks)-1) / longest)
		line[i] = sparks[step]
	}
	return string(line)
}

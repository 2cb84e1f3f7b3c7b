// Package tokens estimates how many tokens a text is, without a tokenizer: bytes
// by a rule of thumb, corrected by what the provider counts.
package tokens

// bytesPerToken is right within a fifth for prose, also Russian and Chinese, and
// a sixth too much for the JSON of tools.
const bytesPerToken = 4

// The correction follows the provider's counts slowly, and not beyond these
// bounds: an odd count, such as one that leaves out cached tokens, must not make
// the estimate useless.
const (
	lowest  = 0.5
	highest = 2.0
	pace    = 0.3 // how much the newest count weighs
)

// tooFew is the number of tokens below which a count says more about a provider's
// own additions than about the text.
const tooFew = 100

// An Estimator learns how the tokens of one model relate to bytes. The zero value
// goes by the rule of thumb. It is not safe for concurrent use; copies are cheap.
type Estimator struct {
	ratio float64 // tokens for each token of the rule of thumb; 0 for 1
}

// Tokens estimates the tokens of a text of so many bytes, rounded up.
func (e Estimator) Tokens(bytes int) int {
	if bytes <= 0 {
		return 0
	}
	return int(e.Ratio()*float64(bytes)/bytesPerToken + 0.999999)
}

// Text estimates the tokens of a text.
func (e Estimator) Text(s string) int { return e.Tokens(len(s)) }

// Ratio is by how much the rule of thumb is corrected, from 0.5 to 2; 1 until
// something was observed.
func (e Estimator) Ratio() float64 {
	if e.ratio == 0 {
		return 1
	}
	return e.ratio
}

// Observe learns from a request of so many bytes that the provider counted as so
// many tokens. Counts of next to nothing are passed over.
func (e *Estimator) Observe(bytes, tokens int) {
	thumb := bytes / bytesPerToken
	if thumb < tooFew || tokens < tooFew {
		return
	}
	seen := float64(tokens) / float64(thumb)
	if e.ratio == 0 {
		e.ratio = bounded(seen)
		return
	}
	e.ratio = bounded(e.ratio + pace*(seen-e.ratio))
}

func bounded(ratio float64) float64 { return min(max(ratio, lowest), highest) }

package host

import (
	"fmt"

	"switchboard/host/policy"
)

// grantOf is the rule that an approval of a scope makes of a call. It is tied to
// the server and the definition that the call was shown with.
func grantOf(c policy.Call, s Scope, match []string) (policy.Rule, error) {
	switch s {
	case SessionExact:
		return policy.SuggestExactly(c)
	case AlwaysMatching:
		return policy.Suggest(c, match)
	case Session, Always:
		r, err := policy.Exactly(policy.Allow, c.ID, "")
		r.Pin = c.Pin
		return r, err
	}
	return policy.Rule{}, fmt.Errorf("an approval that holds %s makes no rule", s)
}

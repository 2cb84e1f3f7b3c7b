package catalog

// Follow finds where a call goes that a model made with one catalogue, the
// promised, when there may be a newer one. What the promised catalogue gave to
// one tool goes to that tool, whatever has become of the name; a name that was
// shared goes where a choice made meanwhile sends it, if to one of those who
// shared it, and else a person picks for this call. A name that was not promised
// is looked up in the newest catalogue: the model may know it from an earlier
// step. Errors are those of [Catalog.Resolve].
func Follow(promised, newest *Catalog, name string) (Resolution, error) {
	then, err := promised.Resolve(name)
	if err != nil {
		return newest.Resolve(name)
	}
	now, err := newest.Resolve(then.Name)
	if err == nil && within(now, then) {
		return now, nil
	}
	open := err == nil && now.Open && now.Raw == then.Raw && then.Parameter == ""
	var kept []Tool
	for _, t := range then.Tools {
		if current, here := newest.tools[t.ID]; here {
			kept = append(kept, current)
		}
	}
	if len(kept) == 0 {
		return Resolution{}, &AbsentError{then.Name, then.Tools[0].ID.Server}
	}
	then.Tools, then.Open, then.NotReady = kept, open && len(kept) > 1, newest.notReady(kept)
	return then, nil
}

// within tells whether all that a name leads to now was promised, and is picked
// in the promised way.
func within(now, then Resolution) bool {
	promised := map[ID]bool{}
	for _, t := range then.Tools {
		promised[t.ID] = true
	}
	for _, t := range now.Tools {
		if !promised[t.ID] {
			return false
		}
	}
	return now.Parameter == then.Parameter
}

package schema

import "strings"

// combined checks the keywords that join schemas of the same value.
func (w *walker) combined(s map[string]any, v any, path string, depth int) []fault {
	var faults []fault
	if all, ok := s["allOf"].([]any); ok {
		for _, part := range all {
			faults = append(faults, w.check(part, v, path, depth+1)...)
		}
	}
	if some, ok := s["anyOf"].([]any); ok {
		if failed := w.branches(some, v, path, depth); len(failed) == len(some) {
			faults = append(faults, closest(failed, path)...)
		}
	}
	if alternatives, ok := s["oneOf"].([]any); ok {
		failed := w.branches(alternatives, v, path, depth)
		switch len(alternatives) - len(failed) {
		case 0:
			faults = append(faults, closest(failed, path)...)
		case 1:
		default:
			faults = append(faults, one(path, "fits more than one of the forms that exclude each other")...)
		}
	}
	if not, ok := s["not"]; ok && len(w.check(not, v, path, depth+1)) == 0 {
		faults = append(faults, one(path, "is what the schema excludes")...)
	}
	return append(faults, w.conditional(s, v, path, depth)...)
}

// branches gives the faults of each branch that has any.
func (w *walker) branches(parts []any, v any, path string, depth int) [][]fault {
	var failed [][]fault
	for _, part := range parts {
		if faults := w.check(part, v, path, depth+1); len(faults) > 0 {
			failed = append(failed, faults)
		}
	}
	return failed
}

func (w *walker) conditional(s map[string]any, v any, path string, depth int) []fault {
	condition, ok := s["if"]
	if !ok {
		return nil
	}
	branch := "then"
	if len(w.check(condition, v, path, depth+1)) > 0 {
		branch = "else"
	}
	if part, ok := s[branch]; ok {
		return w.check(part, v, path, depth+1)
	}
	return nil
}

// closest picks the branch that was probably meant: where all want another type
// it names them all, else it is the one that fits furthest down.
func closest(failed [][]fault, path string) []fault {
	var wants []string
	best := failed[0]
	for _, faults := range failed {
		f := faults[0]
		if len(faults) == 1 && f.want != "" && f.Path == path {
			wants = append(wants, f.want)
			continue
		}
		if wrongType(best, path) || !wrongType(faults, path) && len(faults) < len(best) {
			best = faults
		}
	}
	if len(wants) < len(failed) {
		return best
	}
	_, found, _ := strings.Cut(best[0].Message, ", not ")
	f := wrong(path, strings.Join(wants, " or "), found)
	return []fault{f}
}

// wrongType tells whether the faults begin with the type of the value itself.
func wrongType(faults []fault, path string) bool {
	return faults[0].want != "" && faults[0].Path == path
}

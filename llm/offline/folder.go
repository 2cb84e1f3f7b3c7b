package offline

import (
	"slices"

	"switchboard/llm/find"
)

var (
	herePattern   = lazy(`\b(?:here|(?:this|current|working) (?:folder|directory|dir))\b`)
	insidePattern = lazy(`(?i)\b(?:in|inside|under) ([\w.-]+)[?.!]*$`)
	folderPattern = lazy(`\b([\w.-]+) (?:folder|directory|dir)\b|\b(?:folder|directory|dir) (?:called |named )?([\w.-]+)`)
)

// path takes a path, or a folder that is named as one.
func (f *filler) path(p param, loose bool) (string, bool) {
	if s, ok := f.take(path); ok {
		return s, true
	}
	if herePattern().MatchString(f.lower) {
		return ".", true
	}
	if s, ok := f.folder(); ok {
		return s, true
	}
	if loose {
		return f.take(quoted, glob)
	}
	if m := insidePattern().FindStringSubmatch(f.text); m != nil && f.tool.lists() && find.Tells(lowerASCII(m[1])) {
		return m[1], true
	}
	return "", false
}

// lists tells whether the tool shows what is in a folder.
func (t *tool) lists() bool {
	return slices.Contains(t.terms, find.Stem("list")) && slices.ContainsFunc(t.params, param.takesPath)
}

// folder reads "the docs folder" and "a folder called build".
func (f *filler) folder() (string, bool) {
	for _, m := range folderPattern().FindAllStringSubmatchIndex(f.lower, -1) {
		for g := 2; g+1 < len(m); g += 2 {
			if m[g] < 0 {
				continue
			}
			word := f.lower[m[g]:m[g+1]]
			if find.Tells(word) && find.Synonyms(find.Stem(word)) == nil && !slices.Contains(f.tool.terms, find.Stem(word)) {
				return f.text[m[g]:m[g+1]], true
			}
		}
	}
	return "", false
}

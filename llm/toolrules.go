package llm

import (
	"regexp"
	"strings"
)

// ToolRules say what a provider refuses in a list of tools: one tool that breaks
// a rule costs the whole request. The zero value refuses nothing.
type ToolRules struct {
	MaxTools       int            // in one request; 0 when no limit is known
	MaxName        int            // bytes of a tool's name; 0 for no limit
	Names          *regexp.Regexp // that a tool's name has to match; nil for any
	MaxDescription int            // bytes of a tool's description; 0 for no limit
	PropertyNames  *regexp.Regexp // that the name of every property has to match; nil for any

	// WellFormed wants every keyword to hold what JSON Schema says it holds: no
	// "required": null, no list in place of an items schema, no type that is none.
	WellFormed bool
	NotAtRoot  Words // keywords refused in the outermost schema
	Refused    Words // keywords refused in every schema
	Known      Words // when there are any, all other keywords are refused
	Formats    Words // when there are any, all other values of "format" are refused

	NeedProperties bool // an object without "properties" is refused
	NeedItems      bool // a list without "items" is refused
	NeedType       bool // a schema with neither "type" nor "anyOf" is refused
	OwnKeywords    bool // "properties" beside another type than object is refused, "items" beside another than array
	ExactRequired  bool // a name in "required" that is no property is refused
	TypedEnums     bool // a value in "enum" that is not of the schema's type is refused
	StringEnums    bool // a value in "enum" that is no text, or an empty one, is refused
	LoneAnyOf      bool // anything beside "anyOf" is refused
	NoTypeLists    bool // a list of types is refused
	NoNullType     bool // the type null is refused: "nullable": true says it
	NoBooleans     bool // true or false in place of a schema is refused

	MaxDepth      int // schemas within schemas, the outermost counts as 1; 0 for no limit
	MaxProperties int // in one tool, at all depths; 0 for no limit
	MaxSchema     int // bytes of one schema as JSON; 0 for no limit
}

// Words is a set of words, with a space between them.
type Words string

// Has tells whether word is among the words.
func (w Words) Has(word string) bool {
	return strings.Contains(" "+string(w)+" ", " "+word+" ")
}

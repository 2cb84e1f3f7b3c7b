package markdown

// languages are the names that code blocks go by, and chroma's name for each.
// Any other name is shown plain: chroma would search all its file patterns for
// it, which takes 15 ms and more every time.
var languages = map[string]string{
	"bash": "bash", "sh": "bash", "shell": "bash", "zsh": "bash", "console": "bash",
	"c": "c", "h": "c", "cpp": "c++", "c++": "c++", "cc": "c++", "hpp": "c++",
	"cs": "c#", "csharp": "c#", "c#": "c#",
	"clojure": "clojure", "clj": "clojure",
	"cmake": "cmake", "css": "css", "scss": "scss", "less": "less",
	"dart": "dart", "diff": "diff", "patch": "diff",
	"docker": "docker", "dockerfile": "docker",
	"elixir": "elixir", "ex": "elixir", "elm": "elm", "erlang": "erlang", "erl": "erlang",
	"fish": "fish", "go": "go", "golang": "go", "go-mod": "go", "graphql": "graphql",
	"groovy": "groovy", "haskell": "haskell", "hs": "haskell", "hcl": "hcl",
	"terraform": "terraform", "tf": "terraform",
	"html": "html", "ini": "ini", "conf": "ini", "cfg": "ini",
	"java": "java", "javascript": "javascript", "js": "javascript", "jsx": "react", "tsx": "typescript",
	"json": "json", "jsonc": "json", "json5": "json", "jsonl": "json",
	"julia": "julia", "jl": "julia", "kotlin": "kotlin", "kt": "kotlin",
	"lisp": "common lisp", "lua": "lua", "make": "make", "makefile": "make",
	"markdown": "markdown", "md": "markdown", "nginx": "nginx configuration file", "nix": "nix",
	"ocaml": "ocaml", "perl": "perl", "php": "php", "powershell": "powershell", "ps1": "powershell",
	"proto": "protobuf", "protobuf": "protobuf",
	"python": "python", "py": "python", "python3": "python",
	"r": "r", "ruby": "ruby", "rb": "ruby", "rust": "rust", "rs": "rust",
	"scala": "scala", "scheme": "scheme", "sql": "sql", "swift": "swift",
	"toml": "toml", "typescript": "typescript", "ts": "typescript",
	"vim": "vim", "xml": "xml", "svg": "xml", "yaml": "yaml", "yml": "yaml", "zig": "zig",
}

package server

import (
	"encoding/base64"
	"encoding/json"
	"strings"
)

// Media is a part of a result that is no text.
type Media struct {
	Kind string // "image", "audio" or "blob"
	MIME string // as the server said it; "" when it did not
	Name string // the address of a blob; "" for the others
	Data []byte
}

// mediaOf takes what is no text out of a content array. What cannot be decoded is
// left out: the text describes it all the same.
func mediaOf(raw json.RawMessage) []Media {
	var blocks []json.RawMessage
	if json.Unmarshal(raw, &blocks) != nil {
		return nil
	}
	var all []Media
	for _, one := range blocks {
		var b block
		if json.Unmarshal(one, &b) != nil {
			continue
		}
		if m, ok := b.media(); ok {
			all = append(all, m)
		}
	}
	return all
}

func (b block) media() (Media, bool) {
	m, text := Media{Kind: b.Type, MIME: b.MIMEType}, b.Data
	switch {
	case b.Type == "image", b.Type == "audio":
	case b.Type == "resource" && b.Resource != nil && b.Resource.Text == nil:
		m, text = Media{Kind: "blob", MIME: b.Resource.MIMEType, Name: b.Resource.URI}, b.Resource.Blob
	default:
		return Media{}, false
	}
	data, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(text, "=\r\n "))
	if err != nil || len(data) == 0 {
		return Media{}, false
	}
	m.Data = data
	return m, true
}

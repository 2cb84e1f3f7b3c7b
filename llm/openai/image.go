package openai

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"image"
	_ "image/gif"  // the size of a GIF
	_ "image/jpeg" // the size of a JPEG
	_ "image/png"  // the size of a PNG
	"strings"

	"switchboard/llm"
)

// maxImage is the size in bytes from which an image is told of and not sent: no
// known provider takes larger ones.
const maxImage = 20 << 20

// sendable are the kinds of images that every model that sees takes.
var sendable = map[string]bool{"image/png": true, "image/jpeg": true, "image/gif": true, "image/webp": true}

// canSend tells whether an image may go to a model that sees.
func canSend(i llm.Image) bool {
	return sendable[strings.ToLower(i.MIME)] && len(i.Data) > 0 && len(i.Data) <= maxImage
}

// dataURL is the image as both wires take it.
func dataURL(i llm.Image) string {
	return "data:" + strings.ToLower(i.MIME) + ";base64," + base64.StdEncoding.EncodeToString(i.Data)
}

// aboutImage is what a model reads in place of an image.
func aboutImage(i llm.Image) string {
	size := fmt.Sprintf("%d bytes", len(i.Data))
	if c, _, err := image.DecodeConfig(bytes.NewReader(i.Data)); err == nil {
		size = fmt.Sprintf("%d×%d pixels, %s", c.Width, c.Height, size)
	}
	return fmt.Sprintf("[an image of type %s, %s, that cannot be shown to this model]", notInMedia.Replace(i.MIME), size)
}

// notInMedia keeps a server's media type from ending the note that it stands in.
var notInMedia = strings.NewReplacer("[", "", "]", "", "\n", "", "\r", "")

// shown splits images into those that go to the model and the text about the
// rest.
func (f *repairer) shown(images []llm.Image) (sent []llm.Image, about string) {
	var notes []string
	for _, i := range images {
		if f.quirks.Vision && canSend(i) {
			sent = append(sent, i)
			continue
		}
		notes = append(notes, aboutImage(i))
	}
	return sent, strings.Join(notes, "\n")
}

// imagesOf are the images of a message of the person.
func imagesOf(m llm.Message) []llm.Image {
	var images []llm.Image
	for _, p := range m.Parts {
		if i, ok := p.(llm.Image); ok {
			images = append(images, i)
		}
	}
	return images
}

// joinTexts puts texts below one another; empty ones leave no gap.
func joinTexts(gap string, texts ...string) string {
	var out string
	for _, t := range texts {
		if out != "" && t != "" {
			out += gap
		}
		out += t
	}
	return out
}

package host

import (
	"errors"
	"fmt"
	"mime"
	"path/filepath"
	"time"

	"switchboard/host/disk"
	"switchboard/host/server"
)

// saveResult writes a result below the state folder: its text, and every image,
// sound or file beside it.
func (h *Host) saveResult(r shelved) (paths []string, err error) {
	if h.opt.StateDir == "" {
		return nil, errors.New("there is no folder for it")
	}
	stem := server.FileName(r.tool.Server) + "-" + server.FileName(r.tool.Tool) + time.Now().Format("-20060102-150405.000")
	stem = filepath.Join(h.opt.StateDir, "results", stem)
	paths = []string{stem + ".txt"}
	if err := disk.WriteFile(paths[0], []byte(r.text)); err != nil {
		return nil, err
	}
	for i, m := range r.media {
		path := fmt.Sprintf("%s-%d%s", stem, i+1, fileEnding(m))
		if err := disk.WriteFile(path, m.Data); err != nil {
			return nil, err
		}
		paths = append(paths, path)
	}
	return paths, nil
}

// saveTrace writes a timeline below the state folder.
func (h *Host) saveTrace(op SaveTrace) (path string, err error) {
	if h.opt.StateDir == "" {
		return "", errors.New("there is no folder for it")
	}
	data, end := []byte(nil), ".json"
	if op.OTLP {
		data, err = op.Trace.OTLP(time.Now())
		end = ".otlp.json"
	} else {
		data, err = op.Trace.JSON()
	}
	if err != nil {
		return "", err
	}
	name := fmt.Sprintf("turn-%d%s%s", op.Trace.Turn, time.Now().Format("-20060102-150405.000"), end)
	path = filepath.Join(h.opt.StateDir, "timelines", name)
	return path, disk.WriteFile(path, data)
}

// endings are those that media types usually have; a server's own word for a type
// is only looked up, never written.
var endings = map[string]string{
	"image/png": ".png", "image/jpeg": ".jpg", "image/gif": ".gif", "image/webp": ".webp", "image/svg+xml": ".svg",
	"audio/wav": ".wav", "audio/x-wav": ".wav", "audio/mpeg": ".mp3", "audio/ogg": ".ogg",
	"application/pdf": ".pdf", "application/gzip": ".gz", "application/zip": ".zip", "application/json": ".json",
}

// fileEnding is the ending of a file for media; .bin for what is not known.
func fileEnding(m server.Media) string {
	kind, _, err := mime.ParseMediaType(m.MIME)
	if e, known := endings[kind]; err == nil && known {
		return e
	}
	return ".bin"
}

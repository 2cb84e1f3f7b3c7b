package journal

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
)

// A line is the record as JSON whose last member is the checksum:
//
//	{"seq":7,"time":"…","type":"result","data":{…},"sum":"1a2b3c4d"}
//
// The sum is CRC-32C over the bytes before its comma, in eight hex digits.
const (
	sumKey  = `,"sum":"`
	sumEnd  = `"}`
	sumSize = len(sumKey) + 8 + len(sumEnd)
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

var (
	errNoSum  = errors.New("it has no checksum")
	errBadSum = errors.New("its checksum does not fit")
)

// appendLine writes r as a line, newline included.
func appendLine(b []byte, r Record) ([]byte, error) {
	if len(r.Data) == 0 {
		r.Data = json.RawMessage("{}")
	}
	text, err := json.Marshal(r)
	if err != nil {
		return b, fmt.Errorf("writing a %s record: %w", r.Type, err)
	}
	text = text[:len(text)-1] // the sum goes before the closing brace
	if len(text) > MaxRecord {
		return b, fmt.Errorf("a %s record of %d bytes is too large; %d are allowed", r.Type, len(text), MaxRecord)
	}
	b = append(b, text...)
	b = append(b, sumKey...)
	b = hex.AppendEncode(b, sumOf(text))
	return append(b, sumEnd+"\n"...), nil
}

// parseLine reads a line without its newline, and spoils it.
func parseLine(line []byte) (Record, error) {
	var r Record
	if len(line) < sumSize || !bytes.HasSuffix(line, []byte(sumEnd)) {
		return r, errNoSum
	}
	text, tail := line[:len(line)-sumSize], line[len(line)-sumSize:]
	given, ok := bytes.CutPrefix(tail, []byte(sumKey))
	if !ok {
		return r, errNoSum
	}
	if want := hex.EncodeToString(sumOf(text)); string(given[:8]) != want {
		return r, errBadSum
	}
	line[len(text)] = '}' // in place of the comma: the line is read once
	if err := json.Unmarshal(line[:len(text)+1], &r); err != nil {
		return r, fmt.Errorf("it is no record: %w", err)
	}
	return r, nil
}

func sumOf(text []byte) []byte {
	sum := crc32.Checksum(text, castagnoli)
	return []byte{byte(sum >> 24), byte(sum >> 16), byte(sum >> 8), byte(sum)}
}

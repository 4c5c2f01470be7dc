package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"passerelle.example/conformance/note"
	"passerelle.example/conformance/tlog"
)

// A head is a checkpoint that its log signed and, unless time is negative, a witness co-signed.
type head struct {
	origin string
	size   int64
	root   tlog.Hash
	time   int64
}

// openHead opens a note with Go's note package: it must carry the log's signature and then, if
// there are witnesses, the co-signature of one of them, and nothing else.
func openHead(text string, log note.Verifier, witnesses []note.Verifier) (head, error) {
	opened, err := note.Open([]byte(text), note.VerifierList(append([]note.Verifier{log}, witnesses...)...))
	if err != nil {
		return head{}, err
	}
	want := 1
	if len(witnesses) > 0 {
		want = 2
	}
	if len(opened.Sigs) != want || len(opened.UnverifiedSigs) > 0 || opened.Sigs[0].Hash != log.KeyHash() {
		return head{}, errors.New("not the signatures of log and witness, in this order")
	}
	if written := opened.Text + "\n" + signatureLines(opened.Sigs); written != text {
		return head{}, errors.New("not the one written form of a note")
	}
	h, err := parseCheckpoint(opened.Text)
	if err != nil || h.origin != log.Name() {
		return head{}, fmt.Errorf("no checkpoint of this log: %w", err)
	}
	h.time = -1
	if want == 2 {
		raw, _ := base64.StdEncoding.DecodeString(opened.Sigs[1].Base64)
		h.time = int64(binary.BigEndian.Uint64(raw[4:]))
	}
	return h, nil
}

// signatureLines writes the lines again: Go's base64 reader is lenient where it need not be.
func signatureLines(signatures []note.Signature) string {
	var lines strings.Builder
	for _, signature := range signatures {
		raw, _ := base64.StdEncoding.DecodeString(signature.Base64)
		fmt.Fprintf(&lines, "— %s %s\n", signature.Name, base64.StdEncoding.EncodeToString(raw))
	}
	return lines.String()
}

func parseCheckpoint(text string) (head, error) {
	lines := strings.Split(text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		return head{}, errors.New("not three lines")
	}
	size, err := parseDecimal(lines[1])
	if err != nil {
		return head{}, err
	}
	root, err := parseHash(lines[2])
	return head{origin: lines[0], size: size, root: root}, err
}

func parseDecimal(text string) (int64, error) {
	number, err := strconv.ParseInt(text, 10, 64)
	if err != nil || number < 0 || strconv.FormatInt(number, 10) != text {
		return 0, errors.New("not a canonical decimal")
	}
	return number, nil
}

func parseHash(text string) (tlog.Hash, error) {
	hash, err := tlog.ParseHash(text)
	if err == nil && hash.String() != text {
		err = errors.New("not canonical base64")
	}
	return hash, err
}

func logVerifier(origin string, key ed25519.PublicKey) (note.Verifier, error) {
	vkey, err := note.NewEd25519VerifierKey(origin, key)
	if err != nil {
		return nil, err
	}
	return note.NewVerifier(vkey)
}

// A cosigner verifies C2SP cosignature/v1, which Go's note package leaves to others.
type cosigner struct {
	name string
	key  ed25519.PublicKey
}

func (c cosigner) Name() string { return c.name }

func (c cosigner) KeyHash() uint32 {
	hash := sha256.Sum256(append([]byte(c.name+"\n\x04"), c.key...))
	return binary.BigEndian.Uint32(hash[:])
}

func (c cosigner) Verify(message, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize || signature[0] > 127 {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, message)
	return ed25519.Verify(c.key, []byte(signed), signature[8:])
}

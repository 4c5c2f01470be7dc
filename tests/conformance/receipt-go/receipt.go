package main

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"passerelle.example/conformance/note"
	"passerelle.example/conformance/tlog"
)

// A receipt in its parts; nothing is verified but the cards, each by its own root key.
type receipt struct {
	channel, from, by, record string
	envelope, salt            [32]byte
	index                     int64
	path                      tlog.RecordProof
	note                      string
	statements                []statement
	cards                     []card
}

type statement struct {
	signedHead []byte
	raw        []byte // its leaf in the tree of statements
	body       node
	position   int64
	path       tlog.RecordProof
}

// What a receipt proves.
type proven struct {
	index, size, cosigned int64
	said                  []said
}

type said struct {
	What struct {
		Said string `json:"said"`
		Code string `json:"code"`
	} `json:"what"`
	Millis uint64 `json:"millis"`
}

// The alternatives of a statement, in the order of their numbers.
var words = []string{"accepted", "refused", "files-complete", "read", "erased", "erasure-refused", "use-reported"}

func parseReceipt(text string) (receipt, error) {
	rest, title := strings.CutPrefix(text, "passerelle receipt v1\n")
	fields := make([]string, 6)
	for i, name := range []string{"channel", "from", "by", "record", "envelope", "salt"} {
		line, after, _ := strings.Cut(rest, "\n")
		value, found := strings.CutPrefix(line, name+" ")
		if !title || !found {
			return receipt{}, errors.New("not the head of a receipt")
		}
		fields[i], rest = value, after
	}
	r := receipt{channel: fields[0], from: fields[1], by: fields[2], record: fields[3]}
	if err := errors.Join(parseHex(fields[4], r.envelope[:]), parseHex(fields[5], r.salt[:])); err != nil {
		return receipt{}, err
	}
	rest, blank := strings.CutPrefix(rest, "\n")
	proofs, rest := blocks(rest, "TLOG PROOF")
	statements, rest := blocks(rest, "PASSERELLE STATEMENT")
	cards, rest := blocks(rest, "PASSERELLE CARD")
	if !blank || rest != "" || len(proofs) != 1 || len(statements) == 0 {
		return receipt{}, errors.New("not the blocks of a receipt")
	}
	return r, errors.Join(r.parseProof(proofs[0]), r.parseStatements(statements), r.parseCards(cards))
}

// blocks takes consecutive blocks of one name.
func blocks(text, name string) (bodies []string, rest string) {
	for {
		after, found := strings.CutPrefix(text, "-----BEGIN "+name+"-----\n")
		body, after, ended := strings.Cut(after, "-----END "+name+"-----\n")
		if !found || !ended {
			return bodies, text
		}
		bodies, text = append(bodies, body), after
	}
}

// parseProof reads a C2SP tlog-proof without extra data, which nothing would authenticate.
func (r *receipt) parseProof(text string) error {
	headText, noteText, found := strings.Cut(text, "\n\n")
	lines := strings.Split(headText, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("not a tlog-proof")
	}
	index, found := strings.CutPrefix(lines[1], "index ")
	if !found {
		return errors.New("no index")
	}
	var err error
	if r.index, err = parseDecimal(index); err != nil {
		return err
	}
	for _, line := range lines[2:] {
		hash, err := parseHash(line)
		if err != nil {
			return err
		}
		r.path = append(r.path, hash)
	}
	r.note = noteText
	return nil
}

func (r *receipt) parseStatements(bodies []string) error {
	for _, body := range bodies {
		raw, err := unwrap(body)
		if err != nil {
			return err
		}
		n, err := decode(raw)
		if err != nil {
			return err
		}
		s := statement{}
		position, err1 := n.uintField(2)
		path, err2 := n.field(3)
		var err3, err4 error
		s.signedHead, err3 = n.bytesField(0, -1)
		s.raw, err4 = n.bytesField(1, -1)
		if err := errors.Join(err1, err2, err3, err4); err != nil || len(n.items) != 8 {
			return errors.New("not a statement with its proof")
		}
		if s.body, err = decode(s.raw); err != nil {
			return err
		}
		s.position = int64(position)
		for _, item := range path.items {
			if item.major != cborBytes || len(item.text) != tlog.HashSize {
				return errors.New("not a path")
			}
			s.path = append(s.path, tlog.Hash(item.text))
		}
		r.statements = append(r.statements, s)
	}
	return nil
}

func (r *receipt) parseCards(bodies []string) error {
	for _, body := range bodies {
		raw, err := unwrap(body)
		if err != nil {
			return err
		}
		c, err := parseCard(raw)
		if err != nil {
			return err
		}
		r.cards = append(r.cards, c)
	}
	return nil
}

// verify checks everything against the cards that the verifier trusts, by party.
func (r receipt) verify(trusted map[string]card) (proven, error) {
	for _, c := range r.cards {
		known, found := trusted[c.party]
		if !found || !c.root.Equal(known.root) || c.party != r.from && c.party != r.by {
			return proven{}, errors.New("a card of somebody else")
		}
	}
	commitment := sha256.New()
	commitment.Write([]byte("passerelle/leaf/v1\n"))
	commitment.Write(r.salt[:])
	commitment.Write(r.envelope[:])
	leaf := commitment.Sum(nil)
	head, err := r.openHead()
	if err != nil {
		return proven{}, err
	}
	if err := tlog.CheckRecord(r.path, head.size, head.root, r.index, tlog.RecordHash(leaf)); err != nil {
		return proven{}, err
	}
	p := proven{index: r.index, size: head.size, cosigned: head.time}
	judged := false
	for _, s := range r.statements {
		said, err := r.verifyStatement(s, leaf)
		if err != nil {
			return proven{}, err
		}
		judged = judged || said.What.Said == "accepted" || said.What.Said == "refused"
		p.said = append(p.said, said)
	}
	if !judged {
		return proven{}, errors.New("neither accepted nor refused")
	}
	return p, nil
}

// openHead tries the journal keys of the sender's cards; those of witnesses go by their names.
func (r receipt) openHead() (head, error) {
	var witnesses []note.Verifier
	for _, c := range r.cards {
		if c.party == r.by && !slices.ContainsFunc(witnesses, func(w note.Verifier) bool {
			return w.(cosigner).key.Equal(c.witness)
		}) {
			witnesses = append(witnesses, cosigner{"passerelle/witness/" + c.party, c.witness})
		}
	}
	err := errors.New("no card of the sender or of the holder")
	for _, c := range r.cards {
		if c.party == r.from && len(witnesses) > 0 {
			var log note.Verifier
			if log, err = logVerifier("passerelle/journal/"+r.channel+"/"+r.from, c.journal); err != nil {
				return head{}, err
			}
			var opened head
			if opened, err = openHead(r.note, log, witnesses); err == nil {
				return opened, nil
			}
		}
	}
	return head{}, err
}

func (r receipt) verifyStatement(s statement, leaf []byte) (said, error) {
	payload, err := r.openStatements(s.signedHead)
	if err != nil {
		return said{}, err
	}
	head, err := decode(payload)
	if err != nil {
		return said{}, err
	}
	for i, want := range []string{r.channel, r.by, r.from} {
		if found, err := head.textField(uint64(i)); err != nil || found != want {
			return said{}, errors.New("a statement of others")
		}
	}
	size, err1 := head.uintField(3)
	root, err2 := head.bytesField(4, tlog.HashSize)
	index, err3 := s.body.uintField(0)
	about, err4 := s.body.bytesField(1, len(leaf))
	record, err5 := s.body.bytesField(2, 16)
	if err := errors.Join(err1, err2, err3, err4, err5); err != nil {
		return said{}, err
	}
	if int64(index) != r.index || string(about) != string(leaf) || hex.EncodeToString(record) != r.record {
		return said{}, errors.New("a statement about another record")
	}
	hash := tlog.RecordHash(s.raw)
	if err := tlog.CheckRecord(s.path, int64(size), tlog.Hash(root), s.position, hash); err != nil {
		return said{}, err
	}
	return readSaid(s.body)
}

func (r receipt) openStatements(signed []byte) ([]byte, error) {
	err := errors.New("no card of the holder")
	for _, c := range r.cards {
		if c.party == r.by {
			var payload []byte
			if payload, err = openSign1(signed, statementsType, c.record); err == nil {
				return payload, nil
			}
		}
	}
	return nil, err
}

// readSaid reads [number, [fields]] and the time.
func readSaid(body node) (said, error) {
	n, err1 := body.field(3)
	millis, err2 := body.uintField(4)
	if err := errors.Join(err1, err2); err != nil || n.major != cborArray || len(n.items) != 2 {
		return said{}, errors.New("says nothing")
	}
	s := said{Millis: millis}
	number, fields := n.items[0], n.items[1].items
	if number.major != cborUint || number.arg >= uint64(len(words)) {
		return said{}, fmt.Errorf("says %d", number.arg)
	}
	s.What.Said = words[number.arg]
	if len(fields) == 1 {
		s.What.Code = string(fields[0].text)
	}
	return s, nil
}

func parseHex(text string, out []byte) error {
	raw, err := hex.DecodeString(text)
	if err != nil || len(raw) != len(out) || hex.EncodeToString(raw) != text {
		return errors.New("not lower-case hexadecimal of its length")
	}
	copy(out, raw)
	return nil
}

// unwrap reads base64 in full lines of 64 characters and nothing else.
func unwrap(body string) ([]byte, error) {
	raw, err := base64.StdEncoding.Strict().DecodeString(body)
	if err != nil {
		return nil, err
	}
	var again strings.Builder
	for line := range slices.Chunk([]byte(base64.StdEncoding.EncodeToString(raw)), 64) {
		again.Write(line)
		again.WriteByte('\n')
	}
	if again.String() != body {
		return nil, errors.New("not in lines of 64 characters")
	}
	return raw, nil
}

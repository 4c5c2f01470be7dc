// Checks receipts, journals and packets of Passerelle with nothing of Passerelle: Go's standard
// library and the transparency-log packages of Go's own checksum database.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"passerelle.example/conformance/note"
	"passerelle.example/conformance/tlog"
)

type facts struct {
	Channel, Sender, Holder string
	Receipts                []receiptFacts
	Log                     logFacts
	Envelope                envelopeFacts
}

type receiptFacts struct {
	File, From, By, Record string
	Index, Size, Cosigned  int64
	Said                   []said
}

type logFacts struct {
	Origin string
	Size   int64
	Root   string
	Heads  []int64
}

type envelopeFacts struct {
	Hash, Recipient, Seed string
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: conformance <folder>")
		os.Exit(2)
	}
	if err := run(os.Args[1]); err != nil {
		fmt.Println("FAILED:", err)
		os.Exit(1)
	}
}

func run(folder string) error {
	var want facts
	text, err := os.ReadFile(filepath.Join(folder, "expected.json"))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(text, &want); err != nil {
		return err
	}
	trusted := map[string]card{}
	for _, party := range []string{want.Sender, want.Holder} {
		if trusted[party], err = readCard(folder, party); err != nil {
			return err
		}
	}
	receipts, err := checkReceipts(folder, want, trusted)
	if err != nil {
		return err
	}
	if err := checkJournal(folder, want, trusted, receipts); err != nil {
		return err
	}
	envelope, err := os.ReadFile(filepath.Join(folder, "envelope.cbor"))
	if err != nil {
		return err
	}
	if err := checkPacket(envelope, want.Envelope, trusted[want.Holder]); err != nil {
		return err
	}
	fmt.Println("the packet of an envelope opens with Go's HPKE (X-Wing)")
	return nil
}

func checkReceipts(folder string, want facts, trusted map[string]card) ([]receipt, error) {
	var receipts []receipt
	altered := 0
	for _, expected := range want.Receipts {
		text, err := os.ReadFile(filepath.Join(folder, expected.File))
		if err != nil {
			return nil, err
		}
		r, err := checkReceipt(string(text), expected, trusted)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", expected.File, err)
		}
		tried, err := checkAlterations(expected.File, string(text), trusted)
		if err != nil {
			return nil, err
		}
		altered += tried
		receipts = append(receipts, r)
	}
	if len(receipts) == 0 {
		return nil, errors.New("no receipts")
	}
	fmt.Printf("%d receipts verify, and none of %d altered ones\n", len(receipts), altered)
	return receipts, nil
}

func checkReceipt(text string, want receiptFacts, trusted map[string]card) (receipt, error) {
	r, err := parseReceipt(text)
	if err != nil {
		return r, err
	}
	found, err := r.verify(trusted)
	if err != nil {
		return r, err
	}
	expected := proven{want.Index, want.Size, want.Cosigned, want.Said}
	if !reflect.DeepEqual(found, expected) || r.from != want.From || r.by != want.By || r.record != want.Record {
		return r, fmt.Errorf("proves %+v, not %+v", found, expected)
	}
	return r, nil
}

// checkJournal also makes the proofs of the receipts again, from the tiles, with Go's own code.
func checkJournal(folder string, want facts, trusted map[string]card, receipts []receipt) error {
	log, err := logVerifier("passerelle/journal/"+want.Channel+"/"+want.Sender, trusted[want.Sender].journal)
	if err != nil {
		return err
	}
	var witnesses []note.Verifier
	for _, r := range receipts {
		for _, c := range r.cards {
			witness := note.Verifier(cosigner{"passerelle/witness/" + c.party, c.witness})
			same := func(other note.Verifier) bool { return other.KeyHash() == witness.KeyHash() }
			if c.party == want.Holder && !slices.ContainsFunc(witnesses, same) {
				witnesses = append(witnesses, witness)
			}
		}
	}
	reader, err := checkLog(filepath.Join(folder, "log"), want.Log, log, witnesses)
	if err != nil {
		return err
	}
	for i, r := range receipts {
		if r.from != want.Sender {
			continue
		}
		proof, err := tlog.ProveRecord(want.Receipts[i].Size, r.index, reader)
		if err != nil {
			return err
		}
		if !slices.Equal(proof, r.path) {
			return fmt.Errorf("Go proves record %d in another way", r.index)
		}
	}
	fmt.Printf("a journal of %d leaves in C2SP tiles: root, inclusion, consistency\n", want.Log.Size)
	return nil
}

func readCard(folder, party string) (card, error) {
	text, err := os.ReadFile(filepath.Join(folder, "card-"+party+".txt"))
	if err != nil {
		return card{}, err
	}
	bodies, rest := blocks(string(text), "PASSERELLE CARD")
	if len(bodies) != 1 || strings.TrimSpace(rest) != "" {
		return card{}, errors.New("not one card")
	}
	raw, err := unwrap(bodies[0])
	if err != nil {
		return card{}, err
	}
	return parseCard(raw)
}

package main

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
)

const alteredBytes = 200

// checkAlterations sees to it that whatever is changed in a receipt, it no longer verifies: a
// verifier that accepts everything would pass all other checks.
func checkAlterations(name, text string, trusted map[string]card) (int, error) {
	tried := alterations(text)
	for what, altered := range tried {
		if r, err := parseReceipt(altered); err == nil {
			if _, err := r.verify(trusted); err == nil {
				return 0, fmt.Errorf("%s: still verifies with %s", name, what)
			}
		}
	}
	return len(tried), checkOtherKeys(name, text, trusted)
}

// The same in every run.
func alterations(text string) map[string]string {
	random := rand.New(rand.NewPCG(1, uint64(len(text))))
	altered := map[string]string{"nothing": "", "a line more": text + "\n", "a space more": text + " "}
	for range alteredBytes {
		at := random.IntN(len(text))
		changed := []byte(text)
		changed[at] ^= byte(1 + random.IntN(255))
		altered[fmt.Sprintf("byte %d as %#x", at, changed[at])] = string(changed)
	}
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines[:len(lines)-1] {
		replace := func(what string, by ...string) {
			joined := strings.Join(slices.Concat(lines[:i], by, lines[i+1:]), "")
			if joined != text {
				altered[fmt.Sprintf("line %d %s", i+1, what)] = joined
			}
		}
		replace("left out")
		replace("doubled", line, line)
		replace("ended with a space", strings.TrimSuffix(line, "\n")+" \n")
		replace("ended as on DOS", strings.TrimSuffix(line, "\n")+"\r\n")
		replace("joined with the next", strings.TrimSuffix(line, "\n"))
		if at := len(line) / 2; line != "\n" {
			replace("altered in the middle", line[:at]+string(line[at]^1)+line[at+1:])
		}
		if i+2 < len(lines) {
			swapped := slices.Clone(lines)
			swapped[i], swapped[i+1] = swapped[i+1], swapped[i]
			if joined := strings.Join(swapped, ""); joined != text {
				altered[fmt.Sprintf("lines %d and %d exchanged", i+1, i+2)] = joined
			}
		}
	}
	return altered
}

// checkOtherKeys replaces one key at a time by another one that is just as good.
func checkOtherKeys(name, text string, trusted map[string]card) error {
	replaced := map[string]func(r *receipt, trusted map[string]card){
		"another log key": func(r *receipt, _ map[string]card) {
			r.eachCard(r.from, func(c *card) { c.journal = c.record })
		},
		"another witness key": func(r *receipt, _ map[string]card) {
			r.eachCard(r.by, func(c *card) { c.witness = c.record })
		},
		"another record key": func(r *receipt, _ map[string]card) {
			r.eachCard(r.by, func(c *card) { c.record = c.journal })
		},
		"another root key": func(r *receipt, trusted map[string]card) {
			c := trusted[r.from]
			c.root = c.record
			trusted[r.from] = c
		},
		"a stranger for the sender": func(r *receipt, trusted map[string]card) { delete(trusted, r.from) },
		"the parties exchanged":     func(r *receipt, _ map[string]card) { r.from, r.by = r.by, r.from },
		"another channel":           func(r *receipt, _ map[string]card) { r.channel = "other" },
	}
	for what, replace := range replaced {
		r, err := parseReceipt(text)
		if err != nil {
			return err
		}
		others := maps.Clone(trusted)
		replace(&r, others)
		if _, err := r.verify(others); err == nil {
			return fmt.Errorf("%s: still verifies with %s", name, what)
		}
	}
	return nil
}

func (r *receipt) eachCard(party string, change func(*card)) {
	for i := range r.cards {
		if r.cards[i].party == party {
			change(&r.cards[i])
		}
	}
}

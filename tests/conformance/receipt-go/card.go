package main

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

const (
	cardType       = "application/passerelle-card+cbor"
	statementsType = "application/passerelle-statements+cbor"
)

// A card is what is needed of one whose signature by its own root key was checked.
type card struct {
	party                          string
	root, record, journal, witness ed25519.PublicKey
	units                          map[string][]byte
}

func parseCard(raw []byte) (card, error) {
	payload, err := sign1Payload(raw)
	if err != nil {
		return card{}, err
	}
	content, err := decode(payload)
	if err != nil {
		return card{}, err
	}
	c := card{units: map[string][]byte{}}
	if c.party, err = content.textField(0); err != nil {
		return card{}, err
	}
	keys := []*ed25519.PublicKey{&c.root, &c.record, &c.journal, &c.witness}
	for i, key := range keys {
		bytes, err := content.bytesField(uint64(4+i), ed25519.PublicKeySize)
		if err != nil {
			return card{}, err
		}
		*key = bytes
	}
	if err := c.parseUnits(content); err != nil {
		return card{}, err
	}
	_, err = openSign1(raw, cardType, c.root)
	return c, err
}

func (c *card) parseUnits(content node) error {
	units, err := content.field(9)
	if err != nil {
		return err
	}
	for _, unit := range units.items {
		name, err := unit.textField(0)
		if err != nil {
			return err
		}
		if c.units[name], err = unit.bytesField(2, 1216); err != nil {
			return err
		}
	}
	return nil
}

// openSign1 verifies a COSE_Sign1 (RFC 9052 section 4.2) in the one form that Passerelle
// writes, and gives its payload.
func openSign1(raw []byte, contentType string, key ed25519.PublicKey) ([]byte, error) {
	message, err := sign1(raw)
	if err != nil {
		return nil, err
	}
	protected, payload, signature := message[0].text, message[2].text, message[3].text
	if !bytes.Equal(protected, protectedHeader(contentType, key)) {
		return nil, errors.New("signed by another key, or as another kind of object")
	}
	signed := append([]byte{0x84}, cborString(cborText, []byte("Signature1"))...)
	signed = append(signed, cborString(cborBytes, protected)...)
	signed = append(signed, cborString(cborBytes, nil)...)
	signed = append(signed, cborString(cborBytes, payload)...)
	if len(signature) != ed25519.SignatureSize || !ed25519.Verify(key, signed, signature) {
		return nil, errors.New("the signature does not stand")
	}
	return payload, nil
}

func sign1Payload(raw []byte) ([]byte, error) {
	message, err := sign1(raw)
	if err != nil {
		return nil, err
	}
	return message[2].text, nil
}

func sign1(raw []byte) ([]node, error) {
	n, err := decode(raw)
	if err != nil {
		return nil, err
	}
	if n.major != cborTag || n.arg != 18 || n.items[0].major != cborArray || len(n.items[0].items) != 4 {
		return nil, errors.New("no COSE_Sign1")
	}
	parts := n.items[0].items
	for i, major := range []byte{cborBytes, cborMap, cborBytes, cborBytes} {
		if parts[i].major != major {
			return nil, errors.New("no COSE_Sign1")
		}
	}
	if len(parts[1].items) > 0 {
		return nil, errors.New("an unprotected header")
	}
	return parts, nil
}

// protectedHeader is {1: -19, 3: content type, 4: first 8 bytes of SHA-256 of the key}.
func protectedHeader(contentType string, key ed25519.PublicKey) []byte {
	id := sha256.Sum256(key)
	header := append([]byte{0xa3, 0x01, 0x32, 0x03}, cborString(cborText, []byte(contentType))...)
	return append(append(header, 0x04), cborString(cborBytes, id[:8])...)
}

func cborString(major byte, content []byte) []byte {
	length := uint64(len(content))
	switch {
	case length < 24:
		return append([]byte{major<<5 | byte(length)}, content...)
	case length < 1<<8:
		return append([]byte{major<<5 | 24, byte(length)}, content...)
	case length < 1<<16:
		return append(binary.BigEndian.AppendUint16([]byte{major<<5 | 25}, uint16(length)), content...)
	default:
		return append(binary.BigEndian.AppendUint32([]byte{major<<5 | 26}, uint32(length)), content...)
	}
}

package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"unicode/utf8"
)

// Major types of CBOR (RFC 8949 section 3.1).
const (
	cborUint  = 0
	cborNeg   = 1
	cborBytes = 2
	cborText  = 3
	cborArray = 4
	cborMap   = 5
	cborTag   = 6
	cborOther = 7

	cborNull = 22
)

const maxDepth = 16

var errCBOR = errors.New("not deterministic CBOR")

// A node is one data item with the bytes it was read from.
type node struct {
	major byte
	arg   uint64
	text  []byte
	items []node // of an array or tag; of a map, keys and values in turn
	raw   []byte
}

// decode reads exactly one item in deterministic form (RFC 8949 section 4.2.1).
func decode(b []byte) (node, error) {
	n, rest, err := decodeItem(b, maxDepth)
	if err == nil && len(rest) > 0 {
		err = errCBOR
	}
	return n, err
}

func decodeItem(b []byte, depth int) (node, []byte, error) {
	major, arg, rest, err := decodeHead(b)
	if err != nil || depth == 0 {
		return node{}, nil, errCBOR
	}
	n := node{major: major, arg: arg}
	switch major {
	case cborBytes, cborText:
		if arg > uint64(len(rest)) {
			return node{}, nil, errCBOR
		}
		n.text, rest = rest[:arg], rest[arg:]
		if major == cborText && !utf8.Valid(n.text) {
			return node{}, nil, errCBOR
		}
	case cborArray, cborMap, cborTag:
		if rest, err = n.decodeItems(rest, depth-1); err != nil {
			return node{}, nil, err
		}
	case cborOther:
		if arg != cborNull {
			return node{}, nil, errCBOR
		}
	}
	n.raw = b[:len(b)-len(rest)]
	return n, rest, nil
}

func (n *node) decodeItems(rest []byte, depth int) ([]byte, error) {
	count := n.arg
	switch n.major {
	case cborMap:
		count *= 2
	case cborTag:
		count = 1
	}
	if n.arg > uint64(len(rest)) && n.major != cborTag {
		return nil, errCBOR
	}
	var key []byte
	for i := uint64(0); i < count; i++ {
		item, after, err := decodeItem(rest, depth)
		if err != nil {
			return nil, err
		}
		if n.major == cborMap && i%2 == 0 {
			if i > 0 && bytes.Compare(key, item.raw) >= 0 {
				return nil, errCBOR
			}
			key = item.raw
		}
		n.items, rest = append(n.items, item), after
	}
	return rest, nil
}

// decodeHead refuses arguments that are longer than they need be, and indefinite lengths.
func decodeHead(b []byte) (major byte, arg uint64, rest []byte, err error) {
	if len(b) == 0 {
		return 0, 0, nil, errCBOR
	}
	major, info, rest := b[0]>>5, b[0]&31, b[1:]
	if info < 24 {
		return major, uint64(info), rest, nil
	}
	width := 1 << (info - 24)
	if info > 27 || len(rest) < width {
		return 0, 0, nil, errCBOR
	}
	var wide [8]byte
	copy(wide[8-width:], rest)
	arg = binary.BigEndian.Uint64(wide[:])
	least := uint64(24)
	if width > 1 {
		least = 1 << (4 * width)
	}
	if arg < least || major == cborOther {
		return 0, 0, nil, errCBOR
	}
	return major, arg, rest[width:], nil
}

// field is the value of an unsigned key of a map.
func (n node) field(key uint64) (node, error) {
	for i := 0; n.major == cborMap && i+1 < len(n.items); i += 2 {
		if n.items[i].major == cborUint && n.items[i].arg == key {
			return n.items[i+1], nil
		}
	}
	return node{}, errors.New("a field is missing")
}

func (n node) uintField(key uint64) (uint64, error) {
	value, err := n.field(key)
	if err != nil || value.major != cborUint {
		return 0, errors.New("a field is no unsigned integer")
	}
	return value.arg, nil
}

func (n node) textField(key uint64) (string, error) {
	value, err := n.field(key)
	if err != nil || value.major != cborText {
		return "", errors.New("a field is no text")
	}
	return string(value.text), nil
}

// bytesField is a byte string; of this length unless length is negative.
func (n node) bytesField(key uint64, length int) ([]byte, error) {
	value, err := n.field(key)
	if err != nil || value.major != cborBytes || length >= 0 && len(value.text) != length {
		return nil, errors.New("a field is no byte string of its length")
	}
	return value.text, nil
}

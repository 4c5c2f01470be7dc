package main

import (
	"bytes"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
)

const encappedBytes = 1120

// checkPacket opens the packet of an envelope with Go's own HPKE: X-Wing (0x647A), HKDF-SHA256,
// ChaCha20-Poly1305. What the packet key opens is for the Python check.
func checkPacket(envelope []byte, want envelopeFacts, holder card) error {
	hash := sha256.Sum256(envelope)
	if hex.EncodeToString(hash[:]) != want.Hash {
		return errors.New("another envelope")
	}
	seed, err := hex.DecodeString(want.Seed)
	if err != nil {
		return err
	}
	private, err := hpke.MLKEM768X25519().NewPrivateKey(seed)
	if err != nil {
		return err
	}
	if !bytes.Equal(private.PublicKey().Bytes(), holder.units["liaison"]) {
		return errors.New("the unit's key on the card is not that of its seed")
	}
	id := sha256.Sum256(private.PublicKey().Bytes())
	packet, err := packetFor(envelope, id[:8])
	if err != nil {
		return err
	}
	key, err := openPacket(private, packet, want.Recipient)
	if err != nil || len(key) != 32 {
		return fmt.Errorf("the packet does not open: %w", err)
	}
	if _, err := openPacket(private, packet, "be.interior/police"); err == nil {
		return errors.New("the packet opens for another recipient")
	}
	for _, at := range []int{0, encappedBytes - 1, encappedBytes, len(packet) - 1} {
		altered := bytes.Clone(packet)
		altered[at] ^= 1
		if _, err := openPacket(private, altered, want.Recipient); err == nil {
			return fmt.Errorf("the packet opens with byte %d altered", at)
		}
	}
	return nil
}

// packetFor finds the wrap of a key in [header, [+ {0: key, 1: packet, 2: wrapped}], sealed].
func packetFor(envelope, key []byte) ([]byte, error) {
	n, err := decode(envelope)
	if err != nil {
		return nil, err
	}
	if n.major != cborArray || len(n.items) != 3 {
		return nil, errors.New("no envelope")
	}
	for _, wrap := range n.items[1].items {
		if id, err := wrap.bytesField(0, 8); err == nil && bytes.Equal(id, key) {
			return wrap.bytesField(1, encappedBytes+32+16)
		}
	}
	return nil, errors.New("no wrap for this key")
}

func openPacket(private hpke.PrivateKey, packet []byte, recipient string) ([]byte, error) {
	suite, aead := hpke.HKDFSHA256(), hpke.ChaCha20Poly1305()
	info := []byte("passerelle/packet/v1\n" + recipient)
	return hpke.Open(private, suite, aead, info, packet)
}

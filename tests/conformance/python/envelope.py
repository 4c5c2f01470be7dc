"""Opens a sealed envelope and its attachment with the secret of one recipient unit."""

from hashlib import sha256, shake_256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.bindings._rust import openssl
from cryptography.hazmat.primitives import hashes, hpke
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from cose import key_id, read_cbor
from merkle import Refused, require

CHUNK = 1024 * 1024
ONCE = bytes(12)
SUITE = hpke.Suite(hpke.KEM.MLKEM768_X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)


class Unit:
    """An X-Wing key from its seed (draft-connolly-cfrg-xwing-kem, expandDecapsulationKey)."""

    def __init__(self, seed):
        expanded = shake_256(seed).digest(96)
        lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        curve = X25519PrivateKey.from_private_bytes(expanded[64:])
        raw = (Encoding.Raw, PublicFormat.Raw)
        self.public = b"".join(half.public_key().public_bytes(*raw) for half in (lattice, curve))
        self.private = hpke.MLKEM768X25519PrivateKey(lattice, curve)

    def open_packet(self, packet, recipient):
        info = b"passerelle/packet/v1\n" + recipient.encode()
        return opened(lambda: SUITE.decrypt(packet, self.private, info=info))


def opened(attempt):
    try:
        return attempt()
    except (InvalidTag, ValueError) as error:
        raise Refused(f"does not open: {error!r}") from error


def open_envelope(data, recipient, unit):
    """Header and signed content of an envelope."""
    header, wraps, sealed = read_cbor(data)
    party, _, name = recipient.partition("/")
    position = read_cbor(header)[5].index([party, name])
    wrap = wraps[position]
    require(wrap[0] == key_id(unit.public), "sealed to another key")
    packet_key = unit.open_packet(wrap[1], recipient)
    header_hash = sha256(b"passerelle/header/v1\n" + header).digest()
    info = b"passerelle/wrap/v1\n" + header_hash + sha256(sealed).digest()
    wrap_key = HKDF(hashes.SHA256(), 32, None, info).derive(packet_key)
    content_key = opened(lambda: ChaCha20Poly1305(wrap_key).decrypt(ONCE, wrap[2], header_hash))
    padded = opened(lambda: ChaCha20Poly1305(content_key).decrypt(ONCE, sealed, header_hash))
    content, mark, zeros = padded.rpartition(b"\x80")
    require(len(padded) % 256 == 0 and mark and not any(zeros), "padded wrongly")
    return read_cbor(header), content


def open_file(sealed, key):
    """A sealed attachment: chunks in order, the last one marked."""
    pieces = [sealed[at:at + CHUNK + 16] for at in range(0, len(sealed), CHUNK + 16)]
    plain = []
    for index, piece in enumerate(pieces):
        number, last = index.to_bytes(8, "big"), bytes([index + 1 == len(pieces)])
        aad = b"passerelle/chunk/v1\n" + number + last
        plain.append(opened(lambda: ChaCha20Poly1305(key).decrypt(bytes(4) + number, piece, aad)))
    return b"".join(plain)

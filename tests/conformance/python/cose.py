"""COSE_Sign1 through the independent implementation `cwt`, and what it leaves open: the one form."""

from hashlib import sha256

import cbor2
from cwt import COSE, COSEKey
from cwt.exceptions import CWTError

from merkle import Refused, require

CARD = "application/passerelle-card+cbor"
STATEMENTS = "application/passerelle-statements+cbor"
RECORD = "application/passerelle-record+cbor"


def read_cbor(data):
    """Deterministic CBOR: what was read is written again."""
    try:
        value = cbor2.loads(data)
        again = cbor2.dumps(value, canonical=True)
    except (cbor2.CBORError, RecursionError, OverflowError, MemoryError, UnicodeDecodeError,
            ValueError, TypeError) as error:
        raise Refused(f"not CBOR: {error}") from error
    require(again == data, "not deterministic CBOR")
    return value


def key_id(public):
    return sha256(public).digest()[:8]


def unverified_payload(signed):
    tag = read_cbor(signed)
    require(isinstance(tag, cbor2.CBORTag) and tag.tag == 18, "no COSE_Sign1")
    require(isinstance(tag.value, list) and len(tag.value) == 4, "no COSE_Sign1")
    return tag.value[2]


def open_sign1(signed, content_type, public):
    """Verifies with cwt; gives the payload as an object."""
    unverified_payload(signed)
    key = COSEKey.new({1: 1, -1: 6, -2: public, 2: key_id(public), 3: -19, 4: [2]})
    try:
        protected, unprotected, payload = COSE.new(verify_kid=True).decode_with_headers(signed, key)
    except (CWTError, ValueError, TypeError, KeyError) as error:
        raise Refused(f"signature: {error}") from error
    require(protected == {1: -19, 3: content_type, 4: key_id(public)}, "another header")
    require(unprotected == {}, "an unprotected header")
    return read_cbor(payload)


class Card:
    """A card that its own root key signed."""

    def __init__(self, signed):
        content = read_cbor(unverified_payload(signed))
        require(isinstance(content, dict) and isinstance(content.get(4), bytes), "no card")
        require(len(content[4]) == 32, "no root key")
        content = open_sign1(signed, CARD, content[4])
        self.party, self.number = content[0], content[1]
        self.root, self.record, self.journal, self.witness = (content[n] for n in range(4, 8))
        self.units = {unit[0]: unit[2] for unit in content[9]}

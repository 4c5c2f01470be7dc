"""Receipts, verified with nothing of Passerelle."""

import re
from hashlib import sha256


from cose import STATEMENTS, Card, open_sign1, read_cbor
from merkle import Refused, check_inclusion, leaf_hash, require
from notes import Checkpoint, decimal, read_base64

SAID = ["accepted", "refused", "files-complete", "read", "erased", "erasure-refused",
        "use-reported"]
FORM = re.compile(
    r"passerelle receipt v1\n"
    r"channel ([a-z0-9-]+)\nfrom ([a-z0-9.-]+)\nby ([a-z0-9.-]+)\n"
    r"record ([0-9a-f]{32})\nenvelope ([0-9a-f]{64})\nsalt ([0-9a-f]{64})\n\n"
    r"-----BEGIN TLOG PROOF-----\n(.*?)-----END TLOG PROOF-----\n"
    r"((?:-----BEGIN PASSERELLE STATEMENT-----\n[^-]*-----END PASSERELLE STATEMENT-----\n)+)"
    r"((?:-----BEGIN PASSERELLE CARD-----\n[^-]*-----END PASSERELLE CARD-----\n)+)",
    re.DOTALL,
)
PROOF = re.compile(r"c2sp\.org/tlog-proof@v1\nindex ([0-9]+)\n((?:[^\n]+\n)*)\n(.*)", re.DOTALL)
BLOCK = re.compile(r"-----BEGIN (?P<name>[A-Z ]+)-----\n([^-]*)-----END (?P=name)-----\n")


def unwrap(body):
    data = read_base64(body.replace("\n", ""))
    text = body.replace("\n", "")
    lines = [text[at:at + 64] + "\n" for at in range(0, len(text), 64)]
    require("".join(lines) == body, "not in lines of 64 characters")
    return data


def unarmour(text):
    """The objects in consecutive blocks."""
    return [unwrap(match[2]) for match in BLOCK.finditer(text)]


class Receipt:
    """Its parts. Only the cards are verified, each by its own root key."""

    def __init__(self, text):
        form = FORM.fullmatch(text)
        require(form, "not a receipt")
        self.channel, self.sender, self.holder, self.record = form.group(1, 2, 3, 4)
        self.envelope, self.salt = bytes.fromhex(form[5]), bytes.fromhex(form[6])
        proof = PROOF.fullmatch(form[7])
        require(proof, "not a tlog-proof without extra data")
        self.index = decimal(proof[1])
        self.path = [read_base64(line) for line in proof[2].split("\n")[:-1]]
        self.checkpoint = Checkpoint(proof[3])
        self.statements = [read_cbor(block) for block in unarmour(form[8])]
        self.cards = [Card(block) for block in unarmour(form[9])]

    def verify(self, trusted):
        """What it proves, against the cards that the verifier trusts."""
        for card in self.cards:
            known = trusted.get(card.party)
            ours = card.party in (self.sender, self.holder)
            require(known and ours and known.root == card.root, "a card of somebody else")
        commitment = sha256(b"passerelle/leaf/v1\n" + self.salt + self.envelope).digest()
        self._require_log()
        holders = self._cards(self.holder)
        cosigned = self.checkpoint.cosigned(
            f"passerelle/witness/{self.holder}", [card.witness for card in holders])
        size, root = self.checkpoint.size, self.checkpoint.root
        check_inclusion(leaf_hash(commitment), self.index, size, root, self.path)
        said = [self._said(statement, commitment) for statement in self.statements]
        require(any(one["what"]["said"] in SAID[:2] for one in said), "neither accepted nor refused")
        return {"from": self.sender, "by": self.holder, "record": self.record, "index": self.index,
                "size": size, "cosigned": cosigned, "said": said}

    def _cards(self, party):
        cards = [card for card in self.cards if card.party == party]
        require(cards, f"no card of {party}")
        return cards

    def _require_log(self):
        origin = f"passerelle/journal/{self.channel}/{self.sender}"
        for card in self._cards(self.sender):
            try:
                return self.checkpoint.require_log(origin, card.journal)
            except Refused as error:
                refused = error
        raise refused

    def _said(self, proof, commitment):
        require(isinstance(proof, dict) and sorted(proof) == [0, 1, 2, 3], "no statement")
        signed, written, position, path = (proof[n] for n in range(4))
        require(isinstance(written, bytes), "no statement")
        statement = read_cbor(written)
        head = self._head(signed)
        require([head[0], head[1], head[2]] == [self.channel, self.holder, self.sender],
                "a statement of others")
        about = [statement.get(n) for n in range(3)]
        require(about == [self.index, commitment, bytes.fromhex(self.record)],
                "a statement about another record")
        leaf = leaf_hash(written)
        check_inclusion(leaf, position, head[3], head[4], path)
        number, fields = statement[3]
        what = {"said": SAID[number]} | ({"code": fields[0]} if fields else {})
        return {"what": what, "millis": statement[4]}

    def _head(self, signed):
        for card in self._cards(self.holder):
            try:
                return open_sign1(signed, STATEMENTS, card.record)
            except Refused as error:
                refused = error
        raise refused

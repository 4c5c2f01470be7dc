"""C2SP signed notes: checkpoints and their co-signatures."""

import base64
import binascii
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from merkle import require

LOG, WITNESS = 1, 4
DASH = "\u2014 "


def read_base64(text):
    """Standard base64 in its one form: what was read is written again."""
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        require(False, "not base64")
    require(base64.b64encode(data).decode() == text, "not canonical base64")
    return data


def decimal(text):
    require(text.isascii() and text.isdigit() and str(int(text)) == text, "not a decimal")
    return int(text)


def verified(key, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
        return True
    except InvalidSignature:
        return False


class Checkpoint:
    """A note with the text of a checkpoint: origin, size, root. Nothing is verified yet."""

    def __init__(self, note):
        text, blank, lines = note.partition("\n\n")
        require(blank and lines.endswith("\n"), "not a signed note")
        self.text = text + "\n"
        fields = text.split("\n")
        require(len(fields) == 3, "not the text of a checkpoint")
        self.origin, self.size, self.root = fields[0], decimal(fields[1]), read_base64(fields[2])
        self.signatures = [self._signature(line) for line in lines[:-1].split("\n")]

    @staticmethod
    def _signature(line):
        require(line.startswith(DASH), "not a signature line")
        name, _, encoded = line[len(DASH):].partition(" ")
        data = read_base64(encoded)
        return name, data[:4], data[4:]

    def require_log(self, origin, key):
        """The first line is the log's, under this key."""
        require(self.origin == origin, "another log")
        signature = self._of(0, origin, LOG, key)
        require(signature and verified(key, signature, self.text.encode()), "not the log's signature")

    def cosigned(self, witness, keys):
        """The second and last line is the witness's; gives its time in seconds."""
        require(len(self.signatures) == 2, "not two signatures")
        for key in keys:
            data = self._of(1, witness, WITNESS, key)
            if data and len(data) == 72:
                time = int.from_bytes(data[:8], "big")
                message = f"cosignature/v1\ntime {time}\n{self.text}".encode()
                if time < 1 << 63 and verified(key, data[8:], message):
                    return time
        require(False, "not the witness's co-signature")

    def _of(self, line, name, algorithm, key):
        found, number, data = self.signatures[line]
        expected = sha256(name.encode() + b"\n" + bytes([algorithm]) + key).digest()[:4]
        return data if (found, number) == (name, expected) else None

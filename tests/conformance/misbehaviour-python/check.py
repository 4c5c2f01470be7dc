"""Proofs of misbehaviour, and false accusations, checked with `cryptography` only."""

import sys
from base64 import b64encode

from alter import require_all_refused, require_refused
from folder import Folder
from merkle import leaf_hash, root_of, subproof
from misbehaviour import verify
from notes import Checkpoint

BEGIN, END = "-----BEGIN SIGNED CHECKPOINT-----\n", "-----END SIGNED CHECKPOINT-----\n"


def main(path):
    folder = Folder(path)
    origin, key = folder.expected["log"]["origin"], folder.sender.journal
    tried = 0
    for expected in folder.expected["misbehaviour"]:
        name, text = expected["file"], folder.text(expected["file"])
        kind = verify(text, origin, key)
        assert name.startswith(f"misbehaviour-{kind}"), (name, kind)
        tried += require_all_refused(name, text, lambda altered: verify(altered, origin, key))
        require_refused(f"{name} of another key", lambda: verify(text, origin, folder.sender.witness))
        require_refused(f"{name} of another log", lambda: verify(text, f"{origin}x", key))
    assert tried > 0, "no proofs"
    print(f"{len(folder.expected['misbehaviour'])} proofs stand, and none of {tried} altered ones")
    print(f"{check_accusations(folder, origin, key)} false accusations are refused")


def check_accusations(folder, origin, key):
    """Nobody can accuse the log with the heads that it really showed."""
    leaves = [leaf_hash(entry) for entry in entries(folder)]
    heads = {size: bare(folder.text(f"log/heads/{size}")) for size in folder.expected["log"]["heads"]}
    tried = 0
    for old in heads:
        assert Checkpoint(heads[old]).root == root_of(leaves[:old])
        accuse(origin, key, heads[old], heads[old], [])
        for new in (new for new in heads if new > old):
            proof = subproof(old, leaves[:new], True)
            if old & (old - 1) == 0:
                proof.insert(0, root_of(leaves[:old]))
            accuse(origin, key, heads[old], heads[new], proof)
            accuse(origin, key, heads[old], heads[new], [leaves[0]] + proof[1:])
            tried += 2
        tried += 1
    return tried


def accuse(origin, key, first, second, proof):
    sizes = Checkpoint(first).size, Checkpoint(second).size
    kind = "same-size" if sizes[0] == sizes[1] else "rewritten"
    text = (
        "passerelle/misbehaviour/v1\n"
        "# One log signed the two checkpoints below. At most one of them can be true.\n"
        "# Whoever holds the public key of the log can check this file offline.\n"
        f"origin {origin}\nkind {kind}\nfirst {sizes[0]}\nsecond {sizes[1]}\n"
        + "".join(f"hash {b64(one)}\n" for one in proof)
        + BEGIN + first + END + BEGIN + second + END
    )
    require_refused(f"{kind} {sizes}", lambda: verify(text, origin, key))


def b64(data):
    return b64encode(data).decode()


def bare(note):
    """A checkpoint with the log's signature only."""
    text, _, lines = note.partition("\n\n")
    return f"{text}\n\n{lines.splitlines()[0]}\n"


def entries(folder):
    """C2SP entry bundles: each entry after its length as two big-endian bytes."""
    size, found = folder.expected["log"]["size"], []
    for first in range(0, size, 256):
        width = min(256, size - first)
        name = f"{first // 256:03}" + ("" if width == 256 else f".p/{width}")
        bundle = folder.bytes(f"log/tile/entries/{name}")
        while bundle:
            end = 2 + int.from_bytes(bundle[:2], "big")
            found.append(bundle[2:end])
            bundle = bundle[end:]
    assert len(found) == size
    return found


if __name__ == "__main__":
    main(sys.argv[1])

"""Proofs that one log signed two statements of which at most one can be true."""

import re

from merkle import both_roots, require
from notes import Checkpoint, decimal, read_base64

FORM = re.compile(
    r"passerelle/misbehaviour/v1\n"
    r"# One log signed the two checkpoints below\. At most one of them can be true\.\n"
    r"# Whoever holds the public key of the log can check this file offline\.\n"
    r"origin ([^\n]+)\nkind (same-size|rewritten)\nfirst ([0-9]+)\nsecond ([0-9]+)\n"
    r"((?:hash [^\n]+\n)*)"
    r"-----BEGIN SIGNED CHECKPOINT-----\n(.*?)-----END SIGNED CHECKPOINT-----\n"
    r"-----BEGIN SIGNED CHECKPOINT-----\n(.*?)-----END SIGNED CHECKPOINT-----\n",
    re.DOTALL,
)


def verify(text, origin, key):
    """The kind of misbehaviour that is proven of the log `origin`, whose public key is `key`."""
    form = FORM.fullmatch(text)
    require(form, "not a proof of misbehaviour")
    first, second = Checkpoint(form[6]), Checkpoint(form[7])
    require(form[1] == origin, "another log")
    require(decimal(form[3]) == first.size and decimal(form[4]) == second.size, "other sizes")
    for checkpoint in (first, second):
        require(len(checkpoint.signatures) == 1, "more signatures than the log's")
        checkpoint.require_log(origin, key)
    path = [read_base64(line.removeprefix("hash ")) for line in form[5].split("\n")[:-1]]
    if form[2] == "same-size":
        require(first.size == second.size and not path, "two sizes")
        require(first.root != second.root, "the roots agree")
    else:
        began, ended = both_roots(first.size, second.size, path)
        require(ended == second.root, "the hashes do not lead to the larger root")
        require(began != first.root, "the larger tree continues the smaller one")
    return form[2]

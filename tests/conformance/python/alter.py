"""Negative controls: whatever is changed in a file, it must no longer verify."""

import random

from merkle import Refused

BYTES = 200
# What Python raises where altered CBOR has another shape than expected.
OUT_OF_SHAPE = (KeyError, IndexError, TypeError, AttributeError, ValueError)


def alterations(text):
    """Names and altered texts; the same in every run."""
    dice = random.Random(len(text))
    data = text.encode()
    for _ in range(BYTES):
        at = dice.randrange(len(data))
        changed = bytearray(data)
        changed[at] ^= dice.randrange(1, 256)
        yield f"byte {at} as {changed[at]:#x}", changed.decode(errors="replace")
    yield "a line more", text + "\n"
    lines = [line + "\n" for line in text.split("\n")[:-1]]
    for at, line in enumerate(lines):
        middle = len(line) // 2
        others = {
            "left out": [],
            "doubled": [line, line],
            "ended with a space": [line[:-1] + " \n"],
            "ended as on DOS": [line[:-1] + "\r\n"],
            "joined with the next": [line[:-1]],
            "altered in the middle": [line[:middle] + chr(ord(line[middle]) ^ 1) + line[middle + 1:]],
        }
        for what, other in others.items():
            yield f"line {at + 1} {what}", "".join(lines[:at] + other + lines[at + 1:])


def require_all_refused(name, text, verify):
    """`verify` must refuse every altered text; gives how many there were."""
    tried = 0
    for what, altered in alterations(text):
        if altered != text:
            tried += 1
            require_refused(f"{name} with {what}", lambda: verify(altered))
    return tried


def require_refused(name, attempt):
    try:
        attempt()
    except (Refused, *OUT_OF_SHAPE):
        return
    raise AssertionError(f"still verifies: {name}")

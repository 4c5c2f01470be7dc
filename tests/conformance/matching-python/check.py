"""The vectors of private matching, judged by a second implementation of PMP-1.

Written from docs/protocol-pmp1.md and RFC 9380, 9496 and 9497, with nothing but Python.
"""

import json
import sys
from hashlib import sha256
from pathlib import Path

import pmp1
from ristretto import BASE, decode


def main(path):
    vectors = json.loads(Path(path).read_text("utf-8"))
    files = {name: bytes.fromhex(text) for name, text in vectors["files"].items()}
    check_function(vectors["function"])
    check_profiles(vectors["profiles"])
    index = check_index(vectors, files)
    hits = check_exchange(vectors, files, index)
    check_buckets(vectors, files)
    tried = check_that_it_can_fail(files)
    print(f"{len(vectors['found'])} questions with {hits} hits, {len(index.tags)} tags and "
          f"{len(vectors['buckets'])} buckets come out the same; none of {tried} altered files does")


def check_function(vector):
    seed = bytes.fromhex(vector["seed"])
    names = (vector["holder"], vector["asker"], vector["class"], vector["epoch"])
    key = pmp1.derive_key(seed, *names)
    assert key.to_bytes(32, "little").hex() == vector["secret_key"]
    assert (key * BASE).encode().hex() == vector["public_key"]
    data = pmp1.question_input(vector["class"], vector["canonical"])
    assert data.hex() == vector["input"]
    assert (5 * pmp1.hashed(data)).encode().hex() == vector["blinded_with_5"]
    out = pmp1.evaluate(key, data)
    assert out.hex() == vector["output"]
    assert f"{pmp1.tag(out):016x}" == vector["tag"]
    assert pmp1.derived(out, b"ref", 16).hex() == vector["reference"]
    assert pmp1.derived(out, b"label", 32).hex() == vector["label_key"]


def check_profiles(profiles):
    for one in profiles:
        made = pmp1.profile(one["class"], one["source"], one["probes"])
        assert made.hex() == one["profile"], one["class"]


def check_index(vectors, files):
    index, manifest = pmp1.Index(files["index"]), pmp1.read_file(files["manifest"])
    assert manifest[4] == index.root and manifest[3] == index.count
    function = vectors["function"]
    assert manifest[1] == {0: function["holder"], 1: function["asker"],
                           2: function["class"], 3: function["epoch"]}
    assert manifest[2].hex() == function["public_key"]
    key = int.from_bytes(bytes.fromhex(function["secret_key"]), "little")
    for canonical in vectors["held"]:
        out = pmp1.evaluate(key, pmp1.question_input(function["class"], canonical))
        assert pmp1.tag(out) in index.tags, canonical
    padding = pmp1.read_file(files["padding"])
    dummies = [int.from_bytes(padding[2][at:at + 8]) for at in range(0, len(padding[2]), 8)]
    assert padding[1] == index.root and dummies == sorted(dummies)
    assert set(dummies) < set(index.tags)
    return index


def check_exchange(vectors, files, index):
    outputs = pmp1.read_answer(*(files[name] for name in ("manifest", "order", "keep", "answer")))
    assert list(outputs) != [], "nothing asked"
    for one in vectors["found"]:
        out = outputs.pop(one["asked"])
        assert pmp1.derived(out, b"ref", 16).hex() == one["reference"]
        assert (pmp1.tag(out) in index.tags) == one["hit"], one
    assert not outputs
    kept, order = pmp1.read_file(files["keep"]), pmp1.read_file(files["order"])
    name, salt = kept[4]
    assert sha256(salt + name.encode()).digest() == order[4], "case"
    probes = pmp1.read_file(files["probes"])
    expected = next(one for one in vectors["profiles"] if one["class"] == probes[1])
    assert probes[3] == expected["probes"] and probes[2] == expected["source"]
    return sum(one["hit"] for one in vectors["found"])


def check_buckets(vectors, files):
    found = pmp1.read_buckets(files["large_manifest"], files["fetch"], files["buckets"])
    assert {str(number): [f"{tag:016x}" for tag in tags] for number, tags in found.items()} \
        == vectors["buckets"]


def check_that_it_can_fail(files):
    tried = 0
    exchange = ("manifest", "order", "keep", "answer")
    buckets = ("large_manifest", "fetch", "buckets")
    cases = [(exchange, name, pmp1.read_answer) for name in ("answer", "order")]
    cases += [(buckets, "buckets", pmp1.read_buckets)]
    for names, altered, read in cases:
        data = files[altered]
        for at in range(0, len(data), max(1, len(data) // 12)):
            changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]
            parts = [changed if name == altered else files[name] for name in names]
            require_refused(f"{altered}, byte {at}", read, *parts)
            tried += 1
    for encoding in (bytes(32), b"\1" + bytes(31), b"\xff" * 32, b"\2" + bytes(30) + b"\x80"):
        require_refused("an element", decode, encoding)
    root = pmp1.Index(files["index"]).root
    for at in range(0, len(files["index"]), 307):
        data = files["index"]
        try:
            assert pmp1.Index(data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]).root == root
        except (AssertionError, IndexError, ValueError):
            tried += 1
            continue
        raise SystemExit(f"index, byte {at}: the same root")
    return tried


def require_refused(what, read, *parts):
    try:
        read(*parts)
    except (AssertionError, IndexError, KeyError, TypeError, UnicodeDecodeError, ValueError):
        return
    raise SystemExit(f"{what} was taken")


if __name__ == "__main__":
    main(sys.argv[1])

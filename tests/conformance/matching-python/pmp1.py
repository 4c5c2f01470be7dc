"""PMP-1: its function, index and files, as docs/protocol-pmp1.md says (sections 2 to 5)."""

import hmac
from hashlib import sha256, sha512

from ristretto import BASE, ORDER, decode, scalar, to_group, to_scalar

CONTEXT = b"OPRFV1-\x01-ristretto255-SHA512"
SIZES = (1, 8, 64, 512, 4096, 32768)


def lp(*parts):
    return b"".join(len(part).to_bytes(2) + part for part in parts)


# Section 2

def question_input(kind, canonical):
    return lp(b"passerelle:v1", kind.encode(), (1).to_bytes(4), canonical.encode())


def dummy_input(nonce):
    return lp(b"passerelle:v1", b"dummy", nonce)


def profile(kind, source, probes):
    text = b"passerelle/pmp1/profile\n" + kind.encode() + (1).to_bytes(4)
    for part in [source, *(part for probe in probes for part in probe)]:
        text += len(part.encode()).to_bytes(8) + part.encode()
    return sha256(text).digest()


# Section 3

def derive_key(seed, holder, asker, kind, epoch):
    names = [name.encode() for name in (holder, asker, kind)]
    info = lp(b"passerelle/pmp1", *names, epoch.to_bytes(8))
    for counter in range(256):
        key = to_scalar(seed + lp(info) + bytes([counter]), b"DeriveKeyPair" + CONTEXT)
        if key:
            return key
    raise AssertionError("no key")


def hashed(data):
    return to_group(data, b"HashToGroup-" + CONTEXT)


def output(data, element):
    return sha512(lp(data, element) + b"Finalize").digest()


def evaluate(key, data):
    return output(data, (key * hashed(data)).encode())


def finalize(blind, data, element):
    return output(data, (pow(blind, -1, ORDER) * decode(element)).encode())


def verify_proof(public, asked, answered, proof):
    """RFC 9497, 2.2.2."""
    challenge, response = scalar(proof[:32]), scalar(proof[32:])
    seed = sha512(lp(public, b"Seed-" + CONTEXT)).digest()
    m = z = None
    for index, (c, d) in enumerate(zip(asked, answered, strict=True)):
        text = lp(seed) + index.to_bytes(2) + lp(c, d) + b"Composite"
        weight = to_scalar(text, b"HashToScalar-" + CONTEXT)
        left, right = weight * decode(c), weight * decode(d)
        m, z = (left, right) if m is None else (m + left, z + right)
    t2 = response * BASE + challenge * decode(public)
    t3 = response * m + challenge * z
    points = [point.encode() for point in (m, z, t2, t3)]
    text = lp(public, *points) + b"Challenge"
    assert to_scalar(text, b"HashToScalar-" + CONTEXT) == challenge, "proof"


def tag(out):
    return int.from_bytes(out[:8])


def derived(out, label, length):
    """HKDF-SHA-512 with no salt, one block."""
    secret = hmac.digest(bytes(64), out, "sha512")
    return hmac.digest(secret, b"passerelle/pmp1/" + label + b"\1", "sha512")[:length]


# Section 4

class Cut:
    def __init__(self, count):
        count = max(count, 1)
        self.bucket = min(21, max(0, (-(-count // 1024) - 1).bit_length()))
        self.top = min(63, max((count - 1).bit_length(), self.bucket, 1))
        self.low = 64 - self.top

    def bucket_of(self, value):
        return value >> (64 - self.bucket)


def bits(data):
    return [byte >> place & 1 for byte in data for place in range(8)]


def read_bucket(cut, number, data):
    """The tags of a bucket, ascending."""
    count, data = int.from_bytes(data[:4], "little"), data[4:]
    split = -(-count * cut.low // 8)
    low, middle = int.from_bytes(data[:split], "little"), -1
    assert low >> count * cut.low == 0, "filled with zeros"
    tags, gap = [], 0
    unary = bits(data[split:])
    for bit in unary:
        gap += 1 - bit
        if bit:
            middle = max(middle, 0) + gap
            rest = low >> len(tags) * cut.low & (1 << cut.low) - 1
            head = number << (64 - cut.bucket) if cut.bucket else 0
            tags.append(head | middle << cut.low | rest)
            gap = 0
    assert len(tags) == count and gap < 8, "tags are missing"
    assert tags == sorted(set(tags)), "order"
    assert all(cut.bucket_of(value) == number for value in tags), "another bucket"
    return tags


def leaf(data):
    return sha256(b"\0" + data).digest()


def node(left, right):
    return sha256(b"\1" + left + right).digest()


class Index:
    def __init__(self, data):
        assert data[:12] == b"PMP1IDX\0" + (1).to_bytes(4, "little"), "head"
        self.count = int.from_bytes(data[12:20], "little")
        cut = Cut(self.count)
        buckets, start = 1 << cut.bucket, 20 + 8 * (1 << cut.bucket)
        ends = [int.from_bytes(data[20 + 8 * n:28 + 8 * n], "little") for n in range(buckets)]
        pieces = [data[start + a:start + b] for a, b in zip([0, *ends], ends)]
        assert start + ends[-1] == len(data) and ends == sorted(ends), "directory"
        self.tags = [value for n, piece in enumerate(pieces) for value in read_bucket(cut, n, piece)]
        assert len(self.tags) == self.count, "number"
        level = [leaf(piece) for piece in pieces]
        while len(level) > 1:
            level = [node(a, b) for a, b in zip(level[::2], level[1::2])]
        self.root = level[0]


# Section 5

def read_cbor(data):
    """The one deterministic encoding of unsigned integers, bytes, text, arrays, maps, null."""
    value, rest = item(data)
    assert rest == b"", "longer"
    return value


def item(data):
    if data[:1] == b"\xf6":
        return None, data[1:]
    major, small = data[0] >> 5, data[0] & 31
    width = {24: 1, 25: 2, 26: 4, 27: 8}.get(small, 0)
    assert small < 28 and len(data) > width, "cut"
    count = int.from_bytes(data[1:1 + width]) if width else small
    assert not width or count >= (24 if width == 1 else 1 << 4 * width), "not the shortest"
    data = data[1 + width:]
    if major == 0:
        return count, data
    if major in (2, 3):
        assert len(data) >= count, "cut"
        part, data = data[:count], data[count:]
        return part if major == 2 else part.decode(), data
    assert major in (4, 5), "kind"
    parts = []
    for _ in range(count * (major - 3)):
        part, data = item(data)
        parts.append(part)
    if major == 4:
        return parts, data
    keys = parts[::2]
    assert all(type(key) is int for key in keys) and keys == sorted(set(keys)), "keys"
    return dict(zip(keys, parts[1::2])), data


def read_file(data):
    value = read_cbor(data)
    assert value[0] == 1, "version"
    return value


def elements(batch):
    assert len(batch) % 32 == 0, "elements"
    return [batch[at:at + 32] for at in range(0, len(batch), 32)]


def read_order(data):
    order = read_file(data)
    batches = [elements(batch) for batch in order[5]]
    assert 1 <= len(batches) <= 256 and all(len(batch) in SIZES for batch in batches), "sizes"
    return order, batches


def inputs_of(pending, kind):
    """Which question each element asks, and the input of it."""
    for (which, (content,)), blind in pending[3]:
        if which == 0:
            text = pending[2][content]
            yield text, question_input(kind, text), scalar(blind)
        else:
            yield None, dummy_input(content), scalar(blind)


def read_answer(manifest, order, pending, answer):
    """The output of every question, once every proof was checked."""
    kind = read_file(manifest)[1][2]
    asked, batches = read_order(order)
    kept, given = read_file(pending), read_file(answer)
    assert asked[2] == sha256(manifest).digest(), "another manifest"
    assert kept[1] == given[1] == sha256(order).digest(), "another order"
    assert len(given[2]) == len(batches), "batches"
    slots, outputs = inputs_of(kept, kind), {}
    for batch, (answered, proof) in zip(batches, given[2]):
        verify_proof(read_file(manifest)[2], batch, elements(answered), proof)
        for element, got in zip(batch, elements(answered)):
            text, data, blind = next(slots)
            assert (blind * hashed(data)).encode() == element, "opening"
            if text is not None:
                outputs[text] = finalize(blind, data, got)
    assert next(slots, None) is None and set(outputs) == set(kept[2]), "questions"
    return outputs


def read_buckets(manifest, fetch, buckets):
    """Tags by the number of their bucket, once every path was checked."""
    announced, wanted, given = read_file(manifest), read_file(fetch), read_file(buckets)
    assert announced[3] >= 1_000_000, "too small for buckets"
    assert wanted[1] == sha256(manifest).digest() and given[1] == sha256(fetch).digest()
    assert wanted[2] == sorted(set(wanted[2])) and len(wanted[2]) == len(given[2]), "numbers"
    cut, found = Cut(announced[3]), {}
    for number, (data, path) in zip(wanted[2], given[2]):
        have, at = leaf(data), number
        for beside in elements(path):
            have = node(beside, have) if at & 1 else node(have, beside)
            at >>= 1
        assert len(path) == 32 * cut.bucket and at == 0 and have == announced[4], "root"
        found[number] = read_bucket(cut, number, data)
    return found

"""The Merkle tree of RFC 6962 and the proofs of RFC 9162, from the text of the RFCs."""

from hashlib import sha256


class Refused(Exception):
    """What was read does not prove what it claims."""


def require(held, why):
    if not held:
        raise Refused(why)


def leaf_hash(data):
    return sha256(b"\x00" + data).digest()


def node_hash(left, right):
    return sha256(b"\x01" + left + right).digest()


def root_of(hashes):
    """RFC 6962 section 2.1."""
    if len(hashes) < 2:
        return hashes[0] if hashes else sha256(b"").digest()
    split = largest_power_below(len(hashes))
    return node_hash(root_of(hashes[:split]), root_of(hashes[split:]))


def subproof(size, hashes, complete):
    """SUBPROOF of RFC 9162 section 2.1.4.1."""
    if size == len(hashes):
        return [] if complete else [root_of(hashes)]
    split = largest_power_below(len(hashes))
    if size <= split:
        return subproof(size, hashes[:split], complete) + [root_of(hashes[split:])]
    return subproof(size - split, hashes[split:], False) + [root_of(hashes[:split])]


def largest_power_below(count):
    return 1 << ((count - 1).bit_length() - 1)


def check_inclusion(leaf, index, size, root, path):
    """RFC 9162 section 2.1.3.2."""
    require(0 <= index < size, "an index outside the tree")
    node, last, found = index, size - 1, leaf
    for sibling in path:
        require(last > 0, "a path that is too long")
        if node & 1 or node == last:
            found = node_hash(sibling, found)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    require(last == 0 and found == root, "not included")


def both_roots(old, new, path):
    """RFC 9162 section 2.1.4.2, for a path whose first hash is always written out."""
    require(0 < old < new and path, "no proof between these sizes")
    node, last = old - 1, new - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    first = second = path[0]
    for sibling in path[1:]:
        require(last > 0, "a path that is too long")
        if node & 1 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    require(last == 0, "a path that is too short")
    return first, second

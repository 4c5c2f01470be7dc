"""Receipts, an envelope and an attachment, checked with `cryptography` and `cwt` only."""

import sys
from copy import copy
from hashlib import sha256

from alter import require_all_refused, require_refused
from cose import RECORD, open_sign1, read_cbor
from envelope import Unit, open_envelope, open_file
from folder import Folder
from receipt import Receipt


def main(path):
    folder = Folder(path)
    check_receipts(folder)
    check_envelope(folder)


def check_receipts(folder):
    tried = 0
    for expected in folder.expected["receipts"]:
        name, text = expected["file"], folder.text(expected["file"])
        proven = Receipt(text).verify(folder.trusted)
        assert proven == {k: v for k, v in expected.items() if k != "file"}, (name, proven)
        tried += require_all_refused(name, text, lambda altered: Receipt(altered).verify(folder.trusted))
        check_other_keys(name, text, folder.trusted)
    assert tried > 0, "no receipts"
    print(f"{len(folder.expected['receipts'])} receipts verify, and none of {tried} altered ones")


def check_other_keys(name, text, trusted):
    """One key at a time is replaced by another one that is just as good."""
    roles = [("sender", "journal"), ("holder", "witness"), ("holder", "record")]
    for party, role in roles:
        receipt = Receipt(text)
        for card in receipt.cards:
            if card.party == getattr(receipt, party):
                setattr(card, role, trusted[card.party].root)
        require_refused(f"{name} with another {role} key", lambda: receipt.verify(trusted))
    for party in trusted:
        other = copy(trusted[party])
        other.root = other.record
        strangers = trusted | {party: other}
        require_refused(f"{name} with another root", lambda: Receipt(text).verify(strangers))
        missing = {known: card for known, card in trusted.items() if known != party}
        require_refused(f"{name} without a card", lambda: Receipt(text).verify(missing))


def check_envelope(folder):
    expected, data = folder.expected["envelope"], folder.bytes("envelope.cbor")
    assert sha256(data).hexdigest() == expected["hash"]
    recipient, unit = expected["recipient"], Unit(bytes.fromhex(expected["seed"]))
    assert unit.public == folder.holder.units[recipient.partition("/")[2]]
    header, signed = open_envelope(data, recipient, unit)
    assert signed == folder.bytes("record.cose")
    record = open_sign1(signed, RECORD, folder.sender.record)
    assert record == read_cbor(folder.bytes("record.cbor"))
    assert [header[n] for n in (1, 2, 3, 5)] == [record[n] for n in (1, 2, 3, 14)]
    for at in range(0, len(data), 97):
        altered = data[:at] + bytes([data[at] ^ 1]) + data[at + 1:]
        require_refused(f"envelope, byte {at}", lambda: open_envelope(altered, recipient, unit))
    stranger = recipient + "x"
    packet = read_cbor(data)[1][read_cbor(read_cbor(data)[0])[5].index(recipient.split("/"))][1]
    require_refused("a packet for another", lambda: unit.open_packet(packet, stranger))
    print("an envelope opens with HPKE (X-Wing) and its record verifies")
    check_file(folder, record)


def check_file(folder, record):
    (attachment,) = record[22]
    sealed, plain = folder.bytes("file.sealed"), folder.bytes("file.plain")
    assert sha256(sealed).digest() == attachment[4]
    assert sha256(plain).digest() == attachment[3] and len(plain) == attachment[2]
    assert open_file(sealed, attachment[5]) == plain
    chunk = 1024 * 1024 + 16
    for what, other in {
        "cut": sealed[:chunk],
        "exchanged": sealed[chunk:] + sealed[:chunk],
        "altered": sealed[:-1] + bytes([sealed[-1] ^ 1]),
    }.items():
        require_refused(f"a file {what}", lambda: open_file(other, attachment[5]))
    print(f"its attachment of {len(plain)} bytes opens chunk by chunk")


if __name__ == "__main__":
    main(sys.argv[1])

"""The folder that the fixture writes."""

import json
from pathlib import Path

from cose import Card
from receipt import unarmour


class Folder:
    def __init__(self, path):
        self.path = Path(path)
        self.expected = json.loads(self.text("expected.json"))
        self.sender, self.holder = (self.card(self.expected[role]) for role in ("sender", "holder"))
        self.trusted = {card.party: card for card in (self.sender, self.holder)}

    def text(self, name):
        return self.bytes(name).decode()

    def bytes(self, name):
        return (self.path / name).read_bytes()

    def card(self, party):
        (signed,) = unarmour(self.text(f"card-{party}.txt"))
        return Card(signed)

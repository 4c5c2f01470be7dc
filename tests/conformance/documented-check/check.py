"""Runs the printed programs on receipts that are true and on receipts that were altered."""

import subprocess
import sys
from pathlib import Path

from folder import Folder


def main(path, python, go):
    folder = Folder(path)
    cards = [str(folder.path / f"card-{party}.txt") for party in folder.trusted]
    keys = {party: card.journal.hex() for party, card in folder.trusted.items()}
    programs = {
        "Python": lambda file, _: [sys.executable, "-B", python, file, *cards],
        "Go": lambda file, sender: [go, file, keys[sender]],
    }
    # As the document says, its Python program knows the newest keys only.
    newest = [one for one in folder.expected["receipts"] if one["file"] == "receipt-rotated.txt"]
    receipts = {"Python": newest, "Go": folder.expected["receipts"]}
    for name, command in programs.items():
        assert receipts[name], "no receipts"
        for one in receipts[name]:
            check(folder, one, lambda file: command(file, one["from"]))
        print(f"the {name} program of the document judges {len(receipts[name])} receipts rightly")


def check(folder, expected, command):
    file = folder.path / expected["file"]
    text = file.read_text(encoding="utf-8")
    done = run(command(str(file)))
    assert done.returncode == 0, done.stderr + done.stdout
    assert f"entry {expected['index']} of {expected['size']}" in done.stdout, done.stdout
    altered = Path(f"{file}.altered")
    for what, other in alterations(text).items():
        assert other != text, what
        altered.write_text(other, encoding="utf-8")
        assert run(command(str(altered))).returncode != 0, f"{expected['file']}: {what}"


def run(command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def alterations(text):
    """One for each thing that both programs say they check."""
    lines = text.split("\n")

    def at(start, change):
        (place,) = [n for n, line in enumerate(lines) if line.startswith(start)][:1]
        return "\n".join(lines[:place] + [change(lines[place])] + lines[place + 1:])

    origin = lines.index("") + lines[lines.index("") + 1:].index("") + 2
    flip = lambda line: line[:-1] + ("0" if line[-1] != "0" else "1")
    return {
        "another salt": at("salt ", flip),
        "another envelope": at("envelope ", flip),
        "another channel": at("channel ", lambda line: line + "x"),
        "another index": at("index ", lambda line: f"index {int(line[6:]) ^ 1}"),
        "another size": "\n".join(lines[:origin + 1] + ["1" + lines[origin + 1]] + lines[origin + 2:]),
        "no signature": "\n".join(line for line in lines if not line.startswith("\u2014")),
    }


if __name__ == "__main__":
    main(*sys.argv[1:])

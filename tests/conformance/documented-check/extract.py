"""Takes the only Python program and the only Go program out of a Markdown file."""

import re
import sys
from pathlib import Path


def main(document, python, go):
    text = Path(document).read_text(encoding="utf-8")
    for language, target in (("python", python), ("go", go)):
        (program,) = re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
        Path(target).write_text(program, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The decoder that kmq-1.md lists, taken out of the text."""

import re
from pathlib import Path

SPEC = Path(__file__).resolve().parents[3]
TEXT = SPEC / "kmq-1.md"
DEFAULT_LIMITS = {"pixels": 1 << 28, "raster": 1 << 30, "tiles": 1 << 20, "work": 1 << 37,
                  "chunks": 1 << 16, "chunk bytes": 1 << 24}


def load():
    """Runs all listings of the text in their order; returns what they define, by name."""
    text = TEXT.read_text(encoding="utf-8")
    blocks = list(re.finditer(r"^```python\n(.*?)^```$", text, re.DOTALL | re.MULTILINE))
    names = {"__name__": "listing"}
    for block in blocks:
        # Blank lines before a listing give errors the line numbers of the text.
        before = text.count("\n", 0, block.start(1))
        exec(compile("\n" * before + block.group(1), str(TEXT), "exec"), names)
    return names

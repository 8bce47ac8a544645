"""A record under review behind a server, and what a reviewer does on its pages."""

import httpx


class Desk:
    """A record of its own with three reviewers, and the server that shows it."""

    def __init__(self, folder, address, tokens):
        self.folder, self.address, self.tokens = folder, address, tokens

    def asked(self, path):
        return httpx.get(f"{self.address}/api/v1{path}", timeout=120).json()

    def log(self, who="Ann"):
        """Kinds and fields of what a reviewer decided, in order."""
        return [(one["kind"], one["field"]) for one in self.asked(f"/decisions?who={who}")["decisions"]]

    def report(self, ident, doc):
        """The report as it stands, None for a rejected one."""
        told = [one["report"] for one in self.asked(f"/documents/{doc}")["reports"]]
        return next((one for one in told if one["report_id"] == ident), None)


def shown(page):
    """Report and document of the page."""
    return page.locator("#rv-text").get_attribute("data-shown"), page.locator("input[name=doc]").first.input_value()


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def verdict(page, key):
    """Presses the key of a verdict; what the next page says of it."""
    with page.expect_navigation():
        page.keyboard.press(key)
    return page.locator(".rv-said").inner_text()

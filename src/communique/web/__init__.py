"""web: the Observatory, a local web application on one record: pages to read and check it, and a JSON API.

A record folder comes in, a FastAPI application goes out. It asks the library and draws; it never codes or links, and
no page lets the browser send anything to another machine.
"""

from communique.web.app import create_app
from communique.web.settings import Settings

__all__ = ["Settings", "create_app"]

"""Sees to it that a wheel holds the Observatory's scripts as web/ gives them.

The tree and the sdist hold them built, so that an ordinary installation runs neither node nor npm and cannot fail by
them. They are built here where they are stale or missing; for editable installations only where they are missing, as
`make web` and the tests look after the rest. COMMUNIQUE_BUILD_WEB=1 builds them in any case.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent / "web"))

import building


def wanted(version: str) -> bool:
    """Whether the scripts are to be built for a wheel of this kind, `standard` or `editable`."""
    if os.environ.get("COMMUNIQUE_BUILD_WEB") == "1":
        return True
    return building.state() in (("missing",) if version == "editable" else ("missing", "stale"))


class ScriptsHook(BuildHookInterface):
    """Hatchling calls it for every wheel."""

    def dependencies(self) -> list[str]:
        """What building needs from PyPI: node, where scripts are to be built and the machine has none."""
        return [building.NODE_PACKAGE] if wanted("standard") and building.node_of_machine() is None else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Builds the scripts where that is wanted."""
        if not wanted(version):
            return
        try:
            building.renew()
        except building.BuildFailed as failed:
            way_out = "git checkout src/communique/web/static web brings back those that need no building."
            raise building.BuildFailed(f"{failed}\n{way_out}") from failed

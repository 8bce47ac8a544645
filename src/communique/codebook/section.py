"""Reading one mapping of a data file strictly: every key is known, every needed value is there and of its kind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from communique.errors import CodebookError, did_you_mean

try:
    from yaml import CSafeLoader as _Loader
except ImportError:  # PyYAML built without libyaml: slower, the same result
    from yaml import SafeLoader as _Loader  # type: ignore[assignment]


class _StrictLoader(_Loader):
    """PyYAML's safe loader, which also refuses a key that is given twice in one mapping. `name` is the file's."""

    name: str = ""


def _unique(loader: _StrictLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    found: dict[Any, Any] = {}
    for key_node, value_node in node.value:
        key = loader.construct_object(key_node, deep=True)
        if key in found:
            line = key_node.start_mark.line + 1
            raise CodebookError(f"{loader.name}: {key!r} stands twice in one mapping (line {line}); keep one")
        found[key] = loader.construct_object(value_node, deep=True)
    return found


_StrictLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique)


def read_yaml(text: str, name: str) -> Section:
    """The top mapping of a YAML text. Broken YAML and a doubled key raise CodebookError with the file's name."""
    loader = _StrictLoader(text)
    loader.name = name
    try:
        data = loader.get_single_data()
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"line {mark.line + 1}: " if mark is not None else ""
        problem = getattr(error, "problem", None) or error
        raise CodebookError(f"{name}: {line}this is no valid YAML: {problem}") from error
    finally:
        loader.dispose()
    return Section(name, "", data)


def read_text(path: Path) -> str:
    """The text of a data file, or CodebookError where it is missing or not UTF-8."""
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CodebookError(f"{path.name}: the codebook's file {path} cannot be read; reinstall communique") from error
    except UnicodeDecodeError as error:
        raise CodebookError(f"{path.name}: the file is not UTF-8; save it as UTF-8 ({error})") from error


@dataclass(frozen=True)
class Section:
    """A mapping of a data file that knows where it stands, so that every complaint names file, key and value."""

    file: str
    path: str
    data: Any

    def __post_init__(self) -> None:
        """Refuse what is no mapping."""
        if not isinstance(self.data, dict):
            raise self.error(f"expected a mapping of keys to values, found {self.data!r}")
        for key in self.data:
            if not isinstance(key, str):
                raise self.error(f"the key {key!r} is no text; put it in quotation marks")

    def error(self, what: str) -> CodebookError:
        """A complaint that names the file and the place in it."""
        place = f"{self.file}: {self.path}: " if self.path else f"{self.file}: "
        return CodebookError(place + what)

    def only(self, *allowed: str) -> Section:
        """The section itself; a key that is not among the allowed ones raises CodebookError."""
        for key in self.data:
            if key not in allowed:
                raise self.error(f"unknown key {key!r}; {did_you_mean(key, allowed)}")
        return self

    def need(self, key: str) -> Any:
        """The value of a key that must be there."""
        if key not in self.data:
            raise self.error(f"the key {key!r} is missing; add it")
        return self.data[key]

    def text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        value = self.need(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key!r} must be a text, found {value!r}; put numbers and codes in quotation marks")
        return value

    def text_or_none(self, key: str) -> str | None:
        """A text, or None where the key is missing or null."""
        return None if self.data.get(key) is None else self.text(key)

    def choice(self, key: str, allowed: Iterable[str]) -> str:
        """A text that is one of the allowed values."""
        value, choices = self.text(key), list(allowed)
        if value not in choices:
            raise self.error(f"{key!r} is {value!r}; {did_you_mean(value, choices)}")
        return value

    def flag(self, key: str) -> bool:
        """A truth value that must be there."""
        value = self.need(key)
        if not isinstance(value, bool):
            raise self.error(f"{key!r} must be true or false, found {value!r}")
        return value

    def number(self, key: str) -> int:
        """A whole number that must be there."""
        value = self.need(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise self.error(f"{key!r} must be a whole number, found {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, without repetition; empty where the key is missing."""
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(v, str) for v in values):
            raise self.error(f"{key!r} must be a list of texts, found {values!r}")
        for value in values:
            if values.count(value) > 1:
                raise self.error(f"{value!r} stands twice in {key!r}; keep one")
        return tuple(values)

    def section(self, key: str) -> Section:
        """The mapping under a key that must be there."""
        return Section(self.file, f"{self.path}.{key}" if self.path else key, self.need(key))

    def sections(self, key: str) -> list[Section]:
        """The list of mappings under a key; empty where the key is missing."""
        values = self.data.get(key, [])
        if not isinstance(values, list):
            raise self.error(f"{key!r} must be a list, found {values!r}")
        path = f"{self.path}.{key}" if self.path else key
        return [Section(self.file, f"{path}[{i}]", value) for i, value in enumerate(values)]

    def entries(self, key: str) -> list[tuple[str, Section]]:
        """The named mappings under a key, in the file's order; empty where the key is missing."""
        if key not in self.data:
            return []
        inner = self.section(key)
        return [(name, inner.section(name)) for name in inner.data]

    def free(self, key: str) -> Mapping[str, Any]:
        """A mapping whose form is another's business; empty where the key is missing."""
        return self.section(key).data if key in self.data else {}

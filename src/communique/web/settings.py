"""What an application is started with, checked before anything listens."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field

from communique.errors import UnusableOption

LOOPBACK_NAMES = ("localhost", "127.0.0.1", "[::1]")
SHORTEST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class Settings:
    """Where the application listens and what it allows.

    `token` is asked of every request where it is set; an address beyond this machine must have one. `hosts` are names
    by which it may be called besides the loopback ones. `seconds` is how long one question may take, `body` how many
    bytes a request may hold.
    """

    host: str = "127.0.0.1"
    port: int = 8321
    token: str | None = field(default=None, repr=False)
    hosts: tuple[str, ...] = ()
    seconds: float = 5.0
    body: int = 1_000_000

    def __post_init__(self) -> None:
        """Raises UnusableOption for an open address without a token, or a token that can be guessed."""
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise UnusableOption(
                f"the token has {len(self.token)} characters; give {SHORTEST_TOKEN} or more, such as those of"
                " `python -c 'import secrets; print(secrets.token_urlsafe())'`"
            )
        if self.token is None and not is_loopback(self.host):
            raise UnusableOption(
                f"{self.host} can be reached from other machines; give --token, or listen on 127.0.0.1"
            )

    @property
    def allowed_hosts(self) -> frozenset[str]:
        """The names, without port, that a request's Host may bear."""
        own = f"[{self.host}]" if ":" in self.host else self.host
        return frozenset(name.lower() for name in (*LOOPBACK_NAMES, own, *self.hosts))


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this machine only.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("::1"), is_loopback("0.0.0.0")
    (True, True, True, False)
    """
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False

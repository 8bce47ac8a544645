"""What an application may be started with: beyond this machine only with a token that cannot be guessed."""

import pytest

from communique.errors import UnusableOption
from communique.web import Settings

TOKEN = "0123456789abcdef"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.0.1"])
def test_loopback_needs_no_token(host):
    assert Settings(host=host).token is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", ""])
def test_any_other_address_needs_a_token(host):
    with pytest.raises(UnusableOption, match="--token"):
        Settings(host=host)
    assert Settings(host=host, token=TOKEN).token == TOKEN


def test_a_short_token_is_refused_and_never_shown():
    with pytest.raises(UnusableOption, match="16 or more"):
        Settings(token="short")
    assert TOKEN not in repr(Settings(token=TOKEN))


def test_it_may_be_called_by_its_address_and_the_names_that_were_allowed():
    allowed = Settings(host="10.0.0.4", token=TOKEN, hosts=("Box.Example",)).allowed_hosts
    assert allowed == {"localhost", "127.0.0.1", "[::1]", "10.0.0.4", "box.example"}

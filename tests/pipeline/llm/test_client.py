"""One question, one answer, over HTTP."""

import json
import time

import pytest

from communique.pipeline.llm.budget import Use
from communique.pipeline.llm.client import GIVE_UP, seconds_of
from communique.pipeline.llm.failures import LlmFailure, TooLong

SCHEMA = {"type": "object"}


def ask(client):
    return client.ask("system", "user", SCHEMA, in_words="system with schema")


def test_the_request_holds_the_schema_the_key_and_no_tools(stub, reply, client):
    """The first call asks for JSON by schema, without tools, under the bearer's key."""
    stub.in_turn(reply([]))
    answer = ask(client(key="s3cret"))
    request = stub.requests[0]
    assert json.loads(answer.text) == {"reports": []}
    assert request["response_format"]["json_schema"]["schema"] == SCHEMA
    assert not request.keys() & {"tools", "functions", "tool_choice"}
    assert (request["model"], request["temperature"]) == ("stub-1", 0)
    assert stub.headers[0]["Authorization"] == "Bearer s3cret"


def test_extra_fields_are_laid_over(stub, reply, client):
    """A field is added, changed, or with null taken away."""
    stub.in_turn(reply([]))
    ask(client(extra='{"temperature": null, "max_tokens": null, "max_completion_tokens": 900}'))
    assert stub.requests[0]["max_completion_tokens"] == 900
    assert not stub.requests[0].keys() & {"temperature", "max_tokens"}


def test_a_busy_server_is_asked_again(stub, reply, client):
    """429 with its Retry-After, 500 and 503 are tried again, each time later."""
    busy = reply(raw=b"slow down", status=429, headers={"Retry-After": "7"})
    stub.in_turn(busy, reply(raw=b"oops", status=500), reply([]))
    one = client()
    ask(one)
    assert len(stub.requests) == 3
    assert one.waits[0] == 7
    assert 0 <= one.waits[1] <= 60


def test_a_server_that_stays_busy_is_given_up(stub, reply, client):
    """After the last attempt the failure says what the server said."""
    stub.in_turn(reply(raw=b"overloaded", status=503))
    with pytest.raises(LlmFailure, match="503: overloaded") as failed:
        ask(client(attempts=3))
    assert failed.value.reason == "model_busy"
    assert len(stub.requests) == 3


def test_a_wrong_key_is_not_tried_again(stub, reply, client):
    """401 will not pass by waiting, and the key is not in the message."""
    stub.in_turn(reply(raw=b"bad key", status=401))
    with pytest.raises(LlmFailure, match="401") as failed:
        ask(client(key="s3cret"))
    assert failed.value.reason == "model_refused"
    assert "s3cret" not in str(failed.value)
    assert len(stub.requests) == 1


def test_a_redirect_is_not_followed(stub, reply, client):
    """The key and the text go to the named server only."""
    stub.in_turn(reply(raw=b"", status=307, headers={"Location": stub.url + "/elsewhere"}))
    with pytest.raises(LlmFailure, match="307"):
        ask(client(key="s3cret"))
    assert len(stub.requests) == 1


def test_a_server_without_schemas_is_asked_in_words(stub, reply, client):
    """A refused response_format is lowered to a JSON object, then to words, for all later calls too."""

    def script(request):
        kind = request.get("response_format", {}).get("type")
        return reply(raw=f"response_format {kind} is not supported".encode(), status=400) if kind else reply([])

    stub.script = script
    one = client()
    ask(one)
    ask(one)
    assert [r.get("response_format", {}).get("type") for r in stub.requests] == [
        "json_schema",
        "json_object",
        None,
        None,
    ]
    assert stub.requests[-1]["messages"][0]["content"] == "system with schema"


def test_a_slow_server_is_left_after_the_timeout(stub, reply, client):
    """Neither a late first byte nor an endless drip holds a run."""
    for slow in (reply([], delay=30.0), reply([], drip=0.2)):
        stub.in_turn(slow)
        begun = time.monotonic()
        with pytest.raises(LlmFailure, match=r"in 0\.3 s") as failed:
            ask(client(timeout=0.3, attempts=1))
        assert failed.value.reason == "model_unreachable"
        assert time.monotonic() - begun < 15


def test_an_endless_answer_is_cut(stub, reply, client):
    """An answer without end does not fill the memory."""
    stub.in_turn(reply(raw=b"x" * 4_100_000))
    with pytest.raises(LlmFailure, match="longer than"):
        ask(client(attempts=1))


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b'{"choices": []}', b"<html>", b"[" * 100_000])
def test_what_is_no_completion_is_tried_again_and_said(stub, reply, client, raw):
    """Nonsense with status 200 is a failure of the answer."""
    stub.in_turn(reply(raw=raw))
    with pytest.raises(LlmFailure, match="no chat completion") as failed:
        ask(client(attempts=2))
    assert failed.value.reason == "model_answer"
    assert len(stub.requests) == 2


def test_an_answer_without_text_is_a_failure(stub, reply, client):
    """A call of a tool, or a refusal, is no answer."""
    stub.in_turn(reply(raw=b'{"choices": [{"message": {"content": null, "tool_calls": []}}]}'))
    with pytest.raises(LlmFailure, match="no text"):
        ask(client())


def test_a_text_or_answer_beyond_the_models_length_is_told_apart(stub, reply, client):
    """Shorter pieces may help where the answer was cut off or the context was too short."""
    for long in (reply([], finish="length"), reply(raw=b"maximum context length is 4096", status=400)):
        stub.in_turn(long)
        with pytest.raises(TooLong):
            ask(client())


def test_what_was_used_is_counted(stub, reply, client):
    """Use as the server tells it, estimated where it does not; failed calls free their reservation."""
    one = client(answer_tokens=500)
    stub.in_turn(reply(raw=b"", status=500), reply([]), reply([], usage=None))
    ask(one)
    assert one.budget.used == Use(1000, 100)
    ask(one)
    assert one.budget.used.into > 1000
    assert one.budget.reserved == Use(0, 0)


def test_no_call_is_made_beyond_the_budget(stub, client):
    """A prompt and longest answer that do not fit the budget are not sent."""
    with pytest.raises(LlmFailure) as failed:
        ask(client(tokens=1000, answer_tokens=4096))
    assert failed.value.reason == "model_budget"
    assert stub.requests == []


def test_a_server_that_is_gone_is_not_tried_for_ever(client):
    """After some documents in a row without a server the next ones fail at once."""
    one = client(url="http://127.0.0.1:9/v1", attempts=2)
    for _ in range(GIVE_UP):
        with pytest.raises(LlmFailure, match="no connection"):
            ask(one)
    waits = len(one.waits)
    with pytest.raises(LlmFailure, match="not tried") as failed:
        ask(one)
    assert failed.value.reason == "model_unreachable"
    assert len(one.waits) == waits


@pytest.mark.parametrize(
    ("told", "least", "most"), [("3", 3, 3), ("-1", 0, 0), ("soon", None, None), (None, None, None)]
)
def test_retry_after_is_read(told, least, most):
    """Seconds are read; nonsense says nothing."""
    found = seconds_of(told)
    assert found == least == most


def test_retry_after_may_be_a_date():
    """A date in the past means now."""
    assert seconds_of("Wed, 21 Oct 2015 07:28:00 GMT") == 0

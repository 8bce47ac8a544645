"""Whatever a client sends to the API by its own description, the server does not fail."""

import pytest
from hypothesis import HealthCheck, given, settings

from communique.web import Settings, create_app

schemathesis = pytest.importorskip("schemathesis", reason="the dependency group browser has it")


@pytest.fixture(scope="module")
def described(demo_record):
    """The operations of the API as it describes itself, on the demo record."""
    app = create_app(demo_record, Settings(hosts=("testserver",)))
    schema = schemathesis.openapi.from_asgi("/api/v1/openapi.json", app)
    return [found.ok() for found in schema.get_all_operations()]


def test_no_request_makes_the_server_fail(described):
    """For every operation: no answer of 5xx, and every refusal has words."""
    assert len(described) >= 10
    for operation in described:

        @settings(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def holds(case):
            answer = case.call()
            assert answer.status_code < 500, (case.path, answer.text)
            assert answer.status_code < 400 or answer.text.strip(), case.path

        holds()

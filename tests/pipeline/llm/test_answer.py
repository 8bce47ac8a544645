"""The form of an answer."""

import json

import jsonschema
import pytest

from communique.pipeline.llm.answer import answer_schema, json_in, proposals_in
from communique.pipeline.llm.failures import LlmFailure


def test_the_schema_takes_a_right_answer_and_no_unknown_type(codebook, visit):
    """The schema that goes to the server holds the codebook's closed lists and requires every field."""
    schema = answer_schema(codebook)
    visit["participants"][1] |= {"post": None, "rank": None}
    jsonschema.validate({"reports": [visit]}, schema)
    visit["type"] = "visitt"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"reports": [visit]}, schema)
    for part in [schema, *schema["$defs"].values()]:
        assert part["required"] == list(part["properties"])
        assert part["additionalProperties"] is False


@pytest.mark.parametrize(
    "words",
    [
        '{"reports": []}',
        'Sure!\n```json\n{"reports": []}\n```\nAnything else?',
        '<think>{"reports": 5} or so</think>{"reports": []}',
    ],
)
def test_json_is_found_among_other_words(words):
    """Servers without a schema wrap the object in words, fences or thoughts."""
    assert json_in(words) == {"reports": []}


@pytest.mark.parametrize(
    "words",
    ["", "no", "[]", '{"reports": [', '{"reports": 3}', '{"events": []}', "[" * 100_000, '{"a":' * 50_000, "null"],
)
def test_what_is_no_answer_is_said_so(words):
    """Broken, cut, nested without end or of another form: one failure, never a crash."""
    with pytest.raises(LlmFailure) as failed:
        proposals_in(words)
    assert failed.value.reason == "model_answer"


def test_one_bad_report_does_not_take_the_others_along(visit):
    """Rows that have not the form are handed out with their fault."""
    rows = [visit, {**visit, "status": "perhaps"}, {**visit, "participants": []}, "visit", None]
    good, bad = proposals_in(json.dumps({"reports": rows}))
    assert len(good) == 1
    assert [fault.split(":")[0] for _, fault in bad][:2] == ["status", "participants"]
    assert len(bad) == 4

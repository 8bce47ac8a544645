import pytest

from communique.codebook import load_codebook
from communique.codebook.conditions import CONDITIONS
from communique.codebook.reading import Told

CASES = [
    ("has_host", {"parties": (("host", "GAB"), ("party", "COG"))}, True),
    ("has_host", {"parties": (("host", "GAB"), ("party", "GAB"))}, False),
    ("has_host", {"parties": (("party", "GAB"), ("party", "COG"))}, False),
    ("third_country", {"parties": (("party", "NOR"), ("party", "NLD")), "country": "DEU"}, True),
    ("third_country", {"parties": (("party", "NOR"), ("party", "NLD")), "country": "NLD"}, False),
    ("third_country", {"parties": (("party", "NOR"), ("party", "NATO")), "country": "BEL"}, False),
    ("third_country", {"parties": (("party", "NOR"), ("party", "NLD"))}, False),
    ("one_state", {"parties": (("party", "CHE"), ("host", "CHE"))}, True),
    ("one_state", {"parties": (("party", "CHE"), ("party", "UNKNOWN"))}, False),
    ("one_state", {"parties": (("party", "NATO"),)}, False),
    ("one_state", {}, False),
    ("several_deployers", {"parties": (("deployer", "SGP"), ("deployer", "THA"))}, True),
    ("several_deployers", {"parties": (("deployer", "SGP"), ("deployer", "SGP"), ("host", "THA"))}, False),
    ("relief", {"domains": frozenset({"humanitarian"}), "parties": (("deployer", "IND"),)}, True),
    ("relief", {"domains": frozenset({"humanitarian"}), "parties": (("target", "ISIL"),)}, False),
    ("peacekeepers", {"domains": frozenset({"peacekeeping", "maritime"})}, True),
    ("peacekeepers", {"domains": frozenset({"maritime"})}, False),
    ("armed_perpetrator", {"parties": (("perpetrator", "M23"),)}, True),
    ("armed_perpetrator", {"parties": (("perpetrator", "M23"), ("perpetrator", "RWA"))}, False),
    ("armed_perpetrator", {"parties": (("target", "M23"),)}, False),
    ("armed_perpetrator", {"parties": (("perpetrator", "nobody"),)}, False),
    ("cyber", {"domains": frozenset({"cyber"})}, True),
    ("cyber", {}, False),
]


@pytest.mark.parametrize(("name", "told", "expected"), CASES)
def test_a_condition_holds_for_the_reports_it_describes(name: str, told: dict[str, object], expected: bool) -> None:
    blank: dict[str, object] = {
        "type": "", "mode": None, "status": "occurred", "parties": (), "country": None, "domains": frozenset()
    }  # fmt: skip
    assert CONDITIONS[name](Told(**(blank | told)), load_codebook()) is expected  # type: ignore[arg-type]


def test_every_condition_is_tried_and_used_by_some_type() -> None:
    used = {v.when for event in load_codebook().types.values() for v in event.crosswalk.variants}
    assert used == set(CONDITIONS) == {name for name, _, _ in CASES}

"""The page of an official tells the offices that the record's own register knows."""

from __future__ import annotations

from pathlib import Path

from fastapi.testclient import TestClient
from small_record import fill

from communique.web import Settings, create_app

ROWS = (
    "id,person,aliases,state,post,level,body_kind,start,end,rank,source,licence,retrieved\n"
    "test-1,Ivan Petrov,,RUS,Keeper of the Seals,director,,2020-01,2020-12,,a page,CC0,2026-11-26\n"
)


def test_own_tenures_stand_on_the_page(tmp_path: Path) -> None:
    """Rows laid over the register are shown, and only in the record that has them."""
    for name in ("plain", "own"):
        folder = tmp_path / name
        if name == "own":
            (folder / "lexicon").mkdir(parents=True)
            (folder / "lexicon" / "officials.csv").write_text(ROWS, encoding="utf-8")
        fill(folder)
        with TestClient(create_app(folder, Settings()), base_url="http://localhost") as client:
            page = client.get("/official/RUS/Ivan%20Petrov")
        assert page.status_code == 200
        assert ("Keeper of the Seals" in page.text) is (name == "own")

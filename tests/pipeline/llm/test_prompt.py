"""The instructions are the codebook's."""

from dataclasses import replace

from communique.pipeline.llm.prompt import build_prompt, frame


def test_every_closed_list_of_the_codebook_is_in_the_prompt(codebook):
    """Types with definitions, roles, modes and rulings, statuses, domains and claims: all from the codebook's files."""
    system = build_prompt(codebook).system
    for event in codebook.types.values():
        assert all(w in system for w in [event.definition, *event.roles, *event.modes, *event.rulings])
    terms = [*codebook.statuses.values(), *codebook.domains.values(), *codebook.claims.values()]
    assert all(term.name in system and term.definition.rstrip(".") in system for term in terms)


def test_the_frame_repeats_nothing_of_the_codebook(codebook):
    """A change of the codebook needs no second change in the prompt's file."""
    text = " ".join(frame().values())
    assert not [e.name for e in codebook.types.values() if e.definition in text]


def test_the_hash_tells_prompts_apart(codebook):
    """The same codebook gives the same hash, a changed ruling another one."""
    event = codebook.types["visit"]
    changed = replace(codebook, types={**codebook.types, "visit": replace(event, rulings=("No visit is coded.",))})
    assert build_prompt(codebook).hash == build_prompt(codebook).hash != build_prompt(changed).hash

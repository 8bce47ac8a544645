"""The network is drawn the same way each time, and counts what it leaves out."""

import itertools

from communique.web.network import MOST_NODES, Tie, Who, laid, network, of_parties


def test_the_same_selection_gives_the_same_picture_within_the_box():
    facets = {"actors": [("A", 5), ("B", 4), ("C", 1), ("D", 1)], "pairs": [("A-B", 4), ("A-C", 1)]}
    one, two = of_parties(facets), of_parties(facets)
    assert one == two
    assert [node.who.key for node in one.nodes] == ["A", "B", "C"]
    assert one.more_nodes == 1
    assert all(0 <= v <= 100 for node in one.nodes for v in (node.x, node.y))
    assert one.edges[-1].width > one.edges[0].width


def test_only_the_most_frequent_are_drawn_and_the_rest_counted():
    codes = [f"X{i:02d}" for i in range(50)]
    facets = {"actors": [(c, 50 - i) for i, c in enumerate(codes)],
              "pairs": [(f"{a}-{b}", 1) for a, b in itertools.pairwise(codes)]}  # fmt: skip
    made = of_parties(facets)
    assert (len(made.nodes), made.more_nodes) == (MOST_NODES, 50 - MOST_NODES)
    assert len(made.edges) + made.more_edges == 49


def test_nobody_gives_nothing():
    assert of_parties({}).nodes == ()
    assert len(laid(1, [])) == 1
    assert len(set(laid(12, []))) == 12


def test_a_long_name_is_cut_and_kept_whole_beside_it():
    named = network([Who("a", "A" * 40, "/", 2), Who("b", "B", "/", 1)], [])
    assert named.nodes == ()  # nobody has a tie
    node = of_parties({"actors": [("SCO", 2), ("IRN", 1)], "pairs": [("IRN-SCO", 1)]}).nodes[0]
    assert len(node.short) <= 22 < len(node.who.label)


def test_officials_are_tied_by_what_both_took_part_in(client):
    """The two officials of the small record are joined by the one exercise in which both take part."""
    html = client.get("/explore?view=network&nodes=officials").text
    assert html.count('class="node"') == 2
    assert html.count('class="edge"') == 1
    assert "<title>Ivan Petrov: 1</title>" in html


def test_who_is_tied_only_to_those_left_out_is_left_out_too():
    """A circle without a line would say that somebody takes part with nobody."""
    many = [Who(f"X{i:02d}", f"X{i:02d}", "/", 99 - i) for i in range(MOST_NODES - 1)]
    ties = [Tie(a.key, b.key, "", "/", 1) for a, b in itertools.pairwise(many)]
    made = network([*many, Who("A", "A", "/", 2), Who("B", "B", "/", 1)], [*ties, Tie("A", "B", "", "/", 1)])
    assert "A" not in {node.who.key for node in made.nodes}
    assert made.more_nodes == 2

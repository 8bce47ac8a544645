"""Who works fast loses no key and decides nothing twice."""

import pytest
from review_desk import press, shown, verdict


@pytest.fixture
def unfinished(desk, signed_in):
    """A report that is seen while its scripts are still to come, and a function that lets them come."""
    page = signed_in("Ann")
    held = []

    def pass_on(route):
        if held is None or "theme.js" in route.request.url:
            route.continue_()
        else:
            held.append(route)

    page.route("**/static/*.js*", pass_on)

    def come():
        nonlocal held
        waiting, held = held, None
        for one in waiting:
            one.continue_()

    page.goto(f"{desk.address}/review/next", wait_until="commit")
    page.locator("#rv-text").wait_for()
    return page, come


def test_a_key_that_is_pressed_before_the_scripts_have_come_is_not_lost(desk, unfinished):
    page, come = unfinished
    first = shown(page)
    with page.expect_navigation():
        press(page, "a")
        assert desk.log() == []
        come()
    assert page.locator(".rv-said").inner_text().startswith("Accepted")
    assert shown(page) != first
    assert desk.log() == [("accept", None)]


def test_a_key_that_a_script_has_taken_is_not_pressed_again(desk, unfinished):
    """The theme is changed once, whether its key was pressed before or after its script came."""
    page, come = unfinished
    colour = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(colour)
    press(page, "t")
    come()
    page.wait_for_load_state()
    after = page.evaluate(colour)
    assert after != before
    press(page, "t")
    assert page.evaluate(colour) == before


def test_what_is_typed_into_a_field_meanwhile_is_no_key(desk, unfinished):
    page, come = unfinished
    page.locator("[data-note]").focus()
    page.keyboard.type("array")
    come()
    page.wait_for_load_state()
    assert page.locator("[data-note]").input_value() == "array"
    assert desk.log() == []


def test_a_verdict_that_is_pressed_twice_is_given_once(desk, signed_in):
    """The second press neither decides again nor decides the next report, which nobody has read."""
    page = signed_in("Ann", "/review/next")
    first = shown(page)
    with page.expect_navigation():
        page.evaluate("""() => { for (let i = 0; i < 3; i += 1) document.querySelector("[data-key=a]").click(); }""")
    assert desk.log() == [("accept", None)]
    assert shown(page) != first
    assert verdict(page, "z").startswith("Took back")

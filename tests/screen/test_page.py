"""The page in a real browser: what it shows of a value, at every size, and that it says when the coach is gone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.browser import Tab
from tests.screen.http import CODED, LONG_MS, Served, served
from voice_coach import script
from voice_coach.screen.shown import Scene, Shown
from voice_coach.session.lines import Key, Line

LAPTOP = (1366, 768)
SIZES = (LAPTOP, (1366, 625), (1024, 768), (768, 1024), (390, 844))
# A laptop of 13.3 inches, 16 to 9, whose window is 1366 pixels wide.
MM_A_PIXEL = 294.5 / 1366
FLOOR_MM = 4.0 / 0.35  # at four metres: about a centimetre for every three and a half
WORK = Shown(
    scene=Scene.WORK, headline="Chair stand", details=("Set 1 of 2", "2.5 kg"), picture="chair", figure="8",
    below="of 8", move="up", following="Wall push-up", saying="Last one", heard="wait a moment", meant="pause",
    taken=True, can_say=("pause", "stop", "easier", "slower", "how many left", "skip"), done=1, sets=4,
)  # fmt: skip
REST = Shown(
    scene=Scene.REST, headline="Rest", details=("Next: Wall push-up",), picture="chair", figure="45", below="seconds",
    left=45, whole=60, runs=True, following="Wall push-up", can_say=("pause", "stop", "more rest", "skip"), sets=4,
)  # fmt: skip
LONG = replace(
    WORK, headline="Heel-to-toe standing with a turn of the head", figure="12", below="of 12", move="together",
    details=("Round 2 of 3", "Set 2 of 3", "Right side", "12.5 kg", "Like this: one hand on the counter"),
    following="Standing hip extension at the counter", saying="", can_say=("done", *WORK.can_say),
)  # fmt: skip
PAUSED = replace(WORK, scene=Scene.PAUSED, headline="Paused", details=("Chair stand",), saying="Paused. Say resume.")
QUESTION = Shown(
    scene=Scene.QUESTION, headline="Where does it hurt?", saying="Is it your back, your chest, or a joint?",
    can_say=("my back", "chest", "a joint", "not sure", "false alarm"), heard="it hurts", meant="pain", taken=True,
)  # fmt: skip
DISTRESS = Shown(
    scene=Scene.DISTRESS, headline="Stop now. Sit down.", call="112", can_say=("false alarm", "repeat", "end session"),
    saying=script.text(Line(Key.ADVICE_EMERGENCY)),
)  # fmt: skip
FALLEN = Shown(
    scene=Scene.DISTRESS, headline="Stay still a moment", can_say=("false alarm", "repeat", "end session"),
    saying=script.text(Line(Key.ADVICE_FALL)),
)  # fmt: skip
MENU = Shown(
    scene=Scene.TALK, headline="Your coach", saying="Which one would you like today?",
    can_say=("a name", "its number", "yes", "no", "stop"),
    menu=tuple(f"{number}: Bone snack." for number in ("One", "Two", "Three", "Four", "Five")),
)  # fmt: skip
OVER = Shown(scene=Scene.OVER, headline="Finished", saying=script.text(Line(Key.SUMMARY, (11, 22, 29))), done=4, sets=4)
EVERY = (WORK, LONG, replace(WORK, scene=Scene.PREPARE), REST, PAUSED, QUESTION, DISTRESS, FALLEN, MENU, OVER)


SHOWS = """([scene, headline, saying]) => document.body.dataset.scene === scene
  && document.getElementById("headline").textContent.endsWith(headline)
  && document.getElementById("saying").textContent === saying"""


def show(tab: Tab, page: Served, shown: Shown) -> None:
    """Hang a value up, and wait until the page shows it."""
    page.board.put(shown)
    tab.page.wait_for_function(SHOWS, arg=[shown.scene.value, shown.headline, shown.saying])


def open_page(tab: Tab, page: Served, size: tuple[int, int] = LAPTOP, *, dark: bool = False) -> None:
    tab.open(f"http://{page.authority}/", width=size[0], height=size[1], dark=dark)


def text(tab: Tab, name: str) -> str:
    """What can be read in an element."""
    return tab.page.locator(f"#{name}").inner_text()


def test_a_set_shows_all_that_is_known_of_it(tab: Tab) -> None:
    with served() as page:
        open_page(tab, page)
        show(tab, page, WORK)
        assert [text(tab, name) for name in ("state", "headline", "figure", "below", "move", "saying")] == [
            "Now", "Chair stand", "8", "of 8", "up", "Last one",
        ]  # fmt: skip
        assert "2.5 kg" in text(tab, "details")
        assert "Wall push-up" in text(tab, "next")
        assert text(tab, "heard").split("\n")[-1] == "“wait a moment” – pause"
        assert tab.page.locator("#say li").all_inner_texts() == list(WORK.can_say)
        tab.page.wait_for_selector("#picture svg")
        assert tab.page.locator("#ring").is_hidden() and tab.page.locator("#lost").is_hidden()
        assert tab.complaints == [] and tab.asked_outside == []


def test_a_rest_is_a_ring_that_empties_and_stands_still_in_a_pause(tab: Tab) -> None:
    with served() as page:
        open_page(tab, page)
        show(tab, page, REST)
        assert (text(tab, "headline"), text(tab, "figure"), text(tab, "below")) == ("Rest", "45", "seconds")
        offset = "parseFloat(document.querySelector('#ring .rest').style.strokeDashoffset)"
        assert tab.page.evaluate(offset) == pytest.approx(1000 * (1 - 44 / 60), abs=0.01)  # where it is in a second
        moving = "getComputedStyle(document.querySelector('#ring .rest')).transitionDuration"
        assert tab.page.evaluate(moving) == "1s"
        show(tab, page, replace(REST, scene=Scene.PAUSED, headline="Paused", saying="x", runs=False))
        assert tab.page.evaluate(offset) == pytest.approx(1000 * (1 - 45 / 60), abs=0.01)
        assert tab.page.evaluate(moving) == "0s"
        show(tab, page, REST)
        tab.page.emulate_media(reduced_motion="reduce")
        assert tab.page.evaluate(moving) == "0s"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
def test_everything_fits_the_window_and_nothing_covers_anything(tab: Tab, size: tuple[int, int]) -> None:
    with served() as page:
        open_page(tab, page, size)
        for shown in EVERY:
            show(tab, page, shown)
            assert tab.page.evaluate(LEFT_OVER) == [0, 0], shown.scene
            assert tab.page.evaluate(COVERED) == [], shown.scene


# Pairs of texts that lie over one another, and texts that stick out of the window. Digits reach to neither edge of
# their line, so of the figure the line counts, of all others the text.
COVERED = """() => {
  const ids = ["state", "headline", "details", "figure", "under", "call", "menu", "saying", "next", "heard", "say"];
  const textBox = node => { const range = document.createRange(); range.selectNodeContents(node);
    return range.getBoundingClientRect(); };
  const boxes = ids.map(id => [id, document.getElementById(id)])
    .filter(([, node]) => node.checkVisibility() && node.innerText.trim())
    .map(([id, node]) => [id, id === "figure" ? node.getBoundingClientRect() : textBox(node)]);
  const wrong = [];
  for (const [id, box] of boxes)
    if (box.left < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.top < -8)
      wrong.push(id + " sticks out");
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const [a, one] = boxes[i], [b, other] = boxes[j];
    const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
    const high = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
    if (wide > 2 && high > 0.15 * Math.min(one.height, other.height))
      wrong.push(`${a} and ${b} by ${Math.round(high)}`);
  }
  return wrong;
}"""
LEFT_OVER = """() => {
  const root = document.documentElement;
  return [root.scrollHeight - innerHeight, root.scrollWidth - innerWidth];
}"""


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_it_is_accessible_in_every_state(tab: Tab, dark: bool) -> None:
    with served() as page:
        open_page(tab, page, dark=dark)
        for shown in EVERY:
            show(tab, page, shown)
            assert tab.faults() == [], shown.scene


# Height in pixels of the ink of an element's text, by the font it is really drawn in.
INK = """id => {
  const node = document.getElementById(id), style = getComputedStyle(node);
  const pen = document.createElement("canvas").getContext("2d");
  pen.font = style.fontWeight + " " + style.fontSize + " " + style.fontFamily;
  const ink = pen.measureText(id === "figure" ? node.textContent : "H");
  return ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent;
}"""


@pytest.mark.parametrize(
    ("shown", "name", "times"),
    [(WORK, "figure", 3.0), (REST, "figure", 2.0), (WORK, "headline", 1.0), (PAUSED, "headline", 1.0),
     (DISTRESS, "headline", 1.0), (DISTRESS, "call", 2.0)],
)  # fmt: skip
def test_what_matters_can_be_read_from_four_metres(tab: Tab, shown: Shown, name: str, times: float) -> None:
    """On a laptop of 13 inches; `times` is how often it is the floor of what can be read."""
    with served() as page:
        open_page(tab, page)
        show(tab, page, shown)
        assert tab.page.evaluate(INK, name) * MM_A_PIXEL >= times * FLOOR_MM


def test_names_with_markup_are_text(tab: Tab) -> None:
    nasty = "<img src=x onerror=alert(1)><script>document.title='owned'</script>\"'&"
    with served() as page:
        open_page(tab, page)
        show(tab, page, replace(
            WORK, headline=nasty, saying=nasty, heard=nasty, meant=nasty, following=nasty, details=(nasty,),
            picture=nasty, can_say=(nasty,), menu=(nasty,), figure=nasty[:3], below=nasty, move=nasty,
        ))  # fmt: skip
        assert text(tab, "headline") == nasty
        assert tab.page.title() == "voice-coach"
        assert tab.page.locator("main img, main script").count() == 0


def test_a_late_browser_is_right_at_once_and_so_is_a_reloaded_one(tab: Tab) -> None:
    with served() as page:
        page.board.put(WORK)
        open_page(tab, page)
        tab.page.wait_for_function("() => document.getElementById('figure').textContent === '8'")
        tab.page.reload()
        tab.page.wait_for_function("() => document.getElementById('figure').textContent === '8'")


def test_only_what_is_new_in_kind_is_read_out(tab: Tab) -> None:
    with served() as page:
        open_page(tab, page)
        show(tab, page, WORK)
        tab.page.evaluate("""() => { window.told = [];
          new MutationObserver(() => window.told.push(document.getElementById('status').textContent))
            .observe(document.getElementById('status'), {childList: true, characterData: true, subtree: true}); }""")
        for figure in ("2", "3", "4"):
            show(tab, page, replace(WORK, figure=figure, saying=figure))
        show(tab, page, PAUSED)
        assert tab.page.evaluate("window.told") == ["Paused"]
        live = tab.page.locator("[aria-live], [role=status], [role=alert]").evaluate_all("all => all.map(x => x.id)")
        assert live == ["status", "lost"]


def test_a_lost_connection_is_said_plainly(tab: Tab) -> None:
    with served() as page:
        open_page(tab, page)
        show(tab, page, WORK)
        page.server.close(patience_s=0.0)
        tab.page.wait_for_selector("#lost:not([hidden])", timeout=LONG_MS)
        assert text(tab, "lost").startswith("The coach is not running.")


def test_a_silent_connection_is_a_lost_one(tab: Tab) -> None:
    """A tablet that leaves the room is told by nobody."""
    with served() as page:
        tab.page.clock.install()
        open_page(tab, page)
        show(tab, page, WORK)
        tab.page.clock.fast_forward(2_000)
        assert tab.page.locator("#lost").is_hidden()
        tab.page.clock.fast_forward(13_000)
        assert tab.page.locator("#lost").is_visible()
        show(tab, page, REST)
        assert tab.page.locator("#lost").is_hidden()


def test_after_the_end_the_last_words_stay(tab: Tab) -> None:
    with served() as page:
        open_page(tab, page)
        show(tab, page, OVER)
        page.server.close()
        tab.page.wait_for_function("() => performance.now() > 0")
        assert tab.page.locator("#lost").is_hidden()
        assert text(tab, "headline") == "Finished"


def test_a_tablet_types_the_code_and_sees_the_page(tab: Tab) -> None:
    with served(CODED) as page:
        open_page(tab, page, (1024, 768))
        assert tab.faults() == []
        tab.page.fill("#code", "000 000")
        tab.page.press("#code", "Enter")
        tab.page.wait_for_function("() => document.getElementById('code').value === ''")
        tab.page.fill("#code", f"{CODED[:3]} {CODED[3:]}")
        tab.page.click("button")
        tab.page.wait_for_selector("#headline")
        show(tab, page, WORK)
        assert len(page.told) == 2 and "is connected" in page.told[1]
        assert tab.complaints == []

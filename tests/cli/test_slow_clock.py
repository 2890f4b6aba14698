"""A clock that was set back between two visits, or in one: what was told last comes last."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.cli.visiting import Home
from tests.coaching.build import MONDAY, ROUTINES
from tests.review.lines import tell
from voice_coach.person.model import Clearance, Matter, Trouble
from voice_coach.safety import standing

HOUR = timedelta(hours=1)
NOTHING_ELSE: dict[str, str] = {
    f"daily.{name}": "no" for name in ("chest", "back", "fall", "dizzy", "breath", "hospital", "ill")
}
NOTHING_ELSE["daily.joint"] = "zero"


def test_a_bone_that_she_tells_of_locks_this_very_visit(tmp_path: Path) -> None:
    """She had a doctor's yes an hour ago, says the log; since then the clock was set back."""
    home = Home(tmp_path / "log.jsonl", (ROUTINES["first_taste"],))
    home.well_known(MONDAY - 2 * HOUR)
    tell(home.log, MONDAY, Clearance(at=MONDAY, matter=Matter.TRAINING))
    visited = home.answering(MONDAY - HOUR, {**NOTHING_ELSE, "daily.new": "yes", "daily.broken": "yes"})
    assert [each.trouble for each in visited.person.incidents] == [Trouble.FRACTURE]
    assert not standing(visited.person, MONDAY).may_train
    assert visited.made is None

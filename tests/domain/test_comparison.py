"""Two versions of a process compared: what an officer would see changed, and nothing else."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.comparison import Fate, compare
from tests.domain.drafts import SOUND, a_step, changed, to, with_more, without


def fates(before, after):
    return [
        ((one.after or one.before).code, one.fate)
        for one in compare(before, after)
        if one.fate is not Fate.SAME
    ]


def test_nothing_differs_from_itself():
    assert fates(SOUND.steps, SOUND.steps) == []
    assert len(compare(SOUND.steps, SOUND.steps)) == len(SOUND.steps)


def test_a_step_that_came_and_one_that_went():
    more = with_more(a_step("archive"))
    assert fates(SOUND.steps, more.steps) == [("archive", Fate.ADDED)]
    less = without("inspect")
    pairs = compare(SOUND.steps, less.steps)
    # What went stands where it was.
    assert [(one.after or one.before).code for one in pairs] == [one.code for one in SOUND.steps]
    assert fates(SOUND.steps, less.steps) == [("inspect", Fate.REMOVED)]


def test_what_changed_of_a_step_is_named():
    after = changed("inspect", budget="2 working_day", outcomes=(to("approve"),))
    [pair] = [one for one in compare(SOUND.steps, after.steps) if one.fate is Fate.CHANGED]
    assert (pair.after.code, pair.parts) == ("inspect", ("budget", "outcomes"))


def test_one_step_moved_is_one_step_moved():
    codes = list(SOUND.steps)
    codes.insert(4, codes.pop(2))
    assert fates(SOUND.steps, codes) == [("inspect", Fate.MOVED)]


@given(st.permutations(SOUND.steps), st.integers(0, 6), st.integers(0, 6))
def test_every_step_of_both_is_said_once(order, kept_before, kept_after):
    before, after = SOUND.steps[:kept_before], order[:kept_after]
    pairs = compare(before, after)
    assert [one.after for one in pairs if one.after] == list(after)
    assert sorted(one.before.code for one in pairs if one.before) == sorted(
        step.code for step in before
    )
    renamed = [replace(step, name=f"{step.name} khác") for step in after]
    assert all(one.fate is not Fate.SAME for one in compare(before, renamed))

"""A sound draft of a process with a fork in it, to plant defects in."""

from dataclasses import replace

from motcua.domain.condition import Vocabulary
from motcua.domain.draft import Draft, DraftOutcome, DraftStep
from motcua.domain.process import Performer, Process, Role

STAFF = {(role, performer): 2 for role in Role for performer in Performer}


def a_step(
    code, kind="handle", role="handler", performer="division", budget="1 working_day", **more
):
    return DraftStep(
        code=code,
        name=code.title(),
        kind=kind,
        role=role,
        performer=performer,
        budget=budget,
        **more,
    )


def to(target, when=""):
    return DraftOutcome(target=target, when=when)


SOUND = Draft(
    limit="10 working_day",
    legal_basis="Luật Đất đai 2013",
    vocabulary=Vocabulary({"case": ("new", "change"), "answer.area": None}),
    steps=(
        a_step(
            "receive", kind="receive", role="reception", performer="unit", budget="2 working_hour"
        ),
        a_step(
            "handle",
            outcomes=(
                to("inspect", "case = new and answer.area >= 500"),
                to("approve", "case = change or answer.area < 500"),
            ),
        ),
        a_step("inspect", kind="inspect", budget="3 working_day", same_as="handle"),
        a_step("approve", kind="approve", role="approver", performer="agency"),
        a_step("seal", kind="seal", performer="agency", budget="0.5 working_day"),
        a_step("return", kind="return", role="reception", performer="unit", budget=""),
    ),
)


def road_of(draft):
    """The process the draft describes, as publishing it makes it."""
    return Process(tuple(step.read() for step in draft.steps))


def changed(code, /, **fields):
    """The sound draft with other fields of one step."""
    steps = tuple(replace(one, **fields) if one.code == code else one for one in SOUND.steps)
    return replace(SOUND, steps=steps)


def without(*codes):
    """The sound draft without some steps."""
    return replace(SOUND, steps=tuple(one for one in SOUND.steps if one.code not in codes))


def with_more(*steps, at=-1):
    """The sound draft with more steps before its last one, or wherever said."""
    there = list(SOUND.steps)
    there[at:at] = steps
    return replace(SOUND, steps=tuple(there))

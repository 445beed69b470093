"""Every state with every action; what the table promises about a dossier's life."""

from itertools import product

import pytest

from motcua.agencies.labels import ROLE_LABELS
from motcua.domain.dossier import (
    CLOCK,
    FINAL,
    NATIONAL_CODE,
    OPEN,
    TRANSITIONS,
    Action,
    ActionNotAllowed,
    Clock,
    State,
    actions_from,
    next_state,
)
from motcua.domain.permission import ROLES
from motcua.domain.process import Role
from motcua.dossiers.labels import ACTION_LABELS, STATE_LABELS


@pytest.mark.parametrize(("state", "action"), list(product([None, *State], Action)), ids=str)
def test_every_pair_is_either_in_the_table_or_refused(state, action):
    if (state, action) in TRANSITIONS:
        assert next_state(state, action) is TRANSITIONS[state, action]
        assert action in actions_from(state)
    else:
        with pytest.raises(ActionNotAllowed):
            next_state(state, action)


def test_every_code_has_its_word_its_clock_and_its_national_code():
    assert set(STATE_LABELS) == set(CLOCK) == set(NATIONAL_CODE) == set(State)
    assert set(ACTION_LABELS) == set(ROLES) == set(Action)
    assert set(ROLE_LABELS) == set(Role)


def test_only_ends_are_final_and_every_open_dossier_can_end():
    assert set(FINAL) == {
        State.REFUSED,
        State.RETURNED,
        State.SENT_BACK,
        State.WITHDRAWN,
        State.DISCONTINUED,
    }
    for state in OPEN:
        seen, front = {state}, [state]
        while front:
            here = front.pop()
            for after in {TRANSITIONS[here, action] for action in actions_from(here)} - seen:
                seen.add(after)
                front.append(after)
        assert State.RETURNED in seen and State.WITHDRAWN in seen


@pytest.mark.parametrize(
    "state", [state for state in State if CLOCK[state] is not Clock.NOT_STARTED]
)
def test_whatever_was_accepted_is_corrected_where_it_stands(state):
    assert next_state(state, Action.CORRECT) is state


def test_a_dossier_ended_without_settlement_is_code_8():
    assert NATIONAL_CODE[State.SENT_BACK] == NATIONAL_CODE[State.DISCONTINUED] == 8

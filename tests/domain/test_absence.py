"""Who may stand in for whom, and when not."""

from datetime import date

import pytest

from motcua.domain.absence import Absence, AbsenceFlaw, AbsenceRefused, check_absence
from motcua.domain.process import Role

TODAY = date(2021, 3, 17)


def absence(absent=1, deputy=2, first=17, last=19, role=None):
    days = {"first": date(2021, 3, first), "last": date(2021, 3, last)}
    return Absence(absent=absent, deputy=deputy, role=role, **days)


KNOWN = absence(absent=1, deputy=2, first=20, last=25, role=Role.HANDLER)


@pytest.mark.parametrize(
    ("new", "flaw"),
    [
        (absence(deputy=1), AbsenceFlaw.SELF),
        (absence(first=19, last=18), AbsenceFlaw.ENDS_BEFORE_IT_BEGINS),
        (absence(first=16), AbsenceFlaw.BEGINS_IN_THE_PAST),
        (absence(deputy=3, first=25, last=25), AbsenceFlaw.OVERLAPS),
        (absence(deputy=3, last=20, role=Role.HANDLER), AbsenceFlaw.OVERLAPS),
        (absence(absent=3, deputy=1, last=20), AbsenceFlaw.DEPUTY_IS_ABSENT),
        (absence(absent=2, deputy=3, first=25, last=30), AbsenceFlaw.ABSENT_IS_A_DEPUTY),
    ],
)
def test_what_cannot_stand_beside_a_known_absence_is_refused(new, flaw):
    with pytest.raises(AbsenceRefused) as refused:
        check_absence(new, [KNOWN], on=TODAY)
    assert refused.value.flaw is flaw


@pytest.mark.parametrize(
    "new",
    [
        absence(),
        absence(first=26, last=26),
        absence(deputy=3, first=20, last=25, role=Role.APPROVER),
        absence(absent=3, deputy=2, first=20, last=25),
        absence(absent=3, deputy=1, first=26, last=27),
    ],
)
def test_what_meets_no_other_stands(new):
    check_absence(new, [KNOWN], on=TODAY)

"""Deputies of absent officers and substitutes at a counter: who names them, and for how long."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from motcua.agencies.absences import delegate, end_delegation, led_agencies, name_substitute
from motcua.agencies.models import Delegation
from motcua.agencies.queries import mandates, roles_by_agency
from motcua.agencies.rota import rota
from motcua.domain.absence import AbsenceFlaw, AbsenceRefused
from motcua.domain.process import Role
from motcua.web.access import acting
from tests.world import MORNING, division_of, next_town, officer_of

pytestmark = pytest.mark.django_db
TODAY = MORNING.date()


def day(number):
    return TODAY + timedelta(days=number)


def absent_handler(world, **how):
    said = {
        "absent": world.officers["handler"],
        "deputy": world.officers["reception"],
        "agency": world.unit.agency,
        "role": None,
        "first": TODAY,
        "last": day(2),
        "reason": "Nghỉ phép năm",
        "officer": world.officers["leader"],
        "at": MORNING,
    }
    return delegate(**{**said, **how})


def refused(flaw):
    return pytest.raises(AbsenceRefused, match=flaw.value)


def test_a_deputy_has_the_absent_ones_roles_for_those_days_and_not_a_day_longer(world):
    absent_handler(world)
    deputy, agency = world.officers["reception"], world.unit.agency_id
    for number in (0, 2):
        held = mandates(deputy.pk, on=day(number))
        assert held.roles == {agency: {Role.RECEPTION, Role.HANDLER}}
        assert held.absent == {(agency, Role.HANDLER): {world.officers["handler"].pk}}
        assert held.own == {agency: {Role.RECEPTION}}
    for number in (-1, 3):
        assert roles_by_agency(deputy, on=day(number)) == {agency: {Role.RECEPTION}}
    # The absent one keeps them, should they sign in.
    assert roles_by_agency(world.officers["handler"], on=TODAY) == {agency: {Role.HANDLER}}


def test_one_role_may_be_delegated_and_administration_never_is(world):
    agency, handler = world.unit.agency, world.officers["handler"]
    for role in (Role.APPROVER, Role.ADMINISTRATOR):
        handler.assignments.create(agency=agency, role=role, valid_from=TODAY)
    absent_handler(world, role=Role.APPROVER)
    roles = roles_by_agency(world.officers["reception"], on=TODAY)
    assert roles == {agency.pk: {Role.RECEPTION, Role.APPROVER}}
    with refused(AbsenceFlaw.NOTHING_TO_DO):
        absent_handler(world, role=Role.ADMINISTRATOR)
    absent_handler(world, role=Role.HANDLER)
    with refused(AbsenceFlaw.OVERLAPS):
        absent_handler(world, deputy=world.officers["approver"])


def test_what_is_delegated_is_not_delegated_on(world):
    absent_handler(world)
    with refused(AbsenceFlaw.ABSENT_IS_A_DEPUTY):
        absent_handler(world, absent=world.officers["reception"], deputy=world.officers["approver"])
    with refused(AbsenceFlaw.DEPUTY_IS_ABSENT):
        absent_handler(world, absent=world.officers["approver"], deputy=world.officers["handler"])


def test_an_officer_names_their_own_deputy_and_a_leader_anybodys(world):
    absent_handler(world, officer=world.officers["handler"])
    for officer in ("approver", "reception"):
        with refused(AbsenceFlaw.NOT_YOURS):
            absent_handler(world, first=day(9), last=day(9), officer=world.officers[officer])
    stranger = officer_of(next_town().agency, "leader", "rangdong.lanhdao")
    with refused(AbsenceFlaw.NOT_YOURS):
        absent_handler(world, first=day(9), last=day(9), officer=stranger)
    with refused(AbsenceFlaw.NOT_A_COLLEAGUE):
        absent_handler(world, first=day(9), last=day(9), deputy=stranger)
    with refused(AbsenceFlaw.NO_REASON):
        absent_handler(world, first=day(9), last=day(9), reason="  ")
    assert Delegation.objects.count() == 1


def test_a_leader_leads_the_divisions_too(world):
    division = division_of(world.unit.agency)
    found = set(led_agencies(world.officers["leader"], on=TODAY))
    assert found == {division, world.unit.agency}
    assert not led_agencies(world.officers["handler"], on=TODAY).exists()


def test_ended_early_it_counts_no_more_and_cannot_be_ended_twice(world):
    made = absent_handler(world)
    with refused(AbsenceFlaw.NOT_YOURS):
        end_delegation(delegation_id=made.pk, officer=world.officers["reception"], at=MORNING)
    end_delegation(delegation_id=made.pk, officer=world.officers["handler"], at=MORNING)
    assert mandates(world.officers["reception"].pk, on=TODAY).absent == {}
    with refused(AbsenceFlaw.OVER_ALREADY):
        end_delegation(delegation_id=made.pk, officer=world.officers["leader"], at=MORNING)
    absent_handler(world)  # the days are free again


def test_a_delegation_is_never_rewritten_or_taken_away(world):
    made = absent_handler(world)
    for write in (
        lambda rows: rows.update(deputy=world.officers["approver"]),
        lambda rows: rows.update(valid_until=day(9)),
        lambda rows: rows.delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            write(Delegation.objects.filter(pk=made.pk))


def test_a_substitute_receives_at_the_counter_for_those_days(world):
    handler, agency = world.officers["handler"], world.unit.agency
    said = {
        "substitute": handler,
        "counter": world.counter,
        "first": TODAY,
        "last": day(1),
        "officer": world.officers["leader"],
        "at": MORNING,
    }
    name_substitute(**said)
    with refused(AbsenceFlaw.RECEIVES_ALREADY):
        name_substitute(**said)
    with refused(AbsenceFlaw.NOT_YOURS):
        name_substitute(**{**said, "officer": world.officers["approver"]})
    who = acting(handler.user, MORNING)
    assert who.roles_by_agency == {agency.pk: {Role.HANDLER, Role.RECEPTION}}
    assert (who.unit, who.counter) == (world.unit, world.counter)
    later = acting(handler.user, MORNING + timedelta(days=2))
    assert later.roles == {Role.HANDLER}
    administrator = officer_of(agency, "administrator", "lieude.quantri")
    name_substitute(**{**said, "first": day(5), "last": day(6), "officer": administrator})


def test_the_rota_says_which_counter_has_nobody_to_sit_in(world):
    world.officers["reception"].counter = world.counter
    world.officers["reception"].save()
    [sitting] = rota(world.unit, on=TODAY)
    assert sitting.own == (world.officers["reception"],)
    assert not sitting.has_substitute
    named = name_substitute(
        substitute=world.officers["handler"],
        counter=world.counter,
        first=day(1),
        last=day(1),
        officer=world.officers["leader"],
        at=MORNING,
    )
    [sitting] = rota(world.unit, on=TODAY)
    assert sitting.named == (named,) and sitting.has_substitute
    second = officer_of(world.unit.agency, "reception", "lieude.quay2")
    [sitting] = rota(world.unit, on=TODAY)
    assert sitting.others == (second,)

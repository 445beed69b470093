"""Asking other agencies: who may, until when, what waits for the answer, what is written."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.management import call_command

from motcua.domain.consultation import (
    ConsultationFlaw,
    ConsultationRefused,
    OpinionsOutstanding,
    reply_by_default,
)
from motcua.domain.dossier import Action, ActionNotAllowed
from motcua.domain.limit import TimeLimit
from motcua.dossiers.consultation_queries import asked_by, may_be_asked, waiting_for_answer
from motcua.dossiers.models import DossierEvent, Enclosure, OpinionAsked
from motcua.dossiers.queries import terms_of
from motcua.dossiers.services import attachments, consultations
from motcua.dossiers.services.processing import act
from motcua.gateways.archive import Archive
from motcua.web.access import acting, visible_to
from tests.gateways.made_files import pdf
from tests.world import MORNING, TAKEN, asked_town, division_of, officer_of, walk

LATER = MORNING + timedelta(hours=1)
BY = MORNING + timedelta(days=1, hours=2)


@pytest.fixture
def town(world):
    return asked_town("handler", "leader")


@pytest.fixture
def dossier(world):
    return walk(world, world.receive(), TAKEN)


def ask(world, dossier, *agencies, **how):
    facts = {
        "question": "Đề nghị xác nhận nơi cư trú của người mẹ.",
        "reply_by": BY,
        "officer": world.officers["handler"],
        "at": LATER,
    }
    return consultations.ask(dossier_id=dossier.pk, agencies=agencies, **{**facts, **how})


def reply(dossier, agency, officer, at=LATER + timedelta(hours=1), answer="Đồng ý.", **how):
    return consultations.reply(
        dossier_id=dossier.pk, agency=agency, answer=answer, officer=officer, at=at, **how
    )


def test_the_question_is_seen_by_who_is_asked_and_moves_no_date(world, dossier, town):
    agency, officers = town
    due_at = dossier.due_at
    answerer = acting(officers["handler"].user, LATER)
    assert not visible_to(answerer).filter(pk=dossier.pk).exists()
    ask(world, dossier, agency)
    assert visible_to(answerer).filter(pk=dossier.pk).exists()
    dossier.refresh_from_db()
    assert (dossier.due_at, dossier.state) == (due_at, "in_process")
    [waits] = waiting_for_answer({agency.pk})
    assert waits.question.startswith("Đề nghị xác nhận")
    assert waits.asking == world.unit.agency.name
    assert [one.pk for one in asked_by({world.unit.agency_id})] == [waits.pk]
    reply(dossier, agency, officers["handler"])
    assert visible_to(answerer).filter(pk=dossier.pk).exists(), "also after it answered"
    assert not waiting_for_answer({agency.pk}).exists()
    dossier.refresh_from_db()
    assert dossier.due_at == due_at


def test_several_are_asked_at_once_and_the_step_waits_for_all(world, dossier, town):
    agency, officers = town
    division = division_of(agency)
    other = officer_of(division, "approver", "rangdong.tp")
    ask(world, dossier, agency, division)
    forward = {
        "dossier_id": dossier.pk,
        "action": Action.PROPOSE,
        "officer": world.officers["handler"],
    }
    with pytest.raises(OpinionsOutstanding) as told:
        act(at=LATER + timedelta(hours=1), **forward)
    assert told.value.agencies == (agency.pk, division.pk)
    reply(dossier, agency, officers["handler"])
    with pytest.raises(OpinionsOutstanding):
        act(at=LATER + timedelta(hours=2), **forward)
    reply(dossier, division, other, at=LATER + timedelta(hours=2))
    assert act(at=LATER + timedelta(hours=3), **forward).step_code == "approve"


def test_with_a_reason_the_step_is_left_and_the_answer_still_comes(world, dossier, town):
    agency, officers = town
    ask(world, dossier, agency)
    act(
        dossier_id=dossier.pk,
        action=Action.PROPOSE,
        officer=world.officers["handler"],
        at=LATER + timedelta(hours=1),
        note="Đã quá hạn trả lời; đủ căn cứ giải quyết.",
    )
    reply(dossier, agency, officers["handler"], at=LATER + timedelta(hours=2))
    assert dossier.events.last().action == Action.REPLY


@pytest.mark.parametrize(
    ("how", "flaw"),
    [
        ({"reply_by": LATER}, ConsultationFlaw.DATE_PAST),
        ({"reply_by": None}, ConsultationFlaw.NO_DATE),
        ({"reply_by": MORNING + timedelta(days=300)}, ConsultationFlaw.AFTER_THE_PROMISE),
    ],
)
def test_a_wrong_date_asks_nobody(world, dossier, town, how, flaw):
    with pytest.raises(ConsultationRefused) as told:
        ask(world, dossier, town[0], **how)
    assert told.value.flaw is flaw
    assert not OpinionAsked.objects.exists()


def test_all_are_asked_or_none(world, dossier, town):
    events = DossierEvent.objects.count()
    with pytest.raises(consultations.NobodyAnswers):
        ask(world, dossier, town[0], world.unit.agency)
    assert DossierEvent.objects.count() == events
    assert not OpinionAsked.objects.exists()


def test_the_same_agency_is_asked_again_only_after_it_answered(world, dossier, town):
    agency, officers = town
    ask(world, dossier, agency)
    with pytest.raises(ConsultationRefused) as told:
        ask(world, dossier, agency)
    assert told.value.flaw is ConsultationFlaw.ASKED_ALREADY
    reply(dossier, agency, officers["handler"])
    ask(world, dossier, agency, at=LATER + timedelta(hours=2))
    assert dossier.opinions.count() == 2


def test_only_who_was_asked_answers_and_only_who_asked_reminds(world, dossier, town):
    agency, officers = town
    ask(world, dossier, agency)
    with pytest.raises(consultations.NotAsked):
        reply(dossier, agency, world.officers["handler"])
    with pytest.raises(consultations.NotAsked):
        reply(dossier, agency, officers["leader"])
    remind = {"dossier_id": dossier.pk, "agency": agency, "at": LATER + timedelta(minutes=5)}
    with pytest.raises(consultations.NotAsked):
        consultations.remind(officer=officers["handler"], **remind)
    consultations.remind(officer=world.officers["approver"], **remind)
    assert dossier.opinions.get().reminded_at == remind["at"]


def test_who_has_no_step_here_asks_nothing(world, dossier, town):
    with pytest.raises(ActionNotAllowed):
        ask(world, dossier, town[0], officer=world.officers["reception"])


def test_a_file_goes_with_the_answer_and_the_books_agree(world, dossier, town, capsys):
    agency, officers = town
    ask(world, dossier, agency)
    file = attachments.keep(pdf(), name="tra loi.pdf", archive=Archive(settings.FILES))
    reply(dossier, agency, officers["handler"], file=file)
    [enclosed] = Enclosure.objects.all()
    assert enclosed.event.action == Action.REPLY
    call_command("verify")
    assert "0 khác biệt" in capsys.readouterr().out


def test_a_changed_question_is_named(world, dossier, town, capsys):
    ask(world, dossier, town[0])
    OpinionAsked.objects.update(reply_by=BY + timedelta(days=3))
    with pytest.raises(SystemExit):
        call_command("verify")
    assert dossier.number in capsys.readouterr().err


def test_the_proposed_day_is_never_after_a_promise_still_to_come(world, dossier):
    hours = terms_of(dossier).office_time
    far = {"limit": TimeLimit.parse("30 working_day"), "time": hours}
    assert reply_by_default(LATER, due_at=dossier.due_at, **far) == dossier.due_at
    late = dossier.due_at + timedelta(days=1)
    assert reply_by_default(late, due_at=dossier.due_at, **far) > late


def test_only_where_somebody_answers_can_be_asked(world, town):
    empty = division_of(world.unit.agency)
    found = list(may_be_asked(MORNING.date(), but=world.unit.agency_id))
    assert found == [town[0]] and empty not in found

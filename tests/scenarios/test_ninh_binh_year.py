"""The year of ninh-binh-2026, up to the morning on which it is looked at."""

import re
from datetime import date, timedelta

import pytest
from django.db.models import F

from motcua.domain.calendar import midnight, office
from motcua.domain.dossier import CLOCK_RUNS, Action, State
from motcua.domain.form_set import form_set
from motcua.domain.notice import ACT_OF, NoticeKind, NoticeStatus
from motcua.dossiers.models import Dossier, DossierEvent, Notice
from motcua.dossiers.services.notice_contents import said_in_short
from motcua.dossiers.services.notices import book_of
from tests.scenarios.conftest import OPENS_ON

pytestmark = pytest.mark.django_db
NOW = midnight(OPENS_ON) + timedelta(hours=8, minutes=3)


def test_dossiers_are_numbered_in_the_new_layout(ninh_binh):
    for number in Dossier.objects.values_list("number", flat=True):
        assert re.fullmatch(r"H42\.99\.0[1-7]-2[56]\d{4}-\d{4}", number)


def test_between_88_and_95_in_a_hundred_are_settled_in_time(ninh_binh):
    settled = Dossier.objects.filter(settled_at__isnull=False)
    in_time = settled.filter(settled_at__lte=F("due_at")).count()
    assert 0.88 <= in_time / settled.count() <= 0.95


def test_every_road_is_gone(ninh_binh):
    gone = set(DossierEvent.objects.values_list("action", flat=True))
    assert gone >= {
        Action.HAND_OVER,
        Action.CONFIRM,
        Action.REQUEST_SUPPLEMENT,
        Action.SUPPLEMENT,
        Action.REQUEST_PAYMENT,
        Action.PAY,
        Action.SUSPEND,
        Action.RESUME,
        Action.EXTEND,
        Action.APOLOGISE,
        Action.CONSULT,
        Action.REPLY,
        Action.SEND_BACK_FOR_REWORK,
        Action.SEND_BACK,
        Action.WITHDRAW,
        Action.DISCONTINUE,
        Action.HAND_BACK,
    }


def test_who_is_late_has_one_apology_at_most_and_nobody_else_has_one(ninh_binh):
    letters = DossierEvent.objects.filter(action=Action.APOLOGISE)
    assert len(set(letters.values_list("dossier", flat=True))) == letters.count() > 0
    assert all(letter.at > letter.dossier.due_at for letter in letters)


def test_some_wait_for_the_applicant_some_are_late_and_some_are_within_their_time(ninh_binh):
    still_open = Dossier.objects.filter(state__in=CLOCK_RUNS)
    assert still_open.filter(due_at__gt=NOW).exists()
    assert Dossier.objects.filter(state=State.RESULT_READY).exists()


def test_departments_settle_what_communes_receive(ninh_binh):
    settled = Dossier.objects.filter(competent_agency__parent__kind="province")
    assert settled.filter(state=State.RETURNED).count() > 20
    assert not settled.filter(unit__agency__kind="province").exists()


def test_every_dossier_has_the_forms_of_2025(ninh_binh):
    days = {office(at).date() for at in Dossier.objects.values_list("accepted_at", flat=True)}
    assert {form_set(day).code for day in days} == {"2025"}


def test_the_calendar_of_2026_was_kept(ninh_binh):
    days = {office(at).date() for at in Dossier.objects.values_list("accepted_at", flat=True)}
    assert date(2026, 11, 24) not in days and date(2026, 1, 2) not in days
    assert date(2026, 1, 10) in days or date(2026, 8, 22) in days


def test_cases_are_asked_for(ninh_binh):
    assert Dossier.objects.exclude(case=None).values("case").distinct().count() > 5


def test_every_act_that_writes_to_the_applicant_has_its_notice_in_the_same_words(ninh_binh):
    sent = {notice.event_id: notice for notice in Notice.objects.prefetch_related("items")}
    acts = DossierEvent.objects.filter(action__in=ACT_OF.values())
    assert {event.pk for event in acts} == set(sent)
    for event in acts:
        notice = sent[event.pk]
        assert (
            notice.status == NoticeStatus.SENT and ACT_OF[NoticeKind(notice.kind)] == event.action
        )
        assert said_in_short(notice) == event.note
        assert notice.drafted_at <= notice.approved_at <= notice.sent_at == event.at
    assert set(Notice.objects.values_list("kind", flat=True)) == {*NoticeKind} - {"refusal"}


def test_notices_are_numbered_in_the_order_in_which_they_were_sent(ninh_binh):
    seen = {}
    for notice in Notice.objects.order_by("sent_at", "pk"):
        book = notice.unit_id, book_of(NoticeKind(notice.kind)), notice.year
        seen.setdefault(book, []).append(notice.position)
    assert all(found == list(range(1, len(found) + 1)) for found in seen.values())


def test_a_request_asks_for_one_of_the_papers_that_were_handed_in(ninh_binh):
    for notice in Notice.objects.filter(kind=NoticeKind.SUPPLEMENT).prefetch_related(
        "items__paper"
    ):
        [item] = notice.items.all()
        assert item.paper.dossier_id == notice.dossier_id
        assert (item.name, item.position) == (item.paper.name, item.paper.position)
        assert notice.answer_by > office(notice.sent_at).date()

"""Handing over at the counter: what waits, until when, and the lists."""

import gzip
from datetime import timedelta

import pytest
from django.db import connection

from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier, HandOverList
from motcua.dossiers.services.processing import act
from motcua.dossiers.work_queries import papers_to_fetch, reported_missing
from tests.web.workspace.conftest import clients, strangers, ten_o_clock, world  # noqa: F401
from tests.web.workspace.roads import placed
from tests.world import MORNING


def lines_of(page):
    return [line for _agency, lines in page.context["groups"] for line in lines]


@pytest.mark.parametrize(
    ("received", "by", "late"),
    [
        ("2021-03-17T08:00", "17:00 17/03/2021", ""),
        ("2021-03-16T15:00", "17:00 16/03/2021", "muộn 1 ngày làm việc"),
        ("2021-03-16T15:00:01", "07:00 17/03/2021", "muộn 3 giờ 3 phút"),
        ("2021-03-16T16:59", "07:00 17/03/2021", "muộn 3 giờ 3 phút"),
        ("2021-03-12T10:00", "17:00 12/03/2021", "muộn 3 ngày làm việc"),
    ],
)
def test_each_has_its_hour_and_the_late_ones_are_said(world, clients, received, by, late):
    at = MORNING.fromisoformat(received).replace(tzinfo=MORNING.tzinfo)
    world.receive(at=at)
    page = clients["reception"].get("/counter/hand-over/")
    [line] = lines_of(page)
    assert by in page.content.decode()
    assert line.late.startswith(late) and bool(line.late) == bool(late)


def test_what_is_ticked_goes_on_a_list_and_the_rest_waits(world, clients):
    first, second = world.receive(), world.receive()
    page = clients["reception"].post("/counter/hand-over/", {"ticked": [first.pk]}, follow=True)
    made = HandOverList.objects.get()
    assert page.redirect_chain == [(f"/counter/hand-over/lists/{made.pk}/", 302)]
    text = page.content.decode()
    assert "Danh sách bàn giao số 1/2021: 1 hồ sơ" in text
    assert "Bên nhận chưa xác nhận." in text
    page = clients["reception"].get("/counter/hand-over/")
    assert [line.dossier for line in lines_of(page)] == [second]
    assert "chờ xác nhận" in page.content.decode()


def test_a_list_sent_twice_is_made_once_and_what_was_done_is_said(world, clients):
    dossier = world.receive()
    for _time in range(2):
        page = clients["reception"].post(
            "/counter/hand-over/", {"ticked": [dossier.pk]}, follow=True
        )
    assert f"{dossier.number}: Không thể bàn giao" in page.content.decode()
    assert HandOverList.objects.count() == 1


@pytest.mark.parametrize("ticked", [[], ["x"], ["9" * 30], ["-1"], ["٣"], ["99999"]])
def test_odd_ticks_make_no_list(world, clients, ticked):
    world.receive()
    page = clients["reception"].post("/counter/hand-over/", {"ticked": ticked}, follow=True)
    assert page.status_code == 200
    assert not HandOverList.objects.exists()


def test_the_list_is_printed_and_told_when_confirmed(world, clients):
    dossier = world.receive()
    clients["reception"].post("/counter/hand-over/", {"ticked": [dossier.pk]})
    made = HandOverList.objects.get()
    answer = clients["reception"].get(f"/counter/hand-over/lists/{made.pk}.pdf")
    assert answer.content.startswith(b"%PDF-")
    sent = {"arrived": [], f"note-{made.lines.get().pk}": "Không có trong túi"}
    clients["handler"].post(f"/hand-over/{made.pk}/", sent)
    text = clients["reception"].get("/counter/hand-over/lists/").content.decode()
    assert "thiếu 1 hồ sơ, Trần Văn handler" in text
    text = clients["reception"].get(f"/counter/hand-over/lists/{made.pk}/").content.decode()
    assert "chưa nhận được: Không có trong túi" in text


def test_papers_said_not_to_have_arrived_stand_until_they_are_confirmed(world, clients):
    dossier, other = world.receive(), world.receive()
    clients["reception"].post("/counter/hand-over/", {"ticked": [dossier.pk, other.pk]})
    made = HandOverList.objects.get()
    absent, there = made.lines.order_by("position")
    sent = {"arrived": [there.pk], f"note-{absent.pk}": "Không có trong túi"}
    clients["handler"].post(f"/hand-over/{made.pk}/", sent)
    page = clients["reception"].get("/counter/hand-over/")
    assert list(page.context["missing"]) == [absent]
    text = page.content.decode()
    assert "Bên nhận báo chưa nhận được" in text and "Không có trong túi" in text
    text = clients["reception"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert "Bên nhận báo chưa nhận được (Không có trong túi)" in text
    text = clients["reception"].get(f"/dossiers/{other.number}/").content.decode()
    assert "Bên nhận báo chưa nhận được" not in text
    act(
        dossier_id=dossier.pk,
        action=Action.CONFIRM,
        officer=world.officers["handler"],
        at=MORNING + timedelta(hours=3),
    )
    assert clients["reception"].get("/counter/hand-over/").context["missing"] == []
    text = clients["reception"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert "Bên nhận báo chưa nhận được" not in text


def test_nobody_else_hands_over_or_sees_the_lists(world, clients, strangers):
    dossier = world.receive()
    clients["reception"].post("/counter/hand-over/", {"ticked": [dossier.pk]})
    made = HandOverList.objects.get()
    waiting = world.receive(at=MORNING + timedelta(minutes=1))
    others = {role: clients[role] for role in ("handler", "approver", "leader", "administrator")}
    for who, client in {**others, **strangers}.items():
        for address in (f"lists/{made.pk}/", f"lists/{made.pk}.pdf"):
            assert client.get(f"/counter/hand-over/{address}").status_code == 404, who
        client.post("/counter/hand-over/", {"ticked": [waiting.pk]})
    for who, client in others.items():
        assert client.get("/counter/hand-over/").status_code == 404, who
    assert HandOverList.objects.count() == 1
    assert waiting.events.count() == 1


def test_a_dossier_taken_from_the_counter_no_longer_waits(world, clients):
    dossier = placed(world, "received")
    act(
        dossier_id=dossier.pk,
        action=Action.TAKE,
        officer=world.officers["handler"],
        at=MORNING + timedelta(minutes=1),
    )
    assert lines_of(clients["reception"].get("/counter/hand-over/")) == []


def test_many_cost_no_more_questions(world, clients, django_assert_max_num_queries):
    for _ in range(20):
        world.receive()
    clients["reception"].get("/counter/hand-over/")
    with django_assert_max_num_queries(8):
        clients["reception"].get("/counter/hand-over/")


def test_hundreds_waiting_are_shown_by_the_page_the_first_to_come_first(
    world, clients, django_assert_max_num_queries
):
    first = world.receive(at=MORNING - timedelta(days=1))
    like = Dossier.objects.filter(pk=first.pk)
    for number in range(1, 240):
        row = like.get()
        row.pk, row.register_position, row.receipt = None, 1000 + number, None
        row.number = f"{first.number[:-4]}{number + 1:04}"
        row.accepted_at = MORNING if number > 5 else first.accepted_at
        row.save(force_insert=True)
    clients["reception"].get("/counter/hand-over/")
    with django_assert_max_num_queries(9):
        page = clients["reception"].get("/counter/hand-over/")
    text = page.content.decode()
    assert "240 hồ sơ chờ bàn giao, 6 đã muộn" in text
    assert "Trang 1 / 3" in text
    assert len(lines_of(page)) == 100 and lines_of(page)[0].dossier == first
    assert len(gzip.compress(page.content)) < 12_000  # bytes
    last = clients["reception"].get("/counter/hand-over/", {"page": "3"})
    assert len(lines_of(last)) == 40
    assert "240 hồ sơ chờ bàn giao, 6 đã muộn" in last.content.decode()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads the plan of SQLite")
def test_what_few_dossiers_need_is_found_without_reading_all_of_them(world):
    placed(world, "handed over")
    placed(world, "sent back")
    missing = reported_missing().filter(dossier__unit=world.unit)[:25].explain()
    assert "hand_over_line_missing" in missing and "SCAN dossiers_handoverlist" not in missing
    papers = papers_to_fetch(world.unit)[:25].explain()
    assert "dossiers_dossier USING INDEX dossier_ended_unsettled" in papers, papers

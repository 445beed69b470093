"""Open dossiers on the page of moves: old and new date side by side, then moved with a reason."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from motcua.catalogue import drafting
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import draft_steps
from motcua.domain.dossier import Action
from tests.world import MORNING, TAKEN, next_town, officer_of, walk

pytestmark = pytest.mark.django_db
PROCESS = "/administration/processes/of/1.001193/"
MOVE = f"{PROCESS}move/"


@pytest.fixture
def client(world, set_clock):
    set_clock(MORNING + timedelta(days=5))
    signed_in = Client()
    signed_in.force_login(officer_of(world.unit.agency, "administrator", "lieude.quantri").user)
    return signed_in


@pytest.fixture
def dossier(world, client):
    return walk(world, world.receive(), TAKEN)


@pytest.fixture
def version(world, dossier):
    """The version of the next day: handling has another code, the limit is longer."""
    ProcedureVersion.objects.update(legal_basis="Luật Hộ tịch 2014")
    steps = [
        replace(step, code="examine", name="Thẩm tra") if step.code == "handle" else step
        for step in draft_steps(world.version.pk)
    ]
    written = replace(drafting.written_of(world.version), steps=tuple(steps))
    [made] = drafting.import_processes(
        [written], officer=None, at=MORNING, valid_from=MORNING.date() + timedelta(days=1)
    )
    ProcedureVersion.objects.filter(pk=made.pk).update(limit="8 working_day")
    return made


def sent(dossier, **how):
    return {
        f"dossier-{dossier.pk}": "1",
        f"seen-{dossier.pk}": dossier.revision,
        f"to-{dossier.pk}": "examine",
        "note": "Theo quy trình mới",
        **how,
    }


def test_the_way_from_the_process_to_the_moved_dossier(client, dossier, version):
    process = client.get(PROCESS).content.decode()
    assert "Chuyển 1 hồ sơ đang theo phiên bản khác sang phiên bản 2" in process
    page = client.get(MOVE).content.decode()
    assert "1 hồ sơ đang giải quyết theo phiên bản khác" in page and dossier.number in page
    assert "Bước hiện nay không có trong phiên bản này" in page
    assert "17:00 24/03/2021" in page
    seen = client.post(MOVE, sent(dossier, see="1")).content.decode()
    assert "<b><time" in seen and "17:00 29/03/2021" in seen
    assert dossier.events.count() == 3, "looking again writes nothing"
    done = client.post(MOVE, sent(dossier, move="1"), follow=True).content.decode()
    assert "Đã chuyển 1 hồ sơ sang phiên bản 2." in done
    assert "Mọi hồ sơ đang giải quyết đã theo phiên bản 2" in done
    event = dossier.events.latest("position")
    assert (event.action, event.note) == (Action.MOVE_TO_VERSION, "Theo quy trình mới")
    again = client.post(MOVE, sent(dossier, move="1"), follow=True)
    assert dossier.events.count() == 4 and again.status_code == 422


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"note": " \u200b"}, "Ghi lý do chuyển."),
        ({"note": ""}, "Ghi lý do chuyển."),
        ({"note": "a" * 501}, "không quá 500 ký tự"),
        ({"note": "a\x00b"}, "Có ký tự không đọc được"),
    ],
    ids=str,
)
def test_a_move_has_its_reason(client, dossier, version, how, said):
    answer = client.post(MOVE, sent(dossier, move="1", **how))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert dossier.events.count() == 3


def test_none_chosen_and_pages_that_are_none_write_nothing(client, dossier, version):
    none = client.post(MOVE, {"move": "1", "note": "x"})
    assert none.status_code == 422 and "Chưa chọn hồ sơ nào" in none.content.decode()
    for odd in ("", "-1", "9" * 400, "٣", "x"):
        answer = client.post(
            MOVE, sent(dossier, move="1", **{f"seen-{dossier.pk}": odd}), follow=True
        )
        assert f"Chưa chuyển hồ sơ {dossier.number}" in answer.content.decode(), odd
    for odd in ("receive", "return", "<x>", "\x00"):
        client.post(MOVE, sent(dossier, move="1", **{f"to-{dossier.pk}": odd}))
    assert dossier.events.count() == 3


def test_the_moved_dossier_is_shown_with_the_steps_it_took(world, client, dossier, version):
    client.post(MOVE, sent(dossier, move="1"))
    officer = Client()
    officer.force_login(world.officers["handler"].user)
    page = officer.get(f"/dossiers/{dossier.number}/")
    if page.status_code == 404:
        from django.urls import reverse

        page = officer.get(reverse("workspace:dossier", args=[dossier.number]))
    words = page.content.decode()
    assert page.status_code == 200
    assert "chuyển hồ sơ sang phiên bản quy trình mới" in words
    assert "Thẩm tra" in words and "Thụ lý" in words


def test_where_the_process_is_others_too_nothing_is_moved(client, dossier, version):
    next_town()
    assert client.get(MOVE)["Location"] == PROCESS
    assert client.post(MOVE, sent(dossier, move="1"))["Location"] == PROCESS
    assert dossier.events.count() == 3


def test_the_page_is_bounded(world, client, dossier, version, django_assert_max_num_queries):
    for number in range(10):
        walk(world, world.receive(name=f"Lê Thị {number}"), TAKEN)
    client.get(MOVE)
    with django_assert_max_num_queries(12):
        assert client.get(MOVE).status_code == 200

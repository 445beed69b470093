"""The front page: a sum one can check by eye, and the ways in."""

import re
from datetime import timedelta

import pytest
from django.urls import get_resolver

from motcua.domain.dossier import Action
from motcua.dossiers.models import DayBook
from motcua.dossiers.services.processing import act
from tests.lives import add_district
from tests.world import MORNING

pytestmark = pytest.mark.django_db
OPEN_TO_CRAWLERS = {"", "robots.txt", "procedures"}


@pytest.fixture(autouse=True)
def _morning(morning):
    return morning


def text_of(response):
    page = response.content.decode()
    plain = re.sub(r"<[^>]+>", " ", page[page.index("<main") : page.index("</main>")])
    return " ".join(plain.split())


def test_the_figures_are_counted_and_add_up(world, client):
    add_district(world)
    for _ in range(3):
        world.receive(at=MORNING - timedelta(days=1))
    overdue = world.receive(at=MORNING - timedelta(days=20))
    act(
        dossier_id=overdue.pk,
        action=Action.TAKE,
        officer=world.officers["handler"],
        at=MORNING - timedelta(days=19),
    )
    response = client.get("/")
    assert response.status_code == 200
    words = text_of(response)
    assert "Số hồ sơ từ 01/01/2020 đến 08:03 ngày 17/03/2021" in words
    assert "4 hồ sơ = 0 tại UBND huyện Nghĩa Hưng + 4 tại UBND thị trấn Liễu Đề" in words
    assert "4 = 0 đã giải quyết + 4 đang giải quyết + 0 trả lại" in words
    assert "4 đang giải quyết = 3 trong hạn + 1 quá hạn + 0 tạm dừng" in words


def test_every_sum_on_the_page_is_right(world, client):
    add_district(world)
    dossier = world.receive(at=MORNING - timedelta(days=2))
    acts = [
        ("handler", Action.TAKE),
        ("handler", Action.PROPOSE),
        ("approver", Action.APPROVE),
        ("handler", Action.ISSUE_RESULT),
    ]
    for minutes, (role, action) in enumerate(acts, start=1):
        act(
            dossier_id=dossier.pk,
            action=action,
            officer=world.officers[role],
            at=dossier.accepted_at + timedelta(minutes=minutes),
        )
    world.receive()
    words = text_of(client.get("/"))
    sums = re.findall(r"([\d.]+)[^=\d]*= ((?:[\d.]+ [^+=\d]+\+ )+[\d.]+)", words)
    assert len(sums) == 7
    for whole, parts in sums:
        numbers = [int(n.replace(".", "")) for n in re.findall(r"[\d.]+", parts)]
        assert int(whole.replace(".", "")) == sum(numbers), (whole, parts)


def test_the_ways_in_and_the_contact_are_there(world, client):
    add_district(world)
    page = client.get("/").content.decode()
    for address in ("/lookup/", "/procedures/", "/sign-in/"):
        assert f'href="{address}"' in page
    assert "Thứ Hai đến Thứ Sáu: 07:00–11:30, 13:30–17:00" in page
    assert "Các số này đếm gì" in page


def test_an_empty_home_says_so(db, client):
    response = client.get("/")
    assert response.status_code == 200
    assert "Chưa có bộ phận một cửa nào" in response.content.decode()


def test_a_lone_commune_has_its_own_sum(world, client):
    world.receive()
    assert "1 hồ sơ tại UBND thị trấn Liễu Đề" in text_of(client.get("/"))


def test_what_was_carried_in_is_named(world, client):
    world.receive()
    dossier = world.receive()
    DayBook.objects.filter(unit=dossier.unit).update(received=1)
    assert "có 1 từ trước chuyển sang" in text_of(client.get("/"))


def test_books_that_do_not_balance_are_not_shown_as_if_they_did(world, client):
    dossier = world.receive()
    DayBook.objects.filter(unit=dossier.unit).update(received=99)
    response = client.get("/")
    assert response.status_code == 200
    words = text_of(response)
    assert "chưa công bố được vì sổ ngày không khớp với hồ sơ" in words
    assert "đã giải quyết +" not in words


def test_the_page_is_cheap(world, client, django_assert_max_num_queries):
    add_district(world)
    client.get("/")
    with django_assert_max_num_queries(8):
        client.get("/")


def test_crawlers_are_kept_from_answers(client, db):
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    closed = set(response.content.decode().splitlines())
    assert "Disallow: /lookup/" in closed
    for outer in get_resolver().url_patterns:
        for inner in getattr(outer, "url_patterns", [outer]):
            first = f"{outer.pattern or inner.pattern}".partition("/")[0]
            assert first in OPEN_TO_CRAWLERS or f"Disallow: /{first}/" in closed, inner

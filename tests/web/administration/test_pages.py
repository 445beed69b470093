"""What the administrator looks at: assumed values as such, units, the calendar."""

from datetime import date

import pytest
from django.test import Client

from motcua.agencies.models import Calendar, OpeningSession
from motcua.catalogue.models import AdministrativeField, FeeRate, Procedure, ProcedureVersion
from tests.world import next_town, officer_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _morning(morning):
    return morning


@pytest.fixture
def client(world):
    signed_in = Client()
    administrator = officer_of(world.unit.agency, "administrator", "lieude.quantri")
    signed_in.force_login(administrator.user)
    return signed_in


PAGES = ["catalogue", "units", "calendar", "accounts"]
INNER = ["units/13891", "accounts/new", "accounts/1"]


@pytest.mark.parametrize("page", PAGES)
def test_the_front_doors_open_to_administrators_only(world, client, page):
    address = f"/administration/{page}/"
    assert client.get(address).status_code == 200
    signed_out = Client().get(address)
    assert signed_out.status_code == 302
    assert signed_out["Location"] == f"/sign-in/?next={address}"
    for officer in world.officers.values():
        other = Client()
        other.force_login(officer.user)
        assert other.get(address).status_code == 404, officer
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("page", INNER)
def test_inner_pages_exist_for_administrators_only(world, page):
    other = Client()
    other.force_login(world.officers["leader"].user)
    for visitor in (Client(), other):
        assert visitor.get(f"/administration/{page}/").status_code == 404


def test_assumed_values_are_named_and_counted(world, client):
    version = world.version
    version.assumed = ["limit", "legal_basis"]
    version.save()
    version.documents.update(is_assumed=True)
    land = AdministrativeField.objects.create(code="DD", name="Đất đai", level="district")
    other = ProcedureVersion.objects.create(
        procedure=Procedure.objects.create(
            code="2.000001", name="Cấp giấy chứng nhận", administrative_field=land
        ),
        valid_from=date(2016, 1, 1),
        limit="30 calendar_day",
    )
    FeeRate.objects.create(version=other, name="Lệ phí", kind="charge", amount=1, is_assumed=True)
    page = " ".join(client.get("/administration/catalogue/").content.decode().split())
    assert "giả định: thời hạn, giấy tờ, căn cứ pháp lý" in page
    assert "giả định: phí, lệ phí" in page
    assert "2 thủ tục đang áp dụng" in page
    total = page[page.index('class="total"') :]
    numbers = [cell.split("</td>")[0] for cell in total.split('<td class="right"')[1:8]]
    numbers = [cell.split(">")[1] for cell in numbers]
    assert numbers == ["2", "2", "1", "1", "1", "1", "0"]


def test_the_catalogue_is_filtered_by_level_field_and_words(world, client):
    land = AdministrativeField.objects.create(
        code="TTR", name="Thanh tra", level="district", note="Không có thủ tục nào."
    )
    for query, said in (
        ("level=commune", "1 thủ tục đang áp dụng"),
        ("level=district", "0 thủ tục đang áp dụng"),
        (f"field={land.code}", "Không có thủ tục nào."),
        ("q=khai+sinh", "khớp “khai sinh”"),
        ("q=zzzz", "Không có thủ tục nào khớp bộ lọc"),
        ("level=nonsense&field=nonsense&page=nonsense", "1 thủ tục đang áp dụng"),
    ):
        response = client.get(f"/administration/catalogue/?{query}")
        assert response.status_code == 200
        assert said in response.content.decode(), query


def test_a_units_page_shows_identifier_hours_and_people(world, client):
    next_town()
    OpeningSession.objects.create(
        unit=world.unit,
        weekday=0,
        opens="07:30",
        closes="11:30",
        valid_from=date(2020, 1, 1),
    )
    listed = client.get("/administration/units/").content.decode()
    assert "1 bộ phận một cửa" in listed and "(mã tạm)" in listed
    page = client.get("/administration/units/13891/").content.decode()
    for part in (
        "901.00.99.H40",
        "mã tạm, thay bằng mã thật",
        "Thứ Hai: 07:30–11:30",
        "Quầy 2",
        "Trần Văn approver",
        "Người ký duyệt",
        "nếu tiếp nhận đến 15:00",
    ):
        assert part in page, part


def test_the_calendar_shows_each_day_off_with_its_source(world, client):
    page = client.get("/administration/calendar/").content.decode()
    assert "Nguồn: Bộ luật Lao động" in page
    assert "Lịch công bố lần 1, đang dùng" in page
    assert "Giỗ Tổ Hùng Vương" in page and "Thứ Tư, 21/04/2021" in page
    assert "Bộ luật Lao động 2019, Điều 112" in page
    assert "2027 (tạm thời)" in page
    page = client.get("/administration/calendar/?year=2027").content.decode()
    assert "Lịch năm 2027 là tạm thời" in page
    assert client.get("/administration/calendar/?year=1066").status_code == 200


def test_a_calendar_that_runs_out_is_said_on_its_page(world, client):
    page = client.get("/administration/calendar/").content.decode()
    assert "đến hết" not in page
    Calendar.objects.get().years.filter(year__gt=2020).delete()
    page = client.get("/administration/calendar/").content.decode()
    assert "đến hết 31/12/2020" in page
    assert "motcua calendar load" in page


def test_without_a_calendar_the_page_says_what_to_do(world, client):
    Calendar.objects.all().update(edition=5)
    assert "lần 5" in client.get("/administration/calendar/").content.decode()
    for calendar in Calendar.objects.all():
        calendar.days.all().delete()
        calendar.years.all().delete()
        calendar.delete()
    page = client.get("/administration/calendar/").content.decode()
    assert "Chưa công bố lịch làm việc" in page
    assert client.get("/administration/units/13891/").status_code == 200


def test_the_pages_are_cheap(world, client, django_assert_max_num_queries):
    for page in (*PAGES, "units/13891"):
        client.get(f"/administration/{page}/")
        with django_assert_max_num_queries(14):
            assert client.get(f"/administration/{page}/").status_code == 200

"""A new edition of the calendar is prepared on a page, and the dossiers it moves are listed."""

from datetime import date, timedelta

import pytest
from django.test import Client

from motcua.agencies import calendar_drafts
from motcua.agencies.models import CalendarDraft
from motcua.agencies.queries import current_edition
from motcua.dossiers.models import PromiseChange
from tests.world import MORNING, next_town, officer_of

pytestmark = pytest.mark.django_db
DRAFT = "/administration/calendar/draft/"
WHY = {"reason": "Nghỉ thêm ngày 19/03/2021.", "legal_basis": "Thông báo 100/TB-UBND"}


@pytest.fixture(autouse=True)
def _noon(set_clock):
    set_clock(MORNING + timedelta(hours=4))


def signed_in(officer):
    client = Client()
    client.force_login(officer.user)
    return client


@pytest.fixture
def administrator(world):
    return officer_of(world.unit.agency, "administrator", "lieude.quantri")


@pytest.fixture
def client(administrator):
    return signed_in(administrator)


def text(response):
    return response.content.decode()


def day(**how):
    revision = CalendarDraft.objects.filter(is_open=True).values_list("revision", flat=True).first()
    return {
        "revision": revision or 0,
        "day": "19032021",
        "kind": "off",
        "name": "Nghỉ thêm",
        "source": "Thông báo 100/TB-UBND",
        "hours": "",
        **how,
    }


def test_a_day_is_added_and_the_list_names_each_dossier_with_both_dates(world, client):
    dossier = world.receive()
    page = client.post(f"{DRAFT}begin/", follow=True)
    assert "Chưa sửa ngày nào." in text(page)
    page = text(client.post(DRAFT, day(), follow=True))
    assert "Đã ghi Thứ Sáu, 19/03/2021 vào lịch đang soạn." in page
    assert "ngày thường" in page
    page = text(client.post(f"{DRAFT}list/", WHY, follow=True))
    assert "1 hồ sơ đổi hẹn trả nếu được duyệt" in page
    assert dossier.number in page
    assert "17:00 24/03/2021" in page and "17:00 25/03/2021" in page
    assert current_edition() == 1


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"day": "31/02/2021"}, "Nhập ngày có thật"),
        ({"day": ""}, "Nhập ngày."),
        ({"day": "01/01/1066"}, "Nhập năm từ 2016"),
        ({"day": "01/01/2050"}, "lịch chưa có năm đó"),
        ({"kind": "ordinary"}, "đã là ngày thường"),
        ({"kind": "nonsense"}, "Chọn trong danh sách."),
        ({"name": "  "}, "Nhập tên ngày"),
        ({"source": "\u200b"}, "Nhập số, ngày của văn bản."),
        ({"hours": "07:00-11:30"}, "Chỉ ngày làm bù có giờ riêng"),
        ({"kind": "make_up", "hours": "sáng"}, "Nhập các buổi không trùng"),
        ({"name": "x" * 121}, "Nhiều nhất 120 ký tự."),
        ({"revision": 7}, "đã sửa lịch này lúc"),
        ({"name": "a\x00b"}, "Chưa xong"),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_day_is_said_and_nothing_is_written(world, client, how, said):
    client.post(f"{DRAFT}begin/")
    response = client.post(DRAFT, day(**how))
    assert response.status_code == 422 and said in text(response)
    assert not CalendarDraft.objects.get().days.exists()


def test_a_year_is_added_made_final_and_taken_back(world, client):
    client.post(f"{DRAFT}begin/")
    answer = client.post(f"{DRAFT}year/", {"revision": 0, "year": "2050", "status": "final"})
    assert answer.status_code == 422 and "Nhập số, ngày của văn bản." in text(answer)
    year = {"revision": 0, "year": "2050", "status": "provisional", "source": "Dự kiến"}
    assert "Đã ghi năm 2050" in text(client.post(f"{DRAFT}year/", year, follow=True))
    client.post(DRAFT, day(day="01/01/2050"))
    draft = CalendarDraft.objects.get()
    assert draft.days.get().day == date(2050, 1, 1)
    client.post(f"{DRAFT}take-back/", {"revision": draft.revision, "year": "2050"})
    assert not draft.years.exists() and not draft.days.exists()


def test_nothing_is_changed_while_a_leader_looks_at_the_list(world, client, administrator):
    world.receive()
    client.post(f"{DRAFT}begin/")
    client.post(DRAFT, day())
    client.post(f"{DRAFT}list/", WHY)
    change = PromiseChange.objects.get()
    client.post(
        f"/administration/promises/{change.pk}/propose/", {"revision": change.revision}, follow=True
    )
    page = text(client.get(DRAFT))
    assert "đang chờ lãnh đạo duyệt" in page and "Ghi ngày này" not in page
    client.post(DRAFT, day(day="22/03/2021"))
    client.post(f"{DRAFT}give-up/", {"revision": 1})
    draft = CalendarDraft.objects.get()
    assert draft.is_open and draft.days.count() == 1
    answer = client.post(f"{DRAFT}list/", WHY)
    assert answer.status_code == 422 and "Chờ lãnh đạo duyệt" in text(answer)


def test_a_draft_is_given_up_and_the_calendar_stays(world, client):
    client.post(f"{DRAFT}begin/")
    page = text(client.post(f"{DRAFT}give-up/", {"revision": 0}, follow=True))
    assert "Đã bỏ lịch đang soạn" in page and current_edition() == 1
    assert client.get(DRAFT).status_code == 302
    page = text(client.post(DRAFT, day(), follow=True))
    assert "đã được công bố hoặc bỏ đi" in page


def test_the_shipped_calendar_can_be_taken_over(world, client, administrator):
    client.post(f"{DRAFT}begin/")
    client.post(DRAFT, day())
    page = client.post(f"{DRAFT}shipped/", {"revision": 1}, follow=True)
    assert page.status_code == 200
    assert not CalendarDraft.objects.get().days.exists(), "the calendar in force is the shipped one"


def test_only_administrators_reach_the_draft(world, client):
    calendar_drafts.begin_draft(officer=world.officers["handler"], at=MORNING)
    for role in ("reception", "handler", "approver", "leader"):
        other = signed_in(world.officers[role])
        assert other.get(DRAFT).status_code == 404
        assert other.post(DRAFT, day()).status_code == 404
    stranger = Client()
    assert stranger.get(DRAFT).status_code == 404
    assert stranger.get("/administration/promises/").status_code == 302


def propose(client, world):
    client.post(f"{DRAFT}begin/")
    client.post(DRAFT, day())
    client.post(f"{DRAFT}list/", WHY)
    change = PromiseChange.objects.get()
    client.post(f"/administration/promises/{change.pk}/propose/", {"revision": change.revision})
    change.refresh_from_db()
    return change, f"/administration/promises/{change.pk}/"


def test_the_leader_approves_once_and_every_page_says_so(world, client):
    dossier = world.receive()
    change, address = propose(client, world)
    leader = signed_in(world.officers["leader"])
    assert "Điều chỉnh hẹn trả" in text(leader.get("/desk/", follow=True))
    assert "Duyệt, đổi hẹn trả 1 hồ sơ" in text(leader.get(address))
    assert "Duyệt, đổi hẹn trả" not in text(client.get(address))
    assert client.post(f"{address}approve/", {"revision": change.revision}).status_code == 404
    page = text(leader.post(f"{address}approve/", {"revision": change.revision}, follow=True))
    assert "Đã duyệt. Hẹn trả mới đã ghi" in page and "Đã đổi hẹn" in page
    again = leader.post(f"{address}approve/", {"revision": change.revision})
    assert again.status_code == 422 and "Đã có người làm việc khác" in text(again)
    shown = text(leader.get(f"/dossiers/{dossier.number}/"))
    assert "Thứ Năm, 25/03/2021" in shown and "công bố lần 2" in shown
    assert "tính lại ngày hẹn theo lịch làm việc mới" in shown
    asked = Client()
    asked.post("/lookup/", {"number": dossier.number, "digits": "0001"})
    answer = text(asked.get("/lookup/answer/"))
    assert "25/03/2021" in answer and "Nghỉ thêm ngày 19/03/2021" in answer
    sheet = leader.get(f"/dossiers/{dossier.number}/control-sheet.pdf")
    assert sheet.status_code == 200 and sheet["Content-Type"] == "application/pdf"
    fresh = world.receive(at=MORNING + timedelta(hours=5))
    assert fresh.calendar_edition == 2


def test_the_leader_sends_the_list_back_with_a_reason(world, client):
    world.receive()
    change, address = propose(client, world)
    leader = signed_in(world.officers["leader"])
    answer = leader.post(f"{address}send-back/", {"revision": change.revision, "note": " "})
    assert answer.status_code == 422 and "Nhập lý do chuyển lại." in text(answer)
    said = {"revision": change.revision, "note": "Thiếu ngày làm bù"}
    leader.post(f"{address}send-back/", said)
    assert "Thiếu ngày làm bù" in text(client.get(DRAFT))
    assert current_edition() == 1


def test_the_list_is_a_table_that_spreadsheets_open(world, client):
    dossier = world.receive()
    _change, address = propose(client, world)
    answer = client.get(f"{address}list.csv")
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[0].startswith("Đơn vị,Mã số hồ sơ,Thủ tục,Hẹn cũ,Hẹn mới")
    assert dossier.number in rows[1] and "17:00 25/03/2021" in rows[1]


def test_the_page_of_a_list_asks_few_questions(world, client, django_assert_max_num_queries):
    for minute in range(30):
        world.receive(at=MORNING + timedelta(minutes=minute))
    _change, address = propose(client, world)
    leader = signed_in(world.officers["leader"])
    with django_assert_max_num_queries(19):
        page = text(leader.get(address))
    assert "Trang 1 / 2" in page
    with django_assert_max_num_queries(10):
        client.get("/administration/promises/")


PERIOD = {
    "first_day": "18/03/2021",
    "first_hour": "",
    "last_day": "19/03/2021",
    "last_hour": "",
    "reason": "Trụ sở ngập do bão số 3",
    "legal_basis": "Công điện 05/CĐ-UBND",
}


def test_force_majeure_is_listed_approved_and_said_on_the_front_page(world, client):
    dossier = world.receive()
    typed = {**PERIOD, "units": [world.unit.pk]}
    page = text(client.post("/administration/promises/new/", typed, follow=True))
    assert "1 hồ sơ đổi hẹn trả nếu được duyệt" in page
    assert "từ đầu ngày Thứ Năm, 18/03/2021 đến hết ngày Thứ Sáu, 19/03/2021" in page
    change = PromiseChange.objects.get()
    address = f"/administration/promises/{change.pk}/"
    assert "không làm việc" not in text(Client().get("/"))
    client.post(f"{address}propose/", {"revision": change.revision})
    change.refresh_from_db()
    leader = signed_in(world.officers["leader"])
    leader.post(f"{address}approve/", {"revision": change.revision})
    dossier.refresh_from_db()
    front = text(Client().get("/"))
    assert "Bộ phận Một cửa thị trấn Liễu Đề không làm việc từ đầu ngày Thứ Năm" in front
    assert "Trụ sở ngập do bão số 3" in front
    assert "Làm việc lại" in front and "Thứ Hai, 22/03/2021, 07:00" in front
    asked = Client()
    asked.post("/lookup/", {"number": dossier.number, "digits": "0001"})
    answer = text(asked.get("/lookup/answer/"))
    assert "Trụ sở ngập do bão số 3" in answer and "26/03/2021" in answer


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({"units": []}, "Chọn ít nhất một bộ phận một cửa."),
        ({"units": ["99999"]}, "Chọn trong danh sách."),
        ({"first_day": "x"}, "Nhập ngày có thật"),
        ({"first_hour": "25:00"}, "Nhập giờ và phút"),
        ({"last_day": "17/03/2021"}, "phải sau thời điểm bắt đầu"),
        ({"last_day": "17/03/9999"}, "Nhập năm từ 2016"),
        ({"reason": " "}, "Nhập lý do."),
        ({"legal_basis": ""}, "Nhập số, ngày của văn bản."),
    ],
    ids=str,
)
def test_what_is_wrong_with_a_period_is_said(world, client, how, said):
    typed = {**PERIOD, "units": [world.unit.pk], **how}
    answer = client.post("/administration/promises/new/", typed)
    assert answer.status_code == 422 and said in text(answer)
    assert not PromiseChange.objects.exists()


def test_a_stranger_neither_names_nor_sees_another_towns_units(world, client):
    there = next_town()
    other = signed_in(officer_of(there.agency, "administrator", "rangdong.quantri"))
    typed = {**PERIOD, "units": [world.unit.pk]}
    assert other.post("/administration/promises/new/", typed).status_code == 422
    client.post("/administration/promises/new/", typed)
    change = PromiseChange.objects.get()
    address = f"/administration/promises/{change.pk}/"
    assert client.get(address).status_code == 200
    for page in ("", "list.csv"):
        assert other.get(f"{address}{page}").status_code == 404
    assert other.post(f"{address}cancel/", {"revision": change.revision}).status_code == 404
    assert "Trụ sở ngập" not in text(other.get("/administration/promises/"))

"""The public question: number and four digits, nothing to learn by guessing."""

from datetime import timedelta
from html import unescape
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from django.test import Client

from motcua.domain import spoken
from motcua.domain.dossier import Action
from motcua.dossiers.look_up import NumberUnreadable, read_number
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.results import Collector, hand_papers_back
from motcua.web.portal import attempts
from tests.world import MORNING, next_town, walk

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _fresh(morning):
    cache.clear()


def ask(client, number, digits, **how):
    return client.post("/lookup/", {"number": number, "digits": digits}, **how)


def answer_of(client, number, digits="0001"):
    response = ask(client, number, digits)
    assert response.status_code == 302, response.content.decode()
    assert response["Location"] == "/lookup/answer/"
    return client.get("/lookup/answer/")


def test_the_answer_says_where_and_when_in_one_heading(world, client):
    dossier = world.receive(at=MORNING - timedelta(days=1))
    walk(world, dossier, [(Action.TAKE, "handler")])
    page = answer_of(client, dossier.number).content.decode()
    heading = page[page.index("<h1") : page.index("</h1>")]
    assert "Hồ sơ của ông/bà đang được UBND thị trấn Liễu Đề giải quyết." in heading
    assert "Hẹn trả kết quả: Thứ Ba, 23/03/2021, 17:00" in heading
    assert "tại Bộ phận Một cửa thị trấn Liễu Đề" in heading


def test_nothing_personal_is_on_the_page_or_in_the_address(world, client):
    dossier = world.receive(name="Nguyễn Thị Hoa")
    walk(world, dossier, [(Action.TAKE, "handler")])
    response = answer_of(client, dossier.number)
    page = response.content.decode()
    assert "Nguyễn Thị H…" in page
    assert "Hoa" not in page
    assert "003200000001" not in page and "0900000001" not in page
    for officer in world.officers.values():
        assert officer.full_name not in page
    assert response.wsgi_request.get_full_path() == "/lookup/answer/"
    assert response["Cache-Control"] == "no-store, private"


def test_who_comes_by_the_qr_code_types_the_digits_at_once(client, db):
    by_code = client.get("/lookup/", {"number": "000.00.99.H40-210317-0012"}).content.decode()
    focused = by_code.split(" autofocus")[0].rsplit("<input", 1)[1]
    assert by_code.count(" autofocus") == 1 and 'name="digits"' in focused
    assert " autofocus" not in client.get("/lookup/").content.decode()


@pytest.mark.parametrize("digits", ["0001", " 00 01 "])
@pytest.mark.parametrize(
    "typed",
    [
        "901.00.99.H40-210317-0001",
        "901.00.99.h40-210317-0001",
        " 901.00.99.H40 - 210317 - 0001 ",
        "901 00 99 h40 210317 0001",
        "9010099h402103170001",
        "901.00.99.H40–210317–0001",
    ],
)
def test_the_number_is_read_as_people_type_it(world, client, typed, digits):
    world.receive()
    assert ask(client, typed, digits).status_code == 302


def test_a_new_order_number_is_read_without_its_points(world):
    world.unit.agency.identifier = "H40.12.5"
    world.unit.agency.save()
    dossier = world.receive()
    assert read_number(dossier.number.lower().replace(".", " ")) == dossier.number
    with pytest.raises(NumberUnreadable):
        read_number("H40126-210317-1")


@pytest.mark.parametrize("typed", ["210317-0001", "2103170001", " 210317 0001 "])
def test_where_one_unit_gives_numbers_the_end_of_the_number_is_enough(world, client, typed):
    world.receive()
    assert "gõ tắt" in client.get("/lookup/").content.decode()
    assert ask(client, typed, "0001").status_code == 302
    assert ask(client, typed, "9999").status_code == 422
    assert ask(client, "219999-0001", "0001").status_code == 422


def test_where_several_do_the_unit_is_asked_for_before_anything_is_looked_up(world, client):
    dossier = world.receive()
    other = next_town()
    page = ask(client, "210317-0001", "0001")
    text = unescape(page.content.decode())
    assert page.status_code == 422
    assert "chọn nơi đã nộp hồ sơ" in text and other.name in text and world.unit.name in text
    identifier = world.unit.agency.identifier
    for unit, status in ((identifier, 302), (other.agency.identifier, 422), ("x", 422)):
        sent = {"number": "210317-0001", "digits": "0001", "unit": unit}
        assert client.post("/lookup/", sent).status_code == status, unit
    for _ in range(attempts.PER_NUMBER):
        client.post("/lookup/", {"number": "210317-0001", "digits": "9999", "unit": identifier})
    assert ask(client, dossier.number, "0001").status_code == 429
    assert 'name="unit"' not in client.get("/lookup/").content.decode()


@pytest.mark.parametrize(
    ("party", "digits"),
    [
        ({"personal_id": "003200001234", "phone": ""}, "1234"),
        ({"personal_id": "", "phone": "0900 00 56 78"}, "5678"),
        ({"personal_id": "B7654321", "phone": "0900004444"}, "4321"),
    ],
)
def test_four_digits_of_either_number_of_any_party_open_it(world, client, party, digits):
    submitter = PartyFacts(full_name="Trần Văn Nộp", **party)
    dossier = world.receive(submitter=submitter)
    assert ask(client, dossier.number, digits).status_code == 302


def test_wrong_and_absent_answer_exactly_the_same(world, client, django_assert_num_queries):
    dossier = world.receive()
    absent = "901.00.99.H40-210317-0999"
    wrong, missing = ask(client, dossier.number, "9999"), ask(client, absent, "9999")
    assert wrong.status_code == missing.status_code == 422
    pages = [
        response.content.decode().replace(number, "…").replace(token, "…")
        for response, number, token in (
            (wrong, dossier.number, str(wrong.context["csrf_token"])),
            (missing, absent, str(missing.context["csrf_token"])),
        )
    ]
    assert pages[0] == pages[1]
    assert "Không có hồ sơ nào khớp cả mã số và bốn số cuối" in pages[0]


def test_wrong_and_absent_ask_the_database_the_same(world, client):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    dossier = world.receive()
    shapes = []
    for number in (dossier.number, "901.00.99.H40-210317-0999"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            ask(client, number, "9999")
        shapes.append(len(asked))
    assert shapes[0] == shapes[1]


def test_an_empty_identity_is_no_key(world, client):
    owner = PartyFacts(full_name="Nguyễn Văn Không Số")
    dossier = world.receive(owner=owner)
    for digits in ("0000", "----", ""):
        assert ask(client, dossier.number, digits).status_code == 422


@pytest.mark.parametrize(
    ("number", "digits", "said"),
    [
        ("", "", "Nhập mã số hồ sơ in trên giấy tiếp nhận."),
        ("abc", "0001", "Mã số chưa đúng dạng."),
        ("901.00.99.H40-210317-0001", "12", "Nhập đúng bốn chữ số cuối."),
        ("901.00.99.H40-210317-0001", "12345", "Nhập đúng bốn chữ số cuối."),
        ("901.00.99.H40-210317-0001", "١٢٣٤", "Nhập đúng bốn chữ số cuối."),
        ("x" * 5000, "0001", "Mã số dài quá."),
        ("901\x00", "0001", "rỗng"),
        ("901.00.99.H40-219999-0001", "0001", "Mã số chưa đúng dạng."),
    ],
)
def test_bad_input_comes_back_with_what_was_typed(world, client, number, digits, said):
    response = ask(client, number, digits)
    page = unescape(response.content.decode())
    assert response.status_code == 422
    assert said in page or "\x00" in number
    assert "Chưa xong" in page
    assert digits in page


def test_the_number_comes_from_the_address_of_the_slip(world, client):
    dossier = world.receive()
    page = client.get(f"/lookup/?{urlencode({'number': dossier.number})}").content.decode()
    assert f'value="{dossier.number}"' in page


def test_ten_wrong_answers_for_one_number_close_it_even_for_the_right_digits(world, client):
    dossier = world.receive()
    for _ in range(attempts.PER_NUMBER):
        assert ask(client, dossier.number, "9999").status_code == 422
    closed = ask(client, dossier.number, "0001")
    assert closed.status_code == 429
    assert "Thử lại sau một giờ" in closed.content.decode()
    # Another network address makes no difference to the number's own limit.
    assert ask(client, dossier.number, "0001", REMOTE_ADDR="10.0.0.9").status_code == 429
    # An absent number closes the same way.
    absent = "901.00.99.H40-210317-0999"
    for _ in range(attempts.PER_NUMBER):
        assert ask(client, absent, "9999", REMOTE_ADDR="10.0.0.9").status_code == 422
    assert ask(client, absent, "9999", REMOTE_ADDR="10.0.0.9").status_code == 429


def test_sixty_wrong_answers_from_one_address_close_it(world, client):
    dossier = world.receive()
    for serial in range(1, attempts.PER_ADDRESS + 1):
        ask(client, f"901.00.99.H40-210317-{serial + 100:04d}", "9999")
    assert ask(client, dossier.number, "0001").status_code == 429
    assert ask(client, dossier.number, "0001", REMOTE_ADDR="10.0.0.9").status_code == 302


def test_one_household_of_the_new_internet_is_one_address(world, client):
    for serial in range(1, attempts.PER_ADDRESS + 1):
        number = f"901.00.99.H40-210317-{serial + 100:04d}"
        ask(client, number, "9999", REMOTE_ADDR=f"2001:db8:1:2::{serial:x}")
    assert ask(client, number, "9999", REMOTE_ADDR="2001:db8:1:2:ffff::1").status_code == 429
    assert ask(client, number, "9999", REMOTE_ADDR="2001:db8:1:3::1").status_code == 422


def test_right_answers_are_never_counted(world):
    dossier = world.receive()
    for _ in range(attempts.PER_NUMBER + 2):
        assert ask(Client(), dossier.number, "0001").status_code == 302


def test_the_answer_can_be_reloaded_for_a_quarter_of_an_hour(world, client, set_clock):
    dossier = world.receive()
    assert answer_of(client, dossier.number).status_code == 200
    set_clock(MORNING + timedelta(minutes=14))
    assert client.get("/lookup/answer/").status_code == 200
    set_clock(MORNING + timedelta(minutes=16))
    response = client.get("/lookup/answer/")
    assert response.status_code == 302
    page = client.get(response["Location"]).content.decode()
    assert "đã đóng sau 15 phút" in page


def test_another_browser_has_no_answer(world, client):
    dossier = world.receive()
    answer_of(client, dossier.number)
    response = Client().get("/lookup/answer/")
    assert response.status_code == 302 and response["Location"] == "/lookup/"


def test_what_is_asked_of_the_citizen_stands_with_its_day(world, client):
    dossier = world.receive(at=MORNING - timedelta(days=1))
    walk(
        world,
        dossier,
        [
            (Action.TAKE, "handler"),
            (Action.REQUEST_SUPPLEMENT, "handler", "Thiếu giấy chứng sinh."),
        ],
    )
    page = answer_of(client, dossier.number).content.decode()
    assert "Ông/bà cần bổ sung giấy tờ" in page
    assert "Thiếu giấy chứng sinh." in page
    assert "16/03/2021, 08:05" in page
    assert "Còn 5 ngày làm việc khi hết tạm dừng." in page
    assert "Đếm từng ngày" not in page  # no date while the clock stands still


def test_notes_between_officers_are_not_shown(world, client):
    dossier = world.receive(at=MORNING - timedelta(days=1))
    walk(
        world,
        dossier,
        [
            (Action.TAKE, "handler"),
            (Action.PROPOSE, "handler", "Đề nghị xem kỹ trang 2"),
            (Action.SEND_BACK_FOR_REWORK, "approver", "Viết lại tờ trình"),
        ],
    )
    page = answer_of(client, dossier.number).content.decode()
    assert "Đề nghị xem kỹ" not in page and "Viết lại tờ trình" not in page


def test_the_road_is_told_in_order_with_its_pauses(world, client):
    dossier = world.receive(at=MORNING - timedelta(days=2))
    walk(
        world,
        dossier,
        [
            (Action.TAKE, "handler"),
            (Action.REQUEST_SUPPLEMENT, "handler", "Thiếu giấy chứng sinh."),
        ],
    )
    walk(world, dossier, [(Action.SUPPLEMENT, "reception")], every=timedelta(days=1))
    page = answer_of(client, dossier.number).content.decode()
    road = page[page.index('<ol class="timeline') : page.index("</ol>")]
    order = [
        "Tiếp nhận hồ sơ",
        "Giải quyết hồ sơ",
        "Chờ ông/bà bổ sung giấy tờ",
        "Giải quyết hồ sơ",
        "Xem xét, ký kết quả",
        "Vào sổ, đóng dấu",
        "Trả kết quả",
    ]
    place = 0
    for words in order:
        place = road.index(words, place) + 1
    assert road.count('aria-current="step"') == 1
    assert "Đếm từng ngày" in page
    dossier.refresh_from_db()
    assert f"Hẹn trả kết quả: {spoken.moment(dossier.due_at)}" in page
    # The pause is among the days that are counted: no other date is explained first.
    assert "cơ quan đã dời hẹn" not in page


def test_a_dossier_sent_back_says_why(world, client):
    dossier = world.receive(at=MORNING - timedelta(days=1))
    walk(
        world,
        dossier,
        [
            (Action.TAKE, "handler"),
            (Action.PROPOSE, "handler"),
            (Action.SEND_BACK, "approver", "Không đúng thẩm quyền."),
        ],
    )
    page = answer_of(client, dossier.number).content.decode()
    assert "đã được trả lại, không giải quyết" in page
    assert "Không đúng thẩm quyền." in page
    unit = "Bộ phận Một cửa thị trấn Liễu Đề"
    assert f"Mời ông/bà đến {unit} nhận lại giấy tờ đã nộp, trong giờ làm việc." in page
    assert "Khi đến nhận lại giấy tờ, mang theo" in page and "giấy tờ tùy thân khác" in page
    assert "Phí, lệ phí đã nộp, nếu có, được giải quyết theo quy định" in page


@pytest.mark.parametrize("action", [Action.SEND_BACK, Action.WITHDRAW, Action.DISCONTINUE])
def test_papers_that_were_fetched_are_told_without_who_fetched_them(world, client, action):
    dossier = world.receive(at=MORNING - timedelta(days=2))
    who = "reception" if action is Action.WITHDRAW else "approver"
    walk(
        world,
        dossier,
        [
            (Action.TAKE, "handler"),
            (Action.PROPOSE, "handler"),
            (action, who, "Không đúng thẩm quyền."),
        ],
    )
    page = answer_of(client, dossier.number).content.decode()
    assert "nhận lại giấy tờ đã nộp, trong giờ làm việc." in page
    hand_papers_back(
        dossier_id=dossier.pk,
        collector=Collector(full_name="Lê Văn Ba", personal_id="003200000002", note="Con ruột"),
        officer=world.officers["reception"],
        at=MORNING - timedelta(minutes=30),
    )
    answer = client.get("/lookup/answer/")
    page = answer.content.decode()
    assert "Giấy tờ đã nộp được trả lại hôm thứ Tư, 17/03/2021." in page
    assert "Khi đến nhận lại giấy tờ" not in page and "Mời ông/bà đến" not in page
    last = answer.context["stages"][-1]
    assert last[1:] == ("Đã trả lại giấy tờ", "07:33 17/03/2021")
    assert page.count('aria-current="step"') == 1
    for secret in ("Lê Văn Ba", "003200000002", "Con ruột"):
        assert secret not in page


def test_a_late_dossier_is_told_late(world, client):
    dossier = world.receive(at=MORNING - timedelta(days=15))
    walk(world, dossier, [(Action.TAKE, "handler")])
    page = answer_of(client, dossier.number).content.decode()
    assert "quá hạn" in page and "xin lỗi ông/bà" in page


def test_the_page_is_cheap(world, client, django_assert_max_num_queries):
    dossier = world.receive(at=MORNING - timedelta(days=1))
    walk(world, dossier, [(Action.TAKE, "handler")])
    answer_of(client, dossier.number)
    with django_assert_max_num_queries(12):
        client.get("/lookup/answer/")


def test_a_step_done_anew_is_one_line_and_the_unit_is_named_once(world, client):
    dossier = world.receive(at=MORNING - timedelta(days=1))
    walk(
        world,
        dossier,
        [
            (Action.TAKE, "handler"),
            (Action.PROPOSE, "handler"),
            (Action.SEND_BACK_FOR_REWORK, "approver", "Sửa số tờ bản đồ."),
            (Action.PROPOSE, "handler"),
        ],
    )
    page = answer_of(client, dossier.number)
    road = [words for _stage, words, _time in page.context["stages"]]
    assert road == [
        "Tiếp nhận hồ sơ, tại Bộ phận Một cửa thị trấn Liễu Đề",
        "Giải quyết hồ sơ (làm lại), tại UBND thị trấn Liễu Đề",
        "Xem xét, ký kết quả (làm lại)",
        "Vào sổ, đóng dấu",
        "Trả kết quả, tại nơi đã nhận hồ sơ",
    ]
    assert "Sửa số tờ bản đồ" not in page.content.decode()

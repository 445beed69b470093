"""The list of letters: approved one by one or together, sent, written anew; who sees what."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from motcua import clock
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.delay import NOT_FINISHED
from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.services import daily
from tests.web.workspace.roads import signed_in
from tests.world import TAKEN, next_town, officer_of, walk

LATE = datetime(2021, 3, 25, 8, tzinfo=OFFICE_ZONE)
EARLY = datetime(2021, 3, 22, 8, tzinfo=OFFICE_ZONE)
DUE_DAY = datetime(2021, 3, 24, 8, tzinfo=OFFICE_ZONE)


@pytest.fixture
def at(monkeypatch):
    def set_to(moment):
        monkeypatch.setenv(clock.START, moment.isoformat())

    return set_to


@pytest.fixture
def late(world, at):
    """Three late dossiers, each with its proposal."""
    dossiers = [walk(world, world.receive(), TAKEN) for _ in range(3)]
    daily.run(at=LATE)
    at(LATE)
    return dossiers


def ticked(*letters):
    return [f"{letter.pk}.{letter.revision}" for letter in letters]


def unchanged(*letters):
    """The fields of these rows as the page shows them."""
    return {
        name: value
        for letter in letters
        for name, value in {
            f"{letter.pk}-reason_code": NOT_FINISHED.code,
            f"{letter.pk}-reason": "",
            f"{letter.pk}-new_day": "31/03/2021",
        }.items()
    }


def letters():
    return list(Notice.objects.order_by("pk"))


def approve(client, chosen, **more):
    return client.post("/letters/approve/", {**unchanged(*letters()), **more, **chosen})


def test_several_letters_are_approved_at_once_and_sent_at_once(world, clients, late):
    answer = approve(clients["approver"], {"ticked": ticked(*letters())})
    assert answer.url == "/letters/?tab=approve"
    assert {letter.status for letter in letters()} == {"approved"}
    page = clients["reception"].get("/letters/?tab=send")
    assert [row.letter.pk for row in page.context["rows"]] == [each.pk for each in letters()]
    sent = clients["reception"].post(
        "/letters/send/", {"ticked": ticked(*letters()), "delivery": "phone"}, follow=True
    )
    assert "Đã ghi gửi 3 thư (báo qua điện thoại)." in sent.content.decode()
    assert [letter.position for letter in letters()] == [1, 2, 3]
    assert Dossier.objects.filter(announced_at=None).count() == 0
    shown = clients["leader"].get("/letters/?tab=sent").content.decode()
    assert shown.count("Báo qua điện thoại") == 3


def test_a_button_of_one_row_approves_that_letter_alone_with_its_words(world, clients, late):
    first, second, _third = letters()
    words = {f"{second.pk}-reason": "Chờ sổ gốc năm 1987.", f"{second.pk}-new_day": "02042021"}
    approve(clients["approver"], {"only": ticked(second)[0], "ticked": ticked(first)}, **words)
    first, second, third = letters()
    assert [each.status for each in (first, second, third)] == ["draft", "approved", "draft"]
    assert (second.reason, second.reason_code) == ("Chờ sổ gốc năm 1987.", NOT_FINISHED.code)
    assert second.new_due_at == datetime(2021, 4, 2, 17, tzinfo=OFFICE_ZONE)


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("new_day", "03042021", "ngày hẹn lại là ngày nghỉ"),
        ("new_day", "24032021", "Hạn không sau hôm nay"),
        ("new_day", "", "Ghi ngày hẹn mới."),
        ("new_day", "hôm nào", "Không đọc được ngày"),
        ("reason_code", "", "Chọn một lý do trong danh sách, hoặc viết lý do ở đây."),
        ("reason_code", "nonsense", "Chọn một lý do trong danh sách."),
    ],
)
def test_one_wrong_letter_stays_with_what_was_typed_and_the_others_go_on(
    world, clients, late, field, typed, said
):
    wrong, *_others = letters()
    answer = approve(
        clients["approver"], {"ticked": ticked(*letters())}, **{f"{wrong.pk}-{field}": typed}
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text and f'href="#letter-{wrong.pk}"' in text
    if field == "new_day" and typed:
        assert f'value="{typed}"' in text
    assert [letter.status for letter in letters()] == ["draft", "approved", "approved"]


def test_the_second_signer_is_told_and_nothing_is_done_twice(world, clients, late):
    chosen = {"ticked": ticked(*letters())}
    values = unchanged(*letters())
    other = signed_in(officer_of(world.unit.agency, "approver", "pho.chutich"))
    approve(clients["approver"], chosen)
    again = other.post("/letters/approve/", {**values, **chosen}, follow=True)
    assert "3 thư đã đánh dấu không còn ở danh sách" in again.content.decode()
    assert {letter.approved_by for letter in letters()} == {world.officers["approver"]}


def test_what_was_settled_meanwhile_is_not_sent_and_says_why(world, clients, late):
    approve(clients["approver"], {"ticked": ticked(*letters())})
    road = [(Action.PROPOSE, "handler"), (Action.APPROVE, "approver")]
    walk(world, late[0], [*road, (Action.ISSUE_RESULT, "handler")], every=timedelta(minutes=1))
    answer = clients["reception"].post(
        "/letters/send/", {"ticked": ticked(*letters()), "delivery": "post"}
    )
    assert answer.status_code == 409
    assert "Không thể xin lỗi và hẹn lại: hồ sơ đang ở trạng thái" in answer.content.decode()
    assert [letter.status for letter in letters()] == ["approved", "sent", "sent"]


def test_nothing_ticked_and_no_way_of_sending_are_said(world, clients, late):
    said = clients["approver"].post("/letters/approve/", follow=True).content.decode()
    assert "Chưa đánh dấu thư nào." in said
    approve(clients["approver"], {"ticked": ticked(*letters())})
    answer = clients["reception"].post("/letters/send/", {"ticked": ticked(*letters())})
    assert answer.status_code == 422 and "Chọn cách gửi." in answer.content.decode()


def test_who_may_see_approve_and_send(world, clients, late):
    for role in ("reception", "handler", "approver", "leader"):
        assert clients[role].get("/letters/").status_code == 200
    for role in ("reception", "handler", "leader", "administrator"):
        assert clients[role].post("/letters/approve/").status_code == 404
    for role in ("handler", "leader", "administrator"):
        assert clients[role].post("/letters/send/").status_code == 404
    assert clients["administrator"].get("/letters/").status_code == 404
    assert Client().get("/letters/").status_code == 302
    text = clients["leader"].get("/letters/").content.decode()
    assert "đề xuất tự động" in text and "Duyệt các thư" not in text


def test_letters_of_another_town_are_neither_seen_nor_signed(world, late):
    neighbour = next_town()
    stranger = signed_in(officer_of(neighbour.agency, "approver", "rangdong.ky"))
    assert stranger.get("/letters/").context["rows"] == []
    letter = letters()[0]
    assert stranger.get(f"/letters/{letter.pk}.pdf").status_code == 404
    assert stranger.get(f"/dossiers/{late[0].number}/letter/").status_code == 404
    approve(stranger, {"ticked": ticked(letter)})
    assert letters()[0].status == "draft"


def test_the_letter_is_printed(clients, late):
    answer = clients["handler"].get(f"/letters/{letters()[0].pk}.pdf")
    assert answer.status_code == 200 and answer.content.startswith(b"%PDF")


def test_the_handler_writes_an_extension_in_time(world, clients, at):
    dossier = walk(world, world.receive(), TAKEN)
    at(EARLY)
    address = f"/dossiers/{dossier.number}/letter/"
    page = clients["handler"].get(address)
    assert "Thư gia hạn" in page.content.decode()
    values = {
        "reason_code": "inspection_needed",
        "reason": "",
        "new_day": "31/3/2021",
        "revision": dossier.revision,
    }
    assert clients["handler"].post(address, values).url == f"/dossiers/{dossier.number}/"
    [letter] = letters()
    assert (letter.kind, letter.reason_code) == ("extension", "inspection_needed")
    assert letter.reason == "Cần thêm thời gian kiểm tra, xác minh thực tế."
    assert letter.drafted_by == world.officers["handler"]


def test_what_was_typed_stays_when_the_law_refuses_it(world, clients, at):
    dossier = walk(world, world.receive(), TAKEN)
    at(EARLY)
    values = {"reason_code": "", "reason": "Chờ xác minh ở xã bên", "new_day": "24/3/2021"}
    answer = clients["handler"].post(f"/dossiers/{dossier.number}/letter/", values)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "ngày hẹn trả mới không muộn hơn ngày đang hẹn" in text
    assert "Chờ xác minh ở xã bên" in text and letters() == []


def test_on_the_due_day_the_page_says_why_no_letter_can_be_written(world, clients, at):
    dossier = walk(world, world.receive(), TAKEN)
    at(DUE_DAY)
    answer = clients["handler"].get(f"/dossiers/{dossier.number}/letter/", follow=True)
    assert "chậm nhất vào ngày làm việc trước ngày hẹn trả" in answer.content.decode()


def test_many_letters_cost_no_more_questions_than_few(
    world, clients, at, django_assert_max_num_queries
):
    for _ in range(27):
        walk(world, world.receive(), TAKEN)
    daily.run(at=LATE)
    at(LATE)
    clients["approver"].get("/letters/")
    with django_assert_max_num_queries(11):
        page = clients["approver"].get("/letters/")
    assert len(page.context["rows"]) == 25

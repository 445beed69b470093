"""Notices in the workspace: drafted, signed, sent, and what the counter takes in after them."""

from datetime import timedelta

import pytest

from motcua import clock
from motcua.catalogue.models import RequiredDocument
from motcua.domain.dossier import Action, State
from motcua.dossiers.models import Dossier, Notice
from tests.web.workspace.roads import placed, signed_in
from tests.world import MORNING, done, next_town, officer_of

ASKED = {
    "flaw_1": "wrong",
    "reason_1": "Thiếu chữ ký",
    "flaw_2": "missing",
    "reason_2": "Chưa có",
    "guidance": "Ký ở trang hai",
    "answer_by": "01042021",
}


@pytest.fixture
def clients(world):
    RequiredDocument.objects.create(
        version=world.version, position=2, name="Giấy chứng sinh", is_compulsory=False
    )
    return {role: signed_in(officer) for role, officer in world.officers.items()}


@pytest.fixture
def dossier(world, clients):
    return placed(world, "taken")


def words(answer):
    return answer.content.decode()


def drafted(clients, dossier, kind="supplement", who="handler", **said):
    address = f"/dossiers/{dossier.number}/notices/{kind}/"
    said = {"revision": dossier.revision, **(ASKED if kind == "supplement" else {}), **said}
    return clients[who].post(address, said)


def sent(clients, dossier, kind="supplement", **said):
    answer = drafted(clients, dossier, kind, **said)
    assert answer.status_code == 302, words(answer)
    notice = Notice.objects.latest("pk")
    clients["approver"].post(
        f"/notices/{notice.pk}/approve/", {"revision": notice.revision, "note": "Đồng ý"}
    )
    clients["reception"].post(f"/notices/{notice.pk}/send/", {"revision": 1, "delivery": "phone"})
    dossier.refresh_from_db()
    return Notice.objects.get(pk=notice.pk)


@pytest.fixture
def later(monkeypatch):
    """Let so many hours pass."""

    def pass_by(hours):
        monkeypatch.setattr(clock, "time", lambda: hours * 3600.0)

    return pass_by


def test_from_the_dossier_to_the_applicant(world, clients, dossier):
    page = words(clients["handler"].get(f"/dossiers/{dossier.number}/"))
    assert f'href="/dossiers/{dossier.number}/notices/supplement/"' in page
    form = words(clients["handler"].get(f"/dossiers/{dossier.number}/notices/supplement/"))
    assert "Giấy chứng sinh" in form and "1 bản chính" in form
    answer = drafted(clients, dossier)
    notice = Notice.objects.get()
    assert answer.url == f"/notices/{notice.pk}/"
    assert "1 văn bản chờ duyệt" in words(clients["approver"].get("/notices/"))
    page = words(clients["approver"].get(answer.url))
    assert "Thiếu chữ ký" in page and "Duyệt văn bản" in page and "Gửi cho người nộp" not in page
    assert "Duyệt văn bản" not in words(clients["handler"].get(answer.url))
    clients["approver"].post(f"/notices/{notice.pk}/approve/", {"revision": 0, "note": ""})
    assert "1 văn bản đã duyệt, chờ gửi" in words(clients["reception"].get("/notices/"))
    after = clients["reception"].post(
        f"/notices/{notice.pk}/send/", {"revision": 1, "delivery": "post"}, follow=True
    )
    assert "Đã gửi văn bản số 1/" in words(after) and "Gửi bưu chính" in words(after)
    dossier.refresh_from_db()
    assert dossier.state == State.AWAITING_SUPPLEMENT
    page = words(clients["handler"].get(f"/dossiers/{dossier.number}/"))
    assert "Văn bản gửi người nộp" in page and "yêu cầu bổ sung giấy tờ" in page


def test_returned_with_a_reason_and_amended(clients, dossier):
    drafted(clients, dossier)
    notice = Notice.objects.get()
    silent = clients["approver"].post(f"/notices/{notice.pk}/return/", {"revision": 0})
    assert silent.status_code == 422 and "Ghi lý do" in words(silent)
    said = {"revision": 0, "note": "Ghi rõ trang nào"}
    clients["approver"].post(f"/notices/{notice.pk}/return/", said)
    listed = words(clients["handler"].get("/notices/?tab=returned"))
    assert "1 văn bản chuyển lại tôi để sửa" in listed and "Ghi rõ trang nào" in listed
    form = words(clients["handler"].get(f"/notices/{notice.pk}/amend/"))
    assert "Thiếu chữ ký" in form and "01/04/2021" in form
    clients["handler"].post(
        f"/notices/{notice.pk}/amend/", {**ASKED, "reason_1": "Thiếu chữ ký trang 2", "revision": 1}
    )
    assert "Thiếu chữ ký trang 2" in words(clients["approver"].get(f"/notices/{notice.pk}/"))


def test_the_second_approver_is_told(world, clients, dossier):
    drafted(clients, dossier)
    notice = Notice.objects.get()
    for status in (302, 409):
        answer = clients["approver"].post(
            f"/notices/{notice.pk}/approve/", {"revision": 0, "note": ""}
        )
        assert answer.status_code == status
    assert "Có người vừa làm việc với văn bản này" in words(answer)


def test_what_moved_on_meanwhile_is_said(world, clients, dossier):
    drafted(clients, dossier)
    notice = Notice.objects.get()
    clients["approver"].post(f"/notices/{notice.pk}/approve/", {"revision": 0, "note": ""})
    at = dossier.events.latest("position").at
    for minutes, (action, who) in enumerate(
        [
            (Action.PROPOSE, "handler"),
            (Action.APPROVE, "approver"),
            (Action.ISSUE_RESULT, "handler"),
        ],
        start=1,
    ):
        officer = world.officers[who]
        done(dossier, action, officer=officer, at=at + timedelta(minutes=minutes), note="Đủ")
    page = words(clients["reception"].get(f"/notices/{notice.pk}/"))
    assert "nên văn bản này không gửi được nữa" in page and "Gửi cho người nộp</button>" not in page
    answer = clients["reception"].post(
        f"/notices/{notice.pk}/send/", {"revision": 1, "delivery": "post"}
    )
    assert answer.status_code == 409


def test_a_second_draft_leads_to_the_first(clients, dossier):
    drafted(clients, dossier)
    address = f"/dossiers/{dossier.number}/notices/supplement/"
    assert clients["handler"].get(address).url == f"/notices/{Notice.objects.get().pk}/"
    assert drafted(clients, dossier).status_code == 409 and Notice.objects.count() == 1


@pytest.mark.parametrize(
    ("kind", "said", "lacks"),
    [
        ("supplement", {"answer_by": "1/1/2020"}, "Hạn không sau hôm nay"),
        ("supplement", {"answer_by": "mai"}, "Không đọc được ngày"),
        ("supplement", {"answer_by": ""}, "Ghi ngày cuối"),
        ("payment", {"amount": "không", "reason": "Thuế"}, "Nhập số tiền bằng đồng"),
        ("stop", {"reason": " "}, "Ghi lý do"),
    ],
)
def test_what_is_mistyped_is_said_and_kept(clients, dossier, kind, said, lacks):
    answer = drafted(clients, dossier, kind, **said)
    assert answer.status_code == 422 and lacks in words(answer)
    assert not Notice.objects.exists()


def test_what_came_is_taken_in_with_the_new_date(clients, dossier, later):
    sent(clients, dossier)
    later(48)
    address = f"/counter/dossiers/{dossier.number}/supplement/"
    page = words(clients["reception"].get(address))
    assert "Chưa đúng: Thiếu chữ ký" in page and "Thời hạn chạy tiếp" in page
    said = {"revision": dossier.revision, "kind_1": "original", "count_1": "1"}
    answer = clients["reception"].post(address, said)
    assert answer.status_code == 409 and "Còn thiếu 1 giấy tờ đã yêu cầu" in words(answer)
    answer = clients["reception"].post(
        address, {**said, "kind_2": "certified", "count_2": "2"}, follow=True
    )
    assert "Đã nhận giấy tờ bổ sung" in words(answer) and "hẹn trả" in words(answer)
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROCESS and dossier.papers.get(position=2).certified == 2
    twice = clients["reception"].post(address, {**said, "kind_2": "certified"})
    assert twice.status_code == 409


def test_payment_is_asked_for_and_noted(clients, dossier, later):
    sent(clients, dossier, "payment", amount="150.000", reason="Thuế", answer_by="01042021")
    assert dossier.state == State.AWAITING_PAYMENT
    later(48)
    address = f"/counter/dossiers/{dossier.number}/payment/"
    assert "150.000" in words(clients["reception"].get(address))
    empty = clients["reception"].post(address, {"revision": dossier.revision})
    assert empty.status_code == 422 and "Ghi số, ngày và nơi nộp" in words(empty)
    clients["reception"].post(address, {"revision": dossier.revision, "in_cash": "1"})
    dossier.refresh_from_db()
    assert dossier.state == State.IN_PROCESS and dossier.payments.get().amount == 150_000


def test_the_applicant_withdraws(clients, dossier):
    address = f"/counter/dossiers/{dossier.number}/withdraw/"
    assert clients["reception"].get(address).status_code == 200
    said = {"revision": dossier.revision, "reason": "Không còn nhu cầu"}
    answer = clients["reception"].post(address, said, follow=True)
    assert "Đã ghi nhận rút hồ sơ" in words(answer)
    assert Dossier.objects.get().state == State.WITHDRAWN
    assert clients["reception"].post(address, said).status_code == 409


def test_a_handler_proposes_a_stop_that_is_signed(clients, dossier):
    sent(clients, dossier, "stop", reason="Người nộp đề nghị; điều 19")
    assert dossier.state == State.DISCONTINUED


def test_who_has_no_part_in_it_finds_nothing(world, clients, dossier):
    drafted(clients, dossier)
    notice = Notice.objects.get()
    stranger = signed_in(officer_of(next_town().agency, "approver", "rangdong"))
    for address in (
        f"/notices/{notice.pk}/",
        f"/notices/{notice.pk}.pdf",
        f"/notices/{notice.pk}/amend/",
        f"/dossiers/{dossier.number}/notices/stop/",
        f"/counter/dossiers/{dossier.number}/supplement/",
    ):
        assert stranger.get(address).status_code == 404, address
    assert stranger.post(f"/notices/{notice.pk}/approve/", {"revision": 0}).status_code == 404
    assert "Không có văn bản nào chờ duyệt" in words(stranger.get("/notices/?tab=approve"))
    for address in (f"/dossiers/{dossier.number}/notices/stop/",):
        assert clients["reception"].get(address).status_code == 302


def test_an_unanswered_request_is_proposed_to_be_stopped(world, clients, dossier):
    officer = world.officers["handler"]
    done(dossier, Action.REQUEST_SUPPLEMENT, officer=officer, at=MORNING + timedelta(hours=1))
    Notice.objects.update(answer_by=MORNING.date() - timedelta(days=1))
    listed = words(clients["handler"].get("/notices/?tab=unanswered"))
    assert "1 hồ sơ đề nghị dừng" in listed
    form = words(clients["handler"].get(f"/dossiers/{dossier.number}/notices/stop/"))
    assert "người nộp chưa bổ sung theo phiếu yêu cầu số 1/2021" in form


def test_the_pages_ask_few_questions(clients, dossier, django_assert_max_num_queries):
    drafted(clients, dossier)
    notice = Notice.objects.get()
    with django_assert_max_num_queries(12):
        clients["approver"].get("/notices/")
    with django_assert_max_num_queries(12):
        clients["approver"].get(f"/notices/{notice.pk}/")

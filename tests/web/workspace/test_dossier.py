"""The page of a dossier: what it says, and who sees it."""

import uuid
from datetime import timedelta

import pytest

from motcua.domain.dossier import Action
from motcua.dossiers.models import Correction
from motcua.dossiers.services.processing import act
from motcua.dossiers.services.reception import receive_together
from tests.web.workspace.roads import PLACES, placed
from tests.world import MORNING, TAKEN, walk


def text_of(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize("place", PLACES)
def test_every_place_of_a_dossier_has_its_page(world, clients, place):
    dossier = placed(world, place)
    for role in ("reception", "handler", "approver", "leader"):
        answer = clients[role].get(f"/dossiers/{dossier.number}/")
        assert answer.status_code == 200
        assert dossier.number in answer.content.decode()


def test_nobody_else_learns_that_it_exists(world, clients, strangers):
    dossier = placed(world, "taken")
    for who, client in {**strangers, "administrator": clients["administrator"]}.items():
        for address in ("", "control-sheet.pdf", "files/1/"):
            answer = client.get(f"/dossiers/{dossier.number}/{address}")
            missing = client.get(f"/dossiers/901.00.99.H40-210317-9999/{address}")
            assert answer.status_code == missing.status_code == 404, (who, address)


def test_the_strip_says_who_holds_it_until_when_and_what_comes_next(world, clients):
    dossier = placed(world, "taken")
    text = text_of(clients["handler"].get(f"/dossiers/{dossier.number}/"))
    assert "Trần Văn handler, UBND thị trấn Liễu Đề" in text
    assert "Thụ lý" in text
    assert "còn 5 ngày làm việc" in text
    assert "Thời hạn 5 ngày làm việc, tiếp nhận" in text
    assert text.count("tính, ngày làm việc thứ") == 5


def test_the_timeline_tells_the_newest_first_with_the_clock(world, clients):
    dossier = placed(world, "ready")
    page = clients["handler"].get(f"/dossiers/{dossier.number}/")
    told = [told for day in page.context["days"] for told in day.told]
    assert [each.done for each in told] == [
        "ghi kết quả",
        "phê duyệt",
        "trình ký",
        "nhận việc",
        "bàn giao hồ sơ",
        "tiếp nhận hồ sơ",
    ]
    assert told[0].clock == "Thời hạn dừng: có kết quả trước hạn."
    assert told[-1].clock.startswith("Thời hạn bắt đầu chạy, hẹn trả")
    assert "trình ký, lên bước “Ký duyệt”" in text_of(page)


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ("awaiting supplement", "Thời hạn đang tạm dừng"),
        ("awaiting supplement", "còn 5 ngày làm việc khi hết tạm dừng"),
        ("suspended", "Thời hạn tạm dừng."),
        ("sent back", "Thời hạn dừng, hồ sơ không được giải quyết."),
        ("ready", "có kết quả trước hạn"),
    ],
)
def test_the_page_says_what_happened_to_the_clock(world, clients, place, words):
    dossier = placed(world, place)
    assert words in text_of(clients["approver"].get(f"/dossiers/{dossier.number}/"))


def test_late_steps_and_the_minutes_of_each_holder_are_said(world, clients):
    dossier = walk(world, world.receive(at=MORNING - timedelta(days=9)), TAKEN)
    page = clients["handler"].get(f"/dossiers/{dossier.number}/")
    verdicts = [line.verdict for line in page.context["steps"]]
    assert verdicts == ["sớm", "đang trễ 5 ngày làm việc", "", "", ""]
    lines = page.context["shares"]["lines"]
    assert len(lines) == 3
    assert page.context["shares"]["total"] == "58 giờ"


def test_corrections_stand_in_the_timeline_with_what_was_there_before(world, clients):
    dossier = placed(world, "taken")
    act(
        dossier_id=dossier.pk,
        action=Action.CORRECT,
        officer=world.officers["reception"],
        at=MORNING + timedelta(hours=1),
        note="Gõ nhầm",
    )
    Correction.objects.create(
        dossier=dossier,
        event=dossier.events.last(),
        subject="Chủ hồ sơ: điện thoại",
        before="0900000001",
        after="0900000002",
    )
    text = text_of(clients["handler"].get(f"/dossiers/{dossier.number}/"))
    assert "<s>0900000001</s> → 0900000002" in text


def test_two_hundred_events_read_well_and_cost_no_more_questions(
    world, clients, django_assert_max_num_queries
):
    dossier = placed(world, "taken")
    for n in range(100):
        at = MORNING + timedelta(minutes=10, seconds=n)
        for action, role, step in (
            ("propose", "handler", ""),
            ("send_back_for_rework", "approver", "handle"),
        ):
            act(
                dossier_id=dossier.pk,
                action=Action(action),
                officer=world.officers[role],
                at=at,
                to_step=step,
                note="Làm lại" if step else "",
            )
    clients["leader"].get(f"/dossiers/{dossier.number}/")
    with django_assert_max_num_queries(11):
        page = clients["leader"].get(f"/dossiers/{dossier.number}/")
    assert page.context["events"] == 203


def test_the_control_sheet_is_printed(world, clients):
    dossier = placed(world, "taken")
    answer = clients["leader"].get(f"/dossiers/{dossier.number}/control-sheet.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_only_the_counter_is_shown_the_way_to_the_receipt(world, clients):
    receipt = receive_together(
        unit=world.unit,
        counter=world.counter,
        filings=[world.filing()],
        officer=world.officers["reception"],
        at=MORNING,
        token=uuid.uuid4(),
    )
    address = f"/counter/receipts/{receipt.token}/"
    for role, shown in (("reception", True), ("leader", False)):
        page = clients[role].get(f"/dossiers/{receipt.dossiers.get().number}/")
        assert (address in page.content.decode()) is shown
        assert "Phiếu kiểm soát (PDF)" in page.content.decode()


def test_what_waits_for_the_seal_waits_for_the_clerk(world, clients):
    dossier = placed(world, "approved")
    page = clients["reception"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert "Chờ văn thư nhận việc" in page and "Văn thư, UBND thị trấn Liễu Đề" in page
    assert "Cán bộ trả kết quả, Bộ phận Một cửa thị trấn Liễu Đề" in page
    assert "Chờ cán bộ thụ lý" not in page

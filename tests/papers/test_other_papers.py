"""Control sheet, register, hand-over list."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.dossier import Action
from motcua.dossiers import papers
from motcua.dossiers.models import Dossier
from motcua.dossiers.services import results
from tests.papers.pages import A4, A4_LANDSCAPE, A5, sizes, words
from tests.papers.slips import OWNER, Walk, listed, procedure, settle_at_once
from tests.world import MORNING

HOUR = timedelta(hours=1)
MARCH = {"first": date(2021, 3, 1), "last": date(2021, 3, 31)}


@pytest.fixture
def settled(world):
    """A dossier whose handler was late for reasons of their own and waited for the applicant."""
    walk = Walk(world, world.receive(owner=OWNER), MORNING)
    walk.do(Action.HAND_OVER, "reception", after=HOUR)
    walk.do(Action.TAKE, "handler", after=HOUR)
    walk.do(Action.REQUEST_SUPPLEMENT, "handler", after=HOUR, note="thiếu giấy chứng sinh")
    walk.do(Action.SUPPLEMENT, "reception", after=48 * HOUR)
    walk.do(Action.PROPOSE, "handler", after=72 * HOUR)  # Monday 22 March 2021, 11:03
    walk.do(Action.APPROVE, "approver", after=72 * HOUR, note="Đồng ý cấp")
    walk.do(Action.ISSUE_RESULT, "handler", after=HOUR)
    walk.do(Action.RETURN, "reception", after=HOUR)
    return Dossier.objects.get(pk=walk.dossier.pk)


def test_each_hand_over_has_its_block(world, settled):
    pdf = papers.control_sheet(settled, at=MORNING + 200 * HOUR)
    assert set(sizes(pdf)) == {A5}
    text = words(pdf)
    for said in (
        "Mẫu số 05 (Ban hành kèm theo Thông tư số 01/2018/TT-VPCP)",
        "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ",
        f"Mã hồ sơ: {settled.number}",
        "Hồ sơ của: Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
        "Cơ quan (bộ phận) giải quyết hồ sơ: UBND thị trấn Liễu Đề",
        "Cơ quan phối hợp giải quyết hồ sơ: không",
        "Thời gian nhận hồ sơ: 08 giờ 03 phút, ngày 17 tháng 3 năm 2021",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 24 tháng 3 năm 2021",
        "Hẹn trả hiện nay: 17 giờ 00 phút, ngày 26 tháng 3 năm 2021",
        "1. Giao: Bộ phận Một cửa thị trấn Liễu Đề (Tiếp nhận)",
        "2. Nhận: UBND thị trấn Liễu Đề (Thụ lý)",
        "Giao: 09 giờ 03 phút, ngày 17/03/2021",
        "Nhận: 10 giờ 03 phút, ngày 17/03/2021",
        "2. Nhận: Người nộp hồ sơ (Nhận kết quả)",
        "Đồng ý cấp",
        "thiếu giấy chứng sinh",
    ):
        assert said in text
    assert text.count("1. Giao:") == settled.steps_taken.count() == 5
    assert "… giờ" not in text


def test_time_that_waited_for_the_applicant_is_not_the_handlers(world, settled):
    # Two working days from Wednesday 09:03 ended on Friday; two days of waiting move it on.
    handled = settled.steps_taken.get(code="handle")
    assert handled.ended_at < handled.due_at
    text = words(papers.control_sheet(settled, at=MORNING + 200 * HOUR))
    block = text[text.index("Giao: 11 giờ 03 phút, ngày 22/03/2021") :]
    assert block.index("Hạn: 17:00 23/03/2021") < block.index("1. Giao:")
    assert "Trước hạn" in block[: block.index("1. Giao:")]
    # The approver had one working day and took three.
    assert "Quá hạn" in block


def test_an_open_dossier_leaves_room_for_the_hand_overs_to_come(world):
    dossier = world.receive()
    text = words(papers.control_sheet(dossier, at=MORNING))
    assert text.count("1. Giao:") == len(world.version.steps.all()) - 1
    assert "Giao: … giờ … phút, ngày …/…/…" in text
    assert "Đúng hạn" not in text


def test_a_dossier_sent_back_ends_with_the_applicant_and_the_reason(world):
    walk = Walk(world, world.receive(), MORNING)
    walk.do(Action.HAND_OVER, "reception", after=HOUR)
    walk.do(Action.PROPOSE, "handler", after=HOUR)
    walk.do(Action.SEND_BACK, "approver", after=HOUR, note="không thuộc thẩm quyền")
    text = words(papers.control_sheet(walk.dossier, at=MORNING + 4 * HOUR))
    assert "2. Nhận: Người nộp hồ sơ (Nhận lại hồ sơ)" in text
    assert "không thuộc thẩm quyền" in text
    assert "(trả lại hồ sơ)" in text
    assert text.count("1. Giao:") == 4
    # Nobody has fetched the papers yet: the line is there to be filled in by hand.
    assert "Nhận: … giờ … phút, ngày …/…/…" in text
    back = results.Collector(full_name="Lê Văn Ba", personal_id="003200000002")
    who = world.officers["reception"]
    results.hand_papers_back(
        dossier_id=walk.dossier.pk, collector=back, officer=who, at=MORNING + 25 * HOUR
    )
    dossier = Dossier.objects.get(pk=walk.dossier.pk)
    text = words(papers.control_sheet(dossier, at=MORNING + 26 * HOUR))
    assert "Nhận: 09 giờ 03 phút, ngày 18/03/2021" in text and "Lê Văn Ba" in text
    unit = "Bộ phận Một cửa thị trấn Liễu Đề"
    assert f"2. Nhận: {unit} (Chờ người nộp nhận lại)" in text
    last = text[text.index(f"1. Giao: {unit} (Trả lại giấy tờ)") :]
    assert "Giao: 09 giờ 03 phút, ngày 18/03/2021" in last
    assert last.index(who.full_name) < last.index("Lê Văn Ba")
    assert "Trần Văn approver" not in last
    row = words(papers.register(world.unit, **MARCH))
    assert "Lê Văn Ba" in row and "Trả lại giấy tờ 18/03/2021" in row


def test_a_long_reason_has_the_width_of_the_sheet(world):
    walk = Walk(world, world.receive(), MORNING)
    walk.do(Action.HAND_OVER, "reception", after=HOUR)
    reason = "Thửa đất đang có tranh chấp với hộ liền kề, chưa có kết quả hòa giải ở xã. " * 20
    walk.do(Action.PROPOSE, "handler", after=HOUR)
    walk.do(Action.SEND_BACK, "approver", after=HOUR, note=reason.strip())
    pdf = papers.control_sheet(walk.dossier, at=MORNING + 4 * HOUR)
    text = words(pdf)
    assert "Ghi chú: Thửa đất đang có tranh chấp với hộ liền kề, chưa có kết quả" in text
    assert text.count("hòa giải ở xã.") == 20
    assert "Xem dòng dưới" in text and len(sizes(pdf)) == 2


def test_the_newer_control_sheet_is_form_06_on_a4(world):
    dossier = world.receive(at=datetime(2026, 3, 18, 8, 3, tzinfo=OFFICE_ZONE))
    pdf = papers.control_sheet(dossier, at=MORNING)
    assert set(sizes(pdf)) == {A4}
    assert "Mẫu số 06 (Ban hành kèm theo Thông tư số 03/2025/TT-VPCP)" in words(pdf)


def test_the_register_lists_what_came_in_between_two_days(world):
    version = procedure(
        world, name="Chứng thực bản sao", papers=["Bản chính"], is_settled_at_once=True
    )
    early = world.receive(at=datetime(2021, 2, 26, 8, 0, tzinfo=OFFICE_ZONE))
    certified = settle_at_once(world, world.receive(version=version, owner=OWNER))
    other = replace(OWNER, full_name="Phạm Văn Tâm", personal_id="036300000002")
    late = world.receive(
        at=datetime(2021, 3, 31, 16, 59, tzinfo=OFFICE_ZONE), owner=other, submitter=OWNER
    )
    pdf = papers.register(world.unit, **MARCH, at=MORNING + 400 * HOUR)
    assert sizes(pdf) == [A4_LANDSCAPE]
    text = words(pdf)
    for said in (
        "Mẫu số 06 (Ban hành kèm theo Thông tư số 01/2018/TT-VPCP)",
        "SỔ THEO DÕI HỒ SƠ",
        "Quyển số: 2021",
        "Hồ sơ tiếp nhận từ ngày 01/03/2021 đến ngày 31/03/2021",
        "Cộng: 2 hồ sơ",
        f"2 {certified.number}".replace("-21", "- 21", 1),
        f"3 {late.number}".replace("-21", "- 21", 1),
        "Nguyễn Thị Huỳnh Ngọc Quỳnh Như (chủ hồ sơ: Phạm Văn Tâm)",
        "17/03/2021 08:03",
        "17/03/2021 08:08",
        "31/03/2021 16:59",
        "Tại quầy",
        "In lúc",
        "Trang 1/1",
    ):
        assert said in text
    assert early.number.split("-")[1] not in text


def test_hundreds_of_rows_repeat_the_head_on_every_page(world, django_assert_max_num_queries):
    for minute in range(200):
        world.receive(at=MORNING + timedelta(minutes=minute), owner=OWNER)
    with django_assert_max_num_queries(3):
        pdf = papers.register(world.unit, **MARCH)
    pages = len(sizes(pdf))
    assert pages > 5
    for page in range(pages):
        text = words(pdf, page)
        assert "Họ tên người nộp" in text
        assert f"Trang {page + 1}/{pages}" in text
    assert pdf == papers.register(world.unit, **MARCH)


def test_a_register_over_the_change_of_forms_has_a_part_for_each(world):
    for day in (12, 16):
        world.receive(at=datetime(2025, 9, day, 9, 0, tzinfo=OFFICE_ZONE))
    pdf = papers.register(world.unit, first=date(2025, 9, 1), last=date(2025, 9, 30))
    assert "Mẫu số 06 (Ban hành kèm theo Thông tư số 01/2018/TT-VPCP)" in words(pdf, 0)
    assert "Mẫu số 07 (Ban hành kèm theo Thông tư số 03/2025/TT-VPCP)" in words(pdf, 1)


def test_a_register_of_a_quiet_day_says_so(world):
    text = words(papers.register(world.unit, first=date(2021, 3, 18), last=date(2021, 3, 18)))
    assert "Hồ sơ tiếp nhận ngày 18/03/2021" in text
    assert "Không có hồ sơ nào được tiếp nhận trong thời gian này." in text


def test_the_hand_over_list_is_for_both_sides_to_sign(world):
    first, second = world.receive(owner=OWNER), world.receive(name="Phạm Văn Tâm")
    hand_over_list = listed(world, first, second)
    pdf = papers.hand_over_list(hand_over_list)
    assert sizes(pdf) == [A4]
    text = words(pdf)
    for said in (
        "DANH SÁCH BÀN GIAO HỒ SƠ",
        "Số: 7/BPTNTKQ",
        "Bên giao: Bộ phận Một cửa thị trấn Liễu Đề",
        "Bên nhận: UBND thị trấn Liễu Đề",
        "Lập lúc: 10 giờ 03 phút, ngày 17 tháng 3 năm 2021",
        "Đăng ký khai sinh Phạm Văn Tâm 1 17/03/2021 08:03",
        "Cộng: 2 hồ sơ, 2 giấy tờ",
        "BÊN GIAO (Ký và ghi rõ họ tên)",
        "Trần Văn reception",
    ):
        assert said in text
    assert "Xác nhận đã nhận: …" in text
    hand_over_list.confirmed_at = MORNING + 3 * HOUR
    hand_over_list.confirmed_by = world.officers["handler"]
    text = words(papers.hand_over_list(hand_over_list))
    assert "Xác nhận đã nhận: 11 giờ 03 phút, ngày 17 tháng 3 năm 2021, đủ" in text
    assert "Trần Văn handler" in text
    hand_over_list.lines.filter(position=2).update(note="thiếu bản chính")
    text = words(papers.hand_over_list(hand_over_list))
    assert "ngày 17 tháng 3 năm 2021, trừ 1 hồ sơ chưa nhận được" in text
    assert "Đăng ký khai sinh Chưa nhận được: thiếu bản chính" in text

"""The letter of apology, in both sets of forms, in time and late, with long names."""

from datetime import datetime

import pytest

from motcua.domain.calendar import OFFICE_ZONE
from motcua.dossiers import papers
from motcua.dossiers.models import Dossier, Notice
from motcua.dossiers.services import daily, letters, notices
from tests.papers.pages import A5, sizes, words
from tests.papers.slips import OWNER
from tests.world import TAKEN, division_of, walk

EARLY = datetime(2021, 3, 23, 7, 30, tzinfo=OFFICE_ZONE)
LATE = datetime(2021, 3, 25, 7, 30, tzinfo=OFFICE_ZONE)


def sent(world, at):
    daily.run(at=at)
    letter = Notice.objects.get(status="draft")
    who = {"officer": world.officers["approver"], "at": at}
    letter = letters.approve(notice_id=letter.pk, seen_revision=letter.revision, **who)
    return notices.send(notice_id=letter.pk, seen_revision=letter.revision, delivery="post", **who)


def printed(letter, at):
    letter = Notice.objects.select_related("dossier", "approved_by").get(pk=letter.pk)
    return papers.letter(letter, promise=letters.promise_of(letter), at=at)


@pytest.fixture
def dossier(world):
    return walk(world, world.receive(owner=OWNER), TAKEN)


def test_late_it_apologises_and_names_the_new_date(world, dossier):
    pdf = printed(sent(world, LATE), LATE)
    assert sizes(pdf) == [A5]
    text = words(pdf)
    for said in (
        "Mẫu số 04 (Ban hành kèm theo Thông tư số 01/2018/TT-VPCP)",
        "ỦY BAN NHÂN DÂN THỊ TRẤN LIỄU ĐỀ",
        "Số: 1/PXL",
        "Liễu Đề, ngày 25 tháng 3 năm 2021",
        "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ",
        "Kính gửi: Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
        f"Mã hồ sơ: {dossier.number}",
        "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 24 tháng 3 năm 2021",
        "Nơi chịu trách nhiệm: UBND thị trấn Liễu Đề, bước “Thụ lý”",
        "Lý do chậm: Cơ quan chưa hoàn thành việc giải quyết hồ sơ trong thời hạn.",
        "xin lỗi ông/bà",
        "Thời gian trả kết quả mới: 17 giờ 00 phút, ngày 31 tháng 3 năm 2021, tại Bộ phận Một cửa",
        "THỦ TRƯỞNG CƠ QUAN",
        "Trần Văn approver",
        "– Như trên",
    ):
        assert said in text
    assert "gia hạn" not in text and "Dự thảo" not in text


def test_in_time_it_asks_for_more_time_and_names_the_promise_it_moves(world, dossier):
    text = words(printed(sent(world, EARLY), EARLY))
    assert "đề nghị gia hạn thời gian giải quyết" in text
    assert "Thời gian hẹn trả kết quả: 17 giờ 00 phút, ngày 24 tháng 3 năm 2021" in text
    assert "Thời gian trả kết quả mới: 17 giờ 00 phút, ngày 29 tháng 3 năm 2021" in text


def test_a_draft_says_that_it_is_one_and_has_no_number(world, dossier):
    daily.run(at=LATE)
    text = words(printed(Notice.objects.get(), LATE))
    assert "Số: ……/PXL" in text and "(Dự thảo, chưa gửi)" in text


def test_a_division_speaks_below_its_committee(world, dossier):
    division = division_of(world.unit.agency)
    Dossier.objects.filter(pk=dossier.pk).update(competent_agency=division)
    daily.run(at=LATE)
    text = words(printed(Notice.objects.get(), LATE))
    assert "ỦY BAN NHÂN DÂN THỊ TRẤN LIỄU ĐỀ BỘ PHẬN TƯ PHÁP" in text
    assert "Liễu Đề, ngày 25" in text


def test_the_set_of_2025_has_its_own_title(world):
    received = datetime(2026, 3, 17, 8, 3, tzinfo=OFFICE_ZONE)
    walk(world, world.receive(at=received, owner=OWNER), TAKEN)
    at = datetime(2026, 4, 2, 7, 30, tzinfo=OFFICE_ZONE)
    text = words(printed(sent(world, at), at))
    assert "Mẫu số 04 (Ban hành kèm theo Thông tư số 03/2025/TT-VPCP)" in text
    assert "VĂN BẢN XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT" in text


def test_the_control_sheet_notes_every_letter(world, dossier):
    letter = sent(world, LATE)
    text = words(papers.control_sheet(Dossier.objects.get(pk=dossier.pk), at=LATE))
    assert (
        "Đã gửi thư xin lỗi: số 1/PXL, 07:30 25/03/2021, hẹn lại 17:00 31/03/2021; lý do: "
        f"{letter.reason}" in text
    )

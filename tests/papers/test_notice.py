"""Forms 02, 03 and 05 and the plain notices, as the applicant reads them."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from motcua.catalogue.models import RequiredDocument
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Mark
from motcua.domain.dossier import Action
from motcua.domain.notice import NoticeKind
from motcua.domain.notice_words import AskedFor, NoticeWords
from motcua.dossiers import papers
from motcua.dossiers.services import notices
from tests.papers.pages import A5, sizes, words
from tests.papers.slips import OWNER
from tests.world import MORNING, TAKEN, by_notice, walk

LONG_NAME = "Nguyễn Thị Huỳnh Ngọc Quỳnh Như Hoàng Thảo Nguyên Phương Trang Linh"
LATE_2025 = datetime(2026, 3, 18, 8, 3, tzinfo=OFFICE_ZONE)
HOUR = timedelta(hours=1)


def drafted(world, kind, said, *, at=MORNING, owner=OWNER):
    dossier = walk(world, world.receive(at=at, owner=owner), TAKEN)
    return notices.draft(
        dossier_id=dossier.pk,
        kind=kind,
        words=said,
        officer=world.officers["reception" if kind is NoticeKind.WITHDRAWAL else "handler"],
        at=at + HOUR,
    )


def sent(world, notice, at=MORNING):
    who = {"notice_id": notice.pk, "at": at + HOUR}
    signed = notices.approve(**who, officer=world.officers["approver"], seen_revision=0)
    return notices.send(
        **who, officer=world.officers["reception"], seen_revision=signed.revision, delivery="post"
    )


def printed(notice, at=MORNING + 2 * HOUR):
    return papers.notice(notice, at=at)


def asked(at=MORNING):
    paper = AskedFor(position=1, flaw=Mark.WRONG, reason="Thiếu chữ ký của người yêu cầu")
    return NoticeWords(
        papers=(paper,), guidance="Ký vào trang hai", answer_by=(at + timedelta(days=14)).date()
    )


def test_form_02_names_each_paper_with_its_reason(world):
    pdf = printed(sent(world, drafted(world, NoticeKind.SUPPLEMENT, asked())))
    assert sizes(pdf) == [A5]
    text = words(pdf)
    for said in (
        "Mẫu số 02 (Ban hành kèm theo Thông tư số 01/2018/TT-VPCP)",
        "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ",
        "Số: 1/HDHS",
        "Liễu Đề, ngày 17 tháng 3 năm 2021",
        "Hồ sơ của: Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
        "Mã hồ sơ: 901.00.99.H40-210317-0001",
        "1 Tờ khai Chưa đúng Thiếu chữ ký của người yêu cầu",
        "Hướng dẫn: Ký vào trang hai",
        "Thực hiện trước hết: ngày 31 tháng 3 năm 2021",
        "Thời hạn giải quyết tạm dừng từ khi gửi phiếu này",
        "NGƯỜI HƯỚNG DẪN",
        "Trần Văn handler",
        "NGƯỜI DUYỆT",
        "Trần Văn approver",
    ):
        assert said in text
    assert "Dự thảo" not in text


def test_a_draft_says_so_and_has_no_number(world):
    text = words(printed(drafted(world, NoticeKind.SUPPLEMENT, asked())))
    assert "(Dự thảo, chưa gửi)" in text and "Số: ……/HDHS" in text


@pytest.mark.parametrize(
    ("at", "form"),
    [
        (MORNING, ""),
        (LATE_2025, "Mẫu số 05 (Ban hành kèm theo Thông tư số 03/2025/TT-VPCP)"),
    ],
)
def test_a_stop_has_a_form_only_in_the_newer_set(world, at, form):
    said = NoticeWords(reason="Quá hạn bổ sung; điểm b khoản 3 điều 19")
    text = words(printed(sent(world, drafted(world, NoticeKind.STOP, said, at=at), at)))
    assert "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ" in text
    assert "Lý do: Quá hạn bổ sung; điểm b khoản 3 điều 19" in text
    assert "nhận lại giấy tờ đã nộp" in text and "THỦ TRƯỞNG CƠ QUAN" in text
    assert form in text and ("Mẫu số" in text) == bool(form)


def test_money_owed_is_named(world):
    said = NoticeWords(
        reason="Lệ phí trước bạ", amount=1_234_000, answer_by=(MORNING + timedelta(days=9)).date()
    )
    text = words(printed(drafted(world, NoticeKind.PAYMENT, said)))
    assert "Số tiền phải nộp: 1.234.000 đ" in text and "Mẫu số" not in text


def test_a_withdrawal_is_signed_by_both_sides(world):
    dossier = world.receive(owner=OWNER)
    officer = world.officers["reception"]
    moved = by_notice(dossier, Action.WITHDRAW, officer=officer, at=MORNING, note="Nộp nhầm nơi")
    text = words(printed(moved.notices.get()))
    for said in (
        "Số: 1/BPTNTKQ",
        "Lý do: Nộp nhầm nơi",
        "NGƯỜI NỘP HỒ SƠ",
        "NGƯỜI TIẾP NHẬN HỒ SƠ",
    ):
        assert said in text


def test_thirty_papers_of_a_long_name_go_on_with_their_head(world):
    name = (
        "Bản chính hoặc bản sao có chứng thực giấy chứng nhận quyền sử dụng đất, quyền sở hữu nhà ở"
    )
    for position in range(2, 31):
        RequiredDocument.objects.create(
            version=world.version,
            position=position,
            name=f"{name} số {position}",
            is_compulsory=False,
        )
    items = tuple(
        AskedFor(position=place, flaw=Mark.MISSING, reason="Chưa nộp; " * (place % 4 + 1))
        for place in range(1, 31)
    )
    owner = replace(OWNER, full_name=LONG_NAME, address="Tổ dân phố số 13, " * 12)
    said = replace(asked(), papers=items, guidance="Liên hệ văn phòng đăng ký đất đai. " * 8)
    pdf = printed(sent(world, drafted(world, NoticeKind.SUPPLEMENT, said, owner=owner)))
    pages = len(sizes(pdf))
    assert pages > 2
    for page in range(pages):
        assert f"Trang {page + 1}/{pages}" in words(pdf, page)
    assert "Tên giấy tờ" in words(pdf, 1)
    text = words(pdf)
    assert LONG_NAME in text and f"{name} số 30" in text
    assert pdf == printed(notices.Notice.objects.get())

"""The slip the applicant takes home, and the one the office keeps."""

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pypdfium2
import pytest

from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.checklist import Mark, Presented
from motcua.dossiers import papers
from motcua.dossiers.models import ReceiptIssue
from motcua.dossiers.typesetting import typeset
from tests.papers.pages import A5, codes, sizes, words
from tests.papers.slips import (
    ADDRESS,
    FEE,
    OWNER,
    presented,
    procedure,
    settle_at_once,
    slip,
)
from tests.world import MORNING


def printed(receipt, **how):
    return papers.receipt(receipt, lookup_address=ADDRESS, **how)


def test_each_copy_says_what_the_form_asks_for(world):
    world.unit.hotline = "0228 3871 999"
    world.unit.save()
    dossier = world.receive(owner=OWNER, fees=(FEE,))
    pdf = printed(slip(world, dossier))
    assert sizes(pdf) == [A5, A5]
    for page, copy in enumerate(("Liên 1: Lưu", "Liên 2: Giao người nộp hồ sơ")):
        text = words(pdf, page)
        for said in (
            "Mẫu số 01 (Ban hành kèm theo Thông tư số 01/2018/TT-VPCP)",
            "ỦY BAN NHÂN DÂN THỊ TRẤN LIỄU ĐỀ BỘ PHẬN TIẾP NHẬN VÀ TRẢ KẾT QUẢ",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc",
            "Số: 1/BPTNTKQ",
            "Liễu Đề, ngày 17 tháng 3 năm 2021",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            f"({copy})",
            f"Mã hồ sơ: {dossier.number}",
            f"{ADDRESS}?number={dossier.number}",
            "Quầy 2",
            "Tiếp nhận hồ sơ của: Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
            "Số định danh: 036300000001",
            "Địa chỉ: Tổ dân phố 3, thị trấn Liễu Đề, huyện Nghĩa Hưng",
            "Số điện thoại: 0900000001",
            "Email: nhu@example.org",
            "Nội dung yêu cầu giải quyết: Đăng ký khai sinh",
            "1. Thành phần hồ sơ nộp gồm: TT Tên giấy tờ Bản chính Bản chứng thực Bản chụp",
            "1 Tờ khai 1",
            "2. Số lượng hồ sơ: 1 (bộ)",
            "3. Thời gian giải quyết hồ sơ theo quy định là: 5 ngày làm việc",
            "4. Thời gian nhận hồ sơ: 08 giờ 03 phút, ngày 17 tháng 3 năm 2021",
            "5. Thời gian trả kết quả giải quyết hồ sơ: 17 giờ 00 phút, ngày 24 tháng 3 năm 2021",
            "6. Phí, lệ phí: 15.000 đ, đã thu (Lệ phí đăng ký: 15.000 đ)",
            "7. Đăng ký nhận kết quả: tại quầy",
            "Vào Sổ theo dõi hồ sơ: Quyển số 2021, Số thứ tự 1",
            "NGƯỜI NỘP HỒ SƠ (Ký và ghi rõ họ tên)",
            "NGƯỜI TIẾP NHẬN HỒ SƠ",
            "Trần Văn reception",
            "Đường dây nóng: 0228 3871 999",
            "In lúc 08:03 17/03/2021",
            "Trang 1/1",
        ):
            assert said in text
        assert "Lần in" not in text


def test_the_code_opens_the_public_page_of_this_dossier(world, tmp_path):
    first, second = world.receive(owner=OWNER), world.receive(owner=OWNER)
    pdf = printed(slip(world, first, second))
    for copy in (0, 2):
        seen = codes(pdf, copy, tmp_path) | codes(pdf, copy + 1, tmp_path)
        assert seen == {f"{ADDRESS}?number={dossier.number}" for dossier in (first, second)}


def test_dossiers_brought_together_share_one_receipt(world):
    first = world.receive(owner=OWNER)
    second = world.receive(owner=OWNER, fees=(FEE,))
    text = words(printed(slip(world, first, second)), 0, 1)
    assert f"Hồ sơ 1/2 Mã hồ sơ: {first.number}" in text
    assert f"Hồ sơ 2/2 Mã hồ sơ: {second.number}" in text
    assert text.count("Số định danh: 036300000001") == 1
    assert text.count("NGƯỜI NỘP HỒ SƠ (Ký") == 1


@pytest.mark.parametrize("before", range(1, 12, 2))
def test_a_dossier_s_head_stays_with_its_papers(world, before):
    other = replace(OWNER, full_name="Phạm Văn Đồng Tâm", personal_id="036300000002")
    names = [f"Giấy tờ thứ {n} của hồ sơ trước" for n in range(before)]
    long = procedure(world, name="Thủ tục trước", papers=names)
    short = procedure(world, name="Thủ tục sau", papers=["Tờ khai sau", "Giấy sau cùng"])
    first = world.receive(version=long, owner=OWNER, papers=presented(before))
    second = world.receive(version=short, owner=other, submitter=OWNER, papers=presented(2))
    pdf = printed(slip(world, first, second))
    pages = [words(pdf, page) for page in range(len(sizes(pdf)) // 2)]
    [page] = [text for text in pages if f"Mã hồ sơ: {second.number}" in text]
    assert "Tiếp nhận hồ sơ của: Phạm Văn Đồng Tâm" in page
    assert "1 Tờ khai sau" in page and "2 Giấy sau cùng" in page


def test_dossiers_of_different_owners_name_each_owner(world):
    other = replace(OWNER, full_name="Phạm Văn Đồng Tâm", personal_id="036300000002")
    first = world.receive(owner=OWNER)
    second = world.receive(owner=other, submitter=OWNER)
    text = words(printed(slip(world, first, second)), 0, 1)
    assert "Người nộp hồ sơ: Nguyễn Thị Huỳnh Ngọc Quỳnh Như" in text
    assert text.count("Tiếp nhận hồ sơ của: Nguyễn Thị Huỳnh Ngọc Quỳnh Như") == 1
    assert text.count("Tiếp nhận hồ sơ của: Phạm Văn Đồng Tâm") == 1


def test_a_new_issue_says_so_with_its_reason(world):
    receipt = slip(world, world.receive(owner=OWNER))
    issue = ReceiptIssue.objects.create(
        receipt=receipt,
        position=2,
        at=MORNING + timedelta(hours=1),
        officer=world.officers["reception"],
        reason="gõ sai số điện thoại",
    )
    text = words(printed(receipt, issue=issue), 1)
    assert "Lần in 2, thay cho các lần in trước. Lý do in lại: gõ sai số điện thoại." in text
    assert "In lúc 09:03 17/03/2021 · Lần in 2" in text
    assert "Số: 1/BPTNTKQ" in text


@pytest.mark.parametrize("count", [4, 6])
def test_a_new_issue_needs_no_second_sheet_for_its_signatures(world, count):
    version = procedure(
        world,
        name="Chuyển mục đích sử dụng đất phải được phép của cơ quan nhà nước có thẩm quyền",
        papers=[f"Giấy tờ thứ {n} về nghĩa vụ tài chính" for n in range(count)],
    )
    dossier = world.receive(version=version, owner=OWNER, papers=presented(count))
    receipt = slip(world, dossier)
    issue = ReceiptIssue.objects.create(
        receipt=receipt,
        position=2,
        at=MORNING + timedelta(hours=1),
        officer=world.officers["reception"],
        reason="gõ sai số điện thoại và năm sinh của chủ hồ sơ",
    )
    pdf = printed(receipt, issue=issue)
    assert len(sizes(pdf)) == 2
    assert "Trần Văn reception" in words(pdf, 0) and "Trần Văn reception" in words(pdf, 1)


def test_a_procedure_of_five_hundred_letters_leaves_room_to_sign_on_its_page(world):
    name = ("Cấp Giấy chứng nhận quyền sử dụng đất và tài sản khác gắn liền với đất " * 8)[:500]
    version = procedure(world, name=name.strip(), papers=["Đơn", "Giấy chứng nhận"])
    dossier = world.receive(version=version, owner=OWNER, papers=presented(2))
    assert len(sizes(printed(slip(world, dossier)))) == 2


def test_a_dossier_of_the_newer_law_gets_the_newer_form(world):
    at = datetime(2026, 3, 18, 8, 3, tzinfo=OFFICE_ZONE)
    version = procedure(world, name="Đăng ký kết hôn", papers=["Tờ khai", "Giấy xác nhận"])
    dossier = world.receive(at=at, version=version, papers=presented(2))
    text = words(printed(slip(world, dossier)), 0)
    assert "Mẫu số 01 (Ban hành kèm theo Thông tư số 03/2025/TT-VPCP)" in text
    assert "STT Tên giấy tờ Loại giấy tờ Số lượng" in text
    assert "1 Tờ khai Bản chính Bản chụp 1 1" in text


def test_what_was_settled_at_once_says_when_and_under_which_number(world):
    version = procedure(
        world,
        name="Chứng thực bản sao từ bản chính",
        papers=["Bản chính giấy tờ"],
        limit="same_day",
        is_settled_at_once=True,
    )
    dossier = settle_at_once(world, world.receive(version=version, owner=OWNER, quantity=3))
    text = words(printed(slip(world, dossier)), 0)
    assert "2. Số lượng hồ sơ: 1 (bộ); số bản yêu cầu: 3" in text
    assert "3. Thời gian giải quyết hồ sơ theo quy định là: trong ngày" in text
    assert "Đã trả kết quả tại quầy: 08 giờ 08 phút, ngày 17 tháng 3 năm 2021" in text
    assert "Số của kết quả: 1204/2021, ký ngày 17 tháng 3 năm 2021" in text
    assert "Đăng ký nhận kết quả" not in text


def test_papers_only_shown_are_not_among_those_handed_in(world):
    version = procedure(world, name="Đăng ký kết hôn", papers=["Tờ khai", "CMND (xuất trình)"])
    shown = Presented(position=2, mark=Mark.SHOWN)
    papers = (Presented(position=1, originals=1), shown)
    kept = world.receive(version=version, owner=OWNER, papers=papers)
    text = words(printed(slip(world, kept)), 0)
    assert "Tờ khai" in text and "CMND" not in text
    assert "Phí, lệ phí: không thu" in text
    all_shown = (replace(shown, position=1), shown)
    back = world.receive(version=version, owner=OWNER, papers=all_shown)
    text = words(printed(slip(world, back, position=2)), 0)
    assert "1. Thành phần hồ sơ nộp gồm: không giữ lại giấy tờ" in text
    assert "Tên giấy tờ" not in text


def test_forty_papers_and_long_names_flow_on(world):
    name = "Cấp Giấy chứng nhận quyền sử dụng đất và tài sản khác gắn liền với đất " * 4
    version = procedure(
        world,
        name=name[:250].strip(),
        papers=[f"Giấy tờ thứ {n} về nghĩa vụ tài chính của chủ đầu tư" for n in range(1, 41)],
    )
    owner = replace(OWNER, full_name="Công ty trách nhiệm hữu hạn một thành viên Thành Đạt Nghĩa")
    dossier = world.receive(version=version, owner=owner, papers=presented(40))
    pdf = printed(slip(world, dossier))
    pages = len(sizes(pdf)) // 2
    assert pages >= 2
    text = words(pdf, *range(pages))
    assert name[:250].strip() in text
    assert owner.full_name in text
    for number in range(1, 41):
        assert f"{number} Giấy tờ thứ {number} về nghĩa vụ tài chính của chủ đầu tư" in text
    # The heads of the table come again, each copy counts its own pages.
    assert text.count("Tên giấy tờ") >= 2
    assert [f"Trang {n}/{pages}" in words(pdf, n - 1) for n in range(1, pages + 1)] == [
        True
    ] * pages
    assert f"Trang 1/{pages}" in words(pdf, pages)
    # The signatures never stand alone.
    assert "Vào Sổ theo dõi hồ sơ" in words(pdf, pages - 1)


@pytest.mark.parametrize(
    "name",
    [
        "#panic()*_$ <a> @b `c` [d] \\e //f = g - h + i ~ \"j\" 'k'",
        '#import "letterhead.typ": sheet',
        "Ủy quyền 漢字 😀 عربى \u0394",
        "M" * 120,
    ],
)
def test_what_people_type_is_never_markup(world, name):
    owner = replace(OWNER, full_name=name, address=name)
    dossier = world.receive(owner=owner, subject=name)
    text = words(printed(slip(world, dossier)), 0)
    assert text.replace(" ", "").count(name.replace(" ", "")) >= 3


def test_nothing_typed_runs_off_the_page(world):
    owner = replace(OWNER, full_name="W" * 250, address="W" * 250)
    pdf = printed(slip(world, world.receive(owner=owner, subject="W" * 250)))
    page = pypdfium2.PdfDocument(pdf)[0]
    width, _height = page.get_size()
    rights = [thing.get_bounds()[2] for thing in page.get_objects()]
    assert max(rights) <= width


def test_the_same_rows_give_the_same_bytes(world):
    receipt = slip(world, world.receive(owner=OWNER))
    assert printed(receipt) == printed(receipt)


def test_two_threads_typeset_at_once():
    sheet = {
        "page": {"paper": "a4", "flipped": False},
        "title": "Danh sách",
        "head": {
            "committee": ["ỦY BAN"],
            "section": ["BỘ PHẬN"],
            "number": "Số: 1",
            "place_and_day": "Liễu Đề",
        },
        "sides": [],
        "rows": [],
        "total": "Cộng: 0 hồ sơ",
        "signatures": [{"title": "BÊN GIAO", "name": "Trần Văn A"}],
        "printed": "Lập lúc",
    }
    made: list[bytes] = []

    def work():
        for _ in range(5):
            made.append(typeset("hand_over_list", sheet, at=MORNING))

    threads = [threading.Thread(target=work) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 15
    assert len(set(made)) == 1


def test_a_receipt_costs_the_same_few_statements(world, django_assert_max_num_queries):
    few = slip(world, world.receive(owner=OWNER))
    many = slip(world, *(world.receive(owner=OWNER) for _ in range(6)), position=2)
    printed(few)
    for receipt in (few, many):
        with django_assert_max_num_queries(6):
            printed(receipt)

"""The public list: found by everyday words, with all that may be asked for and nothing else."""

from datetime import date

import pytest

from motcua.catalogue.models import (
    AdministrativeField,
    FeeRate,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    RequiredDocument,
)
from motcua.domain.everyday_words import Named, NameIndex

pytestmark = pytest.mark.django_db
NAMES = {
    "2.000815": ("Chứng thực bản sao từ bản chính giấy tờ", "sao y, sao y bản chính, công chứng"),
    "2.000884": ("Chứng thực chữ ký trong giấy tờ, văn bản", "chứng chữ ký"),
    "1.000894": ("Đăng ký kết hôn", "cưới, giấy đăng ký kết hôn"),
    "1.009994": ("Cấp giấy phép xây dựng nhà ở riêng lẻ", "xin phép xây nhà"),
}


@pytest.fixture(autouse=True)
def _morning(morning):
    return morning


@pytest.fixture
def listed(world):
    for code, (name, aliases) in NAMES.items():
        procedure = Procedure.objects.create(
            code=code,
            name=name,
            aliases=aliases,
            administrative_field=world.version.procedure.administrative_field,
        )
        ProcedureVersion.objects.create(
            procedure=procedure, valid_from=date(2016, 1, 1), limit="same_day"
        )
    return world


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("sao y", "2.000815"),
        ("SAO Y BẢN CHÍNH", "2.000815"),
        ("khai sinh", "1.001193"),
        ("khai xinh", "1.001193"),
        ("dang ky khai sinh cho con", "1.001193"),
        ("ket hon", "1.000894"),
        ("cuoi", "1.000894"),
        ("đám cưới", "1.000894"),
        ("xay nha", "1.009994"),
        ("giay phep xay dung", "1.009994"),
        ("giay phep xay dụgn", "1.009994"),
        ("chứng thực chữ ký", "2.000884"),
    ],
)
def test_everyday_words_find_the_procedure(listed, client, typed, first):
    page = client.get("/procedures/", {"q": typed}).content.decode()
    assert f'href="/procedures/{first}/"' in page
    assert page.index(f"/procedures/{first}/") == min(
        page.index(f"/procedures/{code}/")
        for code in [*NAMES, "1.001193"]
        if f"/procedures/{code}/" in page
    )


def test_words_that_nothing_answers_say_what_to_do(listed, client):
    page = client.get("/procedures/", {"q": "qwxz"}).content.decode()
    assert "Không thấy thủ tục nào cho “qwxz”" in page
    assert "chọn lĩnh vực</a>" in page and "hỏi bộ phận một cửa" in page


def test_an_index_answers_nothing_for_nothing():
    index = NameIndex((Named(1, "Đăng ký khai sinh"),))
    assert index.find("") == index.find("  ,.; ") == []
    assert NameIndex(()).find("khai sinh") == []
    assert index.find("khai sinh " * 5000) == [1]


def test_levels_and_fields_are_counted(listed, client):
    AdministrativeField.objects.create(
        code="TTR", name="Thanh tra", level="district", note="Danh mục không có thủ tục nào."
    )
    page = client.get("/procedures/").content.decode()
    assert "5 thủ tục" in page and "0 thủ tục" in page
    assert "Danh mục không có thủ tục nào." in page
    page = client.get("/procedures/", {"field": "TTR"}).content.decode()
    assert "0 thủ tục, lĩnh vực Thanh tra" in page
    assert "Danh mục không có thủ tục nào." in page


def test_retired_and_coming_procedures_are_not_listed(listed, client):
    Procedure.objects.filter(code="1.000894").update(retired_on=date(2021, 3, 17))
    ProcedureVersion.objects.filter(procedure__code="1.009994").update(valid_from=date(2021, 4, 1))
    page = client.get("/procedures/", {"field": "HT"}).content.decode()
    assert "3 thủ tục" in page
    assert client.get("/procedures/1.000894/").status_code == 404
    assert client.get("/procedures/1.009994/").status_code == 404


def test_the_full_text_has_every_mandatory_part(listed, client):
    version = ProcedureVersion.objects.get(procedure__code="1.001193")
    version.legal_basis = "Luật Hộ tịch 2014"
    version.result_name = "Giấy khai sinh"
    version.applicant_kinds = "Cá nhân"
    version.save()
    case = ProcedureCase.objects.create(
        version=version, code="late", name="Đăng ký quá hạn", limit="8 working_day"
    )
    RequiredDocument.objects.create(
        version=version, case=case, position=2, name="Bản cam đoan", photocopies=1
    )
    FeeRate.objects.create(version=version, name="Lệ phí hộ tịch", kind="charge", amount=8000)
    page = client.get("/procedures/1.001193/").content.decode()
    for part in (
        "Cá nhân.",
        "Bộ phận Một cửa thị trấn Liễu Đề",
        "trực tiếp tại quầy",
        "Thành phần hồ sơ, 1 bộ",
        "Tờ khai",
        "Đăng ký quá hạn",
        "Bản cam đoan",
        "Giấy tờ không có trong danh mục này thì không được yêu cầu.",
        "5 ngày làm việc",
        "8 ngày làm việc",
        "Lệ phí hộ tịch: 8.000\xa0đ",
        "Giấy khai sinh",
        "Xem xét, ký kết quả",
        "Luật Hộ tịch 2014",
        "Nơi quyết định: UBND thị trấn Liễu Đề",
        "Phản ánh, kiến nghị",
    ):
        assert part in page, part
    assert "giả định" not in page


def test_a_paper_that_is_only_shown_is_not_asked_to_be_handed_in(listed, client):
    ProcedureVersion.objects.get(procedure__code="1.001193").documents.update(is_shown_only=True)
    page = client.get("/procedures/1.001193/").content.decode()
    assert "xuất trình để đối chiếu, nhận lại ngay" in page
    assert 'data-label="Bản chính"' not in page


@pytest.mark.parametrize("where", ["version", "document", "fee"])
def test_assumed_values_are_said_plainly(listed, client, where):
    version = ProcedureVersion.objects.get(procedure__code="1.001193")
    if where == "version":
        version.assumed = ["limit"]
        version.save()
    elif where == "document":
        version.documents.update(is_assumed=True)
    else:
        FeeRate.objects.create(version=version, name="Phí", kind="fee", amount=1, is_assumed=True)
    page = client.get("/procedures/1.001193/").content.decode()
    assert "Một số thông tin trên trang này là giá trị giả định của bản dùng thử" in page


def test_long_lists_are_paged_and_filters_stay_in_the_address(listed, client):
    field = listed.version.procedure.administrative_field
    for number in range(30):
        procedure = Procedure.objects.create(
            code=f"9.{number:06d}", name=f"Thủ tục {number}", administrative_field=field
        )
        ProcedureVersion.objects.create(
            procedure=procedure, valid_from=date(2016, 1, 1), limit="1 month"
        )
    page = client.get("/procedures/", {"field": "HT", "page": "2"}).content.decode()
    assert "Trang 2 / 2" in page
    assert "?field=HT&amp;page=1" in page


def test_the_pages_are_cheap(listed, client, django_assert_max_num_queries):
    for address in (
        "/procedures/",
        "/procedures/?q=khai+sinh",
        "/procedures/?field=HT",
        "/procedures/1.001193/",
    ):
        client.get(address)  # calendars and opening hours are remembered
        with django_assert_max_num_queries(9):
            assert client.get(address).status_code == 200


@pytest.mark.parametrize(
    ("letters", "how"), [(60, "<h1>"), (200, "name--long"), (500, "name--longest")]
)
def test_the_longer_a_name_the_smaller_it_is_set(listed, client, letters, how):
    name = ("Cấp Giấy chứng nhận quyền sử dụng đất và tài sản khác " * 10)[:letters]
    Procedure.objects.filter(code="1.000894").update(name=name)
    text = client.get("/procedures/1.000894/").content.decode()
    assert how in text[text.index("<h1") : text.index("</h1>")]

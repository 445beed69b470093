"""Papers the State already holds, as an administrator says so."""

import pytest

from motcua.catalogue.models import RequiredDocument
from tests.web.workspace.roads import signed_in
from tests.world import next_town, officer_of

ADDRESS = "/administration/catalogue/1.001193/sources/"


@pytest.fixture
def administrator(world):
    return signed_in(officer_of(world.unit.agency, "administrator", "lieude.quantri"))


def test_a_source_is_noted_for_each_paper(administrator):
    page = administrator.get(ADDRESS)
    assert page.status_code == 200 and "Tờ khai" in page.content.decode()
    answer = administrator.post(ADDRESS, {"source_1": "  CSDL  hộ tịch "}, follow=True)
    assert "Đã ghi nguồn dữ liệu." in answer.content.decode()
    paper = RequiredDocument.objects.get()
    assert paper.state_source == "CSDL hộ tịch" and paper.is_held_by_state
    again = administrator.post(ADDRESS, {"source_1": "CSDL hộ tịch"}, follow=True)
    assert "Không có gì thay đổi." in again.content.decode()
    administrator.post(ADDRESS, {"source_1": ""})
    assert not RequiredDocument.objects.get().is_held_by_state


def test_a_source_too_long_is_said_and_kept(administrator):
    answer = administrator.post(ADDRESS, {"source_1": "x" * 256})
    assert answer.status_code == 422 and "Rút gọn tên nguồn" in answer.content.decode()


def test_what_is_also_of_others_is_left_to_who_is_above(administrator):
    next_town()
    answer = administrator.post(ADDRESS, {"source_1": "CSDL"})
    assert answer.status_code == 422 and "Rạng Đông" in answer.content.decode()
    assert not RequiredDocument.objects.get().state_source


def test_only_an_administrator_finds_it(world, administrator):
    for role in ("reception", "handler", "approver"):
        assert signed_in(world.officers[role]).get(ADDRESS).status_code == 404
    assert administrator.get("/administration/catalogue/9.999999/sources/").status_code == 404

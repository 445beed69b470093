"""Which form, and who speaks on it."""

from datetime import date

import pytest

from motcua.domain import letterhead
from motcua.domain.form_set import FORM_SETS, Form, Size, form_set


@pytest.mark.parametrize(
    ("accepted_on", "control_sheet", "register"),
    [
        (date(2018, 1, 2), "05", "06"),
        (date(2021, 3, 17), "05", "06"),
        (date(2025, 9, 14), "05", "06"),
        (date(2025, 9, 15), "06", "07"),
        (date(2026, 11, 23), "06", "07"),
    ],
)
def test_the_form_follows_the_day_of_acceptance(accepted_on, control_sheet, register):
    sheets = form_set(accepted_on).sheets
    assert sheets[Form.RECEIPT].code == "01"
    assert sheets[Form.RECEIPT].size is Size.A5
    assert sheets[Form.CONTROL_SHEET].code == control_sheet
    assert sheets[Form.REGISTER].code == register


def test_every_set_has_every_form_and_the_sets_follow_each_other():
    assert all(set(known.sheets) == set(Form) for known in FORM_SETS)
    begins = [known.valid_from for known in FORM_SETS]
    assert begins == sorted(set(begins))


@pytest.mark.parametrize(
    ("agency", "lines", "place"),
    [
        (
            "UBND thị trấn Liễu Đề",
            ("ỦY BAN NHÂN DÂN", "THỊ TRẤN LIỄU ĐỀ"),
            "Liễu Đề",
        ),
        (
            "Ủy ban nhân dân huyện Nghĩa Hưng",
            ("ỦY BAN NHÂN DÂN", "HUYỆN NGHĨA HƯNG"),
            "Nghĩa Hưng",
        ),
        ("UBND xã Xã Tắc", ("ỦY BAN NHÂN DÂN", "XÃ XÃ TẮC"), "Xã Tắc"),
        ("UBND Phường 3", ("ỦY BAN NHÂN DÂN", "PHƯỜNG 3"), "Phường 3"),
        ("Sở Tư pháp", ("SỞ TƯ PHÁP",), "Sở Tư pháp"),
    ],
)
def test_the_head_names_the_committee_and_the_place(agency, lines, place):
    assert letterhead.committee(agency) == lines
    assert letterhead.place(agency) == place


def test_a_centre_signs_as_a_centre():
    centre = "Trung tâm Phục vụ hành chính công xã Nghĩa Hưng"
    assert letterhead.section(centre) == ("TRUNG TÂM PHỤC VỤ", "HÀNH CHÍNH CÔNG")
    assert letterhead.number(3, centre) == "3/TTPVHCC"

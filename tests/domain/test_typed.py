"""What people type: names, dates, telephone and identity numbers; and when a dossier moves on."""

import unicodedata
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motcua.calendars import shipped_calendar
from motcua.domain.calendar import OFFICE_ZONE, OfficeTime
from motcua.domain.hand_over import hand_over_by
from motcua.domain.typed import (
    DateTooLate,
    DateUnreadable,
    IdentityUnreadable,
    NameUnreadable,
    PhoneUnreadable,
    read_applicant_number,
    read_date,
    read_identity,
    read_name,
    read_phone,
)
from motcua.domain.vietnamese import fold, tidy

OFFICE = OfficeTime(shipped_calendar())
TODAY = date(2021, 3, 17)


@pytest.mark.parametrize(
    ("received", "by"),
    [
        ("2026-11-20T14:59:00", "2026-11-20T17:00"),
        ("2026-11-20T15:00:00", "2026-11-20T17:00"),
        ("2026-11-20T15:00:01", "2026-11-23T07:00"),  # strictly later, on a Friday
        ("2026-11-23T15:10:00", "2026-11-25T07:00"),  # before a day off
        ("2026-11-24T09:00:00", "2026-11-25T07:00"),  # on a day off
        ("2026-11-21T09:00:00", "2026-11-23T07:00"),  # on a Saturday
        ("2026-08-22T09:00:00", "2026-08-22T17:00"),  # on a make-up Saturday
        ("2026-11-20T06:00:00", "2026-11-20T17:00"),  # before opening
    ],
)
def test_the_latest_hand_over(received, by):
    at = datetime.fromisoformat(received).replace(tzinfo=OFFICE_ZONE)
    assert f"{hand_over_by(at, OFFICE):%Y-%m-%dT%H:%M}" == by


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("17032021", date(2021, 3, 17)),
        ("17/3/2021", date(2021, 3, 17)),
        (" 17-3-21 ", date(2021, 3, 17)),
        ("17.03.2021", date(2021, 3, 17)),
        ("17 3 2021", date(2021, 3, 17)),
        ("17 / 03 / 2021", date(2021, 3, 17)),
        ("2021-03-17", date(2021, 3, 17)),
        ("170321", date(2021, 3, 17)),
        ("18/3/21", date(1921, 3, 18)),  # tomorrow a hundred years ago
        ("1/1/30", date(1930, 1, 1)),
        ("31/12/99", date(1999, 12, 31)),
        ("29/2/00", date(2000, 2, 29)),
        ("29/2/2000", date(2000, 2, 29)),
    ],
)
def test_a_date_as_typed(text, expected):
    assert read_date(text, latest=TODAY) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "17",
        "17/13/2021",
        "29/2/2021",
        "0/1/2021",
        "17/3/021",
        "1703021",
        "17/3/1021",
        "١٧/٣/٢٠٢١",
        "nay",
    ],
)
def test_what_is_no_date(text):
    with pytest.raises(DateUnreadable):
        read_date(text, latest=TODAY)


def test_nobody_was_born_tomorrow():
    with pytest.raises(DateTooLate) as told:
        read_date("18/3/2021", latest=TODAY)
    assert (told.value.day, told.value.latest) == (date(2021, 3, 18), TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0901234567", "0901234567"),
        ("090 123 45 67", "0901234567"),
        ("090.123.4567", "0901234567"),
        ("+84901234567", "0901234567"),
        ("0084 901234567", "0901234567"),
        ("84901234567", "0901234567"),
        ("(0228) 387-1234", "02283871234"),
        ("\u202a0901234567\u202c", "0901234567"),  # copied from a contact list
    ],
)
def test_a_phone_number_as_typed(text, expected):
    assert read_phone(text) == expected


@pytest.mark.parametrize(
    "text", ["", "090123456", "090123456789", "abc", "1900 1234", "+1 901234567", "٠٩٠١٢٣٤٥٦٧"]
)
def test_what_is_no_phone_number(text):
    with pytest.raises(PhoneUnreadable):
        read_phone(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("003200000001", "003200000001"),
        ("003 200 000 001", "003200000001"),
        ("162.345.678", "162345678"),
        ("b1234567", "B1234567"),
        ("PA 123456", "PA123456"),
    ],
)
def test_an_identity_number_as_typed(text, expected):
    assert read_identity(text) == expected


@pytest.mark.parametrize(
    "text", ["", "12345678", "0032000000011", "ABCDEFG", "B12", "B1234567890123", "B123_4567"]
)
def test_what_is_no_identity_number(text):
    with pytest.raises(IdentityUnreadable):
        read_identity(text)


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("Nguye\bê\bễn", "Nguyễn"),  # an input method rubbing out and writing anew
        ("Tra\bầ\x7fần", "Trần"),
        ("\b\bAn", "An"),
        ("Nguye\u0302\u0303n", "Nguyễn"),
        ("Nguyê\u0303n", "Nguyễn"),
        ("e\u200b\u0302", "ê"),  # a zero-width sign between a letter and its hat
        ("Đỗ\ufeff Thị\u200d Na\u00ad", "Đỗ Thị Na"),
        ("Trần\u00a0Văn\r\n\tA\x00", "Trần Văn A"),
        ("a\ud800b\ue000", "ab"),
    ],
    ids=repr,
)
def test_text_as_keyboards_and_files_send_it(stream, expected):
    assert tidy(stream) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NGUYỄN THỊ ĐÀO", "nguyen thi dao"),
        ("Ðặng Ɖức", "dang duc"),  # the Icelandic and the African D
        ("ƯỠNG ƠỢ ắ ặ Ỹ", "uong oo a a y"),
        ("d\u0335", "d"),
        ("İstanbul", "istanbul"),
        ("0 \ua82c", "0"),  # a word that is nothing but a mark
    ],
)
def test_folding(text, expected):
    assert fold(text) == expected


LETTERS = st.text(
    st.one_of(st.characters(), st.sampled_from("đĐễỄƯợơ\u0300\u0301\u0302\u0323\b\u200b ")),
    max_size=12,
)


@settings(derandomize=True, max_examples=300, deadline=None)
@given(LETTERS)
def test_composed_and_decomposed_text_fold_alike_and_folding_again_changes_nothing(text):
    once = fold(unicodedata.normalize("NFC", text))
    assert fold(unicodedata.normalize("NFD", text)) == once
    assert fold(once) == once


@settings(derandomize=True, max_examples=300, deadline=None)
@given(LETTERS)
def test_tidying_again_changes_nothing(text):
    once = tidy(text)
    assert tidy(once) == once == unicodedata.normalize("NFC", once)


@pytest.mark.parametrize(
    "name",
    [
        "Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
        "Nguye\u0302\u0303n Thi\u0323 Na",
        "Y Bhăm Niê K'Đăm",
        "Hà O’Neil-Trần",
        "Công ty TNHH A & B (chi nhánh 2)",
        "UBND xã Nghĩa Sơn, đội 3/2",
        "Ng",
    ],
)
def test_a_name_of_a_person_or_an_organisation(name):
    assert read_name(name) == tidy(name)


@pytest.mark.parametrize("sign", "<>@!#$%^*=+{}|\\~`_?")
def test_signs_that_stand_in_no_name(sign):
    with pytest.raises(NameUnreadable):
        read_name(f"Trần {sign} Na")


@pytest.mark.parametrize("text", ["", "A", "12", "- -", "1 a 2"])
def test_a_name_has_two_letters(text):
    with pytest.raises(NameUnreadable):
        read_name(text)


@pytest.mark.parametrize("text", ["000000000000", "999999999", "1111111111"])
def test_a_number_of_one_digit_is_nobody_s(text):
    with pytest.raises(IdentityUnreadable):
        read_applicant_number(text)

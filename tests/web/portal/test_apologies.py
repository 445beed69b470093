"""What the public and the applicant read of a letter of apology."""

import re
from datetime import date, datetime

import pytest
from django.test import Client

from motcua.domain.calendar import OFFICE_ZONE
from motcua.dossiers.models import Notice
from motcua.dossiers.services import daily, letters, notices
from motcua.dossiers.services.letters import LetterWords
from tests.world import TAKEN, next_town, walk

LATE = datetime(2021, 3, 25, 8, tzinfo=OFFICE_ZONE)
EARLY = datetime(2021, 3, 23, 8, tzinfo=OFFICE_ZONE)
# Officers' own words may name somebody.
OWN_WORDS = LetterWords(
    new_day=date(2021, 3, 31), reason="Chờ ông Trần Văn Tám xác nhận.", reason_code="old_records"
)


@pytest.fixture
def dossier(world):
    return walk(world, world.receive(), TAKEN)


def sent(world, at, words=None):
    daily.run(at=at)
    letter = Notice.objects.get(status="draft")
    who = {"officer": world.officers["approver"], "at": at}
    letter = letters.approve(notice_id=letter.pk, seen_revision=letter.revision, words=words, **who)
    return notices.send(notice_id=letter.pk, seen_revision=letter.revision, delivery="post", **who)


def answer(dossier, client=None):
    client = client or Client()
    client.post("/lookup/", {"number": dossier.number, "digits": "0001"})
    page = client.get("/lookup/answer/").content.decode()
    return " ".join(re.sub(r"</?time[^>]*>", "", page).split())


def test_the_public_reads_number_procedure_reason_and_date_and_no_name(world, dossier, set_clock):
    sent(world, LATE, OWN_WORDS)
    set_clock(LATE)
    text = Client().get("/apologies/").content.decode()
    for said in (
        "1 hồ sơ chậm đã có thư xin lỗi",
        dossier.number,
        "Đăng ký khai sinh",
        "Cần thêm thời gian tra cứu sổ gốc và hồ sơ lưu.",
        "17:00 24/03/2021",
        "17:00 31/03/2021",
    ):
        assert said in text
    for secret in ("Quỳnh", "Tám", "003200000001", "0900000001", "Trần Văn handler"):
        assert secret not in text


def test_a_reason_in_nobodys_list_is_told_to_the_applicant_alone(world, dossier, set_clock):
    words = LetterWords(new_day=date(2021, 3, 31), reason="Chờ ông Trần Văn Tám xác nhận.")
    sent(world, LATE, words)
    set_clock(LATE)
    assert "Lý do ghi trong thư gửi người nộp." in Client().get("/apologies/").content.decode()
    assert "Lý do chậm: Chờ ông Trần Văn Tám xác nhận." in answer(dossier)


def test_drafts_are_nobodys_and_old_letters_leave_the_list(world, dossier, set_clock):
    daily.run(at=LATE)
    set_clock(LATE)
    assert "Không có thư xin lỗi nào" in Client().get("/apologies/").content.decode()
    Notice.objects.all().delete()
    sent(world, LATE)
    set_clock(datetime(2021, 6, 30, 8, tzinfo=OFFICE_ZONE))
    assert "Không có thư xin lỗi nào" in Client().get("/apologies/").content.decode()


def test_the_list_is_asked_for_one_unit(world, dossier, set_clock):
    next_town()
    sent(world, LATE)
    set_clock(LATE)
    client = Client()
    assert dossier.number in client.get("/apologies/?unit=13891").content.decode()
    assert dossier.number not in client.get("/apologies/?unit=13894").content.decode()
    assert dossier.number in client.get("/apologies/?unit=nothing").content.decode()


def test_the_applicant_of_a_late_dossier_reads_the_new_date(world, dossier, set_clock):
    set_clock(LATE)
    before = answer(dossier)
    assert "Chưa có ngày hẹn mới" in before and "Thư xin lỗi số" not in before
    sent(world, LATE)
    after = answer(dossier)
    for said in (
        "đã quá hạn 1 ngày làm việc",
        "Hẹn trả là Thứ Tư, 24/03/2021, 17:00. Hẹn lại: Thứ Tư, 31/03/2021, 17:00, tại Bộ phận",
        "xin lỗi ông/bà vì sự chậm trễ này. Ngày đến nhận kết quả là ngày hẹn lại.",
        "Thư xin lỗi số 1/PXL, gửi 25/03/2021",
        "hẹn lại 17:00 31/03/2021",
    ):
        assert said in after
    set_clock(datetime(2021, 4, 5, 8, tzinfo=OFFICE_ZONE))
    assert "Ngày hẹn lại cũng đã qua" in answer(dossier)


def test_the_applicant_of_an_extended_dossier_reads_both_dates(world, dossier, set_clock):
    sent(world, EARLY)
    set_clock(EARLY)
    text = answer(dossier)
    assert "Hẹn trả kết quả: Thứ Hai, 29/03/2021, 17:00" in text
    assert "Ngày hẹn ban đầu là Thứ Tư, 24/03/2021" in text
    assert "Thư xin lỗi số 1/PXL, gửi 23/03/2021" in text


def test_the_list_is_cheap(world, set_clock, django_assert_max_num_queries):
    for _ in range(3):
        walk(world, world.receive(), TAKEN)
    daily.run(at=LATE)
    who = {"officer": world.officers["approver"], "at": LATE}
    for draft in Notice.objects.all():
        letter = letters.approve(notice_id=draft.pk, seen_revision=draft.revision, **who)
        notices.send(notice_id=letter.pk, seen_revision=letter.revision, delivery="post", **who)
    set_clock(LATE)
    with django_assert_max_num_queries(4):
        page = Client().get("/apologies/")
    assert len(page.context["rows"]) == 3

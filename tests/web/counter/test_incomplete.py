"""What is not complete at the counter: asked for, brought again, refused, taken back."""

import uuid

import pytest

from motcua.catalogue.models import RequiredDocument
from motcua.domain.dossier import State
from motcua.dossiers.models import Dossier, Draft, Notice, PageSent
from tests.web.workspace.roads import signed_in
from tests.world import next_town, officer_of

PERSON = {
    "person_id": "003200000001",
    "person_name": "Nguyễn Thị Huỳnh Ngọc Quỳnh Như",
    "person_phone": "0900000001",
}
REASONS = {
    "flaw_1": "",
    "flaw_2": "missing",
    "reason_2": "Chưa có bản chính",
    "guidance": "Xin ở trạm y tế",
}


@pytest.fixture
def counter(world):
    RequiredDocument.objects.create(version=world.version, position=2, name="Giấy chứng sinh")
    return signed_in(world.officers["reception"])


def typed(**more):
    page = {
        "token": str(uuid.uuid4()),
        "procedure": "1.001193",
        "paper_1_kind": "original",
        "paper_1_count": "1",
        **PERSON,
    }
    return page | more


def asked(client, page=None, **said):
    page = page or typed()
    first = client.post("/counter/", {**page, "do": "incomplete"})
    address = f"/counter/drafts/{page['token']}/incomplete/"
    assert first.status_code == 302 and first.url == address, first.content.decode()
    return client.post(address, REASONS | said)


def waiting(client):
    answer = asked(client)
    assert answer.status_code == 302, answer.content.decode()
    return Dossier.objects.get()


def words(answer):
    return answer.content.decode()


def test_the_page_says_what_lacks_and_the_notice_goes_out_at_once(world, counter):
    page = typed()
    counter.post("/counter/", {**page, "do": "incomplete"})
    form = counter.get(f"/counter/drafts/{page['token']}/incomplete/")
    assert "Hướng dẫn hoàn thiện hồ sơ (phiếu 02)" in words(form)
    assert 'value="missing" id="id_flaw_2_1" checked' in words(form).replace("required ", "")
    answer = counter.post(f"/counter/drafts/{page['token']}/incomplete/", REASONS, follow=True)
    assert "Đã lập văn bản số 1/" in words(answer) and "In phiếu" in words(answer)
    dossier = Dossier.objects.get()
    assert (dossier.state, dossier.number) == (State.INCOMPLETE, None)
    notice = Notice.objects.get()
    assert notice.items.get().name == "Giấy chứng sinh"
    printed = counter.get(f"/notices/{notice.pk}.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert not Draft.objects.exists()


def test_sent_twice_it_is_one_dossier(counter):
    page = typed()
    asked(counter, page)
    again = counter.post(f"/counter/drafts/{page['token']}/incomplete/", REASONS)
    assert again.status_code == 302 and PageSent.objects.count() == Dossier.objects.count() == 1


def test_a_paper_without_its_reason_is_named_and_nothing_is_written(counter):
    answer = asked(counter, reason_2="")
    assert answer.status_code == 422
    assert "Giấy chứng sinh: lý do: Ghi lý do hoặc nội dung cần hoàn thiện." in words(answer)
    assert "Xin ở trạm y tế" in words(answer) and not Dossier.objects.exists()


def test_nobody_is_asked_for_nothing(counter):
    answer = asked(counter, flaw_2="")
    assert answer.status_code == 422 and "Đánh dấu ít nhất một giấy tờ" in words(answer)


def test_what_the_state_holds_wants_to_know_why(counter):
    RequiredDocument.objects.filter(position=2).update(state_source="CSDL hộ tịch")
    page = typed()
    answer = asked(counter, page)
    assert answer.status_code == 422 and "Nhà nước đã có giấy tờ này tại CSDL hộ tịch" in words(
        answer
    )
    again = counter.post(
        f"/counter/drafts/{page['token']}/incomplete/", {**REASONS, "failed_2": "Tra không ra"}
    )
    assert again.status_code == 302


def test_a_page_without_a_name_goes_no_further(counter):
    answer = counter.post("/counter/", {**typed(person_name=""), "do": "incomplete"})
    assert answer.status_code == 422 and "Nhập họ và tên người nộp" in words(answer)


def test_it_waits_in_the_list_until_it_is_complete(world, counter):
    dossier = waiting(counter)
    listed = words(counter.get("/counter/incomplete/"))
    assert "1 hồ sơ chờ hoàn thiện" in listed and dossier.applicant_name in listed
    page = counter.get(f"/counter/incomplete/{dossier.pk}/open/")
    assert f'name="begun" value="{dossier.pk}"' in words(page) and "003200000001" in words(page)
    sent = typed(begun=str(dossier.pk), seen=str(dossier.revision), paper_2_kind="original")
    answer = counter.post("/counter/", {**sent, "paper_2_count": "1", "do": "accept"})
    assert answer.status_code == 302, words(answer)
    received = Dossier.objects.get()
    assert received.pk == dossier.pk and received.state == State.RECEIVED and received.number
    assert "Không có hồ sơ nào chờ hoàn thiện" in words(counter.get("/counter/incomplete/"))
    again = counter.post("/counter/", {**sent, "paper_2_count": "1", "do": "accept"})
    assert again.url == answer.url and Dossier.objects.count() == 1


def reopened(client, dossier):
    dossier.refresh_from_db()
    return typed(begun=str(dossier.pk), seen=str(dossier.revision))


def test_the_second_request_warns_and_the_third_waits_for_who_signs(world, counter):
    dossier = waiting(counter)
    page = reopened(counter, dossier)
    counter.post("/counter/", {**page, "do": "incomplete"})
    form = counter.get(f"/counter/drafts/{page['token']}/incomplete/")
    assert "đã được hướng dẫn một lần" in words(form)
    assert asked(counter, reopened(counter, dossier)).status_code == 302
    third = reopened(counter, dossier)
    counter.post("/counter/", {**third, "do": "incomplete"})
    form = counter.get(f"/counter/drafts/{third['token']}/incomplete/")
    assert "Đây là lần yêu cầu thứ 3" in words(form)
    answer = counter.post(f"/counter/drafts/{third['token']}/incomplete/", REASONS, follow=True)
    assert "phiếu chờ lãnh đạo ký duyệt" in words(answer)
    notice = Notice.objects.get(round=3)
    approver = signed_in(world.officers["approver"])
    listed = words(approver.get("/notices/"))
    assert "1 văn bản chờ duyệt" in listed and "lần thứ 3" in listed
    silent = approver.post(f"/notices/{notice.pk}/approve/", {"revision": 0, "note": ""})
    assert silent.status_code == 422 and "Vì sao yêu cầu lần thứ 3" in words(silent)
    said = {"revision": 0, "note": "Người nộp không theo hướng dẫn"}
    approver.post(f"/notices/{notice.pk}/approve/", said)
    page = counter.get(f"/counter/incomplete/{dossier.pk}/")
    assert "Gửi phiếu đã duyệt" in words(page)
    counter.post(f"/notices/{notice.pk}/send/", {"revision": 1, "delivery": "counter"})
    dossier.refresh_from_db()
    assert dossier.state == State.INCOMPLETE


def test_a_page_opened_before_a_colleague_acted_writes_nothing(world, counter):
    dossier = waiting(counter)
    page = reopened(counter, dossier)
    asked(counter, reopened(counter, dossier))
    answer = counter.post("/counter/", {**page, "paper_2_kind": "original", "do": "accept"})
    assert answer.status_code == 422 and "Chưa có gì bị ghi đè" in words(answer)


def test_refused_at_once_with_where_to_go(world, counter):
    page = typed()
    counter.post("/counter/", {**page, "do": "refuse"})
    address = f"/counter/drafts/{page['token']}/refuse/"
    assert "Từ chối tiếp nhận hồ sơ (phiếu 03)" in words(counter.get(address))
    silent = {"reason_code": "wrong_body", "reason": "Việc của huyện"}
    answer = counter.post(address, silent)
    assert answer.status_code == 422 and "Ghi nơi người nộp phải đến" in words(answer)
    answer = counter.post(address, {**silent, "guidance": "UBND huyện"}, follow=True)
    assert "Đã lập văn bản số 1/" in words(answer) and "Không được tiếp nhận" in words(answer)
    assert Dossier.objects.get().state == State.REFUSED


@pytest.mark.parametrize(
    ("what", "said", "state"),
    [
        ("refuse", {"reason_code": "other", "reason": "Hết hạn"}, State.REFUSED),
        ("withdraw", {"reason": ""}, State.WITHDRAWN),
    ],
)
def test_what_waits_is_ended(counter, what, said, state):
    dossier = waiting(counter)
    address = f"/counter/incomplete/{dossier.pk}/{what}/"
    assert counter.get(address).status_code == 200
    said = {**said, "revision": dossier.revision}
    assert counter.post(address, said).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == state
    twice = counter.post(address, said)
    assert twice.status_code == 409
    assert counter.get(f"/counter/incomplete/{dossier.pk}/open/").status_code == 302


def test_strangers_and_other_roles_find_nothing(world, counter):
    dossier = waiting(counter)
    notice = Notice.objects.get()
    stranger = signed_in(officer_of(next_town().agency, "reception", "rangdong"))
    for address in (
        f"/counter/incomplete/{dossier.pk}/",
        f"/counter/incomplete/{dossier.pk}/open/",
        f"/counter/incomplete/{dossier.pk}/refuse/",
        f"/notices/{notice.pk}/",
        f"/notices/{notice.pk}.pdf",
    ):
        assert stranger.get(address).status_code == 404, address
    handler = signed_in(world.officers["handler"])
    assert handler.get(f"/counter/incomplete/{dossier.pk}/").status_code == 404


def test_the_list_asks_few_questions(counter, django_assert_max_num_queries):
    for _each in range(3):
        asked(counter)
    with django_assert_max_num_queries(10):
        counter.get("/counter/incomplete/")

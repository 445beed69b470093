"""Results at the counter: the ready list, and returning one to whom it is due."""

from datetime import timedelta

import pytest

from motcua.domain.dossier import Action
from motcua.dossiers import papers
from motcua.dossiers.models import Dossier, Result
from motcua.dossiers.services.people import PartyFacts
from motcua.dossiers.services.processing import act
from tests.papers.pages import words
from tests.papers.slips import slip
from tests.web.workspace.conftest import clients, strangers, ten_o_clock, world  # noqa: F401
from tests.web.workspace.roads import PLACES, placed
from tests.world import MORNING, READY, walk

CARD = "036190000001|160000001|Trần Thị Na|05091990|Nữ|Xóm 1, thị trấn Liễu Đề|01032021"


def ready_dossier(world, *, days=0, **how):
    return walk(world, world.receive(at=MORNING - timedelta(days=days), **how), READY)


def collector(dossier, **values):
    known = {"personal_id": "003200000001", "full_name": "Nguyễn Thị Huỳnh Ngọc Quỳnh Như"}
    return {"revision": dossier.revision, **known, "note": "", **values}


def test_the_longest_waiting_stands_first_with_its_days(world, clients):
    late, early = ready_dossier(world), ready_dossier(world, days=2)
    placed(world, "taken")
    page = clients["reception"].get("/counter/ready/")
    rows = [(row.dossier.number, row.days) for row in page.context["rows"]]
    assert rows == [(early.number, "2 ngày"), (late.number, "hôm nay")]
    assert "2 kết quả chờ trả tại Bộ phận Một cửa thị trấn Liễu Đề" in page.content.decode()


@pytest.mark.parametrize(
    "text",
    [
        "0900000001",
        "003200000001",
        "number",
        "003200000001" + "||Nguyễn Thị Huỳnh Ngọc Quỳnh Như|05091990|Nữ|Xóm 1|01032021",
    ],
)
def test_the_only_result_of_a_whole_number_or_a_card_opens_at_once(world, clients, text):
    dossier = ready_dossier(world)
    placed(world, "taken")
    text = dossier.number if text == "number" else text
    answer = clients["reception"].get("/counter/ready/", {"q": text})
    assert answer.url == f"/counter/ready/{dossier.number}/"


@pytest.mark.parametrize("text", ["quynh nhu", "0001"])
def test_the_only_result_of_a_name_or_a_part_is_listed_first(world, clients, text):
    dossier = ready_dossier(world)
    page = clients["reception"].get("/counter/ready/", {"q": text})
    assert [row.dossier for row in page.context["rows"]] == [dossier]


def test_a_result_opens_by_an_identity_number_of_nine_digits(world, clients):
    owner = PartyFacts(full_name="Vũ Văn Tám", personal_id="162345678")
    dossier = ready_dossier(world, owner=owner)
    answer = clients["reception"].get("/counter/ready/?q=162345678")
    assert answer.url == f"/counter/ready/{dossier.number}/"


def test_of_several_one_is_chosen_and_of_none_it_is_said(world, clients):
    for _ in range(2):
        ready_dossier(world)
    assert len(clients["reception"].get("/counter/ready/?q=quynh").context["rows"]) == 2
    page = clients["reception"].get("/counter/ready/?q=zzz")
    assert "Không có kết quả chờ trả nào khớp" in page.content.decode()


def test_nobody_is_recorded_whom_the_officer_did_not_name(world, clients):
    dossier = ready_dossier(world)
    address = f"/counter/ready/{dossier.number}/"
    page = clients["reception"].get(address)
    form = page.context["form"]
    assert not form["personal_id"].value() and not form["full_name"].value()
    assert 'href="?who=owner">Chính chủ nhận: Nguyễn Thị' in page.content.decode()
    blank = {name: form[name].value() or "" for name in form.fields}
    told = clients["reception"].post(address, blank)
    assert told.status_code == 200
    assert "Chính chủ nhận: Nguyễn Thị Huỳnh Ngọc Quỳnh Như. Đối chiếu" in told.content.decode()
    assert told.context["form"]["personal_id"].value() == "003200000001"
    assert Dossier.objects.get().state == "result_ready"


def test_the_owner_who_comes_is_chosen_by_one_key_and_returned_by_the_next(world, clients):
    dossier = ready_dossier(world)
    page = clients["reception"].get(f"/counter/ready/{dossier.number}/?who=owner")
    form = page.context["form"]
    assert form["full_name"].value() == "Nguyễn Thị Huỳnh Ngọc Quỳnh Như"
    sent = {name: form[name].value() or "" for name in form.fields}
    page = clients["reception"].post(f"/counter/ready/{dossier.number}/", sent, follow=True)
    assert f"Đã trả kết quả hồ sơ {dossier.number} cho Nguyễn Thị" in page.content.decode()
    result = Result.objects.get()
    assert (result.collector_id, result.collector_note) == ("003200000001", "")
    assert Dossier.objects.get().state == "returned"


def test_who_brought_it_is_chosen_with_their_part(world, clients):
    submitter = PartyFacts(full_name="Trần Thị Na", personal_id="036190000001")
    dossier = ready_dossier(world, submitter=submitter)
    address = f"/counter/ready/{dossier.number}/"
    for page in (
        clients["reception"].get(f"{address}?who=submitter"),
        clients["reception"].post(address, {"revision": dossier.revision}),
    ):
        form = page.context["form"]
        assert form["full_name"].value() == "Trần Thị Na"
        assert form["note"].value() == "Người nộp"
    odd = clients["reception"].get(f"{address}?who=nobody").context["form"]
    assert not odd["full_name"].value()


def test_slip_list_and_page_name_the_same_person_of_three(world, clients):
    dossier = ready_dossier(
        world,
        submitter=PartyFacts(full_name="Trần Thị Na", personal_id="036190000001"),
        representative=PartyFacts(full_name="Phạm Văn Đồng", personal_id="036090000002"),
    )
    another = world.receive(owner=PartyFacts(full_name="Lê Văn Bình", personal_id="036090000003"))
    receipt = papers.receipt(slip(world, dossier, another), lookup_address="https://motcua.example")
    assert "Người nộp hồ sơ: Trần Thị Na" in words(receipt)
    counter = clients["reception"]
    [row] = counter.get("/counter/ready/").context["rows"]
    assert row.comes == "Trần Thị Na"
    form = counter.post(f"/counter/ready/{dossier.number}/", {}).context["form"]
    assert form["full_name"].value() == "Trần Thị Na"


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("personal_id", CARD),
        ("personal_id", "003200000001" + CARD),
        ("personal_id", CARD + "003200000001"),
        ("full_name", CARD + "Nguyễn Thị Huỳnh Ngọc Quỳnh Như"),
        ("note", CARD),
    ],
)
def test_a_scanned_card_fills_the_page_and_returns_nothing_yet(world, clients, field, typed):
    dossier = ready_dossier(world)
    address = f"/counter/ready/{dossier.number}/"
    page = clients["reception"].post(address, collector(dossier, **{field: typed}))
    form = page.context["form"]
    assert page.status_code == 200
    assert "Đã đọc thẻ. Kiểm tra rồi bấm Trả kết quả." in page.content.decode()
    assert (form["personal_id"].value(), form["full_name"].value()) == (
        "036190000001",
        "Trần Thị Na",
    )
    assert Dossier.objects.get().state == "result_ready"
    assert "maxlength" not in page.content.decode(), "the browser would cut the scan"
    sent = {name: form[name].value() or "" for name in form.fields}
    assert clients["reception"].post(address, sent).status_code == 422
    assert clients["reception"].post(address, {**sent, "note": "Con"}).status_code == 302
    assert Result.objects.get().collector_note == "Con"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"personal_id": ""}, "Ghi số định danh của người nhận"),
        ({"personal_id": "123"}, "Số định danh có 9 hoặc 12 chữ số"),
        ({"personal_id": "x|y|z||||"}, "Không đọc được thẻ."),
        ({"full_name": " "}, "Ghi họ và tên người nhận."),
        ({"full_name": "x" * 256}, "Dài quá 255 ký tự."),
        ({"personal_id": "036190000001"}, "Người nhận không phải chủ hồ sơ."),
        ({"note": "x" * 256}, "Dài quá 255 ký tự."),
    ],
    ids=str,
)
def test_what_is_typed_wrong_is_said(world, clients, wrong, said):
    dossier = ready_dossier(world)
    page = clients["reception"].post(
        f"/counter/ready/{dossier.number}/", collector(dossier, **wrong)
    )
    assert page.status_code == 422
    assert said in page.content.decode()
    assert Dossier.objects.get().state == "result_ready"


def test_sent_twice_it_is_returned_once(world, clients):
    dossier = ready_dossier(world)
    address = f"/counter/ready/{dossier.number}/"
    for _time in range(2):
        page = clients["reception"].post(address, collector(dossier), follow=True)
    assert "Hồ sơ này đã trả kết quả lúc 10:03 17/03/2021." in page.content.decode()
    assert dossier.events.filter(action="return").count() == 1


def test_the_second_officer_is_told_who_returned_it(world, clients):
    dossier = ready_dossier(world)
    seen = collector(dossier)
    act(
        dossier_id=dossier.pk,
        action=Action.CORRECT,
        officer=world.officers["reception"],
        at=MORNING + timedelta(hours=1),
        note="Gõ nhầm",
    )
    page = clients["reception"].post(f"/counter/ready/{dossier.number}/", seen)
    assert page.status_code == 409
    assert "đã thực hiện “sửa thông tin” hồ sơ này lúc 09:03" in page.content.decode()
    assert page.context["form"]["full_name"].value() == seen["full_name"]
    assert Dossier.objects.get().state == "result_ready"


@pytest.mark.parametrize("place", [place for place in PLACES if place != "ready"])
def test_nothing_is_returned_before_its_result_or_twice(world, clients, place):
    dossier = placed(world, place)
    events = dossier.events.count()
    address = f"/counter/ready/{dossier.number}/"
    assert clients["reception"].get(address).status_code == 302
    assert clients["reception"].post(address, collector(dossier)).status_code == 409
    assert dossier.events.count() == events


def test_only_the_counter_returns(world, clients, strangers):
    dossier = ready_dossier(world)
    others = {role: clients[role] for role in ("handler", "approver", "leader", "administrator")}
    for who, client in {**others, **strangers}.items():
        for answer in (
            client.get(f"/counter/ready/{dossier.number}/"),
            client.post(f"/counter/ready/{dossier.number}/", collector(dossier)),
        ):
            assert answer.status_code == 404, who
    for who, client in others.items():
        assert client.get("/counter/ready/").status_code == 404, who
    assert strangers["signed out"].get("/counter/ready/").url.startswith("/sign-in/")
    assert strangers["reception"].get("/counter/ready/").context["rows"] == []
    assert Dossier.objects.get().state == "result_ready"


def test_many_results_cost_no_more_questions(world, clients, django_assert_max_num_queries):
    for _ in range(27):
        ready_dossier(world)
    clients["reception"].get("/counter/ready/")
    with django_assert_max_num_queries(9):
        page = clients["reception"].get("/counter/ready/")
    assert len(page.context["rows"]) == 25
    with django_assert_max_num_queries(9):
        clients["reception"].get(f"/counter/ready/{page.context['rows'][0].dossier.number}/")


@pytest.mark.parametrize("revision", [None, "", "x"])
def test_a_page_that_does_not_say_what_it_showed_returns_nothing(world, clients, revision):
    dossier = ready_dossier(world)
    sent = collector(dossier, revision=revision)
    sent = {name: value for name, value in sent.items() if value is not None}
    address = f"/counter/ready/{dossier.number}/"
    page = clients["reception"].post(address, sent)
    shown = page.content.decode()
    assert page.status_code == 422 and "bấm Trả kết quả lần nữa" in shown
    assert Dossier.objects.get().state == "result_ready"
    again = page.context["form"]["revision"].value()
    assert clients["reception"].post(address, {**sent, "revision": again}).status_code == 302
    assert Dossier.objects.get().state == "returned"

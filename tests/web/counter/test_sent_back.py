"""Papers of what ended unsettled: the counter calls for them, and keeps who fetched them."""

from datetime import timedelta

import pytest

from motcua.domain.checklist import Mark
from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier, HandBack, Result
from motcua.dossiers.services.results import Collector, hand_papers_back
from tests.web.counter.test_results import CARD, collector
from tests.web.workspace.conftest import (  # noqa: F401
    add_officer,
    clients,
    strangers,
    ten_o_clock,
    world,
)
from tests.web.workspace.roads import PLACES, placed, signed_in
from tests.world import MORNING, done, walk

HEADING = "Giấy tờ chờ nhận lại"
ENDED = ("sent back", "withdrawn", "discontinued")


def address(dossier):
    return f"/counter/papers/{dossier.number}/"


def fetched(world, dossier, *, hours=1):
    return hand_papers_back(
        dossier_id=dossier.pk,
        collector=Collector(full_name="Lê Văn Ba", personal_id="003200000002", note="Con"),
        officer=world.officers["reception"],
        at=MORNING + timedelta(hours=hours),
    )


def test_the_ready_page_says_whom_to_call_and_why_the_longest_waiting_first(world, clients):
    dossier = placed(world, "sent back")
    old = walk(world, world.receive(at=MORNING - timedelta(days=400)), PLACES["withdrawn"])
    page = clients["reception"].get("/counter/ready/")
    text = page.content.decode()
    assert f"{HEADING} <span" in text and "của 2 hồ sơ kết thúc không có kết quả" in text
    first, second = page.context["fetching"]
    assert (first.dossier, second.dossier, second.phone) == (old, dossier, "0900000001")
    assert second.reason == "Lý do ghi trong hồ sơ"
    assert f"Trả lại hồ sơ: {second.reason}" in text and second.phone in text
    assert "Công dân rút hồ sơ" in text
    assert f'href="{address(dossier)}"' in text


def test_what_was_fetched_leaves_the_list(world, clients):
    dossier = placed(world, "sent back")
    fetched(world, dossier)
    for page in ("/counter/ready/", "/counter/papers/"):
        assert dossier.number not in clients["reception"].get(page).content.decode()
    assert "Không có giấy tờ nào chờ nhận lại" in (
        clients["reception"].get("/counter/papers/").content.decode()
    )


def test_papers_that_were_only_shown_wait_for_nobody(world, clients):
    dossier = placed(world, "sent back")
    dossier.papers.update(mark=Mark.SHOWN, originals=0, certified=0, photocopies=0)
    page = clients["reception"].get("/counter/papers/").content.decode()
    assert dossier.number not in page


def test_a_search_for_a_result_and_a_counter_without_any_show_none(world, clients):
    assert HEADING not in clients["reception"].get("/counter/ready/").content.decode()
    placed(world, "sent back")
    assert HEADING not in clients["reception"].get("/counter/ready/?q=zzz").content.decode()


def test_many_papers_have_pages_and_cost_no_more_questions(
    world, clients, django_assert_max_num_queries
):
    for _ in range(27):
        walk(world, world.receive(at=MORNING), PLACES["withdrawn"])
    clients["reception"].get("/counter/ready/")
    with django_assert_max_num_queries(12):
        page = clients["reception"].get("/counter/ready/")
    assert len(page.context["fetching"]) == 25 and "Xem cả 27 hồ sơ" in page.content.decode()
    with django_assert_max_num_queries(9):
        page = clients["reception"].get("/counter/papers/?page=2")
    assert len(page.context["fetching"]) == 2
    with django_assert_max_num_queries(9):
        clients["reception"].get(address(page.context["fetching"][0].dossier))


@pytest.mark.parametrize("place", ENDED)
def test_the_owner_who_comes_is_chosen_and_one_key_hands_the_papers_back(world, clients, place):
    dossier = placed(world, place)
    page = clients["reception"].get(address(dossier), {"who": "owner"})
    assert "Trả lại giấy tờ hồ sơ" in page.content.decode()
    assert "Tờ khai" in page.content.decode(), "the officer sees what there is to hand back"
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    page = clients["reception"].post(address(dossier), sent, follow=True)
    shown = page.content.decode()
    assert f"Đã trả lại giấy tờ hồ sơ {dossier.number} cho Nguyễn Thị Huỳnh Ngọc" in shown
    kept = HandBack.objects.get()
    assert (kept.collector_id, kept.collector_note) == ("003200000001", "")
    after = Dossier.objects.get()
    assert (after.state, after.ended_at) == (dossier.state, dossier.ended_at)
    assert not Result.objects.exists()


def test_somebody_else_than_the_owner_says_by_what_right(world, clients):
    dossier = placed(world, "sent back")
    page = clients["reception"].post(address(dossier), collector(dossier, personal_id=CARD))
    assert "Đã đọc thẻ. Kiểm tra rồi bấm Trả lại giấy tờ." in page.content.decode()
    form = page.context["form"]
    sent = {name: form[name].value() or "" for name in form.fields}
    page = clients["reception"].post(address(dossier), sent)
    assert page.status_code == 422
    assert "Ghi quan hệ hoặc giấy ủy quyền đã xem." in page.content.decode()
    assert not HandBack.objects.exists()
    clients["reception"].post(address(dossier), {**sent, "note": "Con, có giấy ủy quyền"})
    assert HandBack.objects.get().collector_name == "Trần Thị Na"


def test_sent_twice_it_is_handed_back_once(world, clients):
    dossier = placed(world, "sent back")
    for _time in range(2):
        page = clients["reception"].post(address(dossier), collector(dossier), follow=True)
    assert "Hồ sơ này đã trả lại giấy tờ lúc 10:03 17/03/2021." in page.content.decode()
    assert dossier.events.filter(action="hand_back").count() == 1


def test_the_second_officer_is_told_who_gave_the_papers_to_whom_and_when(world, clients):
    dossier = placed(world, "sent back")
    seen = collector(dossier)
    second = signed_in(add_officer(world.unit.agency, "reception", "lieude.second"))
    fetched(world, dossier)
    who = world.officers["reception"].full_name
    said = f"đã được {who} trả lại cho Lê Văn Ba lúc 09:03 17/03/2021. Không ghi lần hai."
    page = second.post(address(dossier), seen)
    assert page.status_code == 409 and said in page.content.decode()
    assert "data-send" not in page.content.decode(), "there is nothing left to hand back"
    page = second.get(address(dossier), follow=True)
    assert said in page.content.decode()
    assert HandBack.objects.get().collector_name == "Lê Văn Ba"


def test_a_page_older_than_the_end_hands_nothing_back(world, clients):
    dossier = placed(world, "taken")
    seen = collector(dossier)
    hour = MORNING + timedelta(hours=1)
    done(dossier, Action.WITHDRAW, officer=world.officers["reception"], at=hour)
    page = clients["reception"].post(address(dossier), seen)
    assert page.status_code == 409
    assert "đã thực hiện “rút hồ sơ” hồ sơ này lúc 09:03" in page.content.decode()
    assert not HandBack.objects.exists()


@pytest.mark.parametrize("place", [place for place in PLACES if place not in ENDED])
def test_no_papers_are_handed_back_of_what_has_not_ended_so(world, clients, place):
    dossier = placed(world, place)
    events = dossier.events.count()
    assert clients["reception"].get(address(dossier)).status_code == 302
    assert clients["reception"].post(address(dossier), collector(dossier)).status_code == 409
    assert dossier.events.count() == events


def test_only_the_counter_hands_papers_back(world, clients, strangers):
    dossier = placed(world, "sent back")
    others = {role: clients[role] for role in ("handler", "approver", "leader", "administrator")}
    for who, client in {**others, **strangers}.items():
        for answer in (
            client.get(address(dossier)),
            client.post(address(dossier), collector(dossier)),
        ):
            assert answer.status_code == 404, who
    for who, client in others.items():
        assert client.get("/counter/papers/").status_code == 404, who
    assert strangers["reception"].get("/counter/papers/").context["fetching"] == []
    assert not HandBack.objects.exists()


def test_the_dossiers_page_offers_it_then_says_who_took_the_papers(world, clients):
    dossier = placed(world, "sent back")
    page = clients["reception"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert f'href="{address(dossier)}"' in page
    assert "Giấy tờ chờ nhận lại tại Bộ phận Một cửa thị trấn Liễu Đề" in page
    page = clients["handler"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert f'href="{address(dossier)}"' not in page
    assert "Chờ người nộp đến nhận lại giấy tờ" in page
    fetched(world, dossier)
    page = clients["handler"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert "Đã trả lại cho Lê Văn Ba (số định danh 003200000002), Con" in page
    who = world.officers["reception"].full_name
    assert f"{who} trả lại giấy tờ cho Lê Văn Ba." in page
    assert "Đã trả người nộp" in page and "Hồ sơ đã kết thúc" in page
    assert "Số văn bản" not in page, "a dossier without a result does not look like having one"
    page = clients["reception"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert f'href="{address(dossier)}"' not in page


def test_found_dossiers_say_where_their_papers_are(world, clients, django_assert_max_num_queries):
    waiting, gone = placed(world, "sent back"), placed(world, "withdrawn")
    fetched(world, gone)
    clients["handler"].get("/search/?q=quynh")
    with django_assert_max_num_queries(7):
        page = clients["handler"].get("/search/?q=quynh")
    holders = {row.number: row.holder for row in page.context["rows"]}
    assert holders == {
        waiting.number: "Giấy tờ chờ nhận lại tại Bộ phận Một cửa thị trấn Liễu Đề",
        gone.number: "Đã trả người nộp",
    }


def test_the_register_says_when_the_papers_were_fetched(world, clients):
    fetched(world, placed(world, "sent back"))
    page = clients["reception"].get("/counter/register/").content.decode()
    assert "09:03 17/03/2021" in page and "trả lại giấy tờ" in page

"""My work: what lies on the desk, in which tab, and one act on several."""

import re
from datetime import date, timedelta
from html import unescape

import pytest

from motcua import clock
from motcua.dossiers.models import DayBook, Dossier, DossierEvent, HandOverList
from motcua.dossiers.services.corrections import Corrected, correct
from tests.web.workspace.roads import placed
from tests.world import HANDED, MORNING, PROPOSED, TAKEN, walk


def numbers(page):
    return [row.number for row in page.context["rows"]]


def test_the_heading_is_a_sentence_with_a_number_and_the_tabs_count(world, clients):
    for place in ("handed over", "taken", "proposed"):
        placed(world, place)
    page = clients["handler"].get("/workspace/")
    text = page.content.decode()
    assert "<h1>2 hồ sơ cần làm của tôi</h1>" in text
    counts = [(label, count) for label, count, _address, _here in page.context["tabs"]]
    assert counts == [
        ("Cần làm", 2),
        ("Mới", 1),
        ("Sắp đến hạn", 0),
        ("Quá hạn", 0),
        ("Chờ người khác", 1),
    ]


def test_the_most_urgent_stand_first_and_another_order_can_be_asked_for(world, clients):
    late, early = (
        walk(world, world.receive(at=MORNING - timedelta(days=days)), TAKEN) for days in (2, 9)
    )
    page = clients["handler"].get("/workspace/")
    assert numbers(page) == [early.number, late.number]
    assert [row.standing for row in page.context["rows"]] == ["overdue", "within"]
    assert "quá hạn 2 ngày làm việc" in page.content.decode()
    assert numbers(clients["handler"].get("/workspace/?order=received")) == [
        late.number,
        early.number,
    ]
    assert numbers(clients["handler"].get("/workspace/?tab=overdue")) == [early.number]


@pytest.mark.parametrize("asked", ["tab=x", "order=x", "scope=x", "page=x", "page=9999", "tab="])
def test_a_mistyped_address_still_shows_work(world, clients, asked):
    placed(world, "taken")
    page = clients["handler"].get(f"/workspace/?{asked}")
    assert (page.status_code, len(page.context["rows"])) == (200, 1)


def test_an_empty_list_says_so_and_when_it_was_looked_at(world, clients):
    text = clients["handler"].get("/workspace/?tab=overdue").content.decode()
    assert "Không có hồ sơ quá hạn. Kiểm tra lúc 10:03." in text


def test_a_leader_reads_the_units_figures_as_a_sum(world, clients):
    walk(world, world.receive(at=MORNING - timedelta(days=100)), TAKEN)
    for place in ("returned", "sent back", "taken"):
        placed(world, place)
    text = " ".join(unescape(clients["leader"].get("/workspace/").content.decode()).split())
    assert "Số hồ sơ của Bộ phận Một cửa thị trấn Liễu Đề đến lúc này" in text
    (this_year, _), (all_years, _) = clients["leader"].get("/workspace/").context["figures"].since
    assert (this_year, all_years) == (date(2021, 1, 1), date(2020, 1, 1))
    said = re.sub("<[^>]+>", "", text)
    assert "4 (có 1 từ trước chuyển sang) = 1 đã giải quyết + 2 đang giải quyết + 1 trả lại" in said
    assert "1 đã giải quyết = 1 trước hạn, đúng hạn + 0 trễ hạn" in said
    assert '<a href="/workspace/?scope=agency">2 đang giải quyết</a>' in text
    assert '<a href="/workspace/?scope=agency&tab=overdue">1 quá hạn</a>' in text
    assert text.index("<h1>") < text.index("Số hồ sơ của")


def test_a_leader_is_told_when_the_books_do_not_balance(world, clients):
    dossier = world.receive()
    DayBook.objects.filter(unit=dossier.unit).update(received=99)
    response = clients["leader"].get("/workspace/")
    assert response.status_code == 200
    assert "Báo quản trị viên chạy lệnh motcua verify" in unescape(response.content.decode())
    assert response.context["figures"].since == ()


def test_the_figures_stand_where_the_whole_agency_is_looked_at(world, clients):
    assert clients["handler"].get("/workspace/").context["figures"] is None
    assert clients["handler"].get("/workspace/?scope=agency").context["figures"] is not None


def test_a_leader_sees_the_agencys_work_and_only_that(world, clients):
    dossier = placed(world, "taken")
    page = clients["leader"].get("/workspace/?scope=mine")
    text = page.content.decode()
    assert "<h1>1 hồ sơ đang giải quyết, không kể tạm dừng, của cơ quan</h1>" in text
    assert "Hồ sơ của cơ quan</a>" in text
    for words in ("Việc của tôi", "cần làm", "Cần làm", "Việc tiếp theo"):
        assert words not in text
    assert numbers(page) == [dossier.number]
    assert [action for action, _words in page.context["common"]] == ["assign"]
    assert page.context["rows"][0].next_act is None


def test_what_is_due_today_says_its_instant_once(world, clients, monkeypatch):
    dossier = placed(world, "taken")
    monkeypatch.setenv(clock.START, (dossier.due_at - timedelta(hours=2)).isoformat())
    text = clients["handler"].get("/workspace/").content.decode()
    assert "hẹn trả hôm nay 17:00" in text and "17:00 24/03/2021" not in text
    monkeypatch.setenv(clock.START, (dossier.due_at - timedelta(days=5)).isoformat())
    assert "17:00 24/03/2021" in clients["handler"].get("/workspace/").content.decode()


def test_the_desk_is_a_front_door(world, clients, strangers):
    assert strangers["signed out"].get("/workspace/").url.startswith("/sign-in/")
    assert strangers["signed out"].get("/search/?q=1").url.startswith("/sign-in/")
    assert strangers["an account without an officer"].get("/workspace/").status_code == 404
    assert clients["administrator"].get("/workspace/").status_code == 404
    placed(world, "taken")
    assert numbers(strangers["leader"].get("/workspace/?scope=agency")) == []


def ticked(*dossiers):
    return [f"{dossier.pk}.{dossier.revision}" for dossier in dossiers]


def test_several_are_taken_at_once_and_each_result_is_told(world, clients):
    first, moved, gone = (placed(world, "handed over") for _ in range(3))
    stale = ticked(first, moved, gone)
    walk(world, moved, TAKEN[1:])
    walk(world, gone, PROPOSED[1:])
    page = clients["handler"].post(
        "/workspace/act/",
        {"action": "take", "ticked": stale, "back": "/workspace/?tab=new"},
        follow=True,
    )
    assert page.redirect_chain == [("/workspace/outcome/", 302)]
    outcome = page.context["outcome"]
    assert outcome["done"] == [first.number] and outcome["back"] == "/workspace/?tab=new"
    why = dict(outcome["left"])
    assert "Trần Văn handler đã thực hiện “nhận việc” hồ sơ này" in why[moved.number]
    assert "Trần Văn handler đã thực hiện “trình ký” hồ sơ này" in why[gone.number]
    assert [d.events.last().action for d in (first, moved, gone)] == ["take", "take", "propose"]


def test_several_are_approved_by_who_may_and_by_nobody_else(world, clients):
    dossiers = [placed(world, "proposed") for _ in range(2)]
    sent = {"action": "approve", "ticked": ticked(*dossiers)}
    clients["handler"].post("/workspace/act/", sent)
    assert set(Dossier.objects.values_list("step_code", flat=True)) == {"approve"}
    clients["approver"].post("/workspace/act/", sent)
    assert set(Dossier.objects.values_list("step_code", flat=True)) == {"seal"}


def test_several_are_handed_over_on_one_list(world, clients):
    dossiers = [placed(world, "received") for _ in range(2)]
    sent = {"action": "hand_over", "ticked": ticked(*dossiers)}
    page = clients["reception"].post("/workspace/act/", sent, follow=True)
    assert "danh sách số 1/2021" in page.content.decode()
    assert HandOverList.objects.get().lines.count() == 2


def test_what_moved_since_the_list_was_shown_is_not_handed_over_unseen(world, clients):
    kept, corrected = (placed(world, "received") for _ in range(2))
    stale = ticked(kept, corrected)
    correct(
        dossier_id=corrected.pk,
        values=Corrected(parties={}, subject="Khai sinh lại", return_channel="counter"),
        reason="Gõ nhầm",
        officer=world.officers["reception"],
        at=MORNING + timedelta(minutes=5),
        seen_revision=corrected.revision,
    )
    sent = {"action": "hand_over", "ticked": stale}
    page = clients["reception"].post("/workspace/act/", sent, follow=True)
    assert [line.dossier for line in HandOverList.objects.get().lines.all()] == [kept]
    [(number, why)] = page.context["outcome"]["left"]
    assert number == corrected.number
    assert "Trần Văn reception đã thực hiện “sửa thông tin” hồ sơ này" in why


@pytest.mark.parametrize(
    "sent",
    [
        {"action": "take"},
        {"action": "take", "ticked": ["x", "1", ".", "1.2.3", "9" * 40 + ".1", "-1.1", "٣.1"]},
        {"action": "send_back", "ticked": ["1.1"]},
        {},
    ],
    ids=str,
)
def test_odd_ticks_write_nothing(world, clients, sent):
    placed(world, "handed over")
    events = DossierEvent.objects.count()
    answer = clients["handler"].post("/workspace/act/", sent)
    assert answer.status_code == (302 if sent.get("action") == "take" else 404)
    assert DossierEvent.objects.count() == events


def test_a_page_leads_back_only_to_this_site(world, clients):
    sent = {"action": "take", "ticked": [], "back": "https://example.org/"}
    assert clients["handler"].post("/workspace/act/", sent).url == "/workspace/"


def test_many_rows_cost_no_more_questions_than_few(world, clients, django_assert_max_num_queries):
    for _ in range(30):
        walk(world, world.receive(), HANDED)
    for role in ("handler", "leader"):
        clients[role].get("/workspace/")
    with django_assert_max_num_queries(8):
        page = clients["handler"].get("/workspace/")
    assert len(page.context["rows"]) == 25
    assert len(clients["handler"].get("/workspace/?page=2").context["rows"]) == 5
    with django_assert_max_num_queries(13):  # four of them for the unit's figures
        clients["leader"].get("/workspace/")
    with django_assert_max_num_queries(7):
        clients["handler"].get("/search/?q=Quỳnh")


def test_search_shows_masked_identities_of_what_may_be_seen(world, clients, strangers):
    dossier = placed(world, "taken")
    text = clients["handler"].get("/search/?q=quynh nhu").content.decode()
    assert dossier.number in text
    assert "••••••••0001" in text
    assert "003200000001" not in text
    for client in strangers.values():
        page = client.get(f"/search/?q={dossier.number}", follow=True)
        assert not (page.context or {}).get("rows")
    nothing = clients["handler"].get("/search/?q=zzz").content.decode()
    assert "Không thấy hồ sơ nào khớp “zzz”" in nothing
    assert clients["handler"].get("/search/").status_code == 200
    assert clients["handler"].get("/search/?q=" + "9" * 3000).status_code == 200


def test_lists_waiting_for_confirmation_are_announced(world, clients):
    dossier = placed(world, "received")
    clients["reception"].post("/counter/hand-over/", {"ticked": [dossier.pk]})
    page = clients["handler"].get("/workspace/")
    assert "1 danh sách bàn giao chờ xác nhận" in page.content.decode()


def test_a_paused_dossier_waits_for_the_citizen(world, clients):
    dossier = placed(world, "awaiting supplement")
    page = clients["handler"].get("/workspace/?tab=waiting")
    assert numbers(page) == [dossier.number]
    assert "Chờ công dân bổ sung giấy tờ" in page.content.decode()


def test_a_heading_counts_no_more_than_it_knows(world, clients, monkeypatch):
    monkeypatch.setattr("motcua.web.workspace.work.MOST_FOUND", 2)
    for _ in range(2):
        placed(world, "taken")
    text = clients["handler"].get("/search/?q=210317").content.decode()
    assert "<h1>2 hồ sơ khớp" in text
    placed(world, "taken")
    text = clients["handler"].get("/search/?q=210317").content.decode()
    assert "<h1>Hơn 2 hồ sơ khớp" in text and "chỉ nêu 2 hồ sơ mới nhất" in text

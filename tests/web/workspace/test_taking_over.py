"""What a colleague has is taken over on a page of its own, with a reason, never in passing."""

from datetime import timedelta

import pytest

from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier
from motcua.dossiers.services.processing import HeldByColleague, act
from tests.web.workspace.conftest import add_officer
from tests.web.workspace.roads import placed
from tests.world import MORNING

REASON = "Nguyễn Văn A nghỉ ốm từ hôm nay"


@pytest.fixture
def second(world, clients):
    world.officers["second"] = add_officer(world.unit.agency, "handler", "lieude.second")
    return clients["second"]


def test_a_colleagues_dossier_is_not_taken_by_one_click(world, second):
    dossier = placed(world, "taken")
    page = second.get(f"/dossiers/{dossier.number}/")
    (offer,) = page.context["offers"]
    assert (offer.words, offer.is_at_once) == ("Nhận thay Trần Văn handler", False)
    assert page.context["likely"] is None
    text = page.content.decode()
    assert "Nhận việc" not in text
    assert f'<a href="{offer.address}">Nhận thay Trần Văn handler</a>' in text
    answer = second.post(offer.address, {"revision": dossier.revision})
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Trần Văn handler đang giữ việc này" in text
    assert "<form" not in text[text.index("<h1>") :] and "đã gõ" not in text
    assert Dossier.objects.get().holder_officer == world.officers["handler"]


def test_taking_over_asks_for_a_reason_which_everybody_reads_later(world, clients, second):
    dossier = placed(world, "taken")
    address = f"/dossiers/{dossier.number}/take/"
    text = second.get(address).content.decode()
    assert "<h1>Nhận thay Trần Văn handler</h1>" in text
    assert "Hồ sơ chuyển từ Trần Văn handler sang ông/bà" in text
    for note in ("", "  "):
        answer = second.post(address, {"revision": dossier.revision, "note": note})
        assert (answer.status_code, "Ghi lý do" in answer.content.decode()) == (422, True)
    answer = second.post(address, {"revision": dossier.revision, "note": REASON})
    assert answer.status_code == 302
    after = Dossier.objects.get()
    assert after.holder_officer == world.officers["second"]
    assert after.events.last().note == REASON
    page = clients["handler"].get(f"/dossiers/{dossier.number}/")
    assert REASON in page.content.decode()
    assert [offer.words for offer in page.context["offers"]] == ["Nhận thay Lê Thị handler"]


def test_who_wanted_to_take_what_a_colleague_just_took_is_only_told(world, clients, second):
    dossier = placed(world, "handed over")
    sent = {"revision": dossier.revision}
    clients["handler"].post(f"/dossiers/{dossier.number}/take/", sent)
    answer = second.post(f"/dossiers/{dossier.number}/take/", sent)
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Trần Văn handler đã thực hiện “nhận việc” hồ sơ này" in text
    assert "đã gõ" not in text and "data-send" not in text
    assert "Xem lại hồ sơ" in text
    assert Dossier.objects.get().holder_officer == world.officers["handler"]


def test_what_a_colleague_has_is_not_passed_on_behind_their_back(world, second):
    dossier = placed(world, "taken")
    answer = second.post(f"/dossiers/{dossier.number}/propose/", {"note": "Mời ký"})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "chọn “Nhận thay Trần Văn handler”" in text
    assert "Mời ký" in text and "Nội dung đã gõ vẫn còn." in text
    with pytest.raises(HeldByColleague):
        act(
            dossier_id=dossier.pk,
            action=Action.PROPOSE,
            officer=world.officers["second"],
            at=MORNING + timedelta(hours=1),
        )
    assert Dossier.objects.get().step_code == "handle"


def test_several_ticked_dossiers_take_none_out_of_a_colleagues_hands(world, second):
    dossier = placed(world, "taken")
    page = second.get("/workspace/?scope=agency")
    assert page.context["common"] == []
    sent = {"action": "take", "ticked": f"{dossier.pk}.{dossier.revision}"}
    answer = second.post("/workspace/act/", sent, follow=True)
    assert "Trần Văn handler đang giữ việc này" in answer.content.decode()
    assert Dossier.objects.get().holder_officer == world.officers["handler"]


def test_who_signs_sends_work_back_in_one_way_and_who_handles_in_another(world, clients):
    for place, role, offered in (
        ("proposed", "approver", {"send_back_for_rework"}),
        ("approved", "handler", {"send_to_step"}),
    ):
        dossier = placed(world, place)
        page = clients[role].get(f"/dossiers/{dossier.number}/")
        actions = {offer.action for offer in page.context["offers"]}
        assert actions & {"send_back_for_rework", "send_to_step"} == offered
        (what,) = offered
        address = f"/dossiers/{dossier.number}/{what.replace('_', '-')}/"
        text = clients[role].get(address).content.decode()
        assert "người nộp không thấy" in text and "Người nộp đọc" not in text


def test_who_handles_is_told_how_to_propose_sending_it_back(world, clients):
    dossier = placed(world, "taken")
    address = f"/dossiers/{dossier.number}/"
    assert "ghi đề nghị trả lại và lý do" in clients["handler"].get(address).content.decode()
    dossier = placed(world, "proposed")
    page = clients["approver"].get(f"/dossiers/{dossier.number}/")
    assert "ghi đề nghị trả lại" not in page.content.decode()


def test_papers_handed_back_lie_with_who_filed(world, clients):
    dossier = placed(world, "returned")
    text = clients["leader"].get(f"/dossiers/{dossier.number}/").content.decode()
    assert "<dt>Đang ở</dt><dd>Đã trả người nộp" in text

"""One act on a page of its own: what it will do, mistakes, the second officer."""

from datetime import date, timedelta

import pytest

from motcua.domain.dossier import Action
from motcua.dossiers.models import Attachment, Dossier, Result
from motcua.dossiers.services.processing import act
from tests.gateways.made_files import pdf
from tests.web.workspace.conftest import add_officer
from tests.web.workspace.roads import PLACES, placed
from tests.world import MORNING


def upload(content, name="ket-qua.pdf"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, content, "application/x-whatever")


@pytest.mark.parametrize(
    ("place", "role", "what", "says"),
    [
        (
            "taken",
            "handler",
            "propose",
            "đến bước “Ký duyệt”, UBND thị trấn Liễu Đề. Bước này phải",
        ),
        ("taken", "handler", "propose", "Thời hạn không đổi: hẹn trả"),
        ("proposed", "approver", "approve", "đến bước “Vào sổ, đóng dấu”"),
        ("proposed", "approver", "send-back-for-rework", "Hồ sơ quay lại bước được chọn"),
        ("proposed", "approver", "send-back", "Thời hạn dừng hẳn, không chạy lại"),
        ("approved", "handler", "issue-result", "Thời hạn dừng lúc ghi: có kết quả trước hạn."),
        ("handed over", "handler", "take", "Ông/bà nhận làm bước hiện nay"),
    ],
)
def test_the_page_says_what_will_happen_to_the_clock(world, clients, place, role, what, says):
    dossier = placed(world, place)
    page = clients[role].get(f"/dossiers/{dossier.number}/{what}/")
    assert says in " ".join(page.content.decode().split())


def test_the_signer_and_the_day_are_those_of_the_approval(world, clients):
    dossier = placed(world, "approved")
    page = clients["handler"].get(f"/dossiers/{dossier.number}/issue-result/")
    form = page.context["form"]
    assert form["signer"].value() == "Trần Văn approver"
    assert form["signed_on"].value() == "17/03/2021"


def test_a_result_is_recorded_with_its_file(world, clients):
    dossier = placed(world, "approved")
    sent = {
        "revision": dossier.revision,
        "number": "12/GKS",
        "signed_on": "17-3-21",
        "signer": "Trần Văn approver",
        "file": upload(pdf(2)),
    }
    answer = clients["handler"].post(f"/dossiers/{dossier.number}/issue-result/", sent)
    assert answer.status_code == 302
    result, file = Result.objects.get(), Attachment.objects.get()
    assert (result.number, result.signed_on) == ("12/GKS", date(2021, 3, 17))
    assert (file.kind, file.pages, file.name) == ("result", 2, "ket-qua.pdf")
    assert Dossier.objects.get().state == "result_ready"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"number": ""}, "Ghi số của văn bản kết quả."),
        ({"number": "x" * 61}, "Số văn bản dài không quá 60 ký tự."),
        ({"number": "a\x00b"}, "Có ký tự không đọc được."),
        ({"signed_on": "31/02/2021"}, "Không đọc được ngày."),
        ({"signed_on": "18/3/2021"}, "Ngày 18/03/2021 sau hôm nay."),
        ({"signer": " "}, "Ghi họ tên người ký."),
        ({"note": "x" * 2001}, "Rút gọn nội dung còn không quá 2.000 ký tự."),
        ({"file": upload(b"MZ", "a.pdf")}, "Tệp không phải PDF, JPEG hoặc PNG."),
        ({"file": upload(b"", "a.pdf")}, "Tệp rỗng."),
        ({"file": upload(b"%PDF-" + b"0" * (10 * 1024 * 1024), "a.pdf")}, "Tệp lớn hơn 10 MB."),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_is_typed_wrong_is_said_and_what_is_right_is_kept(world, clients, wrong, said):
    dossier = placed(world, "approved")
    sent = {
        "number": "12/GKS",
        "signed_on": "17032021",
        "signer": "Trần Văn Bá",
        "note": "kèm 2 bản",
    }
    for file in (value for value in wrong.values() if hasattr(value, "seek")):
        file.seek(0)
    page = clients["handler"].post(
        f"/dossiers/{dossier.number}/issue-result/",
        {**sent, "revision": dossier.revision, **wrong},
    )
    text = page.content.decode()
    assert page.status_code == 422
    assert said in text
    assert 'class="errors"' in text
    kept = set(sent) - set(wrong)
    assert all(sent[name] in text for name in kept)
    assert not Result.objects.exists()
    assert Dossier.objects.get().state == "in_process"


@pytest.mark.parametrize(
    ("place", "role", "what", "said"),
    [
        ("proposed", "approver", "send-back", "Ghi lý do bằng văn bản"),
        ("proposed", "approver", "send-back-for-rework", "Ghi lý do; việc này"),
    ],
)
def test_a_reason_is_asked_for(world, clients, place, role, what, said):
    dossier = placed(world, place)
    for note in ("", "   "):
        page = clients[role].post(
            f"/dossiers/{dossier.number}/{what}/", {"note": note, "to_step": "handle"}
        )
        assert page.status_code == 422
        assert said in page.content.decode()
    assert Dossier.objects.get().step_code == "approve"


def test_work_is_sent_to_a_step_of_the_road_only(world, clients):
    dossier = placed(world, "approved")
    address = f"/dossiers/{dossier.number}/send-to-step/"
    page = clients["handler"].get(address)
    assert [code for code, _name in page.context["form"].fields["to_step"].choices] == [
        "handle",
        "approve",
    ]
    for step in ("receive", "return", "seal", "x", ""):
        answer = clients["handler"].post(address, {"note": "Sai tên", "to_step": step})
        assert answer.status_code == 422, step
    assert (
        clients["handler"].post(address, {"note": "Sai tên", "to_step": "handle"}).status_code
        == 302
    )
    assert Dossier.objects.get().step_code == "handle"


def test_work_is_given_to_a_named_colleague_who_can_do_it(world, clients):
    dossier = placed(world, "taken")
    signer = add_officer(world.unit.agency, "approver", "lieude.approver2")
    address = f"/dossiers/{dossier.number}/propose/"
    wrong = clients["handler"].post(address, {"to_officer": world.officers["leader"].pk})
    assert wrong.status_code == 422
    clients["handler"].post(address, {"to_officer": signer.pk, "note": "Mời ký"})
    assert Dossier.objects.get().holder_officer == signer


def test_work_is_not_given_to_a_closed_account(world, clients):
    dossier = placed(world, "taken")
    gone = add_officer(world.unit.agency, "approver", "lieude.approver2")
    gone.user.is_active = False
    gone.user.save()
    address = f"/dossiers/{dossier.number}/propose/"
    page = clients["handler"].get(address)
    assert gone not in page.context["form"].fields["to_officer"].queryset
    page = clients["handler"].post(address, {"to_officer": gone.pk, "note": "Mời ký"})
    assert page.status_code == 422
    assert "có thể đã đổi vai trò hoặc ngừng tài khoản. Chọn người khác" in page.content.decode()
    assert "Mời ký" in page.content.decode()
    assert Dossier.objects.get().step_code == "handle"


def test_what_is_done_again_does_not_go_back_to_a_closed_account(world, clients):
    dossier = placed(world, "proposed")
    world.officers["handler"].user.is_active = False
    world.officers["handler"].user.save()
    address = f"/dossiers/{dossier.number}/send-back-for-rework/"
    sent = {"revision": dossier.revision, "to_step": "handle", "note": "Sửa lại"}
    clients["approver"].post(address, sent)
    after = Dossier.objects.get()
    assert (after.step_code, after.holder_officer) == ("handle", None)


@pytest.mark.parametrize("place", PLACES)
def test_an_extension_is_offered_nowhere_while_no_page_asks_for_its_day(world, clients, place):
    dossier = placed(world, place)
    before = dossier.events.count()
    for role in ("reception", "handler", "approver", "leader"):
        page = clients[role].get(f"/dossiers/{dossier.number}/")
        assert all(offer.action is not Action.EXTEND for offer in page.context["offers"])
        assert "Gia hạn" not in page.content.decode()
        address = f"/dossiers/{dossier.number}/extend/"
        sent = {"revision": dossier.revision, "note": "Việc phức tạp"}
        assert clients[role].get(address).status_code == 404
        assert clients[role].post(address, sent).status_code == 404
    many = {"action": "extend", "ticked": [dossier.pk]}
    assert clients["approver"].post("/workspace/act/", many).status_code == 404
    assert dossier.events.count() == before


def test_the_second_officer_is_told_who_did_what_and_keeps_the_comment(world, clients):
    dossier = placed(world, "proposed")
    seen = dossier.revision
    act(
        dossier_id=dossier.pk,
        action=Action.APPROVE,
        officer=world.officers["approver"],
        at=MORNING + timedelta(minutes=30),
    )
    add_officer(world.unit.agency, "approver", "lieude.approver2")
    from tests.web.workspace.roads import signed_in

    second = signed_in(dossier.unit.agency.officers.get(user__username="lieude.approver2"))
    page = second.post(
        f"/dossiers/{dossier.number}/send-back-for-rework/",
        {"revision": seen, "to_step": "handle", "note": "Ghi lại quê quán của mẹ"},
    )
    text = page.content.decode()
    assert page.status_code == 409
    assert "Trần Văn approver đã thực hiện “phê duyệt” hồ sơ này lúc 08:33 17/03/2021" in text
    assert "Ghi lại quê quán của mẹ" in text
    assert dossier.events.count() == 5


def test_when_the_act_is_still_possible_the_page_comes_back_filled_in(world, clients):
    dossier = placed(world, "taken")
    act(
        dossier_id=dossier.pk,
        action=Action.CORRECT,
        officer=world.officers["reception"],
        at=MORNING + timedelta(minutes=30),
        note="Gõ nhầm",
    )
    address = f"/dossiers/{dossier.number}/propose/"
    page = clients["handler"].post(address, {"revision": dossier.revision, "note": "Mời ký"})
    assert page.status_code == 409
    form = page.context["form"]
    assert form["note"].value() == "Mời ký"
    again = clients["handler"].post(
        address, {"revision": form["revision"].value(), "note": form["note"].value()}
    )
    assert again.status_code == 302
    assert Dossier.objects.get().step_code == "approve"


@pytest.mark.parametrize(("place", "what"), [("handed over", "take"), ("taken", "propose")])
def test_a_form_sent_twice_is_done_once_and_said_so(world, clients, place, what):
    dossier = placed(world, place)
    sent = {"revision": dossier.revision}
    address = f"/dossiers/{dossier.number}/{what}/"
    clients["handler"].post(address, sent)
    again = clients["handler"].post(address, sent, follow=True)
    assert "Việc này đã ghi lúc 10:03 17/03/2021." in again.content.decode()
    assert dossier.events.count() == dossier.revision + 1


def test_what_cannot_be_done_now_leads_back_to_the_dossier_with_the_reason(world, clients):
    dossier = placed(world, "taken")
    answer = clients["handler"].get(f"/dossiers/{dossier.number}/issue-result/", follow=True)
    assert answer.redirect_chain == [(f"/dossiers/{dossier.number}/", 302)]
    assert "Không thể ghi kết quả" in answer.content.decode()


def test_an_act_done_leads_back_to_the_same_rows(world, clients):
    dossier = placed(world, "taken")
    clients["handler"].get("/workspace/?tab=desk&order=number&scope=agency")
    answer = clients["handler"].post(f"/dossiers/{dossier.number}/propose/", {})
    assert answer.url == "/workspace/?scope=agency&order=number&tab=desk&page=1"
    clients["approver"].cookies["work"] = "next=https://example.org/&tab=x"
    answer = clients["approver"].post(f"/dossiers/{dossier.number}/approve/", {})
    assert answer.url == "/workspace/?tab=x"


def test_a_form_from_elsewhere_is_refused(world):
    from django.test import Client

    dossier = placed(world, "handed over")
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.officers["handler"].user)
    assert client.post(f"/dossiers/{dossier.number}/take/").status_code == 403
    assert dossier.events.count() == 2


def test_after_an_act_one_sentence_says_what_was_done_and_who_is_next(world, clients):
    dossier = placed(world, "taken")
    sent = {"revision": dossier.revision, "note": "", "to_officer": ""}
    answer = clients["handler"].post(f"/dossiers/{dossier.number}/propose/", sent, follow=True)
    (said,) = [str(message) for message in answer.context["messages"]]
    assert said.startswith("Đã trình ký hồ sơ <a") and dossier.number in said
    assert said.endswith("</a>. Chờ người ký duyệt nhận việc, bước “Ký duyệt”.")


def test_why_it_must_be_done_again_stands_in_the_strip_until_it_moves_on(world, clients):
    dossier = placed(world, "proposed")
    sent = {"revision": dossier.revision, "note": "Thiếu số tờ bản đồ."}
    sent["to_step"] = (
        clients["approver"]
        .get(f"/dossiers/{dossier.number}/send-back-for-rework/")
        .context["form"]["to_step"]
        .initial
    )
    clients["approver"].post(f"/dossiers/{dossier.number}/send-back-for-rework/", sent)
    page = clients["handler"].get(f"/dossiers/{dossier.number}/")
    text = page.content.decode()
    strip = text[text.index('<dl class="strip">') : text.index("</dl>")]
    assert "Yêu cầu làm lại, Trần Văn approver" in strip and "Thiếu số tờ bản đồ." in strip
    clients["handler"].post(
        f"/dossiers/{dossier.number}/propose/", {"revision": page.context["dossier"].revision}
    )
    assert clients["handler"].get(f"/dossiers/{dossier.number}/").context["rework"] is None


def test_what_somebody_who_left_still_holds_is_taken_over_from_the_agencys_list(world, clients):
    dossier = placed(world, "taken")
    world.officers["handler"].user.is_active = False
    world.officers["handler"].user.save()
    world.officers["next"] = add_officer(world.unit.agency, "handler", "lieude.next")
    (row,) = clients["next"].get("/workspace/?scope=agency").context["rows"]
    assert row.next_act is None and not row.common
    (offer,) = clients["next"].get(row.address).context["offers"]
    sent = {"revision": dossier.revision, "note": "Đồng nghiệp đã chuyển công tác"}
    clients["next"].post(offer.address, sent)
    dossier.refresh_from_db()
    assert dossier.holder_officer == world.officers["next"]


def test_the_first_field_has_the_cursor_until_there_are_mistakes(world, clients):
    dossier = placed(world, "proposed")
    address = f"/dossiers/{dossier.number}/send-back/"
    assert "autofocus" in clients["approver"].get(address).content.decode()
    answer = clients["approver"].post(address, {"revision": dossier.revision, "note": ""})
    text = answer.content.decode()
    assert "autofocus" not in text and text.index('class="errors"') < text.index("data-main")


def test_a_note_keeps_its_lines_and_none_of_the_signs_that_turn_them_round(world, clients):
    dossier = placed(world, "taken")
    address = f"/dossiers/{dossier.number}/propose/"
    clients["handler"].post(address, {"note": "Dòng  một\r\n\u202eDòng hai\x07\u200f "})
    assert dossier.events.order_by("pk").last().note == "Dòng một\nDòng hai"

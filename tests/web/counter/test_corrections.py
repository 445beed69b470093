"""Correcting what was mistyped: one officer, several dossiers of a slip, two officers at once."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from motcua.domain.dossier import Action
from motcua.dossiers.models import Dossier, Receipt
from motcua.dossiers.services.processing import act
from motcua.web.counter.correcting import stored_values
from tests.web.counter.conftest import NAME
from tests.web.counter.page import accept, copies_page, text
from tests.world import MORNING, officer_of


def page_of(client, dossier):
    """Return the page a browser shows, and what it would send back."""
    page = client.get(reverse("counter:correct", args=[dossier.number]))
    form = page.context["form"]
    return page, {name: form[name].value() or "" for name in form.fields}


def send(client, dossier, values):
    return client.post(reverse("counter:correct", args=[dossier.number]), values)


def correction(dossier, **how):
    """What a page brings that was read while the dossier stood as it stands."""
    shown = stored_values(dossier, dossier.parties.all())
    first = {f"first_{name}": value for name, value in shown.items()}
    known = {"reason": "Gõ nhầm họ tên", "revision": str(dossier.revision)}
    return shown | first | known | how


def test_a_mistyped_name_is_corrected_with_a_reason_and_the_slip_printed_anew(
    counter, typed, world
):
    accept(counter, typed())
    dossier = Dossier.objects.get()
    address = reverse("counter:correct", args=[dossier.number])
    assert NAME in text(counter.get(address))
    empty = counter.post(address, correction(dossier, owner_name="Nguyễn Thị Như", reason=""))
    assert empty.status_code == 422
    assert "Ghi lý do sửa" in text(empty)
    same = counter.post(address, correction(dossier))
    assert "Chưa sửa gì" in text(same)
    done = counter.post(address, correction(dossier, owner_name="Nguyễn Thị Như"))
    page = text(counter.get(done.url))
    assert "Nguyễn Thị Như" in page
    assert "Lần 2" in page
    assert page.count("Gõ nhầm họ tên") == 1


def two_on_one_slip(counter, typed):
    earlier = json.dumps(
        [{"procedure": "1.001193", "paper_1_kind": "original", "paper_1_count": "1"}]
    )
    accept(counter, typed(earlier=earlier))
    return list(Dossier.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("together", "names"), [("on", {"Nguyễn Thị Như"}), (None, {"Nguyễn Thị Như", NAME})]
)
def test_one_correction_reaches_every_dossier_of_the_slip(counter, typed, world, together, names):
    first, second = two_on_one_slip(counter, typed)
    address = reverse("counter:correct", args=[second.number])
    page = counter.get(address)
    assert "Sửa cả 2 hồ sơ trên giấy tiếp nhận này" in text(page)
    assert page.context["form"]["together"].value() is True
    sent = correction(second, owner_name="Nguyễn Thị Như", subject="chỉ hồ sơ này")
    done = counter.post(address, sent | ({"together": together} if together else {}), follow=True)
    assert set(Dossier.objects.values_list("applicant_name", flat=True)) == names
    first.refresh_from_db()
    assert first.subject == ""
    assert Receipt.objects.get().issues.count() == 2, "the slip is issued anew once"
    assert f"Giấy tiếp nhận số {Receipt.objects.get()}, lần 2" in text(done)


def test_a_dossier_alone_on_its_slip_offers_no_others(counter, typed):
    accept(counter, typed())
    page = counter.get(reverse("counter:correct", args=[Dossier.objects.get().number]))
    assert "trên giấy tiếp nhận này" not in text(page)


def test_a_correction_of_an_older_sight_is_told_who_came_first_and_keeps_what_is_typed(
    counter, typed, world, set_clock
):
    accept(counter, typed())
    dossier = Dossier.objects.get()
    later = MORNING + timedelta(minutes=5)
    set_clock(later + timedelta(minutes=1))
    act(dossier_id=dossier.pk, action=Action.TAKE, officer=world.officers["handler"], at=later)
    address = reverse("counter:correct", args=[dossier.number])
    response = counter.post(address, correction(dossier, owner_name="Tên Mới"))
    assert response.status_code == 422
    assert "Trần Văn handler đã thực hiện" in text(response)
    assert 'value="Tên Mới"' in text(response)
    assert Dossier.objects.get().applicant_name == NAME


@pytest.fixture
def colleague(world, counter):
    """A client of a second officer at the same unit."""
    client = Client()
    client.force_login(officer_of(world.unit.agency, "reception", "lieude.tiepnhan9").user)
    return client


def owner_of(dossier):
    return dossier.parties.get(role="owner")


def test_a_stale_page_never_writes_the_old_name_back(counter, colleague, typed, world):
    accept(counter, typed())
    dossier = Dossier.objects.get()
    ours = correction(dossier, owner_phone="0900000007")
    assert send(colleague, dossier, correction(dossier, owner_name="Lê Mới")).status_code == 302
    told = send(counter, dossier, ours)
    assert told.status_code == 422
    assert "Đồng nghiệp đã sửa thành “Lê Mới”." in text(told)
    assert 'value="Lê Mới"' in text(told) and 'value="0900000007"' in text(told)
    assert "Xem lại hồ sơ" in text(told)
    form = told.context["form"]
    again = send(counter, dossier, {name: form[name].value() or "" for name in form.fields})
    assert again.status_code == 302
    owner = owner_of(dossier)
    assert (owner.full_name, owner.phone) == ("Lê Mới", "0900000007")
    subjects = dossier.corrections.order_by("pk").values_list("subject", flat=True)
    assert list(subjects) == ["Chủ hồ sơ: họ và tên", "Chủ hồ sơ: điện thoại"]


@pytest.mark.parametrize(("whose", "name"), [("others", "Lê Mới"), ("own", "Lê Khác")])
def test_what_both_changed_is_decided_by_the_second_knowingly(
    counter, colleague, typed, world, whose, name
):
    accept(counter, typed())
    dossier = Dossier.objects.get()
    ours = correction(dossier, owner_name="Lê Khác", owner_phone="0900000007")
    send(colleague, dossier, correction(dossier, owner_name="Lê Mới"))
    told = send(counter, dossier, ours)
    assert "Hai người cùng sửa" in text(told)
    assert "Đồng nghiệp vừa sửa thành “Lê Mới”" in text(told) and "Lê Khác" in text(told)
    form = told.context["form"]
    shown = {name: form[name].value() or "" for name in form.fields}
    blind = send(counter, dossier, shown)
    assert blind.status_code == 422, "pressing the key again decides nothing"
    assert owner_of(dossier).full_name == "Lê Mới"
    assert send(counter, dossier, shown | {"whose_owner_name": whose}).status_code == 302
    owner = owner_of(dossier)
    assert (owner.full_name, owner.phone) == (name, "0900000007")


def test_a_page_that_does_not_say_what_it_saw_overwrites_nothing(counter, typed, world):
    accept(counter, typed())
    dossier = Dossier.objects.get()
    values = correction(dossier, owner_name="Lê Khác")
    bare = {name: value for name, value in values.items() if not name.startswith("first_")}
    told = send(counter, dossier, bare | {"revision": "?"})
    assert told.status_code == 422 and "Hai người cùng sửa" in text(told)
    assert owner_of(dossier).full_name == NAME


def test_a_certified_copy_returned_at_once_is_corrected_from_its_receipt(
    counter, copies, typed, world
):
    page = text(counter.get(accept(counter, copies_page(typed)).url))
    dossier = Dossier.objects.get()
    assert dossier.returned_at is not None
    assert reverse("counter:correct", args=[dossier.number]) in page
    shown = text(counter.get(reverse("workspace:dossier", args=[dossier.number])))
    assert reverse("counter:correct", args=[dossier.number]) in shown
    done = send(counter, dossier, correction(dossier, owner_name="Nguyễn Thị Như"))
    receipt = text(counter.get(done.url))
    assert "lần 2" in receipt and "In giấy lần 2" in receipt
    dossier.refresh_from_db()
    assert (dossier.state, dossier.applicant_name) == ("returned", "Nguyễn Thị Như")
    assert counter.get(done.url + "2.pdf").content.startswith(b"%PDF")


def test_what_was_never_accepted_is_refused_before_anything_is_typed(counter, typed, world):
    accept(counter, typed())
    dossier = Dossier.objects.get()
    Dossier.objects.update(state="refused")
    answer = counter.get(reverse("counter:correct", args=[dossier.number]), follow=True)
    assert answer.redirect_chain[0][0] == reverse("workspace:dossier", args=[dossier.number])
    assert "Không thể sửa thông tin" in text(answer)


def test_the_first_field_has_the_cursor_and_the_mail_its_whole_name(counter, typed, world):
    accept(counter, typed())
    page, _values = page_of(counter, Dossier.objects.get())
    assert text(page).count(" autofocus") == 1 and "{#" not in text(page)
    assert 'id="id_owner_id"' in text(page).split(" autofocus")[0].rsplit("<input", 1)[1]
    assert ">Thư điện tử</label>" in text(page)

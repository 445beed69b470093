"""The receipt of a reception, on paper."""

from django.test import Client
from django.urls import reverse

from motcua.dossiers.models import Receipt
from tests.web.counter.page import accept
from tests.world import next_town, officer_of


def test_the_slip_is_a_pdf_for_this_unit_only(counter, typed, world):
    receipt_address = accept(counter, typed()).url
    address = receipt_address + "1.pdf"
    address = reverse("counter:receipt_pdf", args=[Receipt.objects.get().token, 1])
    response = counter.get(address)
    assert response.content.startswith(b"%PDF")
    assert response["Content-Disposition"].startswith("inline;")
    stranger = Client()
    stranger.force_login(officer_of(next_town().agency, "reception", "rangdong.tiepnhan").user)
    for path in (address, receipt_address, address.replace("/1.pdf", "/2.pdf")):
        assert stranger.get(path).status_code == 404
        assert Client().get(path).status_code == 404
    assert counter.get(address.replace("/1.pdf", "/2.pdf")).status_code == 404

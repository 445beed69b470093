"""The reception page as a test sends and reads it."""

from django.urls import reverse

PAGE = reverse("counter:reception")


def accept(client, values):
    return client.post(PAGE, values)


def text(response):
    return response.content.decode()


def receipt_page(receipt):
    return reverse("counter:receipt", args=[receipt.token])


def copies_page(typed, **how):
    """Return what the page of certified copies brings."""
    signer = "Trần Văn approver, Công chức"
    return typed(procedure="2.000815", copies="3", pages="4", signer=signer, **how)

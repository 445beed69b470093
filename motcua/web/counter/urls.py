"""Addresses of this desk."""

from django.urls import include, path

from motcua.web.counter import receipts, reception

app_name = "counter"

urlpatterns = [
    path("", reception.reception, name="reception"),
    path("certified/", reception.certified, name="certified"),
    path("person/", reception.person, name="person"),
    path("procedures/", reception.procedures, name="procedures"),
    path("filing/", reception.filing, name="filing"),
    path("drafts/", reception.draft_list, name="drafts"),
    path("drafts/save/", reception.draft_save, name="draft_save"),
    path("drafts/discard/", reception.draft_discard_all, name="draft_discard_all"),
    path("drafts/<uuid:token>/", reception.draft, name="draft"),
    path("drafts/<uuid:token>/discard/", reception.draft_discard, name="draft_discard"),
    path("receipts/<uuid:token>/", receipts.receipt, name="receipt"),
    path("receipts/<uuid:token>/<int:issue>.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("dossiers/<str:number>/correct/", receipts.correction, name="correct"),
    path("register/", receipts.register, name="register"),
    path("register.pdf", receipts.register_pdf, name="register_pdf"),
    path("", include("motcua.web.counter.results_urls")),
]

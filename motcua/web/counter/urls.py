"""Addresses of this desk."""

from django.urls import path

from motcua.domain.notice import NoticeKind
from motcua.web.counter import (
    corrections,
    hand_over,
    incomplete,
    receipts,
    reception,
    results,
    sent_back,
    supplements,
)

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
    path(
        "drafts/<uuid:token>/incomplete/",
        incomplete.from_page,
        {"kind": NoticeKind.SUPPLEMENT},
        name="ask_to_complete",
    ),
    path(
        "drafts/<uuid:token>/refuse/",
        incomplete.from_page,
        {"kind": NoticeKind.REFUSAL},
        name="refuse",
    ),
    path("incomplete/", incomplete.listed, name="incomplete"),
    path("incomplete/<int:pk>/", incomplete.show, name="incomplete_one"),
    path("incomplete/<int:pk>/open/", incomplete.reopen, name="reopen"),
    path(
        "incomplete/<int:pk>/refuse/",
        incomplete.end,
        {"kind": NoticeKind.REFUSAL},
        name="refuse_begun",
    ),
    path(
        "incomplete/<int:pk>/withdraw/",
        incomplete.end,
        {"kind": NoticeKind.WITHDRAWAL},
        name="withdraw_begun",
    ),
    path("dossiers/<str:number>/supplement/", supplements.supplement, name="supplement"),
    path("dossiers/<str:number>/payment/", supplements.payment, name="payment"),
    path("dossiers/<str:number>/withdraw/", supplements.withdraw, name="withdraw"),
    path("receipts/<uuid:token>/", receipts.receipt, name="receipt"),
    path("receipts/<uuid:token>/<int:issue>.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("dossiers/<str:number>/correct/", corrections.correction, name="correct"),
    path("register/", receipts.register, name="register"),
    path("register.pdf", receipts.register_pdf, name="register_pdf"),
    path("ready/", results.ready, name="ready"),
    path("ready/<str:number>/", results.return_result, name="return"),
    path("papers/", sent_back.papers, name="papers"),
    path("papers/<str:number>/", sent_back.hand_back, name="hand_back"),
    path("hand-over/", hand_over.waiting, name="hand_over"),
    path("hand-over/lists/", hand_over.lists, name="hand_over_lists"),
    path("hand-over/lists/<int:pk>/", hand_over.made, name="hand_over_list"),
    path("hand-over/lists/<int:pk>.pdf", hand_over.printed, name="hand_over_pdf"),
]

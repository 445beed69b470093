"""Addresses of the notices at this desk."""

from django.urls import path

from motcua.domain.notice import NoticeKind
from motcua.web.workspace import notice_writing, notices

urlpatterns = [
    path("notices/", notices.listed, name="notices"),
    path("notices/<int:pk>/", notices.show, name="notice"),
    path("notices/<int:pk>.pdf", notices.printed, name="notice_pdf"),
    path("notices/<int:pk>/amend/", notice_writing.amend, name="notice_amend"),
    path("notices/<int:pk>/<slug:what>/", notices.move, name="notice_move"),
    path(
        "dossiers/<str:number>/notices/supplement/",
        notice_writing.write,
        {"kind": NoticeKind.SUPPLEMENT},
        name="notice_supplement",
    ),
    path(
        "dossiers/<str:number>/notices/payment/",
        notice_writing.write,
        {"kind": NoticeKind.PAYMENT},
        name="notice_payment",
    ),
    path(
        "dossiers/<str:number>/notices/stop/",
        notice_writing.write,
        {"kind": NoticeKind.STOP},
        name="notice_stop",
    ),
]

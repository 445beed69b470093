"""Addresses of the counter's second half: results to return, dossiers to hand over."""

from django.urls import path

from motcua.web.counter import hand_over, results

urlpatterns = [
    path("ready/", results.ready, name="ready"),
    path("ready/<str:number>/", results.return_result, name="return"),
    path("hand-over/", hand_over.waiting, name="hand_over"),
    path("hand-over/lists/", hand_over.lists, name="hand_over_lists"),
    path("hand-over/lists/<int:pk>/", hand_over.made, name="hand_over_list"),
    path("hand-over/lists/<int:pk>.pdf", hand_over.printed, name="hand_over_pdf"),
]

"""Addresses of this desk."""

from django.shortcuts import render
from django.urls import path

app_name = "counter"


def _coming(request, **_kwargs):
    return render(request, "errors/404.html", status=404)


urlpatterns = [
    path("", _coming, name="reception"),
    path("ready/", _coming, name="ready"),
    path("hand-over/", _coming, name="hand_over"),
    path("register/", _coming, name="register"),
]

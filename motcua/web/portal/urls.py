"""Addresses of this desk."""

from django.shortcuts import render
from django.urls import path

app_name = "portal"


def _coming(request, **_kwargs):
    return render(request, "errors/404.html", status=404)


urlpatterns = [
    path("", _coming, name="front"),
    path("lookup/", _coming, name="lookup"),
    path("procedures/", _coming, name="procedures"),
    path("procedures/<str:code>/", _coming, name="procedure"),
]

"""Addresses of this desk."""

from django.shortcuts import render
from django.urls import path

app_name = "administration"


def _coming(request, **_kwargs):
    return render(request, "errors/404.html", status=404)


urlpatterns = [
    path("catalogue/", _coming, name="catalogue"),
]

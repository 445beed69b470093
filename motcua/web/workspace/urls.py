"""Addresses of this desk."""

from django.shortcuts import render
from django.urls import path

app_name = "workspace"


def _coming(request, **_kwargs):
    return render(request, "errors/404.html", status=404)


urlpatterns = [
    path("work/", _coming, name="work"),
    path("search/", _coming, name="search"),
    path("dossiers/<str:number>/", _coming, name="dossier"),
]

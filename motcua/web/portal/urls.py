"""Addresses of the citizens' pages."""

from django.urls import path

from motcua.web.portal import apologies, lookup, views

app_name = "portal"

urlpatterns = [
    path("", views.front, name="front"),
    path("robots.txt", views.robots, name="robots"),
    path("lookup/", lookup.ask, name="lookup"),
    path("lookup/answer/", lookup.answer, name="answer"),
    path("apologies/", apologies.apologies, name="apologies"),
    path("procedures/", views.procedures, name="procedures"),
    path("procedures/<str:code>/", views.procedure, name="procedure"),
]

"""Addresses of the administrator's desk."""

from django.urls import path

from motcua.web.administration import accounts, views

app_name = "administration"

urlpatterns = [
    path("catalogue/", views.catalogue, name="catalogue"),
    path("units/", views.units, name="units"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("calendar/", views.calendar, name="calendar"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new, name="new_account"),
    path("accounts/<int:officer_id>/", accounts.account, name="account"),
    path("accounts/<int:officer_id>/password/", accounts.password, name="password"),
    path("accounts/<int:officer_id>/roles/", accounts.assign, name="assign"),
    path("accounts/<int:officer_id>/roles/<int:assignment_id>/end/", accounts.end, name="end_role"),
    path("accounts/<int:officer_id>/close/", accounts.close, name="close"),
    path("accounts/<int:officer_id>/reopen/", accounts.reopen, name="reopen"),
]

"""Addresses of the administrator's desk."""

from django.urls import path

from motcua.web.administration import (
    accounts,
    calendar,
    process_copies,
    process_editor,
    processes,
    promises,
    views,
)

app_name = "administration"

urlpatterns = [
    path("catalogue/", views.catalogue, name="catalogue"),
    path("units/", views.units, name="units"),
    path("units/<str:code>/", views.unit, name="unit"),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/draft/", calendar.draft, name="calendar_draft"),
    path("calendar/draft/begin/", calendar.begin, name="begin_calendar"),
    path("calendar/draft/year/", calendar.year, name="calendar_year"),
    path("calendar/draft/take-back/", calendar.take_back, name="calendar_take_back"),
    path("calendar/draft/shipped/", calendar.from_shipped, name="calendar_from_shipped"),
    path("calendar/draft/give-up/", calendar.give_up, name="give_up_calendar"),
    path("calendar/draft/list/", calendar.list_moves, name="calendar_moves"),
    path("promises/", promises.changes, name="promises"),
    path("promises/new/", promises.new, name="force_majeure"),
    path("promises/<int:change_id>/", promises.change, name="promise_change"),
    path("promises/<int:change_id>/list.csv", promises.change_csv, name="promise_change_csv"),
    path("promises/<int:change_id>/propose/", promises.propose, name="propose_change"),
    path("promises/<int:change_id>/approve/", promises.approve, name="approve_change"),
    path("promises/<int:change_id>/send-back/", promises.send_back, name="send_back_change"),
    path("promises/<int:change_id>/cancel/", promises.cancel, name="cancel_change"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new, name="new_account"),
    path("accounts/<int:officer_id>/", accounts.account, name="account"),
    path("accounts/<int:officer_id>/password/", accounts.password, name="password"),
    path("accounts/<int:officer_id>/roles/", accounts.assign, name="assign"),
    path("accounts/<int:officer_id>/roles/<int:assignment_id>/end/", accounts.end, name="end_role"),
    path("accounts/<int:officer_id>/close/", accounts.close, name="close"),
    path("accounts/<int:officer_id>/reopen/", accounts.reopen, name="reopen"),
    path("processes/", processes.processes, name="processes"),
    path("processes/file/", processes.exported_all, name="processes_file"),
    path("processes/import/", process_copies.imported, name="import_processes"),
    path("processes/of/<str:code>/", processes.process, name="process"),
    path("processes/of/<str:code>/file/", processes.exported, name="process_file"),
    path("processes/of/<str:code>/compare/", processes.comparison, name="compare_process"),
    path("processes/of/<str:code>/begin/", process_editor.begin, name="begin_process"),
    path("processes/of/<str:code>/edit/", process_editor.edit, name="edit_process"),
    path("processes/of/<str:code>/publish/", process_editor.publish, name="publish_process"),
    path("processes/of/<str:code>/give-up/", process_editor.give_up, name="give_up_process"),
    path("processes/of/<str:code>/take-over/", process_copies.take_over, name="take_over_process"),
    path("processes/of/<str:code>/spread/", process_copies.spread, name="spread_process"),
]

"""Addresses of this desk."""

from django.urls import include, path

from motcua.web.workspace import (
    absences,
    acts,
    assigning,
    dossier,
    files,
    incoming,
    inspections,
    many,
    opinions,
    outcomes,
    responsibility,
    rota,
    work,
    writing,
)

app_name = "workspace"

urlpatterns = [
    path("workspace/", work.work, name="work"),
    path("workspace/act/", many.act_on_many, name="act_on_many"),
    path("workspace/outcome/", outcomes.show, name="outcome"),
    path("workspace/passed-on/", assigning.passed_on, name="passed_on"),
    path("search/", work.search, name="search"),
    path("hand-over/", incoming.waiting, name="incoming"),
    path("hand-over/<int:pk>/", incoming.confirm, name="confirm_list"),
    path("dossiers/<str:number>/", dossier.show, name="dossier"),
    path("dossiers/<str:number>/control-sheet.pdf", dossier.control_sheet, name="control_sheet"),
    path("dossiers/<str:number>/files/", files.add, name="add_file"),
    path("dossiers/<str:number>/files/<int:pk>/", files.download, name="file"),
    path("responsibility/", responsibility.show, name="responsibility"),
    path("responsibility.csv", responsibility.as_csv, name="responsibility_csv"),
    path("", include("motcua.web.workspace.notice_urls")),
    path("opinions/", opinions.listed, name="opinions"),
    path("dossiers/<str:number>/consult/", opinions.ask, name="consult"),
    path("dossiers/<str:number>/opinions/<int:position>/", opinions.reply, name="reply"),
    path("dossiers/<str:number>/opinions/<int:position>/remind/", opinions.remind, name="remind"),
    path("", include("motcua.web.workspace.letter_urls")),
    path("workspace/absences/", absences.absences, name="absences"),
    path("workspace/absences/<int:pk>/end/", absences.end, name="end_absence"),
    path("workspace/rota/", rota.show, name="rota"),
    path("inspections/", inspections.week, name="inspections"),
    path("dossiers/<str:number>/inspections/", inspections.plan, name="plan_inspection"),
    path("dossiers/<str:number>/inspections/<int:pk>/", inspections.inspection, name="inspection"),
    path(
        "dossiers/<str:number>/inspections/<int:pk>/cancel/",
        inspections.cancel,
        name="cancel_inspection",
    ),
    path(
        "dossiers/<str:number>/inspections/<int:pk>/invitation.pdf",
        inspections.invitation,
        name="invitation",
    ),
    path(
        "dossiers/<str:number>/inspections/<int:pk>/minutes.pdf",
        inspections.minutes,
        name="minutes",
    ),
    path("dossiers/<str:number>/notes/", writing.write_note, name="write_note"),
    path("dossiers/<str:number>/messages/", writing.write_message, name="write_message"),
    path("dossiers/<str:number>/assign/", assigning.assign, name="assign"),
    path("dossiers/<str:number>/recall/", assigning.recall, name="recall"),
    path("dossiers/<str:number>/<slug:what>/", acts.act, name="act"),
]

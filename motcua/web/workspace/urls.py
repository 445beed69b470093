"""Addresses of this desk."""

from django.urls import path

from motcua.web.workspace import acts, dossier, files, incoming, opinions, work

app_name = "workspace"

urlpatterns = [
    path("workspace/", work.work, name="work"),
    path("workspace/act/", work.act_on_many, name="act_on_many"),
    path("search/", work.search, name="search"),
    path("hand-over/", incoming.waiting, name="incoming"),
    path("hand-over/<int:pk>/", incoming.confirm, name="confirm_list"),
    path("dossiers/<str:number>/", dossier.show, name="dossier"),
    path("dossiers/<str:number>/control-sheet.pdf", dossier.control_sheet, name="control_sheet"),
    path("dossiers/<str:number>/files/", files.add, name="add_file"),
    path("dossiers/<str:number>/files/<int:pk>/", files.download, name="file"),
    path("opinions/", opinions.listed, name="opinions"),
    path("dossiers/<str:number>/consult/", opinions.ask, name="consult"),
    path("dossiers/<str:number>/opinions/<int:position>/", opinions.reply, name="reply"),
    path("dossiers/<str:number>/opinions/<int:position>/remind/", opinions.remind, name="remind"),
    path("dossiers/<str:number>/<slug:what>/", acts.act, name="act"),
]

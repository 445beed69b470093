"""Addresses of the letters of apology at this desk."""

from django.urls import path

from motcua.web.workspace import late_steps, letter_writing, letters

urlpatterns = [
    path("letters/", letters.listed, name="letters"),
    path("letters/approve/", letters.approve, name="approve_letters"),
    path("letters/send/", letters.send, name="send_letters"),
    path("letters/<int:pk>.pdf", letter_writing.printed, name="letter_pdf"),
    path("dossiers/<str:number>/letter/", letter_writing.write, name="letter"),
    path("late-steps/", late_steps.listed, name="late_steps"),
]

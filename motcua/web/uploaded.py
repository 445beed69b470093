"""Files that officers upload: chosen, then opened and kept before anything is written of them."""

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from motcua.agencies.models import Officer
from motcua.dossiers.services import attachments
from motcua.dossiers.services.attachments import Kept
from motcua.gateways.accepted import LARGEST_FILE, FileRefused, Flaw
from motcua.gateways.archive import Archive
from motcua.gateways.uploads import one_of_few


class ChosenFile(forms.FileInput):
    """A file to choose, the button and the file's name said in Vietnamese where script runs."""

    template_name = "parts/file.html"


def kept(upload: UploadedFile, officer: Officer) -> Kept:
    """Open a file this officer uploaded and keep it.  Raises FileRefused."""
    if upload.size > LARGEST_FILE:
        raise FileRefused(Flaw.TOO_LARGE)
    with one_of_few(officer.pk):
        return attachments.keep(upload.read(), name=upload.name, archive=Archive(settings.FILES))

"""Files that officers upload, opened and kept before anything is written about them."""

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from motcua.agencies.models import Officer
from motcua.dossiers.services import attachments
from motcua.dossiers.services.attachments import Kept
from motcua.gateways.accepted import LARGEST_FILE, FileRefused, Flaw
from motcua.gateways.archive import Archive
from motcua.gateways.uploads import one_of_few


def kept(upload: UploadedFile, officer: Officer) -> Kept:
    """Open a file this officer uploaded and keep it.  Raises FileRefused."""
    if upload.size > LARGEST_FILE:
        raise FileRefused(Flaw.TOO_LARGE)
    with one_of_few(officer.pk):
        return attachments.keep(upload.read(), name=upload.name, archive=Archive(settings.FILES))

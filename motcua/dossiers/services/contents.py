"""What a dossier holds, written anew while it is not accepted yet: its papers and its parties."""

from collections.abc import Iterable
from typing import Final

from motcua.domain.checklist import Mark
from motcua.dossiers.models import Dossier, Paper, Party

_OF_A_PAPER: Final = ("name", "originals", "certified", "photocopies", "mark", "note")


def write_papers(dossier: Dossier, papers: Iterable[Paper]) -> None:
    """Write the papers as they are now, each by its place on the procedure's list.

    What is no longer there goes; what a notice or a file speaks of stays, marked as missing.
    """
    known = {paper.position: paper for paper in dossier.papers.all()}
    for paper in papers:
        row = known.pop(paper.position, Paper(dossier=dossier, position=paper.position))
        for column in _OF_A_PAPER:
            setattr(row, column, getattr(paper, column))
        row.save()
    for gone in known.values():
        if gone.asked_for.exists() or gone.attachments.exists():
            gone.originals = gone.certified = gone.photocopies = 0
            gone.mark = Mark.MISSING.value
            gone.save()
        else:
            gone.delete()


def write_parties(dossier: Dossier, parties: Iterable[Party]) -> None:
    """Write the parties as they are said to be now, in place of those before."""
    dossier.parties.all().delete()
    for party in parties:
        party.dossier = dossier
        party.save(force_insert=True)

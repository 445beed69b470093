"""A dossier not accepted yet as the reception page shows it when its applicant comes again."""

from collections.abc import Iterable

from motcua.domain.checklist import CopyKind, Mark
from motcua.domain.question import read_answers
from motcua.dossiers.models import Dossier, Paper, Party
from motcua.web.counter.people import known_values


def values_of(dossier: Dossier) -> dict[str, str]:
    """Return what the page shows of it, by the page's own names."""
    values = {
        "begun": str(dossier.pk),
        "seen": str(dossier.revision),
        "procedure": dossier.version.procedure.code,
        "case": dossier.case.code if dossier.case else "",
        "subject": dossier.subject,
        "sets": str(dossier.sets),
        "copies": str(dossier.quantity),
        "return_channel": dossier.return_channel,
    }
    values |= {f"answer_{key}": str(said) for key, said in read_answers(dossier.answers)}
    values |= _people(dossier.parties.all())
    for paper in dossier.papers.all():
        values |= _paper(paper)
    return {name: value for name, value in values.items() if value}


def _people(parties: Iterable[Party]) -> dict[str, str]:
    by_role = {party.role: party for party in parties}
    owner = by_role.get("owner")
    brings = by_role.get("submitter") or by_role.get("representative")
    if owner is None:
        return {}
    if brings is None:
        return known_values(owner, "person")
    return {
        "for_other": "on",
        "relation": brings.role,
        **known_values(brings, "person"),
        **known_values(owner, "owner"),
    }


def _paper(paper: Paper) -> dict[str, str]:
    """Return how one paper was handed in; what was missing or wrong is marked anew."""
    name = f"paper_{paper.position}"
    if paper.mark == Mark.SHOWN:
        return {f"{name}_kind": Mark.SHOWN.value}
    if paper.mark != Mark.SUFFICIENT:
        return {}
    counts = {
        CopyKind.ORIGINAL: paper.originals,
        CopyKind.CERTIFIED: paper.certified,
        CopyKind.PHOTOCOPY: paper.photocopies,
    }
    kind = max(counts, key=lambda one: counts[one])
    return {f"{name}_kind": kind.value, f"{name}_count": str(counts[kind])}

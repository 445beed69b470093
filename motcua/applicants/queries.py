"""Questions about citizens and organisations the office knows."""

from motcua.applicants.models import Applicant


def known_person(personal_id: str) -> Applicant | None:
    """Return who is known by that identity number; nobody by an empty one."""
    if not personal_id:
        return None
    return Applicant.objects.filter(personal_id=personal_id).first()

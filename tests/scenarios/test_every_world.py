"""What holds of every world: enough papers, time for the steps, and somebody for each of them."""

import pytest

from motcua.agencies.models import RoleAssignment
from motcua.catalogue.models import ProcedureVersion
from motcua.catalogue.queries import process_of
from motcua.domain.limit import TimeLimit

pytestmark = pytest.mark.django_db


def test_steps_fit_within_the_limit_and_every_procedure_asks_for_a_paper(any_places):
    for version in ProcedureVersion.objects.prefetch_related("documents"):
        budgets = [step.budget for step in process_of(version.pk).steps if step.budget]
        limit = TimeLimit.parse(version.limit).least_minutes
        assert sum(budget.least_minutes for budget in budgets) <= limit, version.procedure.code
        assert any(paper.is_compulsory for paper in version.documents.all())
        assert version.summary and version.result_name and version.legal_basis


def test_what_is_assumed_says_so(any_places):
    for version in ProcedureVersion.objects.prefetch_related("documents", "fees"):
        assert set(version.assumed) <= {"limit", "documents", "fees", "legal_basis"}
        assert ("limit" in version.assumed) == version.legal_limit.startswith("Giả định")
        papers_assumed = {paper.is_assumed for paper in version.documents.all()}
        assert papers_assumed == {"documents" in version.assumed}
        assert all(rate.is_assumed == ("fees" in version.assumed) for rate in version.fees.all())


def test_somebody_does_every_step_of_every_procedure_that_is_asked_for(any_places):
    roles = set(RoleAssignment.objects.values_list("agency", "role"))
    for place in any_places:
        for matter in place.matters:
            for step in matter.terms.process.steps:
                division = step.performer.value == "division"
                agency = matter.competent_agency if division else place.agency
                assert (agency, step.role) in roles, (place.name, step.code)

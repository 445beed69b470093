"""What the counter asks decides a dossier's road, as its case does."""

from datetime import date

import pytest

from motcua.catalogue.models import ProcedureVersion
from motcua.domain.condition import AnswerMissing
from motcua.dossiers.models import Dossier
from motcua.dossiers.queries import terms_of
from tests.commands.tampering import change, proof_after
from tests.world import fork

pytestmark = pytest.mark.django_db
LONG = ["receive", "handle", "inspect", "approve", "seal", "return"]
SHORT = ["receive", "handle", "approve", "seal", "return"]


@pytest.fixture
def asking(world):
    """A version whose road depends on the area of the land."""
    version = fork(world.version, inspected="answer.area >= 500", signed="answer.area < 500")
    ProcedureVersion.objects.filter(pk=world.version.pk).update(valid_until=date(2020, 12, 31))
    version.questions = [{"key": "area", "text": "Diện tích thửa đất, m²"}]
    version.valid_from = date(2021, 1, 1)
    version.save()
    return version


@pytest.mark.parametrize(("area", "road"), [(500, LONG), (499, SHORT)])
def test_the_answer_decides_the_road_when_the_dossier_is_received(world, asking, area, road):
    dossier = world.receive(version=asking, answers={"area": area}, papers=())
    kept = Dossier.objects.get(pk=dossier.pk)
    assert kept.answers == f'{{"area":{area}}}'
    assert [step.code for step in terms_of(kept).process.steps] == road


def test_without_an_answer_nothing_is_received(world, asking):
    with pytest.raises(AnswerMissing):
        world.receive(version=asking, papers=())
    assert not asking.dossiers.exists()


def test_an_answer_changed_behind_the_products_back_is_named_by_verify(world, asking):
    dossier = world.receive(version=asking, answers={"area": 500}, papers=())
    for other in ('{"area":10}', "", '{"area":', "[]", '{"area":"x"}'):
        outcome = proof_after(lambda other=other: change(dossier, answers=other))
        assert outcome.differing and any(dossier.number in words for words in outcome.first), other

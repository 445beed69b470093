"""The reception page asks what decides the road of the dossier, and nothing else."""

import re
from datetime import date

import pytest

from motcua.catalogue.models import ProcedureVersion, RequiredDocument
from motcua.dossiers.models import Dossier, Draft
from motcua.dossiers.queries import terms_of
from tests.web.counter.page import PAGE, accept, text
from tests.world import fork

QUESTIONS = [
    {"key": "area", "text": "Diện tích thửa đất, m²"},
    {
        "key": "land",
        "text": "Thửa đất ở đâu?",
        "choices": [
            {"value": "town", "label": "Thị trấn"},
            {"value": "village", "label": "Xã"},
        ],
    },
    {"key": "idle", "text": "Không ai dùng"},
]


@pytest.fixture
def asking(world):
    ProcedureVersion.objects.filter(pk=world.version.pk).update(valid_until=date(2020, 12, 31))
    version = fork(
        world.version,
        inspected="answer.area >= 500 and answer.land = town",
        signed="not (answer.area >= 500 and answer.land = town)",
    )
    version.questions, version.valid_from = QUESTIONS, date(2021, 1, 1)
    version.save()
    RequiredDocument.objects.create(version=version, position=1, name="Tờ khai", originals=1)
    return version


def test_only_what_the_conditions_use_is_asked(counter, asking):
    page = text(counter.get(f"{PAGE}?procedure=1.001193"))
    assert "Diện tích thửa đất, m²" in page and "Thửa đất ở đâu?" in page
    assert "Không ai dùng" not in page
    assert "rẽ nhánh theo câu trả lời" in page, "the slip says what it waits for"


def test_the_answers_are_kept_and_decide_the_road(counter, typed, asking):
    response = accept(counter, typed(answer_area="1.200", answer_land="town"))
    assert response.status_code == 302, text(response)
    dossier = Dossier.objects.get()
    assert dossier.answers == '{"area":1200,"land":"town"}'
    assert "inspect" in [step.code for step in terms_of(dossier).process.steps]


@pytest.mark.parametrize(
    ("how", "said"),
    [
        ({}, "Chọn một câu trả lời"),
        ({"answer_area": "500"}, "Chọn một câu trả lời"),
        ({"answer_land": "town"}, "Nhập một số nguyên từ 0"),
        ({"answer_area": "-5", "answer_land": "town"}, "Nhập một số nguyên từ 0"),
        ({"answer_area": "9" * 300, "answer_land": "town"}, "Nhập một số nguyên từ 0"),
        ({"answer_area": "500", "answer_land": "city"}, "Chọn một câu trả lời"),
    ],
    ids=str,
)
def test_without_answers_nothing_is_received_and_what_is_typed_stays(
    counter, typed, asking, how, said
):
    response = accept(counter, typed(**how))
    assert response.status_code == 422
    page = text(response)
    assert said in page
    assert how.get("answer_area", "")[:20] in page
    assert not Dossier.objects.exists()
    assert Draft.objects.exists()


def test_a_filing_added_beside_another_keeps_its_answers(counter, typed, asking):
    added = counter.post(PAGE, {**typed(answer_area="10", answer_land="village"), "do": "add"})
    page = text(added)
    assert added.status_code == 200
    earlier = re.search(r'name="earlier" value="([^"]*)"', page)[1]
    assert "answer_area" in earlier and "village" in earlier


def test_the_same_page_with_another_answer_is_not_taken_for_the_first(counter, typed, asking):
    values = typed(answer_area="10", answer_land="town")
    first = accept(counter, values)
    assert accept(counter, values).url == first.url
    other = accept(counter, {**values, "answer_area": "900"})
    assert other.status_code == 422 and "đã tiếp nhận lúc" in text(other)
    assert Dossier.objects.count() == 1

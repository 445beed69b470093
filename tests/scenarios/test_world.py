"""The scenario's world: real places, enough procedures, people by position, nothing left out."""

from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from django.contrib.auth import authenticate

from motcua.agencies.models import Agency, Officer, OneStopUnit, RoleAssignment
from motcua.catalogue.models import AdministrativeField, Procedure, ProcedureVersion
from motcua.domain.calendar import OFFICE_ZONE
from motcua.domain.dossier import Action
from motcua.domain.numbering import DossierNumber
from motcua.domain.process import Role
from motcua.domain.vietnamese import fold
from motcua.dossiers.services.courses import fold_course
from motcua.scenarios import DEMO_PASSWORD
from motcua.scenarios.demand import Totals, scaled
from motcua.scenarios.files import ScenarioUnknown
from motcua.scenarios.year import Order, year_of
from tests.scenarios.conftest import NAME, shipped

# Without this mark on any test of a run, no database is made for the world to stand in.
pytestmark = pytest.mark.django_db
NOW = datetime(2021, 3, 17, 8, 3, tzinfo=OFFICE_ZONE)


def test_the_district_and_its_24_communes_each_number_dossiers_of_their_own(places):
    assert OneStopUnit.objects.count() == len(places) == 25
    assert Agency.objects.filter(kind="commune").count() == 24
    identifiers = list(Agency.objects.values_list("identifier", flat=True))
    assert len(set(identifiers)) == len(identifiers)
    for agency in Agency.objects.exclude(kind="province"):
        assert agency.identifier_is_placeholder
        assert DossierNumber(agency.identifier, agency.valid_from, 1)


def test_eleven_fields_at_the_district_and_ten_in_the_communes(places):
    levels = Counter(AdministrativeField.objects.values_list("level", flat=True))
    assert levels == {"district": 11, "commune": 10}
    empty = AdministrativeField.objects.filter(procedures=None)
    assert [(field.name, field.note) for field in empty] == [
        ("Thanh tra", "Không có thủ tục nào của lĩnh vực này trong danh mục.")
    ]


def test_exactly_136_commune_procedures(places):
    of_level = Procedure.objects.filter(administrative_field__level="commune")
    assert of_level.count() == 136
    assert Procedure.objects.filter(administrative_field__level="district").count() == 299


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("khai sinh", "1.001193"),
        ("sao y", "2.000815"),
        ("công chứng", "2.000815"),
        ("kết hôn", "1.000894"),
        ("mai táng phí", None),
        ("sổ đỏ", None),
        ("chuyển nhượng đất", None),
        ("mở hộ kinh doanh", "1.001612"),
    ],
)
def test_everyday_words_find_a_procedure(places, words, code):
    found = Procedure.objects.filter(search_text__contains=fold(words))
    assert found.exists()
    assert code is None or found.filter(code=code).exists()


def test_many_procedures_have_everyday_words(places):
    assert Procedure.objects.exclude(aliases="").count() >= 60


def test_lieu_de_has_eight_members_headed_by_the_chairman(places):
    members = Officer.objects.filter(agency__code="13891")
    assert members.count() == 8
    assert members.get(position__contains="Trưởng Bộ phận").position.startswith("Chủ tịch UBND")
    head = Officer.objects.get(agency__code="361", position__contains="Trưởng Bộ phận")
    assert head.position.startswith("Phó Chánh Văn phòng")


@pytest.mark.parametrize("office", ["huyen", "lieu-de"])
@pytest.mark.parametrize("role", list(Role))
def test_a_demo_account_per_role_signs_in(places, office, role, rf):
    username = f"{office}.{role}"
    officer = Officer.objects.get(user__username=username, is_listed_in_demo=True)
    assert [row.role for row in officer.assignments.all()] == [role]
    assert authenticate(rf.get("/"), username=username, password=DEMO_PASSWORD) == officer.user


def test_nobody_else_has_a_password(places):
    assert Officer.objects.filter(is_listed_in_demo=True).count() == 11
    for officer in Officer.objects.filter(is_listed_in_demo=False).select_related("user"):
        assert not officer.user.has_usable_password()


@pytest.mark.parametrize(("office", "division"), [("361", "361.TNMT"), ("13891", "13891")])
def test_the_listed_accounts_take_a_dossier_all_the_way(places, office, division):
    listed = RoleAssignment.objects.filter(officer__is_listed_in_demo=True)
    roles = set(listed.values_list("agency", "role"))
    here = Agency.objects.get(code=office).pk
    competent = Agency.objects.get(code=division).pk
    (place,) = [place for place in places if place.agency == here]
    matters = [one for one in place.matters if one.competent_agency == competent]
    assert matters
    for matter in matters:
        for step in matter.terms.process.steps:
            agency = competent if step.performer.value == "division" else here
            assert (agency, step.role) in roles, (office, step.code)


def test_a_scenario_nobody_knows_is_refused():
    with pytest.raises(ScenarioUnknown):
        shipped("atlantis")


def test_the_docs_count_what_is_assumed(places):
    counted = Counter()
    for version in ProcedureVersion.objects.select_related("procedure__administrative_field"):
        level = version.procedure.administrative_field.level
        counted["of procedures", level] += 1
        counted.update((name, level) for name in version.assumed)
    page = (Path(__file__).parents[2] / "docs/scenarios/nghia-hung-2021.md").read_text()
    for name in ("limit", "documents", "fees", "legal_basis", "of procedures"):
        assert f"| {name} | {counted[name, 'commune']} | {counted[name, 'district']} |" in page


def test_of_what_was_sent_back_some_papers_were_fetched_and_some_still_wait(places):
    district = next(place for place in places if place.level == "district")
    demand, people = shipped(NAME).demand, shipped(NAME).people
    totals = Totals(settled_in_time=0, sent_back=scaled(demand["district"], 1).sent_back)
    for seed in (1, 2, 3):
        order = Order(
            place=district, intake=totals, seed=seed, demand=demand, people=people, known=()
        )
        courses = year_of(order).courses
        waiting = [course for course in courses if course.hand_back is None]
        assert len(courses) == 11 and 3 <= len(waiting) <= 6
        for course in courses:
            folded = fold_course(course, lambda at: at)
            last = course.happenings[-1]
            is_fetched = course.hand_back is not None
            assert (last.action is Action.HAND_BACK) == is_fetched and last.at <= NOW
            assert (folded.hand_back is not None) == is_fetched
            assert folded.result is None

"""The world of ninh-binh-2026: two levels of government, the catalogue and the rules of today."""

import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from statistics import median

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from motcua.agencies.models import Agency, Officer, OneStopUnit, RoleAssignment
from motcua.catalogue.models import Procedure, ProcedureCase, ProcedureVersion
from motcua.domain.calendar import office
from motcua.domain.process import Role
from motcua.domain.vietnamese import fold
from motcua.scenarios import DEMO_PASSWORD
from motcua.scenarios.demand import arrivals
from motcua.scenarios.files import DayNotReached, scenario
from motcua.scenarios.year import Order, year_of
from tests.scenarios.conftest import NINH_BINH, shipped

pytestmark = pytest.mark.django_db
COMMUNES = ("13891", "13894", "13900", "13918", "13927", "13939", "13957")
DEPARTMENTS = ("SNNMT", "SNV", "SXD", "BHXH")


@pytest.mark.parametrize(
    ("looked_at", "opens"),
    [
        (date(2026, 11, 25), "2026-11-25T08:03:00+07:00"),
        (date(2026, 11, 24), "2026-11-25T08:03:00+07:00"),
        (date(2026, 11, 28), "2026-11-30T08:03:00+07:00"),
        (date(2027, 2, 6), "2027-02-11T08:03:00+07:00"),
    ],
)
def test_it_opens_on_the_day_or_the_next_working_day(looked_at, opens):
    demand = scenario(NINH_BINH, opens_on=looked_at).demand
    assert demand["ends"].isoformat() == opens
    assert demand["begins"] == demand["ends"].date() - timedelta(days=365)


@pytest.mark.parametrize("day", [date(2026, 9, 15), date(2027, 12, 1)])
def test_a_day_it_cannot_speak_of_is_refused(day):
    with pytest.raises(DayNotReached):
        _ = scenario(NINH_BINH, opens_on=day).demand


def test_the_command_says_which_days_it_can_open_on():
    with pytest.raises(CommandError, match=r"từ 16/09/2026 đến 25/05/2027"):
        call_command("replay", scenario=NINH_BINH, opens_on=date(2028, 1, 3), scale=0.001)
    assert not Agency.objects.exists()


def test_seven_communes_under_a_province_each_with_a_centre_of_its_own(ninh_binh_places):
    assert sorted(Agency.objects.filter(kind="commune").values_list("code", flat=True)) == list(
        COMMUNES
    )
    assert not Agency.objects.filter(kind="district").exists()
    province = Agency.objects.get(kind="province")
    assert {agency.parent for agency in Agency.objects.filter(kind="commune")} == {province}
    for unit in OneStopUnit.objects.all():
        assert unit.name.startswith("Trung tâm Phục vụ hành chính công xã ")
        assert unit.agency.children.filter(kind="division").count() == 5


def test_identifiers_have_the_new_layout_and_are_placeholders_below_the_province(ninh_binh_places):
    identifiers = list(Agency.objects.values_list("identifier", flat=True))
    assert len(set(identifiers)) == len(identifiers)
    for agency in Agency.objects.exclude(kind="province"):
        assert agency.identifier_is_placeholder
        assert re.fullmatch(r"H42\.9[89](\.\d\d){1,2}", agency.identifier)


def test_at_least_300_commune_procedures_with_limit_papers_and_legal_basis(ninh_binh_places):
    versions = ProcedureVersion.objects.exclude(division_code__in=DEPARTMENTS)
    assert versions.count() >= 300
    for version in versions.prefetch_related("documents"):
        assert version.limit and version.legal_limit and version.legal_basis
        assert re.fullmatch(r"[123]\.\d{6}", version.procedure.national_code)
    known = versions.exclude(legal_limit__startswith="Giả định").count()
    assert known >= 300 * 0.9


def test_cases_ask_for_papers_of_their_own_and_may_have_their_own_limit(ninh_binh_places):
    with_cases = set(ProcedureCase.objects.values_list("version", flat=True))
    assert len(with_cases) >= 30
    for version in ProcedureVersion.objects.filter(pk__in=with_cases):
        papers = list(version.documents.filter(is_compulsory=True))
        for case in version.cases.all():
            asked = [paper for paper in papers if paper.case_id in (None, case.pk)]
            assert asked, (version.procedure.code, case.name)
    foundling = ProcedureCase.objects.get(version__procedure__code="1.001193", code="BR")
    assert foundling.limit == "5 working_day"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("khai sinh", "1.001193"),
        ("sao y", "2.000815"),
        ("sổ đỏ", "1.012783"),
        ("chuyển nhượng đất", "1.013831"),
        ("trợ cấp 75 tuổi", "1.014027"),
        ("mở cửa hàng", "1.001612"),
        ("nhập khẩu", "1.004222"),
        ("mai táng", "1.014028"),
    ],
)
def test_everyday_words_find_a_procedure(ninh_binh_places, words, code):
    found = Procedure.objects.filter(search_text__contains=fold(words))
    assert found.filter(code=code).exists()


def test_many_procedures_have_everyday_words(ninh_binh_places):
    assert Procedure.objects.exclude(aliases="").count() >= 100


@pytest.mark.parametrize("role", list(Role))
def test_a_demo_account_per_role_signs_in(ninh_binh_places, role, rf):
    username = f"nghia-hung.{role}"
    officer = Officer.objects.get(user__username=username, is_listed_in_demo=True)
    assert [row.role for row in officer.assignments.all()] == [role]
    assert authenticate(rf.get("/"), username=username, password=DEMO_PASSWORD) == officer.user


@pytest.mark.parametrize("settles", ["13891.VP", "37.SNNMT"])
def test_the_listed_accounts_take_a_dossier_all_the_way(ninh_binh_places, settles):
    listed = RoleAssignment.objects.filter(officer__is_listed_in_demo=True)
    roles = set(listed.values_list("agency", "role"))
    here = Agency.objects.get(code="13891").pk
    competent = Agency.objects.get(code=settles).pk
    place = next(place for place in ninh_binh_places if place.agency == here)
    matters = [one for one in place.matters if one.competent_agency == competent]
    assert matters
    for matter in matters:
        for step in matter.terms.process.steps:
            agency = competent if step.performer.value == "division" else here
            assert (agency, step.role) in roles, step.code


def test_nobody_else_has_a_password(ninh_binh_places):
    for officer in Officer.objects.filter(is_listed_in_demo=False).select_related("user"):
        assert not officer.user.has_usable_password()


def test_a_commune_receives_about_15_dossiers_a_working_day(ninh_binh_places):
    demand, people = shipped(NINH_BINH).demand, shipped(NINH_BINH).people
    place = next(place for place in ninh_binh_places if place.name == "UBND xã Quỹ Nhất")
    intake = arrivals(place.weight, demand, place.office_time)
    for seed in (1, 2, 3):
        order = Order(place=place, intake=intake, seed=seed, demand=demand, people=people, known=())
        courses = year_of(order).courses
        a_day = Counter(office(course.happenings[0].at).date() for course in courses)
        assert len(courses) == intake.received
        assert 13 <= median(a_day.values()) <= 17
        last = max(course.happenings[-1].at for course in courses)
        assert last <= demand["ends"], "nothing happens after the morning it is looked at"
    assert 14 <= median(place.weight for place in ninh_binh_places) <= 16


def test_the_docs_count_what_is_assumed(ninh_binh_places):
    counted = Counter()
    for version in ProcedureVersion.objects.all():
        of = "department" if version.division_code in DEPARTMENTS else "commune"
        counted["of procedures", of] += 1
        counted.update((name, of) for name in version.assumed)
    page = (Path(__file__).parents[2] / "docs/scenarios/ninh-binh-2026.md").read_text()
    for name in ("limit", "documents", "fees", "legal_basis", "of procedures"):
        assert f"| {name} | {counted[name, 'commune']} | {counted[name, 'department']} |" in page
    papers = Counter(
        row["origin"] for rows in shipped(NINH_BINH).documents.values() for row in rows
    )
    for origin, papers_of_it in papers.items():
        assert f"| {origin} | {papers_of_it} |" in page

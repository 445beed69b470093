"""A process is drafted, published and copied; dossiers under way keep the version they have."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from motcua.agencies.models import RoleAssignment
from motcua.catalogue import drafting
from motcua.catalogue.models import (
    FeeRate,
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ProcessDraft,
    RequiredDocument,
)
from motcua.catalogue.publication import in_force
from motcua.catalogue.queries import draft_steps, process_of, questions_asked, staffing
from motcua.catalogue.services import VersionOverlaps
from motcua.domain.defect import Defect
from motcua.domain.draft import DraftOutcome
from motcua.domain.process import Performer, Role
from motcua.domain.process_file import WrittenProcess, steps_of
from motcua.domain.question import Question
from motcua.dossiers.queries import terms_of
from tests.world import MORNING, add_steps, next_town, officer_of

pytestmark = pytest.mark.django_db
TODAY, TOMORROW = date(2021, 3, 17), date(2021, 3, 18)
AREA = Question(key="area", text="Diện tích thửa đất, m²")


@pytest.fixture
def administrator(world):
    ProcedureVersion.objects.update(legal_basis="Luật Hộ tịch 2014")
    world.version.refresh_from_db()
    return officer_of(world.unit.agency, "administrator", "lieude.quantri")


@pytest.fixture
def draft(world, administrator):
    return drafting.open_draft(procedure=world.version.procedure, officer=administrator, at=MORNING)


def save(draft, administrator, steps, questions=(), seen=None):
    return drafting.save_draft(
        procedure=draft.procedure,
        questions=questions,
        steps=steps,
        seen_revision=seen or draft.revision,
        officer=administrator,
        at=MORNING,
    )


def publish(draft, administrator, valid_from=TOMORROW):
    return drafting.publish_draft(
        procedure=draft.procedure,
        seen_revision=draft.revision,
        valid_from=valid_from,
        officer=administrator,
        at=MORNING,
    )


def with_budget(steps, code, budget):
    return [replace(one, budget=budget) if one.code == code else one for one in steps]


def another(world, code="2.000815", name="Chứng thực bản sao"):
    procedure = Procedure.objects.create(
        code=code, name=name, administrative_field=world.version.procedure.administrative_field
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure, valid_from=date(2016, 1, 1), limit="2 working_day", legal_basis="x"
    )
    add_steps(version)
    return version


def test_a_draft_begins_as_what_is_in_force_and_is_opened_once(world, draft, administrator):
    assert steps_of(draft.content) == draft_steps(world.version.pk)
    again = drafting.open_draft(
        procedure=draft.procedure, officer=administrator, at=MORNING + timedelta(hours=1)
    )
    assert (again.pk, again.revision) == (draft.pk, 1)


def test_what_two_administrators_save_over_each_other_is_refused(world, draft, administrator):
    steps = steps_of(draft.content)
    save(draft, administrator, steps[:3], seen=1)
    with pytest.raises(drafting.DraftMoved) as told:
        save(draft, administrator, steps[:2], seen=1)
    assert told.value.draft.changed_by == administrator
    assert len(steps_of(ProcessDraft.objects.get().content)) == 3


def test_a_published_draft_is_a_new_version_with_everything_else_as_it_was(
    world, draft, administrator
):
    before = world.version
    case = ProcedureCase.objects.create(version=before, code="new", name="Cấp mới")
    RequiredDocument.objects.create(
        version=before, position=2, name="Ảnh", photocopies=2, case=case, is_assumed=True
    )
    FeeRate.objects.create(version=before, name="Lệ phí", kind="fee", amount=8000)
    dossier = world.receive()
    draft = save(
        draft, administrator, with_budget(steps_of(draft.content), "handle", "1.5 working_day")
    )
    after = publish(draft, administrator)
    before.refresh_from_db()
    assert (after.number, after.valid_from, after.valid_until) == (2, TOMORROW, None)
    assert before.valid_until == TODAY
    assert (after.limit, after.legal_basis) == (before.limit, before.legal_basis)
    assert (after.published_by, after.published_at) == (administrator, MORNING)
    papers = after.documents.values_list("name", "originals", "photocopies", "is_assumed")
    assert list(papers) == list(
        before.documents.values_list("name", "originals", "photocopies", "is_assumed")
    )
    [own] = after.cases.all()
    assert own.pk != case.pk and after.documents.get(name="Ảnh").case == own
    assert after.fees.get().amount == 8000 and before.fees.count() == 1
    assert str(process_of(after.pk).step("handle").budget) == "1.5 working_day"
    assert str(process_of(before.pk).step("handle").budget) == "2 working_day"
    dossier.refresh_from_db()
    assert dossier.version == before and terms_of(dossier).process == process_of(before.pk)
    assert [row.pk for row in in_force(TODAY)] == [before.pk]
    assert [row.pk for row in in_force(TOMORROW)] == [after.pk]
    assert not ProcessDraft.objects.exists()


def test_a_process_with_a_defect_is_not_published(world, draft, administrator):
    steps = steps_of(draft.content)
    flawed = save(draft, administrator, with_budget(steps, "handle", ""))
    with pytest.raises(drafting.ProcessDefective) as told:
        publish(flawed, administrator)
    assert [(one.defect, one.step) for one in told.value.found] == [
        (Defect.BUDGET_MISSING, "handle")
    ]
    assert ProcedureVersion.objects.count() == 1
    assert ProcessDraft.objects.get().revision == 2


def test_it_begins_on_a_day_that_is_still_to_come_after_the_one_before(world, draft, administrator):
    with pytest.raises(drafting.BeginsInThePast):
        publish(draft, administrator, TODAY - timedelta(days=1))
    publish(draft, administrator, TODAY)
    draft = drafting.open_draft(
        procedure=world.version.procedure, officer=administrator, at=MORNING
    )
    with pytest.raises(VersionOverlaps) as told:
        publish(draft, administrator, TODAY)
    assert told.value.before.number == 2
    assert ProcedureVersion.objects.count() == 2


def test_a_draft_given_up_or_published_by_another_is_not_brought_back(world, draft, administrator):
    how = {"procedure": draft.procedure, "officer": administrator, "at": MORNING}
    drafting.give_up_draft(**how, seen_revision=1)
    with pytest.raises(drafting.DraftGone):
        save(draft, administrator, ())
    with pytest.raises(drafting.DraftGone):
        publish(draft, administrator)


def test_a_process_several_agencies_follow_is_not_one_of_them_to_change(world, administrator):
    town = next_town()
    with pytest.raises(drafting.ProcessOfOthers) as told:
        drafting.open_draft(procedure=world.version.procedure, officer=administrator, at=MORNING)
    assert told.value.agencies == [town.agency.name]
    RoleAssignment.objects.create(
        officer=administrator, agency=town.agency, role="administrator", valid_from=TODAY
    )
    assert drafting.open_draft(procedure=world.version.procedure, officer=administrator, at=MORNING)


def test_every_agency_that_handles_it_must_have_somebody_for_each_step(world, draft, administrator):
    town = next_town()
    RoleAssignment.objects.create(
        officer=administrator, agency=town.agency, role="administrator", valid_from=TODAY
    )
    for role in ("reception", "handler"):
        officer_of(town.agency, role, f"rangdong.{role}")
    there = staffing([world.unit.agency, town.agency], world.version, on=TODAY)
    assert there.staff[Role.HANDLER, Performer.AGENCY] == 1
    assert there.without[Role.APPROVER, Performer.AGENCY] == (town.agency.name,)
    with pytest.raises(drafting.ProcessDefective) as told:
        publish(draft, administrator)
    [finding] = told.value.found
    assert (finding.defect, finding.step) == (Defect.NOBODY_THERE, "approve")
    assert finding.seen == town.agency.name
    officer = officer_of(town.agency, "approver", "rangdong.kyduyet")
    officer.user.is_active = False
    officer.user.save()
    with pytest.raises(drafting.ProcessDefective):
        publish(draft, administrator)
    officer.user.is_active = True
    officer.user.save()
    assert publish(draft, administrator).number == 2


def test_a_process_is_copied_to_other_procedures_as_drafts_or_at_once(world, administrator):
    others = [another(world, f"9.00000{number}") for number in range(3)]
    how = {"source": world.version, "officer": administrator, "at": MORNING}
    # Three and a half days of steps do not fit into two.
    with pytest.raises(drafting.ProcessDefective) as told:
        drafting.copy_process(**how, into=[one.procedure for one in others], valid_from=TOMORROW)
    assert [one.defect for one in told.value.found] == [Defect.BUDGETS_BEYOND_LIMIT]
    assert ProcedureVersion.objects.filter(number=2).count() == 0
    assert drafting.copy_process(**how, into=[others[0].procedure]) == []
    assert steps_of(ProcessDraft.objects.get().content) == draft_steps(world.version.pk)
    ProcedureVersion.objects.update(limit="5 working_day")
    made = drafting.copy_process(**how, into=[one.procedure for one in others], valid_from=TOMORROW)
    assert [(one.number, one.procedure.code) for one in made] == [
        (2, one.procedure.code) for one in others
    ]
    assert all(draft_steps(one.pk) == draft_steps(world.version.pk) for one in made)
    assert not ProcessDraft.objects.exists()


def test_what_is_exported_and_imported_is_the_same_process(world, administrator):
    steps = list(draft_steps(world.version.pk))
    steps[1] = replace(
        steps[1],
        outcomes=(
            DraftOutcome(target="approve", when="answer.area < 500"),
            DraftOutcome(target="seal", when="answer.area >= 500", label="Đất rộng"),
        ),
    )
    written = WrittenProcess(
        procedure="1.001193", name="Khai sinh", questions=(AREA,), steps=tuple(steps)
    )
    found = drafting.check_written([written], on=TODAY)
    assert [one.defect for one in found["1.001193"]] == [Defect.UNSIGNED]
    steps[1] = replace(
        steps[1],
        outcomes=(
            DraftOutcome(target="approve", when="answer.area < 500"),
            DraftOutcome(target="approve", when="answer.area >= 500", label="Đất rộng"),
        ),
    )
    sound = replace(written, steps=tuple(steps))
    assert drafting.check_written([sound], on=TODAY) == {}
    [version] = drafting.import_processes([sound], officer=None, at=MORNING, valid_from=TOMORROW)
    again = drafting.written_of(version)
    assert replace(again, name="Khai sinh") == sound
    assert questions_asked(version.pk) == (AREA,)


def test_an_import_that_names_a_procedure_nobody_has_writes_nothing(world, administrator):
    known = drafting.written_of(world.version)
    for other in ("0.000000", ""):
        with pytest.raises(drafting.ProcedureUnknown):
            drafting.import_processes(
                [known, replace(known, procedure=other)], officer=administrator, at=MORNING
            )
    assert not ProcessDraft.objects.exists()

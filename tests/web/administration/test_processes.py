"""Processes on screen: looked at, drafted, published, copied, exchanged; by whom it is theirs."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from motcua.catalogue import drafting
from motcua.catalogue.models import (
    Procedure,
    ProcedureCase,
    ProcedureVersion,
    ProcessDraft,
)
from motcua.catalogue.queries import draft_steps
from motcua.domain.process_file import questions_of, steps_of
from motcua.web.administration.process_form import typed_choices
from tests.world import MORNING, add_steps, next_town, officer_of

pytestmark = pytest.mark.django_db
PROCESS = "/administration/processes/of/1.001193/"
EDIT = f"{PROCESS}edit/"


@pytest.fixture(autouse=True)
def _morning(morning):
    return morning


@pytest.fixture
def administrator(world):
    ProcedureVersion.objects.update(legal_basis="Luật Hộ tịch 2014")
    world.version.refresh_from_db()
    return officer_of(world.unit.agency, "administrator", "lieude.quantri")


@pytest.fixture
def client(administrator):
    signed_in = Client()
    signed_in.force_login(administrator.user)
    return signed_in


@pytest.fixture
def draft(world, administrator):
    return drafting.open_draft(procedure=world.version.procedure, officer=administrator, at=MORNING)


def typed(draft, do="save", **how):
    """The editor's page as a browser sends it, with some fields typed over."""
    page = {"revision": draft.revision, "do": do}
    for row, question in enumerate(questions_of(draft.content)):
        page[f"question-{row}-key"] = question.key
        page[f"question-{row}-text"] = question.text
        page[f"question-{row}-choices"] = typed_choices(question)
    for row, step in enumerate(steps_of(draft.content)):
        at = f"step-{row}-"
        page[f"{at}was"] = step.code
        for part in ("code", "name", "kind", "role", "performer", "budget", "same_as"):
            page[f"{at}{part}"] = getattr(step, part)
        for way, outcome in enumerate(step.outcomes):
            page[f"{at}to-{way}-target"] = outcome.target
            page[f"{at}to-{way}-when"] = outcome.when
    return {**page, **{name.replace("__", "-"): value for name, value in how.items()}}


def kept():
    return steps_of(ProcessDraft.objects.get().content)


def codes():
    return [step.code for step in kept()]


def another(world, code, name, limit="5 working_day"):
    procedure = Procedure.objects.create(
        code=code, name=name, administrative_field=world.version.procedure.administrative_field
    )
    version = ProcedureVersion.objects.create(
        procedure=procedure, valid_from=date(2016, 1, 1), limit=limit, legal_basis="Luật"
    )
    add_steps(version)
    return version


def test_a_process_is_read_in_words_with_its_drawing(world, client):
    listed = client.get("/administration/processes/").content.decode()
    assert "1 quy trình đang áp dụng" in listed and PROCESS in listed
    page = client.get(PROCESS).content.decode()
    for words in (
        "2. Thụ lý",
        "Cán bộ thụ lý",
        "Cơ quan giải quyết",
        "2 ngày làm việc",
        "bước kế tiếp",
        "hết quy trình",
        "<svg",
        "Bước 2, Thụ lý: đến bước 3.",
        "Soạn quy trình mới",
    ):
        assert words in page, words


def test_the_whole_way_from_a_draft_to_a_new_version(world, client, administrator):
    dossier = world.receive()
    begun = client.post(f"{PROCESS}begin/")
    assert begun["Location"] == EDIT
    draft = ProcessDraft.objects.get()
    saved = client.post(EDIT, typed(draft, step__1__budget="1,5 ngày"), follow=True)
    assert "Đã lưu bản soạn." in saved.content.decode()
    assert kept()[1].budget == "1.5 working_day"
    asked = client.get(f"{PROCESS}publish/").content.decode()
    assert "Phiên bản 2 giữ nguyên" in asked and "1 hồ sơ đang giải quyết" in asked
    assert 'value="18/03/2021"' in asked
    done = client.post(f"{PROCESS}publish/", {"revision": 2, "valid_from": "1/4/2021"}, follow=True)
    page = done.content.decode()
    assert "Đã công bố phiên bản 2, áp dụng từ 01/04/2021." in page
    assert "1,5 ngày làm việc" in page and "(sắp áp dụng)" in page
    version = ProcedureVersion.objects.get(number=2)
    assert version.published_by == administrator
    dossier.refresh_from_db()
    assert dossier.version_id == world.version.pk
    compared = client.get(f"{PROCESS}compare/?before=1&after=2").content.decode()
    assert "1 bước khác nhau" in compared
    assert "Thời gian: 2 ngày làm việc" in compared
    assert "Thời gian: 1,5 ngày làm việc" in compared
    assert "Đổi nội dung" in compared


def test_steps_are_inserted_moved_and_removed_without_script(client, draft):
    for do, order in (
        ("insert:1", ["receive", "handle", "buoc-1", "approve", "seal", "return"]),
        ("up:2", ["receive", "buoc-1", "handle", "approve", "seal", "return"]),
        ("down:1", ["receive", "handle", "buoc-1", "approve", "seal", "return"]),
        ("remove:2", ["receive", "handle", "approve", "seal", "return"]),
    ):
        answer = client.post(EDIT, typed(ProcessDraft.objects.get(), do))
        assert answer.status_code == 302 and "#step-" in answer["Location"], do
        assert codes() == order, do
    for do in ("up:0", "down:4", "remove:9", "up:-1", "insert:99999", "lift:1", "up:x", "begin"):
        answer = client.post(EDIT, typed(ProcessDraft.objects.get(), do))
        assert answer.status_code == 422 and codes() == order, do


def test_a_process_without_steps_can_be_begun(client, draft):
    client.post(EDIT, {"revision": 1, "do": "save"})
    assert codes() == []
    page = client.get(EDIT).content.decode()
    assert "Thêm bước đầu tiên" in page and "Quy trình có ít hơn hai bước." in page
    client.post(EDIT, {"revision": 2, "do": "begin"})
    assert codes() == ["buoc-1"]


def test_who_renames_a_step_need_not_mend_those_that_name_it(client, draft):
    ways = {"step__3__to__0__target": "approve", "step__3__to__1__target": "return"}
    client.post(EDIT, typed(draft, step__3__same_as="handle", **ways))
    answer = typed(ProcessDraft.objects.get(), step__2__code="ky", step__1__code="thu-ly")
    client.post(EDIT, answer)
    seal = kept()[3]
    assert [outcome.target for outcome in seal.outcomes] == ["ky", "return"]
    assert seal.same_as == "thu-ly"


def test_what_is_wrong_stands_beside_its_step_and_in_the_summary(client, draft):
    client.post(
        EDIT,
        typed(
            draft,
            step__1__budget="hai ngày",
            step__2__to__0__target="seal",
            step__2__to__0__when="case is new",
        ),
    )
    page = client.get(EDIT).content.decode()
    assert "2 chỗ phải sửa trước khi công bố" in page
    assert 'href="#step-1"' in page and 'href="#step-2"' in page
    assert "Không đọc được thời gian “hai ngày”." in page
    assert "“case ▸is new”" in page
    assert 'aria-describedby="wrong-1"' in page
    refused = client.post(f"{PROCESS}publish/", {"revision": 2, "valid_from": "18/03/2021"})
    assert refused.status_code == 422
    assert "còn 2 chỗ sai" in refused.content.decode()
    assert ProcedureVersion.objects.count() == 1


def test_a_question_is_written_and_used_in_a_condition(world, client, draft):
    client.post(
        EDIT,
        typed(
            draft,
            question__0__key="noi-sinh",
            question__0__text="Sinh ở đâu?",
            question__0__choices="trong = Trong nước\nngoai = Nước ngoài",
            step__1__to__0__target="approve",
            step__1__to__0__when="answer.noi-sinh in (trong, ngoai)",
        ),
    )
    [question] = questions_of(ProcessDraft.objects.get().content)
    assert [choice.label for choice in question.choices] == ["Trong nước", "Nước ngoài"]
    page = client.get(EDIT).content.decode()
    assert "chỗ phải sửa" not in page
    assert "khi “Sinh ở đâu?” là một trong: “Trong nước”, “Nước ngoài”" in page
    client.post(EDIT, typed(ProcessDraft.objects.get(), "forget:0"))
    assert questions_of(ProcessDraft.objects.get().content) == ()


def test_conditions_by_case_are_said_with_the_names_of_the_cases(world, client, draft):
    for code, name in (("moi", "Cấp mới"), ("doi", "Cấp đổi")):
        ProcedureCase.objects.create(version=world.version, code=code, name=name)
    client.post(
        EDIT,
        typed(
            draft,
            step__1__to__0__target="approve",
            step__1__to__0__when="not (case = moi)",
            step__1__to__1__target="approve",
            step__1__to__1__when="case = moi",
        ),
    )
    page = client.get(f"{PROCESS}publish/").content.decode()
    assert "khi không phải (trường hợp là “Cấp mới”)" in page
    assert "khi trường hợp là “Cấp mới”" in page


def test_a_second_administrator_does_not_write_over_the_first(world, client, draft):
    first = officer_of(world.unit.agency, "administrator", "lieude.quantri2")
    drafting.save_draft(
        procedure=draft.procedure,
        questions=(),
        steps=kept(),
        seen_revision=1,
        officer=first,
        at=MORNING,
    )
    answer = client.post(EDIT, typed(draft, step__1__name="Thụ lý khác"))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f"{first.full_name} đã ghi bản soạn này lúc 08:03" in page
    assert "Thụ lý khác" in page, "what was typed is still there"
    assert kept()[1].name == "Thụ lý"
    # Sent again it is refused again: nothing was silently brought up to date.
    assert client.post(EDIT, typed(draft)).status_code == 422


def test_a_page_sent_twice_publishes_once(client, draft):
    how = {"revision": 1, "valid_from": "18/03/2021"}
    client.post(f"{PROCESS}publish/", how)
    again = client.post(f"{PROCESS}publish/", how)
    assert again.status_code == 302
    assert ProcedureVersion.objects.count() == 2


@pytest.mark.parametrize(
    ("typed_day", "said"),
    [
        ("", "Nhập ngày áp dụng."),
        ("30/02/2021", "Nhập ngày có thật"),
        ("16/03/2021", "Ngày áp dụng đã qua"),
        ("a" * 5000, "Nhập ngày có thật"),
        ("\x00", "Nhập ngày có thật"),
    ],
)
def test_a_day_on_which_nothing_can_begin_is_refused(client, draft, typed_day, said):
    answer = client.post(f"{PROCESS}publish/", {"revision": 1, "valid_from": typed_day})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert ProcedureVersion.objects.count() == 1


def test_a_draft_is_given_up_after_asking(client, draft):
    asked = client.get(f"{PROCESS}give-up/").content.decode()
    assert "Bỏ bản soạn quy trình này?" in asked and ProcessDraft.objects.exists()
    page = client.post(f"{PROCESS}give-up/", {"revision": 1}, follow=True).content.decode()
    assert "Đã bỏ bản soạn." in page and not ProcessDraft.objects.exists()
    assert client.get(EDIT)["Location"] == PROCESS


def test_a_process_follows_that_of_another_procedure(world, client):
    other = another(world, "1.000001", "Đăng ký kết hôn")
    other.steps.filter(code="handle").update(name="Xác minh, thụ lý")
    page = client.get(f"{PROCESS}take-over/").content.decode()
    assert "Đăng ký kết hôn" in page
    assert "Đăng ký kết hôn" in client.get(f"{PROCESS}take-over/?q=ket hon").content.decode()
    done = client.post(f"{PROCESS}take-over/", {"source": "1.000001"}, follow=True)
    assert "Bản soạn nay theo quy trình của “Đăng ký kết hôn”" in done.content.decode()
    assert kept() == draft_steps(other.pk)
    assert client.post(f"{PROCESS}take-over/", {"source": "9.9"}).status_code == 404


def test_one_process_for_every_procedure_of_a_field_is_shown_before_it_is_done(world, client):
    for number in range(3):
        another(world, f"1.00000{number}", f"Thủ tục {number}")
    another(world, "1.000009", "Thủ tục nhanh", limit="1 working_day")
    page = client.get(f"{PROCESS}spread/").content.decode()
    assert "3 thủ tục, 3 thủ tục theo được" in page and "Thủ tục nhanh" not in page
    page = client.get(f"{PROCESS}spread/?limit=any").content.decode()
    assert "4 thủ tục, 3 thủ tục theo được" in page
    assert "Thời gian các bước cộng lại vượt thời hạn" in page
    none = client.post(f"{PROCESS}spread/", {"how": "draft"})
    assert none.status_code == 422 and "Chưa chọn thủ tục nào" in none.content.decode()
    chosen = ["1.000000", "1.000001"]
    undated = client.post(
        f"{PROCESS}spread/", {"how": "publish", "valid_from": "", "procedure": chosen}
    )
    assert undated.status_code == 422 and "Nhập ngày áp dụng." in undated.content.decode()
    flawed = client.post(
        f"{PROCESS}spread/?limit=any",
        {"how": "publish", "valid_from": "18/03/2021", "procedure": ["1.000000", "1.000009"]},
    )
    assert flawed.status_code == 422
    assert "thủ tục 1.000009 còn 1 chỗ sai" in flawed.content.decode()
    assert not ProcedureVersion.objects.filter(number=2).exists()
    done = client.post(
        f"{PROCESS}spread/",
        {"how": "publish", "valid_from": "18/03/2021", "procedure": chosen},
        follow=True,
    )
    assert "Đã công bố quy trình cho 2 thủ tục" in done.content.decode()
    made = ProcedureVersion.objects.filter(number=2)
    assert sorted(one.procedure.code for one in made) == chosen
    assert all(draft_steps(one.pk) == draft_steps(world.version.pk) for one in made)
    client.post(f"{PROCESS}spread/", {"how": "draft", "procedure": ["1.000002"]})
    assert ProcessDraft.objects.get().procedure.code == "1.000002"


def test_a_file_goes_out_and_comes_in(world, client):
    answer = client.get(f"{PROCESS}file/")
    assert answer["Content-Disposition"] == 'attachment; filename="quy-trinh-1.001193.toml"'
    assert client.get("/administration/processes/file/").content == answer.content
    text = answer.content.decode().replace('"2 working_day"', '"1 working_day"')
    done = take_in(client, text)
    assert done.redirect_chain[-1][0] == EDIT
    assert kept()[1].budget == "1 working_day"
    again = take_in(client, text)
    assert again.status_code == 422
    assert "Đang có bản soạn của 1.001193" in again.content.decode()
    assert take_in(client, text, replaces="on").redirect_chain[-1][0] == EDIT


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda text: text.replace('kind = "approve"', "kind = approve"), "Dòng 26: "),
        (
            lambda text: text.replace('kind = "approve"', 'kind = "approve"\nsort = "x"'),
            "Dòng 27, quy trình thứ 1, bước thứ 3, mục “sort”",
        ),
        (lambda text: text.replace("1.001193", "7.7"), "Không có thủ tục mã “7.7”"),
        (lambda text: "", "Tệp rỗng"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(client, change, said):
    text = client.get(f"{PROCESS}file/").content.decode()
    answer = take_in(client, change(text))
    assert answer.status_code == 422 and said in answer.content.decode()
    assert not ProcessDraft.objects.exists()


def take_in(client, text, **how):
    file = SimpleUploadedFile("quy-trinh.toml", text.encode())
    return client.post("/administration/processes/import/", {"file": file, **how}, follow=True)


def test_a_process_shared_with_another_town_is_looked_at_only(world, client, draft):
    next_town()
    page = client.get(PROCESS).content.decode()
    assert "UBND thị trấn Rạng Đông" in page and "chỉ xem được" in page
    assert "Soạn tiếp" not in page
    for path in ("edit/", "publish/", "give-up/", "take-over/", "spread/"):
        for method in (client.get, client.post):
            assert method(PROCESS + path)["Location"] == PROCESS, path
    answer = client.post(f"{PROCESS}begin/", follow=True)
    assert "dùng chung" in answer.content.decode()
    text = client.get(f"{PROCESS}file/").content.decode()
    answer = take_in(client, text, replaces="on")
    assert answer.status_code == 422 and "dùng chung" in answer.content.decode()
    assert ProcessDraft.objects.get().revision == 1


@pytest.mark.parametrize("role", ["reception", "handler", "approver", "leader"])
def test_other_officers_have_no_such_pages(world, role, draft):
    officer = Client()
    officer.force_login(world.officers[role].user)
    for path in ("", "edit/", "publish/", "compare/", "file/", "spread/", "take-over/"):
        assert officer.get(PROCESS + path).status_code == 404
        assert officer.post(PROCESS + path).status_code in (404, 405)
    assert officer.get("/administration/processes/").status_code == 404
    assert Client().get("/administration/processes/").status_code == 302


def test_odd_pages_are_answered_and_never_written_half(client, draft):
    for odd in ("a" * 5000, "\x00", "<script>", "'", "٣"):
        answer = client.post(
            EDIT,
            typed(
                ProcessDraft.objects.get(),
                step__1__code=odd,
                step__1__kind=odd,
                step__1__budget=odd,
                step__1__consulted=odd,
                step__1__to__0__target=odd,
                step__1__to__0__when=odd,
                question__0__key=odd,
                question__0__choices=odd,
            ),
        )
        assert answer.status_code == 302
        for path in ("edit/", "publish/", "compare/"):
            page = client.get(PROCESS + path)
            assert page.status_code == 200 and b"<script>alert" not in page.content
        client.post(EDIT, typed(ProcessDraft.objects.get(), step__1__code="handle"))
    assert client.post(EDIT, {"revision": "x", "do": "save"}).status_code == 422
    assert client.get(f"{PROCESS}compare/?before=x&after=y").status_code == 404


def test_the_pages_are_cheap(world, client, draft, django_assert_max_num_queries):
    for number in range(12):
        another(world, f"1.00000{number}", f"Thủ tục {number}")
    for address, most in (
        ("/administration/processes/", 9),
        (PROCESS, 16),
        (EDIT, 16),
        (f"{PROCESS}compare/", 12),
        (f"{PROCESS}publish/", 17),
        (f"{PROCESS}spread/", 20),
    ):
        client.get(address)
        with django_assert_max_num_queries(most):
            assert client.get(address).status_code == 200


def test_a_draft_of_an_older_version_says_so(world, client, draft, administrator):
    drafting.import_processes(
        [drafting.written_of(world.version)],
        officer=None,
        at=MORNING,
        valid_from=date(2021, 3, 17) + timedelta(days=5),
    )
    assert not ProcessDraft.objects.exists(), "what is published takes the place of the draft"
    ProcessDraft.objects.create(
        procedure=draft.procedure,
        based_on=world.version,
        content=draft.content,
        changed_at=MORNING,
    )
    page = client.get(EDIT).content.decode()
    assert "nay đã có phiên bản 2" in page

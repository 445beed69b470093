"""A process written to a file is read back as it was; what a file says wrongly is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from motcua.domain.draft import DraftOutcome, DraftStep
from motcua.domain.process_file import (
    FileFlaw,
    ProcessFileUnreadable,
    WrittenProcess,
    plain_of,
    questions_of,
    read,
    steps_of,
    write,
)
from motcua.domain.question import Choice, Question
from tests.domain.drafts import SOUND

TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=40)
OUTCOMES = st.builds(DraftOutcome, target=TEXTS, when=TEXTS, label=TEXTS)
STEPS = st.builds(
    DraftStep,
    code=TEXTS,
    name=TEXTS,
    kind=TEXTS,
    role=TEXTS,
    performer=TEXTS,
    budget=TEXTS,
    same_as=TEXTS,
    consulted=st.lists(TEXTS, max_size=3).map(tuple),
    outcomes=st.lists(OUTCOMES, max_size=3).map(tuple),
)
QUESTIONS = st.builds(
    Question,
    key=TEXTS,
    text=TEXTS,
    choices=st.lists(st.builds(Choice, value=TEXTS, label=TEXTS), max_size=3).map(tuple),
)
PROCESSES = st.builds(
    WrittenProcess,
    procedure=TEXTS,
    name=TEXTS,
    questions=st.lists(QUESTIONS, max_size=2).map(tuple),
    steps=st.lists(STEPS, max_size=5).map(tuple),
)
KIND_OF_LAND = Question(
    key="land",
    text="Thửa đất ở đâu?",
    choices=(Choice(value="town", label="Thị trấn"), Choice(value="village", label="Xã")),
)
FILE = write(
    [
        WrittenProcess(
            procedure="1.001193", name="Khai sinh", questions=(KIND_OF_LAND,), steps=SOUND.steps
        )
    ]
)


@given(st.lists(PROCESSES, min_size=1, max_size=3, unique_by=lambda one: one.procedure))
def test_what_is_written_is_read_back_exactly_and_written_again_letter_by_letter(processes):
    # A table without steps is one the file does not have: at least one step is written.
    with_steps = [one for one in processes if one.steps]
    if not with_steps:
        return
    text = write(with_steps)
    assert list(read(text)) == with_steps
    assert write(read(text)) == text


@given(st.lists(QUESTIONS, max_size=3).map(tuple), st.lists(STEPS, max_size=4).map(tuple))
def test_plain_tables_keep_a_draft_as_it_is(questions, steps):
    plain = plain_of(questions, steps)
    assert (questions_of(plain), steps_of(plain)) == (questions, steps)


@given(st.text(max_size=400))
def test_any_other_text_is_refused_with_a_reason_and_never_a_crash(text):
    with pytest.raises(ProcessFileUnreadable) as told:
        read(text)
    assert told.value.flaw in set(FileFlaw)


@pytest.mark.parametrize(
    ("was", "now", "flaw", "line", "where"),
    [
        ('kind = "approve"', "kind = approve", FileFlaw.NOT_TOML, "kind = approve", ""),
        ("format = 1", "format = 2", FileFlaw.OTHER_FORMAT, "format = 2", "format"),
        (
            'kind = "approve"\n',
            "",
            FileFlaw.KEY_MISSING,
            4,
            "processes.1.steps.4",
        ),
        (
            'kind = "approve"',
            'kind = "approve"\nsort = "x"',
            FileFlaw.KEY_UNKNOWN,
            'sort = "x"',
            "processes.1.steps.4.sort",
        ),
        (
            'kind = "approve"',
            "kind = 4",
            FileFlaw.NOT_TEXT,
            "kind = 4",
            "processes.1.steps.4.kind",
        ),
        (
            'text = "Thửa đất ở đâu?"',
            f'text = "{"a" * 601}"',
            FileFlaw.TOO_LONG,
            f'text = "{"a" * 601}"',
            "processes.1.questions.1.text",
        ),
        (
            'same_as = "handle"',
            'consulted = "Sở Tư pháp"',
            FileFlaw.NOT_A_LIST,
            'consulted = "Sở Tư pháp"',
            "processes.1.steps.3.consulted",
        ),
        (
            '{ value = "town", label = "Thị trấn" }',
            '{ value = "town" }',
            FileFlaw.KEY_MISSING,
            'choices = [{ value = "town" }, { value = "village", label = "Xã" }]',
            "processes.1.questions.1.choices.1",
        ),
    ],
)
def test_what_is_wrong_is_named_with_its_line(was, now, flaw, line, where):
    assert was in FILE
    text = FILE.replace(was, now, 1)
    with pytest.raises(ProcessFileUnreadable) as told:
        read(text)
    said = told.value
    if isinstance(line, int):  # the header of that step
        headers = [n for n, one in enumerate(text.splitlines(), 1) if one == "[[processes.steps]]"]
        assert said.line == headers[line - 1]
    else:
        assert text.splitlines()[said.line - 1] == line
    assert (said.flaw, ".".join(map(str, said.path))) == (flaw, where)


def test_a_file_of_the_same_procedure_twice_of_none_or_too_large_is_refused():
    twice = FILE + FILE.removeprefix("format = 1\n")
    for text, flaw in (
        (twice, FileFlaw.PROCEDURE_REPEATED),
        ("format = 1\nprocesses = []", FileFlaw.EMPTY),
        ("format = 1", FileFlaw.KEY_MISSING),
        ("#" * (4 * 1024 * 1024 + 1), FileFlaw.TOO_LARGE),
        (f"format = {'[' * 5000}", FileFlaw.NOT_TOML),
        (
            'format = 1\n[[processes]]\nprocedure = "1"\n'
            + '[[processes.steps]]\ncode = ""\n' * 61,
            FileFlaw.TOO_MANY_STEPS,
        ),
    ):
        with pytest.raises(ProcessFileUnreadable) as told:
            read(text)
        assert told.value.flaw is flaw

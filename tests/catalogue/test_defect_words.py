"""Whoever writes a process is told what is wrong and how it is mended, whatever it is."""

import re

import pytest

from motcua.catalogue.defect_words import DEFECT_WORDS, sentence_of, words_of
from motcua.catalogue.file_words import line_of_flaw
from motcua.catalogue.labels import (
    FATE_LABELS,
    FILE_FLAW_WORDS,
    KIND_LABELS,
    PART_LABELS,
    PERFORMER_LABELS,
)
from motcua.domain.comparison import PARTS, Fate
from motcua.domain.defect import Defect, Finding
from motcua.domain.process import Performer, StepKind
from motcua.domain.process_file import FileFlaw, ProcessFileUnreadable
from tests.domain.test_linter import PLANTED, STAFF, lint


@pytest.mark.parametrize("defect", Defect)
def test_every_defect_says_what_is_wrong_and_the_mend(defect):
    wrong, mend = words_of(Finding(defect, "handle", "tham-dinh"))
    assert wrong.endswith((".", "?")) and mend.endswith(".")
    assert wrong != mend and "{" not in wrong + mend
    assert not re.search(r"\b(lỗi hệ thống|error|!)\b", wrong + mend)


def test_no_two_defects_are_told_alike():
    told = [words.wrong for words in DEFECT_WORDS.values()]
    assert len(told) == len(set(told)) == len(Defect)


def test_what_the_linter_saw_stands_in_the_sentence():
    for draft, defect, _step in PLANTED:
        for finding in lint(draft, STAFF):
            if finding.defect is defect and finding.seen and "{seen" in DEFECT_WORDS[defect].wrong:
                assert finding.seen in words_of(finding).wrong


def test_a_finding_away_from_its_step_names_the_step():
    finding = Finding(Defect.BUDGET_MISSING, "seal")
    said = sentence_of(finding, {"seal": "Vào sổ, đóng dấu"})
    assert said.startswith("Bước “Vào sổ, đóng dấu”: Bước chưa có thời gian.")
    assert sentence_of(Finding(Defect.NO_STEPS), {}).startswith("Quy trình có ít hơn")


@pytest.mark.parametrize(
    ("labels", "codes"),
    [
        (KIND_LABELS, StepKind),
        (PERFORMER_LABELS, Performer),
        (FATE_LABELS, Fate),
        (PART_LABELS, PARTS),
        (FILE_FLAW_WORDS, FileFlaw),
    ],
    ids=["kinds", "performers", "fates", "parts", "files"],
)
def test_every_code_of_a_process_has_its_words(labels, codes):
    assert set(labels) == {str(code) for code in codes}
    assert len(set(labels.values())) == len(labels)


def test_a_file_that_cannot_be_read_is_said_with_its_line_and_step():
    problem = ProcessFileUnreadable(
        FileFlaw.KEY_UNKNOWN, ("processes", 2, "steps", 3, "sort"), "sort", line=14
    )
    assert line_of_flaw(problem) == (
        "Dòng 14, quy trình thứ 2, bước thứ 3, mục “sort”: Không có mục nào tên là “sort”. Sửa "
        "lại tên mục, hoặc bỏ đi."
    )
    assert line_of_flaw(ProcessFileUnreadable(FileFlaw.EMPTY)).startswith("Tệp không có")
